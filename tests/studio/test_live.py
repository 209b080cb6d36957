"""What an open page hears while it is open."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import sqlalchemy as sa

from bot.handoff.intakes import erase_conversation_records, save_handoff
from bot.handoff.takeover import take_over
from bot.store.database import engine, session
from bot.store.tables import StudioSession
from bot.studio import live
from bot.studio.sessions import Login, login_of
from tests.studio.conftest import FakeRasa, Studio, alarm


@pytest.fixture
def login(open_studio: Callable[..., Studio], monkeypatch: pytest.MonkeyPatch) -> Login:
    monkeypatch.setattr(live, "LOOK_SECONDS", 0.02)
    open_studio()
    with session() as db:
        found = login_of(db.scalars(sa.select(StudioSession.id)).one())
    assert found
    return found


async def heard(events: AsyncIterator[str]) -> tuple[str, Any]:
    """The next event with a name."""
    while True:
        text = await asyncio.wait_for(events.__anext__(), 10)
        if text.startswith("event: "):
            name, data, end = text.split("\n", 2)
            assert end == "\n"
            return name.removeprefix("event: "), json.loads(data.removeprefix("data: "))


def tell_database(text: str) -> None:
    """Rasa wrote an event; only that there is one more counts here."""
    with engine().begin() as connection:
        connection.execute(
            sa.text("CREATE TABLE IF NOT EXISTS events (id INTEGER PRIMARY KEY, sender_id TEXT, timestamp FLOAT, data TEXT)")
        )
        number = connection.execute(sa.text("SELECT coalesce(max(id), 0) + 1 FROM events")).scalar()
        connection.execute(sa.text("INSERT INTO events (id, sender_id, data) VALUES (:n, 'web-c', :t)"), {"n": number, "t": text})


async def test_a_conversation_comes_live(login: Login, rasa: FakeRasa) -> None:
    subject = save_handoff("web-c", alarm(), [])
    rasa.said("web-c", "eerste")
    tell_database("")
    events = live.case_changes(rasa, login, subject)  # type: ignore[arg-type]
    name, data = await heard(events)
    assert (name, "eerste" in data["html"]) == ("gesprek", True)
    rasa.said("web-c", "<b>tweede</b>\n\nevent: weg")
    tell_database("")
    name, again = await heard(events)
    assert "&lt;b&gt;tweede" in again["html"]
    assert again["state"] == data["state"]
    take_over("web-c", login.therapist_id, "Lilia")
    name, changed = await heard(events)
    assert (name, changed["state"] == data["state"]) == ("gesprek", False)
    erase_conversation_records("web-c")
    assert (await heard(events))[0] == "weg"
    with pytest.raises(StopAsyncIteration):
        await events.__anext__()


async def test_a_fault_is_told_and_passes(login: Login, rasa: FakeRasa) -> None:
    subject = save_handoff("web-c", alarm(), [])
    rasa.down = True
    events = live.case_changes(rasa, login, subject)  # type: ignore[arg-type]
    assert (await heard(events))[0] == "storing"
    rasa.down = False
    while (name := (await heard(events))[0]) == "storing":
        pass
    assert name == "gesprek"


async def test_an_ended_session_hears_nothing_more(login: Login, rasa: FakeRasa) -> None:
    rasa.said("web-c", "geheim")
    events = live.case_changes(rasa, login, save_handoff("web-c", alarm(), []))  # type: ignore[arg-type]
    assert (await heard(events))[0] == "gesprek"
    with session() as db:
        db.execute(sa.delete(StudioSession))
    assert (await heard(events))[0] == "uitgelogd"
    with pytest.raises(StopAsyncIteration):
        await events.__anext__()


async def test_an_open_inbox_hears_of_what_is_new(login: Login) -> None:
    events = live.inbox_changes(login)
    first = await heard(events)
    save_handoff("web-c", alarm(), [])
    second = await heard(events)
    take_over("web-c", login.therapist_id, "Lilia")
    third = await heard(events)
    assert [name for name, _ in (first, second, third)] == ["veranderd"] * 3
    assert len({mark for _, mark in (first, second, third)}) == 3


def test_the_page_knows_the_same_marks(login: Login, open_studio: Callable[..., Studio]) -> None:
    browser = open_studio("peter", "Peter")
    page = browser.http.get("/studio/").text
    assert f'data-mark="{asyncio.run(_first(live.inbox_changes(login)))}"' in page


async def _first(events: AsyncIterator[str]) -> str:
    return str((await heard(events))[1])
