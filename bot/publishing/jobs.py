"""The work that a therapist asks for with a button: trying, checking, publishing, taking back. One row each, so that nothing of it is lost.

A job waits, runs in a process of its own on the server where it was asked for, and ends as done or failed; one that publishes waits in
between until that server's supervisor has the new model running (`bot/publishing/rollout.py`).
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.content.files import Content
from bot.publishing.this_server import server_id
from bot.store.database import only_writer, session
from bot.store.tables import Base, new_id, utc_now

TRY, CHECK, PUBLISH, TAKE_BACK = "try", "check", "publish", "take_back"
WAITING, RUNNING, TO_ROLL_OUT, DONE, FAILED = "waiting", "running", "to_roll_out", "done", "failed"
UNFINISHED = (WAITING, RUNNING, TO_ROLL_OUT)
# A job that has not said for so long that it is alive, on a server that is not this one, will not go on.
SILENT = timedelta(minutes=5)
# What was published stays in the versions and the audit trail.
KEPT = timedelta(days=7)
INTERRUPTED = "Dit is onderbroken, bijvoorbeeld omdat de computer uitviel. Er is niets veranderd. Doe het nog een keer."


class Busy(RuntimeError):
    """There is unfinished work already. The message is a Dutch line for the therapist."""


class JobRow(Base):  # type: ignore[misc]
    """One job. `files` is the content as it was when the button was pressed, deflated JSON; none for taking back."""

    __tablename__ = "content_jobs"

    id = sa.Column(sa.String(36), primary_key=True, default=new_id)
    kind = sa.Column(sa.String(20), nullable=False)
    # Login, and id, of the therapist.
    who = sa.Column(sa.String(200), nullable=False)
    owner = sa.Column(sa.String(36), nullable=False)
    server = sa.Column(sa.String(36), nullable=False)
    status = sa.Column(sa.String(20), nullable=False, default=WAITING, index=True)
    created_at = sa.Column(sa.DateTime, nullable=False, default=utc_now, index=True)
    alive_at = sa.Column(sa.DateTime, nullable=False, default=utc_now)
    ended_at = sa.Column(sa.DateTime)
    base = sa.Column(sa.Integer, nullable=False)
    # The version to take back to.
    number = sa.Column(sa.Integer)
    files = sa.Column(sa.LargeBinary)
    hash = sa.Column(sa.String(64))
    note = sa.Column(sa.Text, nullable=False, default="")
    step = sa.Column(sa.Text, nullable=False, default="")
    model = sa.Column(sa.String(100))
    report = sa.Column(sa.JSON)
    problem = sa.Column(sa.Text)


@dataclass(frozen=True)
class Job:
    """A job as it is now. `step` and `problem` are Dutch lines, `model` the name of the model's file, times are UTC."""

    id: str
    kind: str
    who: str
    owner: str
    status: str
    created_at: datetime
    ended_at: datetime | None
    base: int
    number: int | None
    hash: str | None
    note: str
    step: str
    model: str | None
    report: Mapping[str, Any] | None
    problem: str | None

    @property
    def unfinished(self) -> bool:
        """Whether something is still to come of it."""
        return self.status in UNFINISHED


@dataclass(frozen=True)
class Wanted:
    """What a button asks for. `content` is a draft's, or None with `number` the version to take back to; `base` is what is published."""

    kind: str
    who: str
    owner: str
    base: int
    content: Content | None = None
    hash: str | None = None
    number: int | None = None
    note: str = ""


def ask_for(wanted: Wanted) -> str:
    """Put a job at the end of the queue, and return its id. Raises `Busy` when one is unfinished: it could change what this one is about."""
    files = None if wanted.content is None else zlib.compress(json.dumps(dict(wanted.content), ensure_ascii=False).encode("utf-8"))
    values = {"kind": wanted.kind, "who": wanted.who, "owner": wanted.owner, "base": wanted.base}
    with session() as db:
        only_writer(db, "content jobs")
        _end_silent(db)
        other = db.scalar(sa.select(JobRow).where(JobRow.status.in_(UNFINISHED)).limit(1))
        if other is not None:
            raise Busy(f"{other.who} is nu bezig met {DUTCH[other.kind]}. Wacht tot dat klaar is; meestal duurt dat een paar minuten.")
        db.execute(sa.delete(JobRow).where(JobRow.created_at < utc_now() - KEPT))
        values |= {"hash": wanted.hash, "number": wanted.number, "note": wanted.note, "files": files}
        row = JobRow(**values, server=server_id(), step="Wacht op zijn beurt")
        db.add(row)
        db.flush()
        return str(row.id)


