"""Keeps what the practice has to act on: intakes and alarms, each together with the notice that tells of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from bot.store.database import only_writer, session
from bot.store.encryption import KeyProblem
from bot.store.tables import AlarmLabel, Checkup, Handoff, Intake, Note, Notice, PersonMessage, Reminder, Takeover, new_id, utc_now

# Within this time the same intake again is a double click, or a message that was sent twice.
SAME_INTAKE = timedelta(minutes=10)
LEVELS = ("concern", "alarm", "acute")
# What else is kept of a conversation.
OF_A_CONVERSATION = (Takeover, PersonMessage, Note, AlarmLabel, Checkup, Reminder)


class NotSaved(RuntimeError):
    """The database can't be written now; nothing was kept. The message holds nothing of the visitor."""


@dataclass(frozen=True)
class IntakeDraft:
    """What a visitor filled in, not saved yet: `contact` as `read_contact` gives it, category and level of an alarm before it."""

    conversation: str
    name: str = field(repr=False)
    contact: str = field(repr=False)
    reach: str = field(repr=False)
    together: str | None = field(default=None, repr=False)
    about: str | None = field(default=None, repr=False)
    category: str | None = None
    level: str | None = None


def save_intake(draft: IntakeDraft) -> str:
    """Save an intake and the notice of it, both or neither. Returns its id; that of the first one where it is the same again.

    Raises `NotSaved` when the database can't write.
    """
    with saving("intake", draft.conversation) as db:
        recent = sa.select(Intake).where(Intake.conversation == draft.conversation, Intake.created_at > utc_now() - SAME_INTAKE)
        for earlier in db.execute(recent).scalars():
            if _same(earlier, draft):
                return str(earlier.id)
        intake = Intake(
            id=new_id(),
            contact_kind="email" if "@" in draft.contact else "phone",
            after_alarm=draft.level in ("alarm", "acute"),
            **vars(draft),
        )
        db.add(intake)
        db.flush()
        db.add(Notice(kind="intake", subject_id=intake.id, category=draft.category, level=draft.level))
        alarm = _open_handoff(db, draft.conversation)
        if alarm is not None:
            alarm.intake_id = intake.id
        return str(intake.id)


def add_details(intake_id: str, together: str | None = None, about: str | None = None) -> None:
    """Add what the visitor told after the intake was saved; None leaves what is there.

    Raises `NotSaved` when the database can't write, or the intake is gone or withdrawn.
    """
    with saving("intake's details", intake_id) as db:
        intake = db.get(Intake, intake_id)
        if intake is None or not intake.contact:
            raise NotSaved("The intake's details were not saved: the intake is gone.")
        if together is not None:
            intake.together = together
        if about is not None:
            intake.about = about


def save_handoff(conversation: str, alarm: dict[str, Any], words: list[str], heard_at: float = 0.0) -> str:
    """Save an alarm of the detector, with its words, and a notice. Returns the id of the conversation's open hand-off.

    While one is open, a further alarm adds its words; a worse one also sets category and level, and is told of anew. What the visitor
    wanted to be reminded of is forgotten: that was coaching.

    Args:
        conversation: whose alarm it is.
        alarm: category, level, score and layer.
        words: those on which it fired.
        heard_at: the moment of the message in the conversation, seconds since 1970.

    Raises `NotSaved` when the database can't write.
    """
    with saving("alarm", conversation) as db:
        db.execute(sa.delete(Reminder).where(Reminder.conversation == conversation))
        handoff = _open_handoff(db, conversation)
        if handoff is None:
            handoff = Handoff(id=new_id(), conversation=conversation, words=words, intake_id=_latest_intake(db, conversation))
            handoff.heard_until = heard_at
            db.add(handoff)
        else:
            handoff.heard_until = max(handoff.heard_until, heard_at)
            handoff.words = [*handoff.words, *(word for word in words if word not in handoff.words)]
            if LEVELS.index(alarm["level"]) <= LEVELS.index(handoff.level):
                return str(handoff.id)
        for name in ("category", "level", "score", "layer"):
            setattr(handoff, name, alarm[name])
        db.add(Notice(kind="alarm", subject_id=handoff.id, category=alarm["category"], level=alarm["level"]))
        return str(handoff.id)


def erase_conversation_records(conversation: str) -> int:
    """Delete all that is kept of a conversation beside its events. Returns how many rows there were.

    Raises `NotSaved` when the database can't write: then they are still there.
    """
    with saving("erasure", conversation) as db:
        subjects = [
            row_id for table in (Intake, Handoff) for row_id in db.scalars(sa.select(table.id).where(table.conversation == conversation))
        ]
        # Hand-offs before intakes, which they point to.
        gone = [
            db.execute(sa.delete(Notice).where(Notice.subject_id.in_(subjects))),
            db.execute(sa.delete(Handoff).where(Handoff.conversation == conversation)),
            db.execute(sa.delete(Intake).where(Intake.conversation == conversation)),
            *(db.execute(sa.delete(table).where(table.conversation == conversation)) for table in OF_A_CONVERSATION),
        ]
        return sum(result.rowcount for result in gone)


@contextmanager
def saving(what: str, name: str) -> Iterator[Any]:
    """A session in which no other one writes about the same thing. Raises `NotSaved`, naming `what`, when the database can't write."""
    try:
        with session() as db:
            only_writer(db, name)
            yield db
    except (SQLAlchemyError, KeyProblem, OSError) as problem:
        raise NotSaved(f"The {what} was not saved ({type(problem).__name__}).") from None


def _same(intake: Any, draft: IntakeDraft) -> bool:
    """Whether they say the same; details may have been added to the saved one since."""
    fixed = ("name", "contact", "reach", "category", "level")
    return all(getattr(intake, name) == getattr(draft, name) for name in fixed) and all(
        getattr(draft, name) in (None, getattr(intake, name)) for name in ("together", "about")
    )


def _open_handoff(db: Any, conversation: str) -> Any:
    """The hand-off that somebody still has to see to; while a person has taken over, the one that this person sees to."""
    seen = ("open", "taken") if db.get(Takeover, conversation) else ("open",)
    found = sa.select(Handoff).where(Handoff.conversation == conversation, Handoff.status.in_(seen))
    return db.execute(found.order_by(Handoff.status, Handoff.created_at.desc())).scalar()


def _latest_intake(db: Any, conversation: str) -> str | None:
    newest = (
        sa.select(Intake.id)
        .where(Intake.conversation == conversation, Intake.status.not_in(("closed", "withdrawn")))
        .order_by(Intake.created_at.desc())
    )
    found: str | None = db.execute(newest).scalar()
    return found
