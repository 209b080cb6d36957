"""Whether a need or an agreement is concrete enough to be seen happening on an ordinary day."""

from __future__ import annotations

import re

from bot.hearing.clauses import listed

# Words that two people fill in differently. With what somebody does beside them, they are fine.
_ABSTRACT = re.compile(
    r"\b(?:vertrouwen|respect|eerlijk\w*|aandacht|liefde|begrip|openheid|open|waardering|steun|rust|ruimte|veiligheid|communicatie|communiceren"
    r"|tijd|zekerheid|geduld|trouw|beter|normaal|meer|minder|lief|aardig|moeite)\b",
    re.IGNORECASE,
)
_FILLERS = listed(
    "ik wil zou graag willen dat hij zij ze we wij me mij elkaar naar voor van en of het de een gewoon wat echt heel nodig "
    "heb heeft is zijn mijn partner er met te aan ons onze meer minder nog weer wel eens doen doet kunnen kan mogen"
)
# With so many words of its own an answer says what happens.
ENOUGH_WORDS = 3
_UNKNOWN = re.compile(
    r"\W*(?:(?:dat |dit )?(?:vraag ik|ga ik \w*\s*vragen)|navragen|(?:dat )?weet ik (?:het )?(?:echt )?(?:nog )?(?:niet|nie)|geen idee|ik weet het niet)",
    re.IGNORECASE,
)


def is_vague(text: str) -> bool:
    """Whether an answer only names something general, such as 'meer aandacht' or 'dat ze eerlijk is'.

    >>> is_vague("meer respect"), is_vague("dat hij belt als hij later komt")
    (True, False)
    """
    words = [word for word in re.findall(r"[a-zà-ÿ']+", text.lower()) if word not in _FILLERS]
    own = [word for word in words if not _ABSTRACT.fullmatch(word)]
    return bool(_ABSTRACT.search(text)) and len(own) < ENOUGH_WORDS


def still_to_ask(text: str) -> bool:
    """Whether somebody says that they don't know, or will ask their partner."""
    return bool(_UNKNOWN.match(text))
