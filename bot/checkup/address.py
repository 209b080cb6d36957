"""The address of a picture. It holds the marks themselves, encrypted: nothing is stored for it, and nobody can guess or change one.

The picture is shown only as long as its conversation is there, so that it goes when the visitor's data go.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

import sqlalchemy as sa
from cryptography.fernet import InvalidToken

from bot.settings import settings
from bot.store.database import session
from bot.store.encryption import KeyProblem, cipher
from bot.store.tables import EVENTS

PATH = "/relatie-apk/"
SUFFIX = ".png"
# Two conversation ids of Telegram's length would fit; longer ones are not ours.
LONGEST = 2000
_TOKEN = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True)
class Shown:
    """What a picture shows: means by area, now and, where there was one, of the check-up before."""

    conversation: str
    areas: dict[str, float]
    before: dict[str, float] | None = None


def address_of(shown: Shown) -> str:
    """Where the picture can be seen. Raises `KeyProblem` when the keys are unusable."""
    content = json.dumps([shown.conversation, shown.areas, shown.before], separators=(",", ":"))
    token = cipher().encrypt(content.encode()).rstrip(b"=").decode("ascii")
    return f"{settings().public_url or settings().web_url}{PATH}{token}{SUFFIX}"


def read_address(address: str) -> Shown | None:
    """What the picture at an address, or with a token, shows; None when it was not made here or its key is gone."""
    token = address.rsplit("/", 1)[-1].removesuffix(SUFFIX)
    if len(token) > LONGEST or not _TOKEN.fullmatch(token):
        return None
    try:
        content = cipher().decrypt(token.encode("ascii") + b"=" * (-len(token) % 4))
    except (InvalidToken, KeyProblem):
        return None
    conversation, areas, before = json.loads(content)
    return Shown(conversation, areas, before)


def still_there(shown: Shown) -> bool:
    """Whether the conversation was not erased meanwhile. Raises `SQLAlchemyError` when the database fails."""
    with session() as db:
        if not sa.inspect(db.connection()).has_table(EVENTS.name):
            return False
        return db.execute(sa.select(EVENTS.c.id).where(EVENTS.c.sender_id == shown.conversation).limit(1)).first() is not None
