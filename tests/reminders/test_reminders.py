"""A reminder is kept once, taken by one runner, and gone when it should be."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.handoff.intakes import NotSaved, erase_conversation_records, save_handoff
from bot.privacy.export import export
from bot.privacy.retention import expire
from bot.reminders import reminders
from bot.reminders.reminders import claim_due, done, forget, last_day, put_off, remind, still_wanted
from bot.store.database import engine, session
from bot.store.tables import EVENTS, Reminder, utc_now
from tests.conftest import free_port
from tests.databases import Database

SUNDAY = date(2026, 11, 29)
DUE = datetime(2026, 11, 29, 18, 0)
ALARM = {"category": "partner_violence", "level": "alarm", "score": 0.9, "layer": "both"}


def rows() -> list[Any]:
    with session() as db:
        return list(db.scalars(sa.select(Reminder)))


@pytest.mark.parametrize(("day", "due"), [(SUNDAY, DUE), (date(2026, 7, 1), datetime(2026, 7, 1, 17, 0))])
def test_it_is_due_in_the_evening_there_in_winter_and_summer(database: Database, day: date, due: datetime) -> None:
    remind("web-c", day)
    (row,) = rows()
    assert (row.due_at, row.next_try_at) == (due, due)


def test_another_day_replaces_it(database: Database) -> None:
    remind("web-c", SUNDAY)
    remind("web-c", SUNDAY + timedelta(days=1))
    remind("web-d", SUNDAY)
    assert sorted((row.conversation, row.due_at.day) for row in rows()) == [("web-c", 30), ("web-d", 29)]


def test_it_is_ended(database: Database) -> None:
    remind("web-c", SUNDAY)
    assert forget("web-c")
    assert not forget("web-c")
    assert rows() == []


def test_of_many_runners_one_gets_it(database: Database) -> None:
    remind("web-c", SUNDAY)
    remind("web-late", SUNDAY + timedelta(days=3))
    runners = 6
    together = threading.Barrier(runners)

    def run(_: int) -> list[Any]:
        together.wait()
        return claim_due(DUE + timedelta(seconds=1))

    with ThreadPoolExecutor(runners) as pool:
        taken = [row.conversation for found in pool.map(run, range(runners)) for row in found]
    assert taken == ["web-c"]
    # Whoever took it and died leaves it to the next, after a while.
    assert claim_due(DUE + timedelta(minutes=4)) == []
    assert [row.conversation for row in claim_due(DUE + timedelta(minutes=6))] == ["web-c"]


def test_it_is_put_off_and_done(database: Database) -> None:
    remind("web-c", date(2026, 1, 1))
    (row,) = claim_due(utc_now())
    put_off(row, timedelta(minutes=30))
    assert claim_due(utc_now() + timedelta(minutes=29)) == []
    assert len(claim_due(utc_now() + timedelta(minutes=31))) == 1
    assert still_wanted(row)
    assert done(row)
    assert not still_wanted(row)
    assert not done(row)


def test_a_newer_reminder_is_not_taken_for_the_older(database: Database) -> None:
    remind("web-c", date(2026, 1, 1))
    (older,) = claim_due(utc_now())
    remind("web-c", SUNDAY + timedelta(days=365))
    assert not still_wanted(older)
    assert not done(older)
    assert len(rows()) == 1


def test_an_alarm_ends_it(database: Database) -> None:
    remind("web-c", SUNDAY)
    remind("web-d", SUNDAY)
    save_handoff("web-c", ALARM, [])
    assert [row.conversation for row in rows()] == ["web-d"]


def test_it_is_shown_and_erased_with_the_rest(database: Database) -> None:
    remind("web-c", SUNDAY)
    assert [row["due_at"] for row in export("web-c")["reminders"]] == [DUE]
    assert erase_conversation_records("web-c") == 1
    assert rows() == []


def test_it_goes_with_a_conversation_that_was_kept_long_enough(database: Database) -> None:
    with engine().begin() as connection:
        connection.execute(sa.text("CREATE TABLE events (id INTEGER, sender_id TEXT, timestamp FLOAT, data TEXT)"))
        connection.execute(sa.insert(EVENTS).values(id=1, sender_id="web-c", timestamp=0.0, data="{}"))
    remind("web-c", SUNDAY)
    remind("web-d", SUNDAY)
    expire(utc_now())
    assert [row.conversation for row in rows()] == ["web-d"]


@pytest.mark.parametrize(("kept", "days"), [("180", 30), ("10", 9), ("1", 1)])
def test_nobody_is_asked_about_a_conversation_that_is_gone(
    kept: str, days: int, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    database.set(monkeypatch, COACH_KEEP_CONVERSATIONS_DAYS=kept)
    assert last_day() == reminders.today() + timedelta(days=days)


def test_a_database_that_is_down_is_told(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    database.move(monkeypatch, f"postgresql://c@127.0.0.1:{free_port()}/x" if database.kind == "postgresql" else "sqlite:////none/x.db")
    with pytest.raises(NotSaved):
        remind("web-c", SUNDAY)
    with pytest.raises(NotSaved):
        forget("web-c")
