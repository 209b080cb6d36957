"""What is personal is encrypted before it reaches the database: column types, and the keys that they use.

The keys are those of `COACH_DATA_KEYS`, else those in a file that is made at the first start. The first encrypts, all decrypt.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy.types import TypeDecorator

from bot.settings import settings

logger = logging.getLogger(__name__)


class KeyProblem(RuntimeError):
    """The keys are unusable, or fit no longer. The message is one line that says what to do."""


class EncryptedText(TypeDecorator):  # type: ignore[misc]
    """Text that only its keys can read. It can't be searched or sorted by the database."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:
        """Encrypt (see parent class)."""
        return None if value is None else cipher().encrypt(value.encode()).decode("ascii")

    def process_result_value(self, value: str | None, dialect: Any) -> str | None:
        """Decrypt (see parent class). Raises `KeyProblem` when no key fits."""
        return None if value is None else decrypt(value)


class EncryptedEvent(EncryptedText):
    """An event of a conversation. Rows from before conversations were encrypted are still read; rotating the keys encrypts them."""

    cache_ok = True

    def process_result_value(self, value: str | None, dialect: Any) -> str | None:
        """Decrypt (see parent class)."""
        return value if value is None or is_plain_event(value) else decrypt(value)


def is_plain_event(value: str) -> bool:
    """Whether an event's row was never encrypted: JSON begins with a brace, an encrypted value never does."""
    return value.startswith("{")


class EncryptedJSON(TypeDecorator):  # type: ignore[misc]
    """Like `EncryptedText`, for lists and dicts. Assign a new value to change it: changes inside are not noticed."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> str | None:
        """Encrypt (see parent class)."""
        return None if value is None else cipher().encrypt(json.dumps(value).encode()).decode("ascii")

    def process_result_value(self, value: str | None, dialect: Any) -> Any:
        """Decrypt (see parent class). Raises `KeyProblem` when no key fits."""
        return None if value is None else json.loads(decrypt(value))


def decrypt(token: str) -> str:
    """The text of an encrypted value. Raises `KeyProblem` when no key fits."""
    try:
        return cipher().decrypt(token.encode("ascii")).decode()
    except InvalidToken:
        raise KeyProblem(f"An encrypted row fits none of the keys in {source()}: add the key that it was written with.") from None


def cipher() -> MultiFernet:
    """Encrypts with the newest key, decrypts with any.

    The key file is looked at each time: another process may just have rotated the keys.
    """
    return _cipher(keys())


def keys() -> tuple[str, ...]:
    """The keys in force, newest first."""
    return settings().data_keys or file_keys()


@lru_cache(maxsize=4)
def _cipher(in_force: tuple[str, ...]) -> MultiFernet:
    try:
        return MultiFernet([Fernet(key) for key in in_force])
    except ValueError:
        raise KeyProblem(f"{source()} has a line that is no key, or none at all: put back the copy that you kept.") from None


def source() -> str:
    """Where the keys in force come from, for messages to the operator."""
    return "COACH_DATA_KEYS" if settings().data_keys else str(key_file())


def key_file() -> Path:
    """Where the keys are kept when `COACH_DATA_KEYS` is empty: one per line, newest first."""
    return settings().var_dir / "keys" / "data.key"


def file_keys() -> tuple[str, ...]:
    """The keys in the key file, newest first; made now when there is no such file."""
    try:
        return _read(key_file())
    except FileNotFoundError:
        pass
    key_file().parent.mkdir(parents=True, exist_ok=True)
    draft = _written([Fernet.generate_key().decode("ascii")])
    try:
        # Unlike a rename, a link fails when another process was first; and nobody ever sees half a file.
        os.link(draft, key_file())
    except FileExistsError:
        pass
    else:
        logger.warning("Made %s: without it nobody can read the intakes any more, so keep a copy of it elsewhere.", key_file())
    finally:
        draft.unlink()
    return _read(key_file())


def _read(file: Path) -> tuple[str, ...]:
    """The keys in a file. It is only ever replaced as a whole, so the same file of the same age holds the same keys."""
    state = file.stat()
    return _in_file(file, state.st_ino, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=4)
def _in_file(file: Path, *_: int) -> tuple[str, ...]:
    return tuple(file.read_text("ascii", errors="replace").split())


def replace_file_keys(new: Iterable[str]) -> None:
    """Put these keys, newest first, in place of those in the key file, all at once."""
    _written(new).replace(key_file())


def _written(lines: Iterable[str]) -> Path:
    """A file beside the key file, safely on the disk, that its owner alone can read."""
    draft = key_file().with_name(f"data.key.{os.getpid()}.{os.urandom(4).hex()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write("\n".join(lines) + "\n")
        file.flush()
        os.fsync(file.fileno())
    return draft
