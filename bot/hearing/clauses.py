"""Cuts a message into clauses, and says of whom a clause speaks. Closed classes of words only: no model, no tags."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile


def listed(words: str) -> frozenset[str]:
    """A set of the words in a text."""
    return frozenset(words.split())


# Words that speak of the visitor, and words that make somebody else the one of whom is spoken.
OWN = listed("ik k kben kheb kvoel me mij mn mijn")
OTHERS = listed(
    "hij ie zij ze we wij jij je gij ge jullie u iemand iedereen hem haar hun hen zijn man vrouw vriend vriendin partner lief vent ex "
    "echtgenoot echtgenote verloofde moeder vader mama papa mams paps zus broer schoonmoeder schoonvader schoonouders collega "
    "buurvrouw buurman dochter zoon kind kinderen kleine mensen"
)
NEGATIONS = listed("niet nie ni nooit geen zonder niets niks nergens nauwelijks amper allerminst evenmin")
# Before a feeling: said or thought by somebody else, only perhaps, only wished.
REPORTED = listed(
    "zegt zei zeggen vindt vond denkt dacht noemt noemde beweert beweerde volgens zogezegd zogenaamd misschien wellicht lijkt zou zouden "
    "stel mag moet wil wilde wou gaat"
)
SPEECH = listed("zegt zei zeggen vindt vond denkt dacht noemt noemde beweert beweerde")
CONDITIONS = listed("als wanneer zodra tenzij indien stel of")
# Where what is felt ends and what it is about begins.
ABOUT = listed("dat om door wat als over dan op van voor met bij")

_WORD = re.compile(r"[a-zà-ÿ]+", re.IGNORECASE)
# Flemish and hasty: 'kheb', "'k wil", 'kzen', 'ekik'.
_I_WRITTEN = re.compile(
    r"\b(?:ek ?ik\b|k(?: |(?=(?:heb|had|wil|wou|zou|ben|was|ga|kan|kon|moet|moest|weet|wist|voel|zal|mag|doe|deed|zeg|zei|vind|denk)\b)))"
)
_I_AM = re.compile(r"\bk ?zen\b")
_NOISE = re.compile(r"['’`](?=\w)|(?<=\w)['’`]")
_BORDER = re.compile(
    r"(?<=[.!?…;:])\s+|\n+|,\s*|\s+-\s+|\.{2,}"
    r"|(?<!alleen)(?<!nog)\s+(?=(?:maar|want|omdat|terwijl|toen|waardoor|doordat|sinds|zodat|en (?:(?:uh|ja|toch) ){0,2}(?:ik|nu|dat|hij|ze|zij|we|toen|dan|daarom|daar))\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Clause:
    """A clause: its lower-cased words without apostrophes ("'k" is 'k', "m'n" is 'mn'), the same as one text, and whether it asks."""

    words: tuple[str, ...]
    text: str
    asks: bool


@lru_cache(maxsize=64)
def clauses(text: str) -> tuple[Clause, ...]:
    """The clauses of a message, in order; those without a word are left out."""
    found = []
    for piece in _BORDER.split(text):
        words = tuple(_WORD.findall(_first_person(_NOISE.sub("", piece.lower()))))
        if words:
            found.append(Clause(words, " ".join(words), piece.rstrip().endswith("?")))
    return tuple(found)


def _first_person(text: str) -> str:
    """'kheb', 'k heb' and 'ekik heb' as 'ik heb'."""
    return _I_WRITTEN.sub("ik ", _I_AM.sub("ik ben", text))


def speaks_of(words: tuple[str, ...]) -> str | None:
    """Of whom the last of these words speaks: `own` (the visitor), `other`, or None when nobody is named.

    'mijn man is' speaks of another: a noun for a person counts, the possessive before it does not.
    """
    for word in reversed(words):
        if word in OTHERS:
            return "other"
        if word in OWN:
            return "own"
    return None


def negated(clause: Clause) -> bool:
    """Whether a negation stands anywhere in the clause."""
    return not NEGATIONS.isdisjoint(clause.words)


def close_after(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words that still belong to what stood before them: 'me daar niet' of 'me daar niet voor', none of 'dat hij niet belde'."""
    return tuple(takewhile(lambda word: word not in ABOUT, words))
