from __future__ import annotations

import pytest
import sqlalchemy as sa

from bot.store.database import empty_log, session
from bot.store.tables import Audit
from tests.databases import Database


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_an_error_does_not_show_what_was_to_be_written(database: Database) -> None:
    with pytest.raises(sa.exc.SQLAlchemyError) as problem, session() as db:
        db.execute(sa.text("INSERT INTO nowhere VALUES (:name)"), {"name": "Annelies"})
    assert "nowhere" in str(problem.value)
    assert "Annelies" not in str(problem.value)


def test_a_session_that_fails_keeps_nothing(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), session() as db:
        db.add(Audit(who="somebody", what="read", subject_id="x"))
        db.flush()
        raise ZeroDivisionError
    with session() as db:
        assert db.scalars(sa.select(Audit)).all() == []
        db.add(Audit(who="somebody", what="read", subject_id="x"))
    with session() as db:
        assert len(db.scalars(sa.select(Audit)).all()) == 1


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_deleted_text_is_overwritten_and_readers_block_nobody(database: Database) -> None:
    with session() as db:
        found = {name: db.execute(sa.text(f"PRAGMA {name}")).scalar() for name in ("secure_delete", "journal_mode", "busy_timeout")}
    assert found == {"secure_delete": 1, "journal_mode": "wal", "busy_timeout": 5000}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_connection_is_opened_once_and_what_was_deleted_is_in_no_file(database: Database) -> None:
    with session() as db:
        first = db.connection().connection.dbapi_connection
        db.add(Audit(who="Annelies", what="read", subject_id="x"))
    with session() as db:
        assert db.connection().connection.dbapi_connection is first
        db.execute(sa.delete(Audit))
    assert b"Annelies" in database.bytes_on_disk()
    empty_log()
    assert b"Annelies" not in database.bytes_on_disk()
