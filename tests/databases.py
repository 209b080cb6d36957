"""A database of its own for each test, once SQLite and once a real PostgreSQL."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.settings import settings
from bot.store.database import engine
from bot.store.upgrade import upgrade

INSTALL = "no PostgreSQL on this machine (Debian: apt-get install postgresql)"


@dataclass(frozen=True)
class Database:
    """`files` is the folder in which the database server keeps its files, `var` the coach's own folder."""

    kind: str
    files: Path
    var: Path

    def set(self, patch: pytest.MonkeyPatch, **values: str) -> None:
        """Change settings of this process."""
        for name, value in values.items():
            patch.setenv(name, value)
        settings.cache_clear()

    def move(self, patch: pytest.MonkeyPatch, url: str) -> None:
        """Have this process use another database."""
        engine().dispose()
        engine.cache_clear()
        self.set(patch, DATABASE_URL=url)

    def bytes_on_disk(self) -> bytes:
        """All that the database server has written so far."""
        if self.kind == "postgresql":
            with engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(sa.text("CHECKPOINT"))
        return b"".join(path.read_bytes() for path in self.files.rglob("*") if path.is_file())


@pytest.fixture(scope="session")
def postgres() -> Iterator[tuple[str, Path]]:
    """A PostgreSQL server for this run: its address without a database name, and its folder."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or [Path(p) for p in [shutil.which("initdb")] if p]
    if not found:
        if os.environ.get("CI"):
            pytest.fail(INSTALL)
        pytest.skip(INSTALL)
    commands = found[-1].resolve().parent
    # It refuses to run as root; and pytest's own folders are closed to other users.
    user = "postgres" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="coach-postgres-", dir="/tmp"))
    if user:
        shutil.chown(folder, user)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    def run(*command: str) -> None:
        subprocess.run(command, check=True, cwd=folder, user=user, stdout=subprocess.DEVNULL)

    data = folder / "data"
    control = [str(commands / "pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log")]
    try:
        run(str(commands / "initdb"), "-D", str(data), "-U", "coach", "-A", "trust", "-E", "UTF8", "--no-sync")
        run(*control, "-o", f"-h 127.0.0.1 -p {port} -k {folder} -F", "start")
        yield f"postgresql://coach@127.0.0.1:{port}", data
    finally:
        if (data / "postmaster.pid").exists():
            run(*control, "-m", "immediate", "stop")
        shutil.rmtree(folder)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """An up-to-date empty database, which this process uses."""
    files, url = tmp_path, ""
    if request.param == "postgresql":
        server, files = request.getfixturevalue("postgres")
        name = f"test_{uuid.uuid4().hex}"
        control = sa.create_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT")
        with control.connect() as connection:
            connection.execute(sa.text(f"CREATE DATABASE {name}"))
        control.dispose()
        url = f"{server}/{name}"
    made = Database(request.param, files, tmp_path)
    engine.cache_clear()
    made.set(monkeypatch, COACH_VAR_DIR=str(tmp_path), DATABASE_URL=url, COACH_DATA_KEYS="", COACH_NOTIFY_URLS="")
    upgrade()
    yield made
    engine().dispose()
    engine.cache_clear()
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture
def no_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A database that can't be opened."""
    found = Database("sqlite", tmp_path, tmp_path)
    found.set(monkeypatch, COACH_VAR_DIR=str(tmp_path))
    found.move(monkeypatch, f"sqlite:///{tmp_path / 'no such folder' / 'coach.db'}")
    yield
    engine().dispose()
    engine.cache_clear()
    settings.cache_clear()
