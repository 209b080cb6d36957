"""What the Telegram channel says itself, and how the coach's answers become messages that fit into Telegram."""

from __future__ import annotations

import re
from typing import Any, TypedDict

# Telegram's own limit, in UTF-16 units: an emoji counts twice.
LONGEST = 4096
# What the chosen button adds to its message later.
ROOM_FOR_CHOICE = 200

ONLY_WORDS = "Ik kan alleen woorden lezen, geen foto's, stickers of spraakberichten. Wil je in een paar woorden schrijven wat er is?"
ONLY_WORDS_READ = "Wat je meestuurde, kan ik niet zien of horen. Ik heb alleen je woorden gelezen."
ONLY_PRIVATE = "Ik praat met één persoon tegelijk, dus in een groep doe ik niet mee. Je kunt me wel een bericht sturen in een eigen chat."
BUTTON_IS_OLD = "Deze knop werkt niet meer. Je kunt wel gewoon schrijven wat je wilt zeggen."
TELEGRAM_KEEPS = (
    "Nog iets over Telegram: Telegram bewaart onze berichten zelf ook, op zijn eigen computers. "
    "En wie jouw telefoon of account kan openen, kan ze lezen."
)
TELEGRAM_STILL_KEEPS = (
    "In Telegram zelf staat dit gesprek nog. Wil je het daar ook weg hebben, open dan het menu van deze chat en kies 'Verwijder chat'."
)

# Where a text may be cut, best first: after a line, after a sentence, after a word.
_CUTS = (re.compile(r"\n+"), re.compile(r"(?<=[.?!…])['\")]?\s+"), re.compile(r"\s+"))


class _Words(TypedDict):
    text: str
    buttons: list[tuple[str, str]]


class Message(_Words, total=False):
    """One Telegram message: its text, and title and payload of each button below it; with a `picture`, its address, the text describes it."""

    picture: str


def messages_of(answers: list[dict[str, Any]], longest: int = LONGEST) -> list[Message]:
    """The coach's answers as Telegram messages, in order; buttons below the last part of a long text."""
    found: list[Message] = []
    for answer in answers:
        buttons = [(str(button["title"]), str(button["payload"])) for button in answer.get("buttons") or []]
        parts = split(answer.get("text") or answer.get("image") or "", longest - ROOM_FOR_CHOICE if buttons else longest)
        found += [Message(text=part, buttons=[]) for part in parts]
        if parts:
            found[-1]["buttons"] = buttons
        custom = answer.get("custom") or {}
        if custom.get("image"):
            found.append(Message(text=str(custom.get("alt") or "Afbeelding"), buttons=[], picture=str(custom["image"])))
    return found


def with_choice(text: str, title: str) -> str:
    """A message's text once a button was chosen."""
    return f"{text}\n\n→ {title}"


def split(text: str, limit: int) -> list[str]:
    """Cut a text into parts of at most `limit` UTF-16 units: between lines or sentences, or else words, or else anywhere."""
    parts = []
    rest = text.strip()
    while _units(rest) > limit:
        window = _fitting(rest, limit)
        cut = _cut(window)
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*parts, rest] if rest else parts


def _cut(window: str) -> int:
    # Not too early: a short line at the top is no reason for a part of its own.
    earliest = len(window) // 2
    for pattern in _CUTS:
        ends = [found.end() for found in pattern.finditer(window) if found.end() > earliest]
        if ends:
            return ends[-1]
    return len(window)


def _fitting(text: str, limit: int) -> str:
    """The longest beginning that fits."""
    end = min(limit, len(text))
    while _units(text[:end]) > limit:
        end -= max(1, (_units(text[:end]) - limit) // 2)
    return text[:end]


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
