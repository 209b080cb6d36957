"""An alarm of which the practice could not be told at once is found in the conversation, and told of once."""

from __future__ import annotations

import time
from typing import Any

import pytest
import sqlalchemy as sa
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.alarm.heard import alarm_of_turn, alarms_in
from bot.alarm.lock import MISREAD_ACTION
from bot.handoff import alarms
from bot.handoff.alarms import LOOK_BACK_DAYS, TURN_SECONDS, record_alarm, tell_of_missed_alarms
from bot.handoff.intakes import NotSaved
from bot.store.conversations import ConversationStore
from bot.store.database import session
from bot.store.tables import Handoff, Notice
from tests.databases import Database

WHO = "web-c"
ALARM = {"category": "threat_stalking", "level": "acute", "score": 0.9, "layer": "both", "spans": [[3, 6]]}
MILD = {"category": "threat_stalking", "level": "concern", "score": 0.5, "layer": "classifier"}


def user(text: str, alarm: dict[str, Any] | None = None, ago: float = 3600.0, intent: str = "") -> UserUttered:
    name = intent or ("alarm" if alarm and alarm["level"] != "concern" else "express_hurt")
    return UserUttered(text, intent={"name": name}, parse_data={"intent": {"name": name}, "alarm": alarm}, timestamp=time.time() - ago)


def action(name: str, ago: float = 3600.0) -> ActionExecuted:
    return ActionExecuted(name, timestamp=time.time() - ago)


def turn(ago: float = 3600.0, alarm: dict[str, Any] = ALARM) -> list[Event]:
    return [action("action_listen", ago), user("nu mes", alarm, ago), action(f"utter_alarm_{alarm['category']}_acute", ago)]


async def kept(*events: Event, conversation: str = WHO) -> DialogueStateTracker:
    tracker = DialogueStateTracker.from_events(conversation, list(events))
    await ConversationStore(Domain.empty()).save(tracker)
    return tracker


def rows(table: Any) -> list[Any]:
    with session() as db:
        return list(db.scalars(sa.select(table)))


async def test_what_was_not_told_is_told_once(database: Database) -> None:
    await kept(*turn())
    done = tell_of_missed_alarms(0, time.time())
    (handoff,), (notice,) = rows(Handoff), rows(Notice)
    assert (handoff.conversation, handoff.category, handoff.level, handoff.words) == (WHO, "threat_stalking", "acute", ["mes"])
    assert notice.subject_id == handoff.id
    assert tell_of_missed_alarms(done, time.time()) == done
    # A new process begins at the beginning.
    tell_of_missed_alarms(0, time.time())
    assert len(rows(Handoff)) == len(rows(Notice)) == 1


async def test_what_was_told_is_not_told_again_also_when_it_was_closed(database: Database) -> None:
    record_alarm(await kept(*turn()))
    with session() as db:
        db.execute(sa.update(Handoff).values(status="closed"))
    tell_of_missed_alarms(0, time.time())
    assert len(rows(Handoff)) == len(rows(Notice)) == 1


async def test_a_later_alarm_that_was_missed_is_added(database: Database) -> None:
    first = turn(alarm={**ALARM, "level": "alarm"})
    record_alarm(DialogueStateTracker.from_events(WHO, first))
    await kept(*first, *turn(ago=1800.0))
    tell_of_missed_alarms(0, time.time())
    (handoff,) = rows(Handoff)
    assert handoff.level == "acute"
    assert len(rows(Notice)) == 2


async def test_a_yes_to_the_open_question_and_one_beside_a_person_count(database: Database) -> None:
    await kept(action("utter_concern_suicidality"), user("ja", intent="affirm"), action("utter_alarm_suicidality"))
    # While a person has taken over no action answers it.
    await kept(user("nu mes", ALARM), conversation="web-d")
    tell_of_missed_alarms(0, time.time())
    assert {(row.conversation, row.category, row.layer) for row in rows(Handoff)} == {
        ("web-c", "suicidality", "answer"),
        ("web-d", "threat_stalking", "both"),
    }


async def test_a_turn_under_way_tells_itself_and_old_ones_were_told_long_ago(database: Database) -> None:
    await kept(*turn(ago=LOOK_BACK_DAYS * 24 * 3600.0 + 60))
    await kept(*turn(ago=TURN_SECONDS / 2), conversation="web-d")
    done = tell_of_missed_alarms(0, time.time())
    assert rows(Handoff) == []
    tell_of_missed_alarms(done, time.time() + TURN_SECONDS)
    assert [row.conversation for row in rows(Handoff)] == ["web-d"]


async def test_a_slow_turn_that_is_written_after_newer_ones_is_not_passed_over(database: Database) -> None:
    await kept(*turn(ago=TURN_SECONDS - 10))
    await kept(action("action_listen"), conversation="web-slow")
    done = tell_of_missed_alarms(0, time.time())
    tell_of_missed_alarms(done, time.time() + TURN_SECONDS)
    assert [row.conversation for row in rows(Handoff)] == [WHO]


async def test_a_hand_off_that_was_kept_long_enough_does_not_come_back(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    database.set(monkeypatch, COACH_KEEP_INTAKES_DAYS="1")
    await kept(*turn(ago=25 * 3600.0))
    tell_of_missed_alarms(0, time.time())
    assert rows(Handoff) == []


async def test_nothing_else_is_taken_for_an_alarm(database: Database) -> None:
    await kept(action("action_listen"), user("hm", MILD), action("utter_concern_threat_stalking"), user("nee"), action(MISREAD_ACTION))
    tell_of_missed_alarms(0, time.time())
    assert rows(Handoff) == []


def test_before_the_first_conversation_there_is_nothing_to_find(database: Database) -> None:
    assert tell_of_missed_alarms(0, time.time()) == 0


async def test_a_database_that_fails_is_tried_again(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    tracker = await kept(*turn())

    def fail(*_: Any) -> None:
        raise NotSaved("The alarm was not saved (OperationalError).")

    with monkeypatch.context() as broken:
        broken.setattr(alarms, "save_handoff", fail)
        record_alarm(tracker)
        with pytest.raises(NotSaved):
            tell_of_missed_alarms(0, time.time())
    assert rows(Handoff) == []
    tell_of_missed_alarms(0, time.time())
    assert len(rows(Handoff)) == 1


def test_the_alarm_of_a_turn_is_that_of_its_message() -> None:
    events = [*turn(), action("action_listen"), user("dank je"), action("utter_locked_thank")]
    assert alarm_of_turn(DialogueStateTracker.from_events(WHO, events)) is None
    assert len(list(alarms_in(events))) == 1
    assert alarm_of_turn(DialogueStateTracker.from_events(WHO, [])) is None
