"""Keeps the check-ups that visitors want to compare with later ones; `bot/privacy/` shows, erases and expires them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from bot.store.database import only_writer, session
from bot.store.encryption import KeyProblem
from bot.store.tables import Checkup


class NotKept(RuntimeError):
    """The database can't be reached now. The message holds nothing of the visitor."""


@dataclass(frozen=True)
class Kept:
    """An earlier check-up: the day, and the mean mark of each area that was answered."""

    day: date
    areas: dict[str, float]


def keep(conversation: str, areas: Mapping[str, float]) -> None:
    """Keep a check-up; the very same one a second time is a double click, and kept once.

    Raises `NotKept` when the database can't write.
    """
    try:
        with session() as db:
            only_writer(db, conversation)
            newest = db.scalars(_of(conversation)).first()
            if newest is None or newest.areas != dict(areas):
                db.add(Checkup(conversation=conversation, areas=dict(areas)))
    except (SQLAlchemyError, KeyProblem, OSError) as problem:
        raise NotKept(f"The check-up was not kept ({type(problem).__name__}).") from None


def newest(conversation: str) -> Kept | None:
    """The check-up that was kept last. Raises `NotKept` when the database can't be read."""
    try:
        with session() as db:
            found = db.scalars(_of(conversation)).first()
            return None if found is None else Kept(found.created_at.date(), found.areas)
    except (SQLAlchemyError, KeyProblem, OSError) as problem:
        raise NotKept(f"Earlier check-ups could not be read ({type(problem).__name__}).") from None


def _of(conversation: str) -> sa.sql.Select:
    return sa.select(Checkup).where(Checkup.conversation == conversation).order_by(Checkup.created_at.desc()).limit(1)
