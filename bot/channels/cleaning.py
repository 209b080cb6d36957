"""Makes what came from outside safe to hand to the coach: length, control characters, payloads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Any

import yaml

from bot.channels.disguise import plain_words, visible
from bot.settings import ROOT

# Long enough for a letter; NLU's cost grows with length, so it is cut off before it gets there.
MAX_CHARACTERS = 4000
MAX_MESSAGE_ID = 100
# Rasa takes what begins with one for a command. Also behind a line break: what is stripped later must not bring one to the front.
_SLASHES = re.compile(r"^[/\s]+")
# What the website sends when somebody opens the chat, so that the coach speaks first.
GREETING = "/greet"


class Kind(Enum):
    """What a visitor's message turned out to be."""

    TEXT = "text"
    PAYLOAD = "payload"
    NOTHING = "nothing"
    NO_WORDS = "no_words"
    TOO_LONG = "too_long"


@dataclass(frozen=True)
class Cleaned:
    """A message as it may be handed on; `text` is empty where there is nothing, or too much of it."""

    kind: Kind
    text: str


def clean(message: str, own_payloads: frozenset[str] = frozenset()) -> Cleaned:
    """Read a visitor's message.

    A payload counts as such only if it is, to the letter, one that a button of the coach carries: a button of the project, or of
    `own_payloads`, those of the model that answers. Anything else that begins with
    a slash loses the slash and is read as ordinary words, so that nobody can type internal intents or set slots.
    """
    text = visible(message).strip()
    if not text:
        return Cleaned(Kind.NOTHING, "")
    if text in own_payloads or text in button_payloads():
        return Cleaned(Kind.PAYLOAD, text)
    if len(text) > MAX_CHARACTERS:
        return Cleaned(Kind.TOO_LONG, "")
    text = _SLASHES.sub("", plain_words(text)).strip()
    if not text:
        return Cleaned(Kind.NOTHING, "")
    if not any(c.isalnum() for c in text):
        return Cleaned(Kind.NO_WORDS, text)
    return Cleaned(Kind.TEXT, text)


@lru_cache(maxsize=1)
def button_payloads() -> frozenset[str]:
    """Every payload that a button of the coach can carry: those in `domain.yml`, one per intent it can ask back about, and the greeting."""
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    return payloads_in(domain["responses"]) | {f"/{intent}" for intent in readings()} | {GREETING}


def payloads_in(responses: Mapping[str, list[dict[str, Any]]]) -> frozenset[str]:
    """Every payload of the buttons of responses, as in a domain."""
    return frozenset(
        button["payload"] for variants in responses.values() for variant in variants for button in variant.get("buttons") or []
    )


@lru_cache(maxsize=1)
def readings() -> dict[str, str]:
    """The intents that the coach can ask back about, each in plain words (`data/readings.yml`)."""
    found: dict[str, str] = yaml.safe_load((ROOT / "data" / "readings.yml").read_text(encoding="utf-8"))["readings"]
    return found
