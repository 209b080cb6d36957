"""The coach asks how it went: once, at the right moment, and never where it must not."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.alarm.lock import UNLOCK_SLOT
from bot.channels import check_in as module
from bot.channels.check_in import CHECK_IN, QUIET, check_in
from bot.channels.rasa_client import CoachUnreachable
from bot.handoff.takeover import queued_messages, take_over
from bot.reminders.reminders import claim_due, forget, remind
from bot.store.database import session
from bot.store.tables import Reminder, utc_now
from bot.studio.accounts import add_therapist, therapists
from tests.databases import Database
from tests.studio.conftest import FakeRasa, alarm

WHO = "web-c"


@pytest.fixture
def rasa(database: Database) -> FakeRasa:
    """A conversation of yesterday, with a reminder that is due and taken."""
    made = FakeRasa()
    made.said(WHO, "hoe begin ik erover?")
    made.conversations[WHO][0]["timestamp"] = time.time() - 24 * 3600
    remind(WHO, date.today() - timedelta(days=1))
    return made


async def ask(rasa: FakeRasa) -> None:
    (row,) = claim_due(utc_now())
    await check_in(rasa, row, utc_now())  # type: ignore[arg-type]


def left() -> list[Any]:
    with session() as db:
        return list(db.scalars(sa.select(Reminder)))


def on_its_way() -> list[Any]:
    return queued_messages(utc_now() - timedelta(hours=1))


async def test_it_is_said_as_an_action_with_buttons_and_is_done(rasa: FakeRasa) -> None:
    await ask(rasa)
    names = [event["name"] for event in rasa.conversations[WHO] if event["event"] == "action"]
    assert names == [CHECK_IN, "action_listen"]
    (row,) = on_its_way()
    assert row.message["text"] == rasa.texts(WHO)[0]
    assert [button["payload"] for button in row.message["buttons"]] == ["/affirm", "/deny", "/resist_first_step"]
    assert left() == []


async def test_a_try_that_broke_off_is_finished_and_nothing_is_said_twice(rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch) -> None:
    (row,) = claim_due(utc_now())

    async def fail(*_: Any) -> None:
        raise sa.exc.OperationalError("", {}, Exception())

    with monkeypatch.context() as broken:
        broken.setattr("bot.channels.unasked.show", fail)
        with pytest.raises(sa.exc.OperationalError):
            await check_in(rasa, row, utc_now())  # type: ignore[arg-type]
    assert (len(rasa.texts(WHO)), on_its_way()) == (1, [])
    await check_in(rasa, row, utc_now())  # type: ignore[arg-type]
    await check_in(rasa, row, utc_now())  # type: ignore[arg-type]
    assert len(rasa.texts(WHO)) == 1
    assert len(on_its_way()) == 1
    assert left() == []


async def test_never_where_coaching_is_locked(rasa: FakeRasa) -> None:
    rasa.said(WHO, "hij heeft me geslagen", alarm())
    await ask(rasa)
    assert rasa.texts(WHO) == []
    assert left() == []


async def test_a_therapist_who_opened_coaching_again_opens_this_too(rasa: FakeRasa) -> None:
    rasa.said(WHO, "hij heeft me geslagen", alarm())
    for event in rasa.conversations[WHO]:
        event["timestamp"] = time.time() - 24 * 3600
    await rasa.add_events(WHO, [{"event": "slot", "name": UNLOCK_SLOT, "value": True}])
    await ask(rasa)
    assert len(rasa.texts(WHO)) == 1


async def test_not_in_the_middle_of_a_conversation(rasa: FakeRasa) -> None:
    rasa.said(WHO, "ik ben er net weer")
    await ask(rasa)
    assert rasa.texts(WHO) == []
    assert claim_due(utc_now() + QUIET - timedelta(minutes=1)) == []
    assert len(claim_due(utc_now() + QUIET + timedelta(minutes=1))) == 1


async def test_not_while_a_person_has_it(rasa: FakeRasa) -> None:
    add_therapist("lilia", "Lilia", "een lang wachtwoord", totp=False)
    take_over(WHO, str(therapists()[0].id), "Lilia")
    await ask(rasa)
    assert rasa.texts(WHO) == []
    assert len(left()) == 1


@pytest.mark.parametrize("happens", [lambda r: r.conversations.clear(), lambda r: r.conversations[WHO].clear()])
async def test_a_conversation_that_is_gone_is_left_alone(rasa: FakeRasa, happens: Callable[[FakeRasa], None]) -> None:
    happens(rasa)
    await ask(rasa)
    assert not rasa.conversations.get(WHO)
    assert left() == []


async def test_whoever_ends_it_at_the_last_moment_is_not_asked(rasa: FakeRasa) -> None:
    (row,) = claim_due(utc_now())
    forget(WHO)
    await check_in(rasa, row, utc_now())  # type: ignore[arg-type]
    assert rasa.texts(WHO) == []


async def test_whoever_erases_everything_meanwhile_finds_nothing_again(rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch) -> None:
    erased: list[str] = []
    monkeypatch.setattr(module, "erase", erased.append)
    add = rasa.add_events

    async def after_erasing(sender: str, events: list[dict[str, Any]]) -> None:
        rasa.conversations.clear()
        forget(sender)
        await add(sender, events)

    monkeypatch.setattr(rasa, "add_events", after_erasing)
    await ask(rasa)
    assert erased == [WHO]


async def test_long_after_the_day_nobody_is_asked(rasa: FakeRasa) -> None:
    remind(WHO, date.today() - timedelta(days=9))
    await ask(rasa)
    assert rasa.texts(WHO) == []
    assert left() == []


async def test_a_coach_out_of_reach_loses_nothing(rasa: FakeRasa) -> None:
    rasa.down = True
    with pytest.raises(CoachUnreachable):
        await ask(rasa)
    rasa.down = False
    (row,) = claim_due(utc_now() + timedelta(minutes=6))
    await check_in(rasa, row, utc_now())  # type: ignore[arg-type]
    assert len(rasa.texts(WHO)) == 1
