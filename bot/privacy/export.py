"""All data on one visitor, for who asks to see it (AVG, article 15)."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from bot.handoff.contact import read_contact
from bot.settings import settings
from bot.store.database import session
from bot.store.tables import EVENTS, AlarmLabel, Checkup, Handoff, Intake, Note, Reminder


def export(conversation: str) -> dict[str, Any]:
    """Everything that is kept on a conversation, decrypted: `events` (as Rasa writes them), `intakes`, `alarms`, `checkups`, `reminders`, and what therapists wrote."""
    with session() as db:
        events = []
        if sa.inspect(db.connection()).has_table(EVENTS.name):
            rows = sa.select(EVENTS.c.data).where(EVENTS.c.sender_id == conversation).order_by(EVENTS.c.id)
            events = [data for (data,) in db.execute(rows)]
        found = {"conversation": conversation, "events": events}
        kept: dict[str, Any] = {
            "intakes": Intake,
            "alarms": Handoff,
            "checkups": Checkup,
            "notes": Note,
            "judgements": AlarmLabel,
            "reminders": Reminder,
        }
        for name, table in kept.items():
            rows = db.scalars(sa.select(table).where(table.conversation == conversation).order_by(table.created_at))
            found[name] = [{column.name: getattr(row, column.name) for column in table.__table__.columns} for row in rows]
        return found


def conversations_of(contact: str) -> list[str]:
    """The conversations in which somebody left this e-mail address or phone number, however it is spelled here."""
    wanted = read_contact(contact, settings().country)
    if wanted is None:
        return []
    with session() as db:
        # Encrypted values can't be searched by the database.
        return sorted({row.conversation for row in db.scalars(sa.select(Intake)) if row.contact == wanted.value})
