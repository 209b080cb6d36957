"""Where somebody is, by their own words: a Dutch 0800 number can't be called from Belgium."""

from __future__ import annotations

import re
from collections.abc import Iterable

# Said of oneself: 'ik woon in Gent', 'wij in België', 'hier in Vlaanderen'.
_LIVES = r"\b(?:ik|we|wij) (?:woon|wonen|zit|zitten|leef|leven|ben|zijn) (?:\w+ ){0,2}?in |\b(?:hier|wij|bij ons) in |\bik (?:ben|kom) (?:\w+ )?(?:uit|van) "
_NAMED = {
    "be": re.compile(
        rf"(?:{_LIVES})(?:belgi[eë]|vlaanderen|antwerpen|gent|brugge|leuven|mechelen|hasselt|genk|kortrijk|aalst|oostende|brussel)\b",
        re.IGNORECASE,
    ),
    "nl": re.compile(
        rf"(?:{_LIVES})(?:nederland|holland|amsterdam|rotterdam|den haag|utrecht|eindhoven|groningen|tilburg|breda|nijmegen|arnhem|maastricht|zwolle)\b",
        re.IGNORECASE,
    ),
}
# Words that are hardly heard north of the border; 'ge', 'efkes' and 'goesting' are, in Brabant and Limburg.
_BELGIAN = re.compile(
    r"\b(amai|wablief|gsm|seffens|ocharme|bomma|bompa|vanalles|plezant|kuisen|tgoh|allez|ambetant|bleit\w*|zever\w*|ma allee|precies wel)\b",
    re.IGNORECASE,
)
# So many different ones are no slip of the pen.
FEWEST = 2


def named_country(messages: Iterable[str]) -> str | None:
    """`be` or `nl` where a visitor's messages, oldest first, name it: the newest counts."""
    found = [country for text in messages for country, words in _NAMED.items() if words.search(text)]
    return found[-1] if found else None


def sounds_belgian(messages: Iterable[str]) -> bool:
    """Whether somebody writes as one does in Belgium. That tells where they come from, and not surely where they are."""
    return len({word.lower() for text in messages for word in _BELGIAN.findall(text)}) >= FEWEST
