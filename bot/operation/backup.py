"""Back-up by command: the database and what else is kept, in one file, while the servers run. Back again: `bot/operation/restore.py`.

The keys are left out unless asked for: who finds the file then reads no name, no address and no conversation.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from contextlib import closing
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.settings import settings
from bot.store.database import session
from bot.store.encryption import key_file

MANIFEST = "manifest.json"
FORMAT = 1
SQLITE = "database.sqlite"
POSTGRES = "database.sql"
FILES = "files/"
KEYS = "keys"
# In COACH_VAR_DIR, and made anew by the next start or evaluation.
MADE_ANEW = ("models", "cache", "logs", "story-tests")


class BackupError(RuntimeError):
    """The back-up could not be made or read. The message is one line that says what to do."""


def back_up(target: Path, with_keys: bool) -> str:
    """Write a back-up to a file that is not there yet, readable by its owner only. Returns a line for the operator.

    Raises `BackupError`; then there is no file.
    """
    if target.exists():
        raise BackupError(f"{target} is there already: a back-up is never written over another one. Choose another name.")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        # Beside the target, so that the finished file is put in place in one step.
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=target.parent) as folder:
            draft = Path(folder) / "draft"
            manifest = _write(draft, Path(folder), with_keys)
            draft.replace(target)
    except (OSError, sqlite3.Error, sa.exc.SQLAlchemyError) as problem:
        raise BackupError(f"The back-up could not be written ({_kind(problem)}). Look at the disk's space and at DATABASE_URL.") from None
    size = target.stat().st_size / 1e6
    rows = sum(manifest["rows"].values())
    return f"{target}: {rows} rows, {size:.1f} MB. {_about_keys(with_keys)}"


def _write(draft: Path, folder: Path, with_keys: bool) -> dict[str, Any]:
    name = SQLITE if is_sqlite() else POSTGRES
    copy = folder / name
    (_copy_sqlite if is_sqlite() else _dump_postgres)(copy)
    manifest = {
        "format": FORMAT,
        "made_at": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "database": name,
        "rows": count_rows(),
        "with_keys": with_keys,
    }
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        with tarfile.open(fileobj=file, mode="w:gz") as archive:
            text = json.dumps(manifest, indent=2).encode()
            entry = tarfile.TarInfo(MANIFEST)
            entry.size = len(text)
            archive.addfile(entry, io.BytesIO(text))
            archive.add(copy, name)
            for path in _other_files(with_keys):
                archive.add(path, FILES + str(path.relative_to(settings().var_dir)))
        file.flush()
        os.fsync(file.fileno())
    return manifest


def _other_files(with_keys: bool) -> list[Path]:
    """What COACH_VAR_DIR has beside the database and what is made anew."""
    left_out = {*MADE_ANEW, *([] if with_keys else [KEYS])}
    var, database = settings().var_dir, sqlite_file()
    files = (path for path in var.rglob("*") if path.is_file() and path.relative_to(var).parts[0] not in left_out)
    return sorted(path for path in files if database is None or not path.name.startswith(database.name))


def _copy_sqlite(copy: Path) -> None:
    """A consistent copy while others write (SQLite's online back-up)."""
    source = sqlite_file()
    if source is None or not source.exists():
        raise BackupError(f"There is no database at {source} yet: nothing to back up.")
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(copy)) as other:
        live.backup(other)
        check_sqlite(other)


def check_sqlite(database: sqlite3.Connection) -> None:
    """Raise `BackupError` when a database is damaged."""
    if database.execute("PRAGMA integrity_check").fetchone() != ("ok",):
        raise BackupError("The database is damaged: put back the last good back-up ('python -m bot restore').")


def _dump_postgres(copy: Path) -> None:
    run_postgres(["pg_dump", "--no-owner", "--no-privileges", "--file", str(copy)])


def run_postgres(command: list[str]) -> None:
    """Run one of PostgreSQL's own programs on our database. Raises `BackupError` with its first line of complaint."""
    if shutil.which(command[0]) is None:
        raise BackupError(f"{command[0]} is not on this machine. Debian: apt-get install postgresql-client.")
    done = subprocess.run(command, env={**os.environ, **_postgres_environment()}, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        lines = [line for line in done.stderr.splitlines() if line.strip()]
        raise BackupError(f"{command[0]} failed: {lines[0] if lines else 'without a word'}")


def _postgres_environment() -> dict[str, str]:
    """The address of the database for PostgreSQL's programs; as arguments the password would be seen in the list of processes."""
    url = sa.engine.make_url(settings().database_url)
    found = {"PGHOST": url.host, "PGPORT": url.port, "PGUSER": url.username, "PGPASSWORD": url.password, "PGDATABASE": url.database}
    found |= {f"PG{name.upper()}": value for name, value in url.query.items()}
    return {name: str(value) for name, value in found.items() if value is not None}


def count_rows() -> dict[str, int]:
    """How many rows each table has."""
    with session() as db:
        names = sa.inspect(db.connection()).get_table_names()
        return {name: int(db.scalar(sa.select(sa.func.count()).select_from(sa.table(name)))) for name in sorted(names)}


def is_sqlite() -> bool:
    """Whether the settings name an SQLite database."""
    return bool(sa.engine.make_url(settings().database_url).get_backend_name() == "sqlite")


def sqlite_file() -> Path | None:
    """The file of the SQLite database; None on PostgreSQL."""
    return Path(str(sa.engine.make_url(settings().database_url).database)) if is_sqlite() else None


def _about_keys(with_keys: bool) -> str:
    if settings().data_keys:
        return "The keys of COACH_DATA_KEYS are not in it: keep a copy of your settings elsewhere, or nobody can read it."
    if with_keys:
        return "The keys are in it: whoever has this file can read everything. Keep it locked away."
    return f"The keys are not in it: keep a copy of {key_file().parent} elsewhere, or nobody can read it."


def _kind(problem: BaseException) -> str:
    return str(problem.strerror) if isinstance(problem, OSError) and problem.strerror else type(problem).__name__
