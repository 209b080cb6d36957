"""Drafts of the content: each therapist has at most one, made from a published version and theirs alone until it is published.

Every change names the draft's mark that it was made on. On another mark it is refused, so that a second tab overwrites nothing.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.content.files import Content
from bot.content.validity import refuse_unless_valid
from bot.content.versions import Version, published, version
from bot.store.database import only_writer, session
from bot.store.tables import Base, utc_now

# Owner of the draft of the command line.
OPERATOR = "operator"


class DraftRow(Base):  # type: ignore[misc]
    """A draft: the files that differ from its base version."""

    __tablename__ = "drafts"

    owner = sa.Column(sa.String(36), primary_key=True)
    name = sa.Column(sa.String(200), nullable=False)
    base = sa.Column(sa.Integer, nullable=False)
    revision = sa.Column(sa.Integer, nullable=False)
    # JSON of path and text of each changed file, null for one that is gone, deflated.
    changed = sa.Column(sa.LargeBinary, nullable=False)
    at = sa.Column(sa.DateTime, nullable=False, default=utc_now)


@dataclass(frozen=True)
class Draft:
    """A draft as it is now. Of revision 0 there is none yet: its content is what is published."""

    owner: str
    base: Version
    revision: int
    content: Content

    @property
    def mark(self) -> str:
        """What a page carries to say which state it shows."""
        return f"{self.base.number}.{self.revision}"

    @property
    def changed(self) -> bool:
        """Whether anything in it differs from its base."""
        return dict(self.content) != dict(self.base.content)


@dataclass(frozen=True)
class DraftLine:
    """A draft in a list. `at` is UTC."""

    owner: str
    name: str
    base: int
    revision: int
    at: datetime


class OutOfDate(RuntimeError):
    """The draft is another by now than the page showed, for example through a second tab. Nothing was changed."""


def draft_of(owner: str) -> Draft:
    """The draft of a therapist's id, or of `OPERATOR`; what is published where there is none."""
    with session() as db:
        row = db.get(DraftRow, owner)
    if row is None:
        now = published()
        return Draft(owner, now, 0, now.content)
    return _draft(row)


def drafts() -> list[DraftLine]:
    """Every draft, newest first."""
    with session() as db:
        rows = db.scalars(sa.select(DraftRow).order_by(DraftRow.at.desc())).all()
    return [DraftLine(row.owner, row.name, row.base, row.revision, row.at) for row in rows]


def save(draft: Draft, mark: str, name: str, content: Content) -> Draft:
    """Keep a content as the owner's draft in place of `draft`, and return it; `name` is the owner's as others read it.

    Raises `OutOfDate` when `mark`, or the draft as it is kept, is not that of `draft`; `ContentError` when the content can't be kept.
    """
    if draft.mark != mark:
        raise OutOfDate
    refuse_unless_valid(content, draft.base.content)
    return _keep(draft, name, content, draft.base)


def take_over(draft: Draft, mark: str, name: str, content: Content, base: Version) -> Draft:
    """Keep a content as the draft, now made from another version. Raises as `save` does."""
    if draft.mark != mark:
        raise OutOfDate
    refuse_unless_valid(content, base.content)
    return _keep(draft, name, content, base)


def discard(draft: Draft, mark: str) -> None:
    """Throw the draft away. Raises `OutOfDate` when it is another by now."""
    with session() as db:
        row = _locked(db, draft.owner)
        if draft.mark != mark or _mark(row) != mark:
            raise OutOfDate
        db.delete(row)


def _keep(draft: Draft, name: str, content: Content, base: Version) -> Draft:
    with session() as db:
        row = _locked(db, draft.owner)
        if row is None and draft.revision == 0:
            row = DraftRow(owner=draft.owner, base=draft.base.number, revision=0)
            db.add(row)
        elif _mark(row) != draft.mark:
            raise OutOfDate
        row.name, row.base, row.revision, row.at = name, base.number, draft.revision + 1, utc_now()
        row.changed = _packed(content, base.content)
    return Draft(draft.owner, base, draft.revision + 1, content)


def _locked(db: Any, owner: str) -> Any:
    only_writer(db, f"draft {owner}")
    return db.get(DraftRow, owner)


def _mark(row: Any) -> str:
    return f"{row.base}.{row.revision}" if row is not None else ""


def _draft(row: Any) -> Draft:
    base = version(row.base)
    changed = json.loads(zlib.decompress(row.changed))
    content = {path: text for path, text in {**base.content, **changed}.items() if text is not None}
    return Draft(row.owner, base, row.revision, content)


def _packed(content: Content, base: Content) -> bytes:
    changed: dict[str, str | None] = {path: text for path, text in content.items() if base.get(path) != text}
    changed |= dict.fromkeys(path for path in base if path not in content)
    return zlib.compress(json.dumps(changed, ensure_ascii=False).encode("utf-8"))
