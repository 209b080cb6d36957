"""Who has taken over which conversation: one person at most, and the coach is silent meanwhile.

Everything is in the database, so that the Rasa server and any number of web servers see the same.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from bot.store.database import only_writer, session
from bot.store.tables import Handoff, Intake, Note, PersonMessage, Takeover, utc_now

logger = logging.getLogger(__name__)
# How long a message waits for its delivery. After that a widget finds it in its history.
KEPT = timedelta(hours=1)
# Who writes a note on a message that did not arrive.
COACH = "Eerste Stap"


class AlreadyTaken(RuntimeError):
    """Another therapist has this conversation. The message is the name of that person."""


@dataclass(frozen=True)
class Person:
    """The therapist who has taken a conversation over."""

    therapist_id: str
    name: str
    since: datetime
    seen_at: datetime


def person_in(conversation: str) -> Person | None:
    """Who has taken the conversation over; None when the coach speaks.

    Also None when the database can't be read: then the coach has to answer, as nobody else can (S8).
    """
    try:
        with session() as db:
            row = db.get(Takeover, conversation)
    except SQLAlchemyError as problem:
        logger.error("Could not see whether a person has taken over: %s", type(problem).__name__)
        return None
    return None if row is None else _person(row)


def take_over(conversation: str, therapist_id: str, name: str) -> bool:
    """Silence the coach for this person. Returns whether that is new; False when they had the conversation already.

    Raises `AlreadyTaken` when somebody else has it.
    """
    with session() as db:
        only_writer(db, conversation)
        row = db.get(Takeover, conversation)
        if row is None:
            db.add(Takeover(conversation=conversation, therapist_id=therapist_id, therapist_name=name))
            for table in (Handoff, Intake):
                of_it = sa.update(table).where(table.conversation == conversation, table.status == "open")
                db.execute(of_it.values(status="taken", assigned_to=name).execution_options(synchronize_session=False))
            return True
        if row.therapist_id != therapist_id:
            raise AlreadyTaken(str(row.therapist_name))
        row.seen_at = utc_now()
        return False


def release(conversation: str, therapist_id: str) -> Person | None:
    """Let the coach speak again. Returns who had the conversation; None when it was not this person, or was given back already."""
    with session() as db:
        only_writer(db, conversation)
        row = db.get(Takeover, conversation)
        if row is None or row.therapist_id != therapist_id:
            return None
        db.delete(row)
        return _person(row)


def put_back(conversation: str, person: Person) -> None:
    """Undo a release, as if it had not been."""
    with session() as db:
        values = {"therapist_id": person.therapist_id, "since": person.since, "seen_at": person.seen_at}
        db.merge(Takeover(conversation=conversation, therapist_name=person.name, **values))


def still_there(conversation: str, therapist_id: str) -> bool:
    """Note that the person is there now. Returns whether the conversation is theirs."""
    with session() as db:
        theirs = sa.update(Takeover).where(Takeover.conversation == conversation, Takeover.therapist_id == therapist_id)
        return bool(db.execute(theirs.values(seen_at=utc_now()).execution_options(synchronize_session=False)).rowcount)


def abandoned(after: timedelta) -> list[tuple[str, Person]]:
    """The conversations whose person was not there for so long."""
    with session() as db:
        rows = db.scalars(sa.select(Takeover).where(Takeover.seen_at < utc_now() - after)).all()
    return [(row.conversation, _person(row)) for row in rows]


def queue_message(conversation: str, message: dict[str, Any], message_id: str) -> None:
    """Put something that the visitor has to see on its way, in the widget's words (`bot/channels/history.py`)."""
    with session() as db:
        db.add(PersonMessage(id=message_id, conversation=conversation, message=message))


def queued_messages(since: datetime) -> list[Any]:
    """What was put on its way since then and was not sent by a channel yet, oldest first."""
    with session() as db:
        waiting = sa.select(PersonMessage).where(PersonMessage.created_at > since, PersonMessage.sent_at.is_(None))
        return list(db.scalars(waiting.order_by(PersonMessage.created_at)).all())


def claim_message(message_id: str) -> bool:
    """Take a message for this process to send. False when another process has it."""
    with session() as db:
        free = sa.update(PersonMessage).where(PersonMessage.id == message_id, PersonMessage.sent_at.is_(None))
        return bool(db.execute(free.values(sent_at=utc_now()).execution_options(synchronize_session=False)).rowcount)


def unclaim_message(message_id: str) -> None:
    """It could not be sent: somebody tries again."""
    with session() as db:
        mine = sa.update(PersonMessage).where(PersonMessage.id == message_id)
        db.execute(mine.values(sent_at=None).execution_options(synchronize_session=False))


def note_undelivered(message_id: str, why: str) -> None:
    """Write down, for the therapists, a message of theirs that the visitor never got; nothing where it was erased meanwhile."""
    with session() as db:
        row = db.get(PersonMessage, message_id)
        if row is not None:
            db.add(Note(conversation=row.conversation, who=COACH, text=f"{why} Dit is niet aangekomen: “{row.message['text']}”"))


def forget_old_messages() -> None:
    """Delete what was on its way long enough; it stays in the conversation itself."""
    with session() as db:
        db.execute(sa.delete(PersonMessage).where(PersonMessage.created_at < utc_now() - KEPT))


def _person(row: Any) -> Person:
    return Person(row.therapist_id, row.therapist_name, row.since, row.seen_at)
