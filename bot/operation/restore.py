"""Puts a back-up of `bot/operation/backup.py` back: all of it or nothing, and only while no server runs."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.operation.backup import (
    FILES,
    FORMAT,
    MANIFEST,
    POSTGRES,
    BackupError,
    check_sqlite,
    count_rows,
    is_sqlite,
    run_postgres,
    sqlite_file,
)
from bot.settings import settings
from bot.store.database import engine, session
from bot.store.encryption import KeyProblem, decrypt, is_plain_event, source
from bot.store.tables import EVENTS
from bot.store.upgrade import upgrade

# Tables in which a visitor's data would be lost.
PRECIOUS = ("events", "intakes", "handoffs")
# Twenty looks, in two seconds: PostgreSQL lists a connection for a moment after it was closed.
LEAVING_TRIES, LEAVING_WAIT = 20, 0.1


def restore(back_up: Path, replace: bool) -> list[str]:
    """Put a back-up back, and bring the database to the newest migration. Returns lines for the operator.

    With `replace`, what is there now goes (an SQLite file is set aside). Raises `BackupError`; then nothing was changed.
    """
    with _unpacked(back_up) as (folder, manifest):
        if (manifest["database"] == POSTGRES) == is_sqlite():
            other = "PostgreSQL" if is_sqlite() else "SQLite"
            raise BackupError(f"This back-up is of a {other} database: set DATABASE_URL to one, and try again.")
        _nobody_at_work()
        held = _rows_now()
        if held and not replace:
            raise BackupError(f"The database holds {held} rows of conversations, intakes and alarms. To replace them, add --replace.")
        lines = [_restore_sqlite(folder) if is_sqlite() else _restore_postgres(folder)]
        _put_files(folder / FILES)
    upgrade()
    return [*lines, f"Back to {manifest['made_at']}: {sum(count_rows().values())} rows.", *_warnings()]


@contextmanager
def _unpacked(back_up: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The content of a back-up in a folder, checked, and its manifest."""
    settings().var_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=settings().var_dir) as name:
        folder = Path(name)
        try:
            with tarfile.open(back_up) as archive:
                archive.extractall(folder, members=list(_safe(archive)))
            manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text())
            known = manifest["format"] == FORMAT and (folder / manifest["database"]).is_file()
        except FileNotFoundError:
            raise BackupError(f"{back_up} is not there, or is no back-up of this coach.") from None
        except (tarfile.TarError, EOFError, OSError, ValueError, KeyError, TypeError) as problem:
            raise BackupError(f"{back_up} is damaged, or is no back-up of this coach ({type(problem).__name__}).") from None
        if not known:
            raise BackupError(f"{back_up} was made by a newer version of this coach: upgrade first.")
        yield folder, manifest


def _safe(archive: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    """Plain files and folders inside the archive only."""
    for entry in archive:
        inside = not Path(entry.name).is_absolute() and ".." not in Path(entry.name).parts
        if not inside or not (entry.isfile() or entry.isdir()):
            raise ValueError("a path that leads elsewhere")
        yield entry


def _nobody_at_work() -> None:
    """Raise `BackupError` while a server uses the database."""
    # Connections that this process keeps in store are nobody at work.
    engine().dispose()
    try:
        if is_sqlite():
            file = sqlite_file()
            if file is None or not file.exists():
                return
            busy = bool(_holders(file))
        else:
            busy = _others_connected()
    except sa.exc.SQLAlchemyError as problem:
        raise BackupError(f"The database of DATABASE_URL can't be reached ({type(problem).__name__}).") from None
    if busy:
        raise BackupError("The coach is running: stop every server first, then try again.")


def _others_connected() -> bool:
    """Whether PostgreSQL serves other clients on this database."""
    others = sa.text(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
    )
    for _ in range(LEAVING_TRIES):
        with session() as db:
            if not db.scalar(others):
                return False
        time.sleep(LEAVING_WAIT)
    return True


def _holders(file: Path) -> list[int]:
    """The processes that have the file open or listen at the web server's port, as far as /proc tells."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        if int(process.name) == os.getpid():
            continue
        try:
            if _runs_here(process) or any(handle.resolve() == file.resolve() for handle in (process / "fd").iterdir()):
                found.append(int(process.name))
        except OSError:
            continue
    return found


def _runs_here(process: Path) -> bool:
    """Whether a process is one of this folder's servers: SQLite's file is opened for each turn only."""
    command = (process / "cmdline").read_bytes().split(b"\0")
    serves = b"bot" in command and any(part == b"run" or part.startswith(b"serve-") for part in command)
    if not serves:
        return False
    environment = dict(pair.split(b"=", 1) for pair in (process / "environ").read_bytes().split(b"\0") if b"=" in pair)
    theirs = (process / "cwd").resolve() / os.fsdecode(environment.get(b"COACH_VAR_DIR") or b"var")
    return theirs.resolve() == settings().var_dir.resolve()


def _rows_now() -> int:
    if is_sqlite() and not (sqlite_file() or Path()).exists():
        return 0
    rows = count_rows()
    return sum(rows.get(table, 0) for table in PRECIOUS)


def _restore_sqlite(folder: Path) -> str:
    copy, file = folder / "database.sqlite", sqlite_file()
    assert file is not None
    try:
        with closing(sqlite3.connect(copy)) as database:
            check_sqlite(database)
    except sqlite3.DatabaseError:
        raise BackupError("The database in the back-up is damaged: try an older one.") from None
    engine().dispose()
    line = "The database was put in place."
    if file.exists():
        with closing(sqlite3.connect(file)) as database:
            # What is still in the -wal file belongs to what is set aside.
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        aside = file.with_name(f"{file.name}.before-{datetime.now(timezone.utc):%Y%m%dT%H%M%SZ}")
        file.replace(aside)
        line = f"The database was put in place; the one before is {aside}: delete it once all is well."
    for rest in ("-wal", "-shm"):
        file.with_name(file.name + rest).unlink(missing_ok=True)
    copy.chmod(0o600)
    shutil.move(copy, file)
    return line


def _restore_postgres(folder: Path) -> str:
    with session() as db:
        names = sa.inspect(db.connection()).get_table_names()
    # In one transaction with the dump: when that fails, the old tables are still there.
    drops = folder / "drops.sql"
    drops.write_text("".join(f'DROP TABLE IF EXISTS "{name}" CASCADE;\n' for name in names) + "DROP SEQUENCE IF EXISTS events_seq;\n")
    engine().dispose()
    run_postgres(
        [
            "psql",
            "-X",
            "-q",
            "--single-transaction",
            "-v",
            "ON_ERROR_STOP=1",
            "-o",
            os.devnull,
            "-f",
            str(drops),
            "-f",
            str(folder / POSTGRES),
        ]
    )
    return "The database was put in place."


def _put_files(folder: Path) -> None:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            target = settings().var_dir / path.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(path, target)


def _warnings() -> list[str]:
    lines = [
        "What visitors erased since then is back: erase it again ('python -m bot data erase'). Old data goes by itself within the hour."
    ]
    try:
        _read_one_row()
    except KeyProblem:
        lines.append(f"The keys in {source()} do not fit this back-up: put back the copy of that time, else nothing of it can be read.")
    return lines


def _read_one_row() -> None:
    with session() as db:
        if not sa.inspect(db.connection()).has_table(EVENTS.name):
            return
        newest = sa.select(sa.type_coerce(EVENTS.c.data, sa.Text)).order_by(EVENTS.c.id.desc()).limit(1)
        row = db.execute(newest).scalar()
    if row is not None and not is_plain_event(row):
        decrypt(row)
