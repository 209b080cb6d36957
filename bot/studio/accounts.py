"""The therapists who may log in: adding and removing them, and checking who somebody is."""

from __future__ import annotations

import re
import secrets
import time
from datetime import timedelta
from functools import lru_cache
from typing import Any

import pyotp
import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from bot.store.database import only_writer, session
from bot.store.tables import Audit, StudioSession, Takeover, Therapist, new_id, utc_now

SHORTEST_PASSWORD = 12
# Argon2 takes time and memory for every character.
LONGEST_PASSWORD = 200
WRONG_TRIES = 5
LOCKED_FOR = timedelta(minutes=15)
TOTP_SECONDS = 30
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._@-]{0,99}")
_hasher = PasswordHasher()


class AccountError(ValueError):
    """A therapist can't be added or removed. The message is one line that says what to do."""


def add_therapist(login: str, name: str, password: str, totp: bool) -> str | None:
    """Let somebody log in. Returns the secret for an authenticator app where `totp` asks for one.

    Raises `AccountError` when the name or the password can't be used.
    """
    login, name = login.strip().lower(), name.strip()
    if not _LOGIN.fullmatch(login):
        raise AccountError(f"'{login}' is no login name: use lower-case letters, digits and . _ @ - only.")
    if not name or len(name) > 100 or not name.isprintable():
        raise AccountError("The name has to be 1 to 100 characters; visitors read it.")
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise AccountError(f"The password has to be {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters.")
    secret = pyotp.random_base32() if totp else None
    with session() as db:
        only_writer(db, "therapists")
        if db.execute(sa.select(Therapist.id).where(Therapist.login == login)).scalar():
            raise AccountError(f"There is a therapist '{login}' already: remove that one first.")
        db.add(Therapist(id=new_id(), login=login, name=name, password_hash=_hasher.hash(password), totp_secret=secret))
    return secret


def therapists() -> list[Any]:
    """Everybody who may log in, by login name."""
    with session() as db:
        return list(db.scalars(sa.select(Therapist).order_by(Therapist.login)).all())


def remove_therapist(login: str) -> None:
    """Let somebody log in no more, log them out, and give their conversations back to the coach.

    Raises `AccountError` when there is nobody of that name.
    """
    with session() as db:
        only_writer(db, "therapists")
        therapist_id = db.execute(sa.select(Therapist.id).where(Therapist.login == login.strip().lower())).scalar()
        if therapist_id is None:
            raise AccountError(f"There is no therapist '{login}'.")
        for table in (StudioSession, Takeover):
            db.execute(sa.delete(table).where(table.therapist_id == therapist_id))
        db.execute(sa.delete(Therapist).where(Therapist.id == therapist_id))


def made_up_password() -> str:
    """A password that nobody guesses: 96 bits."""
    return secrets.token_urlsafe(12)


def check_login(login: str, password: str, code: str) -> Any:
    """The therapist whose login name, password and code these are; None otherwise, whatever it is that does not fit.

    After five wrong tries nothing fits for a quarter of an hour.
    """
    with session() as db:
        found = db.execute(sa.select(Therapist).where(Therapist.login == login.strip().lower())).scalar()
    # Also for a name that does not exist: the answer must not come sooner.
    right = _password_fits(found.password_hash if found else _nobody(), password)
    if found is None:
        return None
    with session() as db:
        only_writer(db, found.id)
        therapist = db.get(Therapist, found.id, populate_existing=True)
        if therapist is None or (therapist.locked_until is not None and therapist.locked_until > utc_now()):
            return None
        if right and _code_fits(therapist, code):
            therapist.failed_tries, therapist.locked_until = 0, None
            db.add(Audit(who=therapist.login, what="login", subject_id=therapist.id))
            return therapist
        therapist.failed_tries += 1
        db.add(Audit(who=therapist.login, what="login_failed", subject_id=therapist.id))
        if therapist.failed_tries >= WRONG_TRIES:
            therapist.failed_tries, therapist.locked_until = 0, utc_now() + LOCKED_FOR
        return None


def _password_fits(hashed: str, password: str) -> bool:
    try:
        return _hasher.verify(hashed, password[:LONGEST_PASSWORD])
    except (VerificationError, InvalidHashError):
        return False


@lru_cache(maxsize=1)
def _nobody() -> str:
    return _hasher.hash(secrets.token_hex())


def _code_fits(therapist: Any, code: str) -> bool:
    """Whether the six digits are right; always where none are asked for. A code works once."""
    if therapist.totp_secret is None:
        return True
    digits = re.sub(r"\s", "", code)
    totp = pyotp.TOTP(therapist.totp_secret)
    now = int(time.time()) // TOTP_SECONDS
    for moment in (now, now - 1):
        if moment > (therapist.totp_used or 0) and secrets.compare_digest(totp.at(moment * TOTP_SECONDS).encode(), digits.encode()):
            therapist.totp_used = moment
            return True
    return False
