"""An intake that was sent: its visitor corrects it, or withdraws it, and the practice is told of that."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from bot.handoff.intakes import NotSaved, saving
from bot.store.tables import Handoff, Intake, Notice

WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Sent:
    """What stands in it."""

    id: str
    name: str = field(repr=False)
    contact: str = field(repr=False)
    reach: str = field(repr=False)


def newest_intake(conversation: str) -> Sent | None:
    """The last intake of a conversation that stands; None where there is none, or it was withdrawn.

    Raises `NotSaved` when the database fails.
    """
    with saving("intake", conversation) as db:
        row = _newest(db, conversation)
        return None if row is None else Sent(row.id, row.name, row.contact, row.reach)


def change_intake(conversation: str, intake_id: str, name: str, contact: str, reach: str) -> None:
    """Put other answers in place of those that were sent, and tell of it; who was called by the old number is seen to again.

    Raises `NotSaved` when the database fails, or it is not this conversation's newest intake any more.
    """
    with saving("change of an intake", conversation) as db:
        row = _newest(db, conversation)
        if row is None or row.id != intake_id:
            raise NotSaved("The change of an intake was not saved: the intake is gone.")
        if (row.name, row.contact, row.reach) == (name, contact, reach):
            return
        row.name, row.contact, row.reach = name, contact, reach
        row.contact_kind = "email" if "@" in contact else "phone"
        if row.status == "closed":
            row.status = "open"
        _tell(db, row, "changed")


def withdraw_intake(conversation: str) -> bool:
    """Empty the newest intake of a conversation, mark it as withdrawn, and tell of it. Returns whether there was one.

    Raises `NotSaved` when the database fails; then it still stands.
    """
    with saving("withdrawal of an intake", conversation) as db:
        row = _newest(db, conversation)
        if row is None:
            return False
        # The row stays, so that whoever has noted the number down already reads that it must not be used.
        row.name = row.contact = row.reach = ""
        row.together = row.about = None
        row.status = WITHDRAWN
        db.execute(
            sa.update(Handoff).where(Handoff.intake_id == row.id).values(intake_id=None).execution_options(synchronize_session=False)
        )
        _tell(db, row, WITHDRAWN)
        return True


def _newest(db: Any, conversation: str) -> Any:
    """The last one; if that was withdrawn, no older one takes its place."""
    found = sa.select(Intake).where(Intake.conversation == conversation).order_by(Intake.created_at.desc(), Intake.id)
    row = db.execute(found).scalars().first()
    return row if row is not None and row.contact else None


def _tell(db: Any, row: Any, kind: str) -> None:
    """A notice beside those that wait: one that is still to be sent says the same."""
    waiting = sa.select(Notice.id).where(Notice.subject_id == row.id, Notice.kind == kind, Notice.sent_at.is_(None), Notice.tries == 0)
    if db.execute(waiting).first() is None:
        db.add(Notice(kind=kind, subject_id=row.id, category=row.category, level=row.level))
