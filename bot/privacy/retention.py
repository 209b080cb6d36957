"""Deletes what has been kept long enough: conversations after 30 days without a message, intakes, alarms and kept check-ups after 180 (by setting)."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta, timezone
from typing import Any

import sqlalchemy as sa

from bot.settings import settings
from bot.store.database import empty_log, session
from bot.store.tables import EVENTS, AlarmLabel, Checkup, Handoff, Intake, Note, Notice, Reminder, TelegramChat, utc_now

logger = logging.getLogger(__name__)
HOUR = 3600.0


async def expire_forever() -> None:
    """Look every hour, until cancelled. A failing database ends nothing; the next hour tries again."""
    while True:
        try:
            gone = await asyncio.to_thread(expire, utc_now())
            if any(gone.values()):
                logger.warning("Kept long enough and deleted: %s", ", ".join(f"{count} {what}" for what, count in gone.items()))
        except Exception as problem:
            logger.error("Old data could not be deleted now: %s", type(problem).__name__)
        await asyncio.sleep(HOUR)


def expire(now: datetime) -> dict[str, int]:
    """Delete what is too old at `now` (UTC, without a zone). Returns how many rows of what went.

    Raises `SQLAlchemyError` when the database fails; then nothing was deleted.
    """
    talked_before = now - timedelta(days=settings().keep_conversations_days)
    filed_before = now - timedelta(days=settings().keep_intakes_days)
    with session() as db:
        gone = {"messages and other events": 0}
        if sa.inspect(db.connection()).has_table(EVENTS.name):
            silent = sa.select(EVENTS.c.sender_id).group_by(EVENTS.c.sender_id)
            silent = silent.having(sa.func.max(EVENTS.c.timestamp) < talked_before.replace(tzinfo=timezone.utc).timestamp())
            ended = db.scalars(silent).all()
            gone["messages and other events"] = db.execute(sa.delete(EVENTS).where(EVENTS.c.sender_id.in_(ended))).rowcount
            for of_them in (
                sa.delete(TelegramChat).where(TelegramChat.id.in_(ended)),
                sa.delete(Reminder).where(Reminder.conversation.in_(ended)),
            ):
                db.execute(of_them.execution_options(synchronize_session=False))
        # Alarms before intakes, which they point to.
        filed: dict[str, Any] = {
            "alarms": Handoff,
            "intakes": Intake,
            "notices": Notice,
            "notes": Note,
            "judgements of alarms": AlarmLabel,
            "check-ups": Checkup,
        }
        for what, table in filed.items():
            old = sa.delete(table).where(table.created_at < filed_before).execution_options(synchronize_session=False)
            gone[what] = db.execute(old).rowcount
    if any(gone.values()):
        empty_log()
    return gone
