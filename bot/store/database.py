"""The database of `DATABASE_URL`: one engine per process, and sessions on it. Rasa's conversations are in the same database."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.settings import settings

logger = logging.getLogger(__name__)

# Of libpq. A server that is gone without a word is noticed within a quarter of a minute, before a visitor's turn is over.
PATIENCE = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}


@lru_cache(maxsize=1)
def engine() -> Any:
    """The engine of this process."""
    return new_engine(future=True)


def new_engine(future: bool) -> Any:
    """An engine on the database of the settings; `future` as SQLAlchemy 1.4 means it."""
    settings().var_dir.mkdir(parents=True, exist_ok=True)
    url = sa.engine.make_url(settings().database_url)
    sqlite = url.get_backend_name() == "sqlite"
    made = sa.create_engine(
        url,
        future=future,
        # Parameters would put names and words into error messages.
        hide_parameters=True,
        # Kept open for SQLite too: opening one took as long as what was then written.
        poolclass=sa.pool.QueuePool,
        # A connection that died with the database server is noticed before it is used.
        pool_pre_ping=not sqlite,
        connect_args={"check_same_thread": False} if sqlite else PATIENCE,
    )
    if sqlite:
        sa.event.listen(made, "connect", careful_sqlite)
    return made


@contextmanager
def session() -> Iterator[Any]:
    """A session that commits at its end, and takes everything back when something is raised."""
    with Session(engine(), future=True, expire_on_commit=False) as opened, opened.begin():
        yield opened


def only_writer(opened: Any, name: str) -> None:
    """Let no other writer on the same `name` (a conversation, for example) in until the transaction ends.

    Call it first in a session: what is read after it can't change before the commit.
    """
    if engine().dialect.name == "sqlite":
        # SQLite has one writer at a time, whatever it writes.
        opened.execute(sa.text("BEGIN IMMEDIATE"))
    else:
        opened.execute(sa.text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"), {"name": name})


def empty_log() -> None:
    """What was deleted stays in SQLite's write-ahead log until that is folded into the file; this does it now, where nobody reads just then."""
    if engine().dialect.name == "sqlite":
        try:
            with engine().connect() as connection:
                connection.execute(sa.text("PRAGMA wal_checkpoint(TRUNCATE)"))
        except sa.exc.SQLAlchemyError as problem:
            logger.warning("The write-ahead log could not be emptied now: %s", type(problem).__name__)


def careful_sqlite(connection: Any, _: Any) -> None:
    """Set up a new SQLite connection."""
    connection.execute("PRAGMA busy_timeout = 5000")
    # Deleted text is overwritten in the file, and readers don't block the writer.
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA journal_mode = WAL")
