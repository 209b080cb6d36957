"""Versions of the content, and which of them the coach speaks with.

A version never changes. Publishing one, or taking one back, adds a line to `publications`; the newest line says what is published. What the
project ships is version 0; when an update of the project ships something else, that becomes a version of its own (`take_in_shipped`).
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.content.files import Content, ContentError, content_hash, shipped
from bot.store.database import only_writer, session
from bot.store.tables import Audit, Base, utc_now

# Author of what the project ships.
PROJECT = "Eerste Stap"
_SHIPPED_NOTE = "Wat bij het programma zit"
_LOCK = "content versions"


class VersionRow(Base):  # type: ignore[misc]
    """One version of the content, whole."""

    __tablename__ = "content_versions"

    number = sa.Column(sa.Integer, primary_key=True, autoincrement=False)
    # JSON of path and text of each file, deflated.
    files = sa.Column(sa.LargeBinary, nullable=False)
    hash = sa.Column(sa.String(64), nullable=False)
    author = sa.Column(sa.String(200), nullable=False)
    note = sa.Column(sa.Text, nullable=False)
    at = sa.Column(sa.DateTime, nullable=False, default=utc_now)
    shipped = sa.Column(sa.Boolean, nullable=False, default=False)
    # The check that let it be published; none for what the project ships.
    report = sa.Column(sa.JSON)


class Publication(Base):  # type: ignore[misc]
    """That a version was published, or taken back to, when and by whom; the newest one is in force."""

    __tablename__ = "publications"

    id = sa.Column(sa.Integer, primary_key=True)
    number = sa.Column(sa.Integer, sa.ForeignKey("content_versions.number"), nullable=False)
    who = sa.Column(sa.String(200), nullable=False)
    note = sa.Column(sa.Text, nullable=False)
    at = sa.Column(sa.DateTime, nullable=False, default=utc_now)


@dataclass(frozen=True)
class Version:
    """A version. `at` is UTC; `report` what its check said, None for what the project ships."""

    number: int
    content: Content
    hash: str
    author: str
    note: str
    at: datetime
    shipped: bool
    report: Mapping[str, Any] | None


@dataclass(frozen=True)
class NewVersion:
    """What becomes a version. `report` is None for what the project ships."""

    content: Content
    author: str
    note: str
    report: Mapping[str, Any] | None


@dataclass(frozen=True)
class VersionLine:
    """A version in a list, without its content."""

    number: int
    author: str
    note: str
    at: datetime
    shipped: bool


@dataclass(frozen=True)
class PublicationLine:
    """A line of the history of publishing. `at` is UTC."""

    number: int
    who: str
    note: str
    at: datetime


def published() -> Version:
    """What the coach speaks with."""
    return version(published_number())


def published_number() -> int:
    """Its number. Quick: servers ask every second."""
    with session() as db:
        number = db.scalar(_newest())
    return int(number) if number is not None else take_in_shipped()


def version(number: int) -> Version:
    """One version, whole. Raises `ContentError` when there is none of that number."""
    with session() as db:
        row = db.get(VersionRow, number)
    if row is None:
        raise ContentError(f"Versie {number} is er niet.")
    files = json.loads(zlib.decompress(row.files))
    return Version(row.number, files, row.hash, row.author, row.note, row.at, row.shipped, row.report)


def versions() -> list[VersionLine]:
    """All versions, newest first."""
    columns = (VersionRow.number, VersionRow.author, VersionRow.note, VersionRow.at, VersionRow.shipped)
    with session() as db:
        rows = db.execute(sa.select(*columns).order_by(VersionRow.number.desc())).all()
    return [VersionLine(*row) for row in rows]


def publications(most: int = 100) -> list[PublicationLine]:
    """What was published when, newest first."""
    with session() as db:
        rows = db.scalars(sa.select(Publication).order_by(Publication.id.desc()).limit(most)).all()
    return [PublicationLine(row.number, row.who, row.note, row.at) for row in rows]


def publish_new(db: Any, new: NewVersion, expected: int) -> int:
    """Keep a content as a new version and have the coach speak with it, in a session that wrote nothing yet. Returns its number.

    Raises `ContentError`, for which the session has to be given up, when another version than `expected` is published by now.
    """
    _refuse_unless_published(db, expected)
    number = _add(db, new)
    _publish(db, number, new.author, new.note)
    return number


def publish_again(db: Any, number: int, who: str, note: str, expected: int) -> None:
    """Have the coach speak with a version that is there already, in a session that wrote nothing yet.

    Raises `ContentError`, for which the session has to be given up, when another version than `expected` is published by now, or there is
    none of that number.
    """
    _refuse_unless_published(db, expected)
    if db.get(VersionRow, number) is None:
        raise ContentError(f"Versie {number} is er niet.")
    _publish(db, number, who, note)


def take_in_shipped() -> int:
    """Make what the project ships a version when it is none yet, and return the number of what is published.

    It is published when nothing of a therapist's is: their version stays until they take the new one themselves.
    """
    content = shipped()
    with session() as db:
        only_writer(db, _LOCK)
        now = db.scalar(_newest())
        kept = db.scalar(sa.select(VersionRow.number).where(VersionRow.shipped, VersionRow.hash == content_hash(content)))
        number = kept if kept is not None else _add(db, NewVersion(content, PROJECT, _SHIPPED_NOTE, None))
        in_force = db.get(VersionRow, now) if now is not None else None
        if in_force is not None and (not in_force.shipped or in_force.number == number):
            return int(in_force.number)
        _publish(db, number, PROJECT, _SHIPPED_NOTE)
    return int(number)


def _refuse_unless_published(db: Any, expected: int) -> None:
    only_writer(db, _LOCK)
    now = db.scalar(_newest())
    if now != expected:
        raise ContentError(f"Intussen is versie {now} gepubliceerd. Kijk eerst wat er nu in staat.")


def _newest() -> Any:
    return sa.select(Publication.number).order_by(Publication.id.desc()).limit(1)


def _publish(db: Any, number: int, who: str, note: str) -> None:
    db.add(Publication(number=number, who=who, note=note))
    db.add(Audit(who=who, what="content_published", subject_id=str(number)))


def _add(db: Any, new: NewVersion) -> int:
    newest = db.scalar(sa.select(sa.func.max(VersionRow.number)))
    number = 0 if newest is None else newest + 1
    files = zlib.compress(json.dumps(dict(new.content), ensure_ascii=False).encode("utf-8"))
    report = None if new.report is None else dict(new.report)
    values = {"author": new.author, "note": new.note, "report": report, "shipped": report is None}
    db.add(VersionRow(number=number, files=files, hash=content_hash(new.content), **values))
    db.flush()
    return int(number)
