"""New keys for what is encrypted: every row is written anew with the newest key, and the old key goes."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from cryptography.fernet import Fernet, InvalidToken

from bot.settings import settings
from bot.store.database import engine, only_writer, session
from bot.store.encryption import (
    EncryptedJSON,
    EncryptedText,
    KeyProblem,
    cipher,
    file_keys,
    is_plain_event,
    key_file,
    keys,
    replace_file_keys,
    source,
)
from bot.store.tables import EVENTS, Base

# Longer than a write takes that had encrypted with the old key just before the new one was there.
STRAGGLER_SECONDS = 1.0


def rotate() -> int:
    """Encrypt every row with the newest key that is not so yet. Returns how many rows were changed.

    Raises `KeyProblem`, with nothing changed, when a row fits none of the keys.
    """
    changed = 0
    with session() as db:
        # On SQLite nobody writes meanwhile; on PostgreSQL each table is locked below.
        only_writer(db, "rotate")
        for table in Base.metadata.sorted_tables:
            names = [c.name for c in table.columns if isinstance(c.type, EncryptedText | EncryptedJSON)]
            if names:
                changed += _rotate_table(db, table.name, names)
        # Rasa's table of conversations, which it makes itself when the first one comes.
        if sa.inspect(db.connection()).has_table(EVENTS.name):
            changed += _rotate_table(db, EVENTS.name, ["data"])
    return changed


def rotate_keys() -> str:
    """Rotate, with a new key where the keys are in the key file. Returns a line for the operator.

    Raises `KeyProblem` when a row fits none of the keys; every old key is kept then.
    """
    if settings().data_keys:
        return f"{rotate()} rows encrypted anew. All rows now have the first key of COACH_DATA_KEYS; the others may go."
    file_keys()
    with _alone():
        new = Fernet.generate_key().decode("ascii")
        replace_file_keys([new, *file_keys()])
        changed = rotate()
        while True:
            time.sleep(STRAGGLER_SECONDS)
            late = rotate()
            if not late:
                break
            changed += late
        replace_file_keys([new])
    return f"{changed} rows encrypted anew with a new key in {source()}. The old key is gone: keep a copy of the new file elsewhere."


@contextmanager
def _alone() -> Iterator[None]:
    """Two rotations at once would each drop the other's new key."""
    with key_file().with_name("rotation.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise KeyProblem("The keys are being rotated already: wait until that is done.") from None
        yield


def _rotate_table(db: Any, name: str, columns: list[str]) -> int:
    if engine().dialect.name == "postgresql":
        # Waits for writers that are busy, and holds off others until the commit.
        db.execute(sa.text(f"LOCK TABLE {name} IN SHARE ROW EXCLUSIVE MODE"))
    # As plain text: the model's own types would decrypt.
    table = sa.table(name, sa.column("id"), *(sa.column(column) for column in columns))
    newest = Fernet(keys()[0])
    changed = 0
    for row in db.execute(sa.select(table)).mappings().all():
        old = {column: row[column] for column in columns if row[column] is not None and not _fits(newest, row[column])}
        if old:
            values = {column: _rotated(token) for column, token in old.items()}
            db.execute(sa.update(table).where(table.c.id == row["id"]).values(values))
            changed += 1
    return changed


def _rotated(token: str) -> str:
    if is_plain_event(token):
        return cipher().encrypt(token.encode()).decode("ascii")
    try:
        return cipher().rotate(token.encode("ascii")).decode("ascii")
    except InvalidToken:
        raise KeyProblem(f"A row fits none of the keys in {source()}: nothing was changed, and every key is kept.") from None


def _fits(key: Fernet, token: str) -> bool:
    try:
        key.decrypt(token.encode())
    except InvalidToken:
        return False
    return True
