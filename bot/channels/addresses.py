"""Conversation ids for channels that know a visitor by a phone number or account: sealed, so that only who has the key can read the address.

The same address always gives the same id, and nothing has to be kept to write to somebody or to erase them.
"""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from bot.channels.sessions import signing_key
from bot.settings import settings


def conversation_of(channel: str, address: str) -> str:
    """The conversation of an address."""
    sealed = _cipher().encrypt(address.encode(), [channel.encode()])
    return f"{channel}-{base64.urlsafe_b64encode(sealed).decode().rstrip('=')}"


def address_of(conversation: str) -> str:
    """The address of a conversation. Raises `ValueError` when the id was not made here."""
    channel, _, sealed = conversation.partition("-")
    try:
        return _cipher().decrypt(base64.urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4)), [channel.encode()]).decode()
    except (InvalidTag, ValueError) as problem:
        raise ValueError("This is no conversation of ours.") from problem


@lru_cache(maxsize=1)
def _cipher() -> AESSIV:
    return AESSIV(hashlib.sha512(b"addresses:" + signing_key(settings().var_dir).encode()).digest())
