"""Keeps whom to ask when how their first step went: one row per conversation, so that restarts and several servers change nothing.

Nothing of what was planned is in it. A row goes when it was asked, when the visitor wants it no longer, at an alarm, and with all their data.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bot.handoff.intakes import saving
from bot.settings import settings
from bot.store.database import session
from bot.store.tables import Reminder, utc_now

ZONE = ZoneInfo("Europe/Amsterdam")
# In the evening most people can look at their phone, and nobody is woken.
ASKED_AT = time(19, 0)
# Later the visitor would have forgotten what it is about.
LONGEST_DAYS = 30
# How long a reminder is left to the runner that took it.
CLAIM = timedelta(minutes=5)


def today() -> date:
    """The day where the practice is."""
    return datetime.now(ZONE).date()


def last_day() -> date:
    """The last day on which a visitor can be asked: their conversation has to be there still."""
    return today() + timedelta(days=max(1, min(LONGEST_DAYS, settings().keep_conversations_days - 1)))


def remind(conversation: str, day: date) -> None:
    """Ask on that evening; instead of any other day that was wanted before. Raises `NotSaved` when the database can't write."""
    due = datetime.combine(day, ASKED_AT, ZONE).astimezone(timezone.utc).replace(tzinfo=None)
    with saving("reminder", conversation) as db:
        db.execute(sa.delete(Reminder).where(Reminder.conversation == conversation))
        db.add(Reminder(conversation=conversation, due_at=due, next_try_at=due))


def day_of(conversation: str) -> date | None:
    """The day on which the conversation is asked; None where it is not. Raises `NotSaved` when the database can't be read."""
    with saving("look at a reminder", conversation) as db:
        due = db.scalar(sa.select(Reminder.due_at).where(Reminder.conversation == conversation))
    return None if due is None else due.replace(tzinfo=timezone.utc).astimezone(ZONE).date()


def forget(conversation: str) -> bool:
    """Ask no more. Returns whether anything was to be asked. Raises `NotSaved` when the database can't write."""
    with saving("end of a reminder", conversation) as db:
        return bool(db.execute(sa.delete(Reminder).where(Reminder.conversation == conversation)).rowcount)


def claim_due(now: datetime) -> list[Any]:
    """Take every reminder that is due at `now` (UTC, without a zone) for this runner, for a few minutes. Raises `SQLAlchemyError`."""
    taken = []
    with session() as db:
        due = db.scalars(sa.select(Reminder.conversation).where(Reminder.next_try_at <= now).order_by(Reminder.due_at)).all()
    for conversation in due:
        with session() as db:
            # One statement, so that of two runners only one changes the row.
            mine = sa.update(Reminder).where(Reminder.conversation == conversation, Reminder.next_try_at <= now)
            if db.execute(mine.values(next_try_at=now + CLAIM).execution_options(synchronize_session=False)).rowcount:
                taken.append(db.get(Reminder, conversation))
    return taken


def put_off(reminder: Any, wait: timedelta) -> None:
    """Try again later. Raises `SQLAlchemyError`."""
    with session() as db:
        same = sa.update(Reminder).where(Reminder.id == reminder.id)
        db.execute(same.values(next_try_at=utc_now() + wait).execution_options(synchronize_session=False))


def done(reminder: Any) -> bool:
    """Drop a reminder. Returns whether it was still there: not when the visitor ended it, or erased everything. Raises `SQLAlchemyError`."""
    with session() as db:
        return bool(db.execute(sa.delete(Reminder).where(Reminder.id == reminder.id)).rowcount)


def still_wanted(reminder: Any) -> bool:
    """Whether nobody ended it meanwhile. Raises `SQLAlchemyError`."""
    with session() as db:
        return bool(db.scalar(sa.select(sa.func.count()).select_from(Reminder).where(Reminder.id == reminder.id)))