DUTCH = {TRY: "proberen", CHECK: "controleren", PUBLISH: "publiceren", TAKE_BACK: "terugnemen"}


def job(job_id: str) -> Job | None:
    """A job as it is now."""
    return _one(JobRow.id == job_id)


def latest(*kinds: str, who: str | None = None) -> Job | None:
    """The newest job of these kinds, of anybody or of one therapist."""
    conditions = [JobRow.kind.in_(kinds)] if kinds else []
    return _one(*conditions, *([JobRow.who == who] if who else []))


def content_of(job_id: str) -> Content | None:
    """The content of a job; None for taking back, or where there is no such job."""
    with session() as db:
        files = db.scalar(sa.select(JobRow.files).where(JobRow.id == job_id))
    return None if files is None else dict(json.loads(zlib.decompress(files)))


def claim() -> Job | None:
    """The job that this server has to do next, from now on running; None when there is none."""
    with session() as db:
        only_writer(db, "content jobs")
        row = db.scalar(_own().where(JobRow.status == WAITING).order_by(JobRow.created_at).limit(1))
        if row is None:
            return None
        row.status, row.alive_at = RUNNING, utc_now()
        return _as_job(row)


def to_roll_out() -> Job | None:
    """The job of this server that waits for its supervisor. Quick: it asks every second."""
    with session() as db:
        row = db.scalar(_own().where(JobRow.status == TO_ROLL_OUT).limit(1))
        return None if row is None else _as_job(row)


def tell(job_id: str, step: str) -> None:
    """Say what a job is doing now, and that it is alive."""
    _change(job_id, step=step)


def tell_alive(job_id: str) -> None:
    """A job is still at work."""
    _change(job_id)


def hand_over(job_id: str, model: str, report: Mapping[str, Any] | None) -> None:
    """The model is trained and checked: the supervisor goes on."""
    _change(job_id, status=TO_ROLL_OUT, step="De nieuwe versie wordt gestart", model=model, report=report)


def finish(job_id: str, **values: Any) -> None:
    """The job is done; `model` and `report` where it made them."""
    _change(job_id, status=DONE, step="Klaar", ended_at=utc_now(), **values)


def fail(job_id: str, problem: str, **values: Any) -> None:
    """The job ended without doing what it was for; nothing that is published changed."""
    _change(job_id, status=FAILED, ended_at=utc_now(), problem=problem, **values)


def end_interrupted(*statuses: str) -> None:
    """What does this server's work starts: what was being done when it was killed will not go on."""
    with session() as db:
        for row in db.scalars(_own().where(JobRow.status.in_(statuses))).all():
            _interrupt(row)


def _end_silent(db: Any) -> None:
    lost = sa.select(JobRow).where(JobRow.status.in_(UNFINISHED), JobRow.alive_at < utc_now() - SILENT)
    for row in db.scalars(lost).all():
        _interrupt(row)


def _interrupt(row: Any) -> None:
    row.status, row.ended_at, row.problem = FAILED, utc_now(), INTERRUPTED


def finish_in(db: Any, job_id: str) -> bool:
    """The job is done when the open session commits. Returns False when it was ended meanwhile."""
    waiting = sa.update(JobRow).where(JobRow.id == job_id, JobRow.status == TO_ROLL_OUT)
    return bool(db.execute(waiting.values(status=DONE, step="Klaar", ended_at=utc_now())).rowcount)


def _change(job_id: str, **values: Any) -> None:
    with session() as db:
        # What was ended meanwhile stays so.
        unfinished = sa.update(JobRow).where(JobRow.id == job_id, JobRow.status.in_(UNFINISHED))
        db.execute(unfinished.values(alive_at=utc_now(), **values))


def _own() -> Any:
    return sa.select(JobRow).where(JobRow.server == server_id())


def _one(*conditions: Any) -> Job | None:
    with session() as db:
        row = db.scalar(sa.select(JobRow).where(*conditions).order_by(JobRow.created_at.desc()).limit(1))
        return None if row is None else _as_job(row)


def _as_job(row: Any) -> Job:
    return Job(**{name: getattr(row, name) for name in Job.__dataclass_fields__})
