"""A back-up holds all, tells nothing without its keys, and comes back whole or not at all; on SQLite and on PostgreSQL."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import threading
import time
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from bot.handoff.intakes import IntakeDraft, save_handoff, save_intake
from bot.operation.backup import BackupError, back_up, count_rows, is_sqlite
from bot.operation.restore import restore
from bot.settings import ROOT
from bot.store.database import engine, session
from bot.store.encryption import key_file
from bot.store.tables import Handoff, Intake, Notice
from bot.store.upgrade import MIGRATIONS
from tests.databases import Database

ALARM = {"category": "suicidality", "level": "alarm", "score": 0.9, "layer": "both"}


def draft(number: int = 0) -> IntakeDraft:
    return IntakeDraft(f"web-{number}", "Sam de Wit", "sam@example.org", "alleen overdag")


def names() -> list[str]:
    with session() as db:
        return [row.name for row in db.scalars(sa.select(Intake).order_by(Intake.created_at))]


def lose_everything(database: Database) -> None:
    """The disk with the database is gone; an empty one is in its place. The keys were kept elsewhere."""
    if database.kind == "sqlite":
        engine().dispose()
        for file in database.var.glob("conversations.db*"):
            file.unlink()
    else:
        with engine().begin() as connection:
            connection.execute(sa.text("DROP SCHEMA public CASCADE"))
            connection.execute(sa.text("CREATE SCHEMA public"))
        engine().dispose()


def content(archive: Path) -> bytes:
    with tarfile.open(archive) as opened:
        return b"".join(opened.extractfile(entry).read() for entry in opened if entry.isfile())  # type: ignore[union-attr]


def test_everything_comes_back(database: Database, tmp_path: Path) -> None:
    save_intake(draft())
    save_handoff("web-0", ALARM, ["ik wil niet meer"])
    (database.var / "content").mkdir()
    (database.var / "content" / "published.json").write_text("{}")
    file = tmp_path / "kept" / "coach.tar.gz"
    told = back_up(file, with_keys=False)
    assert "The keys are not in it" in told
    assert file.stat().st_mode & 0o077 == 0
    before = count_rows()

    lose_everything(database)
    (database.var / "content" / "published.json").unlink()
    restore(file, replace=False)
    assert count_rows() == before
    assert names() == ["Sam de Wit"]
    assert (database.var / "content" / "published.json").read_text() == "{}"
    with session() as db:
        assert db.scalars(sa.select(Handoff)).one().words == ["ik wil niet meer"]
    # And it works on.
    save_intake(draft(1))
    assert len(names()) == 2


def test_without_the_keys_it_tells_nothing(database: Database, tmp_path: Path) -> None:
    save_intake(draft())
    key = key_file().read_bytes().strip()
    back_up(tmp_path / "without.tar.gz", with_keys=False)
    assert "can read everything" in back_up(tmp_path / "with.tar.gz", with_keys=True)
    closed, opened = content(tmp_path / "without.tar.gz"), content(tmp_path / "with.tar.gz")
    for personal in (b"Sam", b"sam@example.org", b"overdag", key):
        assert personal not in closed
    assert key in opened

    key_file().unlink()
    lose_everything(database)
    restore(tmp_path / "with.tar.gz", replace=False)
    assert names() == ["Sam de Wit"]


def test_what_is_there_is_only_replaced_when_asked(database: Database, tmp_path: Path) -> None:
    save_intake(draft())
    back_up(tmp_path / "b.tar.gz", with_keys=False)
    save_intake(draft(1))
    with pytest.raises(BackupError, match="--replace"):
        restore(tmp_path / "b.tar.gz", replace=False)
    assert len(names()) == 2
    restore(tmp_path / "b.tar.gz", replace=True)
    assert len(names()) == 1
    with pytest.raises(BackupError, match="there already"):
        back_up(tmp_path / "b.tar.gz", with_keys=False)


def test_a_back_up_of_an_older_version_is_upgraded(database: Database, tmp_path: Path) -> None:
    lose_everything(database)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with engine().begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    back_up(tmp_path / "old.tar.gz", with_keys=False)
    old = set(count_rows())
    lose_everything(database)
    restore(tmp_path / "old.tar.gz", replace=False)
    assert old < set(count_rows())
    save_intake(draft())


def test_nothing_changes_when_the_file_is_no_good(database: Database, tmp_path: Path) -> None:
    save_intake(draft())
    good = tmp_path / "good.tar.gz"
    back_up(good, with_keys=False)
    cut = tmp_path / "cut.tar.gz"
    cut.write_bytes(good.read_bytes()[: good.stat().st_size // 2])
    elsewhere = tmp_path / "elsewhere.tar.gz"
    with tarfile.open(elsewhere, "w:gz") as archive:
        archive.addfile(tarfile.TarInfo("../../etc/passwd"), io.BytesIO())
    broken = tmp_path / "broken.tar.gz"
    with tarfile.open(broken, "w:gz") as archive:
        name = "database.sqlite" if is_sqlite() else "database.sql"
        manifest = json.dumps({"format": 1, "database": name, "made_at": "then"}).encode()
        for path, data in (("manifest.json", manifest), (name, b"DROP TABLE intakes CASCADE; this is no database")):
            entry = tarfile.TarInfo(path)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    for bad in (cut, elsewhere, broken, tmp_path / "nowhere.tar.gz"):
        with pytest.raises(BackupError) as problem:
            restore(bad, replace=True)
        assert "\n" not in str(problem.value)
        assert names() == ["Sam de Wit"]
    assert not list(database.var.glob(".restore-*"))


def test_lost_keys_are_told(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.store.conversations import SQLTrackerStore
    from bot.store.encryption import cipher

    with engine().begin() as connection:
        SQLTrackerStore.Base.metadata.create_all(connection)
        event = {"i": 1, "s": "web-0", "t": "user", "d": cipher().encrypt(b"{}").decode()}
        connection.execute(sa.text("INSERT INTO events (id, sender_id, type_name, data) VALUES (:i, :s, :t, :d)"), event)
    back_up(tmp_path / "b.tar.gz", with_keys=False)
    assert not any("do not fit" in line for line in restore(tmp_path / "b.tar.gz", replace=True))
    key_file().unlink()
    assert any("do not fit" in line for line in restore(tmp_path / "b.tar.gz", replace=True))


def test_it_is_consistent_while_others_write(database: Database, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            save_intake(draft(number := number + 1))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        time.sleep(0.5)
        back_up(tmp_path / "b.tar.gz", with_keys=False)
    finally:
        stop.set()
        writer.join()
    restore(tmp_path / "b.tar.gz", replace=True)
    with session() as db:
        intakes = {row.id for row in db.scalars(sa.select(Intake))}
        assert intakes
        # Both are written in one transaction.
        assert intakes == {row.subject_id for row in db.scalars(sa.select(Notice))}


def test_no_restore_under_a_running_server(database: Database, tmp_path: Path) -> None:
    save_intake(draft())
    back_up(tmp_path / "b.tar.gz", with_keys=False)
    if database.kind == "postgresql":
        with sa.create_engine(engine().url).connect(), pytest.raises(BackupError, match="stop every server"):
            restore(tmp_path / "b.tar.gz", replace=True)
        return
    server = subprocess.Popen([sys.executable, "-W", "ignore", "-m", "bot", "serve-actions"], cwd=ROOT, env=os.environ)
    try:
        with pytest.raises(BackupError, match="stop every server"):
            restore(tmp_path / "b.tar.gz", replace=True)
    finally:
        server.kill()
        server.wait()


def test_by_command(database: Database, tmp_path: Path) -> None:
    save_intake(draft())
    lines = []
    for arguments in (["backup", "b.tar.gz"], ["restore", "b.tar.gz"], ["restore", "b.tar.gz", "--replace"], ["backup", "b.tar.gz"]):
        given = [str(tmp_path / part) if part.endswith(".gz") else part for part in arguments]
        engine().dispose()
        done = subprocess.run([sys.executable, "-W", "ignore", "-m", "bot", *given], cwd=ROOT, capture_output=True, text=True, check=False)
        lines.append((done.returncode, (done.stdout + done.stderr).strip()))
    assert [code for code, _ in lines] == [0, 1, 0, 1], lines
    assert names() == ["Sam de Wit"]


def test_without_postgresql_programs_it_says_what_to_install(
    postgres: tuple[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.operation.backup import run_postgres

    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackupError, match="apt-get install"):
        run_postgres(["pg_dump"])
    assert shutil.which("pg_dump") is None
