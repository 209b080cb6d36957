"""A database that fails is no empty conversation: the turn fails, and an alarm is written down as soon as that can be."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa
from rasa.core.agent import Agent
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.alarm.lock import lock_of
from bot.store import conversations
from bot.store.conversations import ConversationStore
from bot.store.database import engine
from tests.databases import Database

SECRET = "hij heeft me gisteren geslagen"
ALARM = {"category": "partner_violence", "level": "alarm", "score": 0.9, "layer": "both"}
GREETED: list[Event] = [ActionExecuted("action_listen"), UserUttered("hoi", parse_data={"alarm": None}), ActionExecuted("utter_greet")]
ALARMED: list[Event] = [
    ActionExecuted("action_listen"),
    UserUttered(SECRET, intent={"name": "alarm"}, parse_data={"alarm": ALARM}),
    ActionExecuted("utter_alarm_partner_violence"),
]
ANSWERED: list[Event] = [
    ActionExecuted("utter_concern_suicidality"),
    UserUttered("ja", intent={"name": "affirm"}, parse_data={"alarm": None}),
    ActionExecuted("utter_alarm_suicidality"),
]


@pytest.fixture
def store(database: Database) -> ConversationStore:
    return ConversationStore(Domain.empty())


@contextmanager
def broken(store: ConversationStore, only: str = "") -> Iterator[None]:
    """No query that begins with `only` reaches the database."""

    def fail(_: Any, __: Any, statement: str, *___: Any) -> None:
        if statement.startswith(only):
            raise sa.exc.OperationalError("", {}, Exception())

    sa.event.listen(store.engine, "before_cursor_execute", fail)
    try:
        yield
    finally:
        sa.event.remove(store.engine, "before_cursor_execute", fail)


def as_rasa_wraps_it(store: ConversationStore) -> TrackerStore:
    wrapped: TrackerStore = Agent._create_tracker_store(store, store.domain)
    return wrapped


def tracker(*events: Event) -> DialogueStateTracker:
    return DialogueStateTracker.from_events("web-c", list(events))


async def test_a_failing_read_or_write_fails_the_turn(store: ConversationStore) -> None:
    wrapped = as_rasa_wraps_it(store)
    await wrapped.save(tracker(*GREETED))
    with broken(store):
        for attempt in (
            lambda: wrapped.retrieve("web-c"),
            lambda: wrapped.retrieve_full_tracker("web-c"),
            lambda: wrapped.save(tracker(*ALARMED)),
        ):
            with pytest.raises(sa.exc.SQLAlchemyError):
                await attempt()
    found = await wrapped.retrieve("web-c")
    assert found is not None


@pytest.mark.parametrize("turn", [ALARMED, ANSWERED], ids=["alarm", "yes to the open question"])
async def test_an_alarm_that_could_not_be_written_locks_from_the_first_read_on(store: ConversationStore, turn: list[Event]) -> None:
    wrapped = as_rasa_wraps_it(store)
    await wrapped.save(tracker(*GREETED))
    with broken(store), pytest.raises(sa.exc.SQLAlchemyError):
        await wrapped.save(tracker(*GREETED, *turn))
    # Reading may work again before writing does: who can't be written can't be read.
    with broken(store, only="INSERT"), pytest.raises(sa.exc.SQLAlchemyError):
        await wrapped.retrieve("web-c")
    found = await wrapped.retrieve("web-c")
    assert found is not None
    assert lock_of(found) is not None
    assert len(found.events) == len(GREETED) + len(turn)


async def test_an_alarm_is_written_although_the_visitor_says_no_more(store: ConversationStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversations, "RETRY_SECONDS", 0.05)
    wrapped = as_rasa_wraps_it(store)
    with broken(store):
        with pytest.raises(sa.exc.SQLAlchemyError):
            await wrapped.save(tracker(*ALARMED))
        await asyncio.sleep(0.2)
    for _ in range(100):
        await asyncio.sleep(0.05)
        if not store._unwritten:
            break
    with engine().connect() as connection:
        names = connection.execute(sa.text("SELECT action_name FROM events WHERE sender_id = 'web-c' ORDER BY id")).scalars().all()
    assert names == ["action_listen", None, "utter_alarm_partner_violence"]


async def test_another_turn_that_fails_leaves_nothing_behind(store: ConversationStore) -> None:
    wrapped = as_rasa_wraps_it(store)
    with broken(store), pytest.raises(sa.exc.SQLAlchemyError):
        await wrapped.save(tracker(*GREETED))
    assert await wrapped.retrieve("web-c") is None


async def test_a_damaged_row_ends_a_turn_and_not_the_server(store: ConversationStore) -> None:
    wrapped = as_rasa_wraps_it(store)
    await wrapped.save(tracker(*GREETED))
    with engine().begin() as connection:
        connection.execute(sa.text("UPDATE events SET data = '{no json'"))
    with pytest.raises(ValueError):
        await wrapped.retrieve("web-c")
