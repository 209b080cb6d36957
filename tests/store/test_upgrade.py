"""Migrations: they make what the models say, they can be run by anybody at any time, and they leave Rasa's table alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from bot.content import drafts, versions
from bot.publishing import jobs, servers
from bot.settings import ROOT
from bot.store.database import engine
from bot.store.tables import Base
from bot.store.upgrade import UpgradeError, upgrade
from tests.databases import Database

OURS = {
    "intakes",
    "handoffs",
    "checkups",
    "notices",
    "audit",
    "therapists",
    "studio_sessions",
    "used_forms",
    "takeovers",
    "person_messages",
    "notes",
    "alarm_labels",
    "telegram_chats",
    "telegram_updates",
    "drafts",
    "content_versions",
    "publications",
    "content_jobs",
    "content_servers",
    "reminders",
}
# Whose tables are made where they are used.
ELSEWHERE = (drafts, versions, jobs, servers)
# Those that others point to come last.
DROPPED = ("alembic_version", *(table.name for table in reversed(Base.metadata.sorted_tables)))


def differences() -> list[Any]:
    with engine().connect() as connection:
        options = {"compare_type": True, "include_name": lambda name, kind, _: kind != "table" or name in OURS}
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata))


def test_models_and_migrations_agree(database: Database) -> None:
    assert set(Base.metadata.tables) == OURS
    assert differences() == []
    with engine().begin() as connection:
        connection.execute(sa.text("ALTER TABLE intakes DROP COLUMN about"))
    assert [difference[0] for difference in differences()] == ["add_column"]


def test_rasas_table_is_left_alone(database: Database) -> None:
    with engine().begin() as connection:
        connection.execute(sa.text("CREATE TABLE events (id INTEGER, sender_id TEXT)"))
        connection.execute(sa.text("INSERT INTO events VALUES (7, 'somebody')"))
        for table in DROPPED:
            connection.execute(sa.text(f"DROP TABLE {table}"))
    upgrade()
    with engine().connect() as connection:
        assert connection.execute(sa.text("SELECT id, sender_id FROM events")).all() == [(7, "somebody")]
        assert set(sa.inspect(connection).get_table_names()) == {*OURS, "events", "alembic_version"}


def test_several_processes_may_upgrade_at_once(database: Database) -> None:
    with engine().begin() as connection:
        for table in DROPPED:
            connection.execute(sa.text(f"DROP TABLE {table}"))
    command = [sys.executable, "-c", "from bot.store.upgrade import upgrade; upgrade(); upgrade()"]
    children = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    results = [(child.communicate()[1], child.returncode) for child in children]
    assert results == [("", 0)] * 4
    assert differences() == []


def test_an_open_alarm_is_the_only_one_of_its_conversation(database: Database) -> None:
    row = "INSERT INTO handoffs VALUES ('{}', 'c', '2026-01-01 00:00:00', 'suicidality', 'alarm', 0.9, 'both', '', '{}', NULL, NULL, 0)"
    with engine().begin() as connection:
        connection.execute(sa.text(row.format("a", "closed")))
        connection.execute(sa.text(row.format("b", "open")))
        with pytest.raises(sa.exc.IntegrityError):
            connection.execute(sa.text(row.format("c", "open")))


def test_a_database_out_of_reach_is_one_clear_line(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dead = "postgresql://coach:geheim@127.0.0.1:1/x" if database.kind == "postgresql" else f"sqlite:///{tmp_path}/none/x.db"
    database.move(monkeypatch, dead)
    with pytest.raises(UpgradeError) as problem:
        upgrade()
    assert "DATABASE_URL" in str(problem.value)
    assert "\n" not in str(problem.value)
    assert "geheim" not in str(problem.value)
