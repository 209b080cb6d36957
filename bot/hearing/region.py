"""In which country somebody most likely is, by their own words: a Dutch 0800 number can't be called from Belgium."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

# Said of oneself: 'ik woon in Gent', 'wij in België', 'hier in Vlaanderen'.
_LIVES = r"\b(?:ik|we|wij) (?:woon|wonen|zit|zitten|leef|leven|ben|zijn) (?:\w+ ){0,2}?in |\b(?:hier|wij|bij ons) in |\bik (?:ben|kom) (?:\w+ )?(?:uit|van) "
_NAMED = {
    "be": re.compile(
        rf"(?:{_LIVES})(?:belgi[eë]|vlaanderen|antwerpen|gent|brugge|leuven|mechelen|hasselt|genk|kortrijk|aalst|oostende|brussel|limburg in belgi[eë])\b",
        re.IGNORECASE,
    ),
    "nl": re.compile(
        rf"(?:{_LIVES})(?:nederland|holland|amsterdam|rotterdam|den haag|utrecht|eindhoven|groningen|tilburg|breda|nijmegen|arnhem|maastricht|zwolle)\b",
        re.IGNORECASE,
    ),
}
# Words that one hardly meets north of the border.
_FLEMISH = re.compile(
    r"\b(ge|gij|zijt|amai|goesting|ni|seffens|ambetant|gsm|wablief|bleit\w*|efkes|mijne[nm]?|nen|allez?|allee|ulle|hebde|zijde|kunde|wilde ge|moogt|plezant|"
    r"bomma|bompa|kuisen|verschieten|schoon ouders|vanalles|precies wel|tgoh|ocharme)\b",
    re.IGNORECASE,
)
# So many different ones are no slip of the pen.
FEWEST = 2


def country_of(messages: Iterable[str]) -> Literal["be", "nl"] | None:
    """The country that a visitor's messages, oldest first, name or sound like; None where they tell nothing."""
    named: Literal["be", "nl"] | None = None
    flemish: set[str] = set()
    for text in messages:
        for country in ("be", "nl"):
            if _NAMED[country].search(text):
                named = country
        flemish |= {word.lower() for word in _FLEMISH.findall(text)}
    return named or ("be" if len(flemish) >= FEWEST else None)
