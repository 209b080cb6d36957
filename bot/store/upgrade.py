"""Brings the database to the newest migration, at every start; Rasa's own table `events` is left alone."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy.exc import SQLAlchemyError

from bot.store.database import engine, only_writer

MIGRATIONS = Path(__file__).parent / "migrations"


class UpgradeError(RuntimeError):
    """The database can't be brought up to date. The message is one line that says what to do."""


def upgrade() -> None:
    """Create or change the tables as the migrations say. Safe to call again, and by several processes at once.

    Raises `UpgradeError` when the database can't be reached or changed.
    """
    config = Config()
    # '%' is special in alembic's settings.
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    try:
        with engine().begin() as connection:
            only_writer(connection, "upgrade")
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except (SQLAlchemyError, OSError) as problem:
        raise UpgradeError(f"The database of DATABASE_URL can't be reached or changed ({type(problem).__name__}).") from None
