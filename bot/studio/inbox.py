"""What therapists see to: alarms and intakes, and what they do with them, as far as the database knows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from bot.handoff.intakes import LEVELS
from bot.handoff.takeover import COACH, Person
from bot.store.database import only_writer, session
from bot.store.tables import EVENTS, AlarmLabel, Handoff, Intake, Note, Takeover, utc_now
from bot.studio.transcript import Line

STATUSES = ("open", "withdrawn", "taken", "closed")
CLOSED_SHOWN = 50


class StillTaken(RuntimeError):
    """A conversation that somebody has taken over can't be closed. The message is that person's name."""


@dataclass(frozen=True)
class Item:
    """A line of the inbox. `words` are those on which the alarm fired; of an intake only its kind is shown."""

    id: str
    kind: str
    status: str
    category: str | None
    level: str | None
    words: list[str] = field(repr=False)
    created_at: Any
    assigned_to: str | None
    person: str | None


@dataclass(frozen=True)
class Case:
    """An alarm or an intake, with all that is kept of its conversation."""

    id: str
    kind: str
    conversation: str
    status: str
    assigned_to: str | None
    created_at: Any
    handoffs: list[Any] = field(repr=False)
    intakes: list[Any] = field(repr=False)
    notes: list[Any] = field(repr=False)
    labels: dict[str, bool]
    person: Person | None


def items() -> list[Item]:
    """The inbox: open, withdrawn, taken, closed; in each, the most serious first, then the longest waiting."""
    with session() as db:
        taken = {row.conversation: row.therapist_name for row in db.scalars(sa.select(Takeover))}
        rows: list[Item] = []
        for kind, table in (("alarm", Handoff), ("intake", Intake)):
            recent = sa.select(table).where(table.status == "closed").order_by(table.created_at.desc()).limit(CLOSED_SHOWN)
            found = [*db.scalars(sa.select(table).where(table.status != "closed")), *db.scalars(recent)]
            rows += [_item(kind, row, taken.get(row.conversation)) for row in found]
    return sorted(rows, key=lambda item: (STATUSES.index(item.status), -_weight(item.level), item.created_at))


def fingerprint() -> str:
    """Changes whenever the inbox does."""
    with session() as db:
        parts: list[Any] = [db.execute(sa.select(sa.func.count()).select_from(Takeover)).scalar()]
        for table in (Handoff, Intake):
            rows = sa.select(table.id, table.status, table.level, table.assigned_to).where(table.status != "closed").order_by(table.id)
            parts += [tuple(row) for row in db.execute(rows)]
    return str(parts)


def case(subject_id: str) -> Case | None:
    """The alarm or intake of that id; None where it was erased, or never was."""
    with session() as db:
        subject = _subject(db, subject_id)
        if subject is None:
            return None
        conversation = subject.conversation

        def of_it(table: Any) -> list[Any]:
            return list(db.scalars(sa.select(table).where(table.conversation == conversation).order_by(table.created_at)))

        taken = db.get(Takeover, conversation)
        return Case(
            id=subject.id,
            kind="alarm" if isinstance(subject, Handoff) else "intake",
            conversation=conversation,
            status=subject.status,
            assigned_to=subject.assigned_to,
            created_at=subject.created_at,
            handoffs=of_it(Handoff),
            intakes=of_it(Intake),
            notes=of_it(Note),
            labels={label.said_at: label.correct for label in of_it(AlarmLabel)},
            person=taken and Person(taken.therapist_id, taken.therapist_name, taken.since, taken.seen_at),
        )


def stand(subject_id: str) -> tuple[str, str] | None:
    """Two marks of an alarm or intake: one changes with each thing that is said, one with what its buttons depend on. None: it is gone."""
    with session() as db:
        subject = _subject(db, subject_id)
        if subject is None:
            return None
        taken = db.get(Takeover, subject.conversation)
        newest = None
        if sa.inspect(db.connection()).has_table(EVENTS.name):
            newest = db.execute(sa.select(sa.func.max(EVENTS.c.id)).where(EVENTS.c.sender_id == subject.conversation)).scalar()
        labels = sa.select(sa.func.count()).select_from(AlarmLabel).where(AlarmLabel.conversation == subject.conversation)
        missed = sa.select(sa.func.count()).select_from(Note).where(Note.conversation == subject.conversation, Note.who == COACH)
        state = state_of(subject.status, subject.assigned_to, taken and taken.therapist_id, db.execute(missed).scalar() or 0)
        return f"{newest} {db.execute(labels).scalar()}", state


def state_of(status: str, assigned_to: str | None, therapist_id: str | None, missed: int) -> str:
    """What of a page besides the conversation can change, as one text: what its buttons depend on, and how many messages did not arrive."""
    return f"{status}|{assigned_to or ''}|{therapist_id or ''}|{missed}"


def assign(subject_id: str, name: str) -> None:
    """Somebody sees to it from now on."""
    with session() as db:
        subject = _subject(db, subject_id)
        if subject is not None:
            subject.status, subject.assigned_to = "taken", name


def close(subject_id: str) -> None:
    """It needs nothing more. Raises `StillTaken` while a person has the conversation."""
    with session() as db:
        subject = _subject(db, subject_id)
        if subject is None:
            return
        taken = db.get(Takeover, subject.conversation)
        if taken is not None:
            raise StillTaken(str(taken.therapist_name))
        subject.status = "closed"


def add_note(conversation: str, who: str, text: str) -> None:
    """Write something down for colleagues."""
    with session() as db:
        db.add(Note(conversation=conversation, who=who, text=text))


def judge_alarm(conversation: str, line: Line, who: str, correct: bool) -> None:
    """Keep whether an alarm was right; a later judgement of the same message replaces the earlier one."""
    with session() as db:
        only_writer(db, conversation)
        known = sa.select(AlarmLabel).where(AlarmLabel.conversation == conversation, AlarmLabel.said_at == line.said_at)
        label = db.execute(known).scalar()
        if label is None:
            told = {name: (line.alarm or {})[name] for name in ("category", "level", "score", "layer")}
            label = AlarmLabel(conversation=conversation, said_at=line.said_at, text=line.text, **told)
            db.add(label)
        label.who, label.correct, label.created_at = who, correct, utc_now()


def _subject(db: Any, subject_id: str) -> Any:
    return db.get(Handoff, subject_id) or db.get(Intake, subject_id)


def _item(kind: str, row: Any, person: str | None) -> Item:
    words = row.words if kind == "alarm" else []
    return Item(row.id, kind, row.status, row.category, row.level, words, row.created_at, row.assigned_to, person)


def _weight(level: str | None) -> int:
    return LEVELS.index(level) + 1 if level in LEVELS else 0
