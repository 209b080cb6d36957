"""Reads an answer to a question of the check-up: a mark from 0 to 10 among words, or a wish to go back, to skip, or to see what it shows so far."""

from __future__ import annotations

import re
from enum import Enum


class Wish(Enum):
    """What somebody may want instead of giving a mark."""

    BACK = "back"
    SKIP = "skip"
    SO_FAR = "so_far"


_NAMES = ("nul", "eentje één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien")
# 'een' is an article far more often than a mark: it counts only where it stands alone.
_WORDS = {name: number for number, names in enumerate(_NAMES) for name in names.split()}
_COUNTED = r"jaar|jaren|maand\w*|week|weken|dag|dagen|uur|uren|minu\w+|keer|maal|x|kind\w*|kids|nachten|avonden|euro"
_MARK = rf"10|\d(?:[.,]\d{{1,2}}|½)?|{'|'.join(_WORDS)}"
_HALF = r"(?:\s*(?:en|ën)\s*(?:een\s*)?half\w*|\s*komma\s*vijf)"
# A minus counts; so does a sign of more: '-3' and '12' are no marks, and '3 jaar' counts years.
_FOUND = re.compile(rf"(?<![\w.,-])(?P<mark>{_MARK})(?P<half>{_HALF})?(?![\w½]|[.,]\d)(?!\s*(?:{_COUNTED})\b)", re.IGNORECASE)
_OUT_OF_TEN = re.compile(r"\s*(?:/|op|van|uit)\s*(?:de\s+)?(?:10|tien)(?!\w)", re.IGNORECASE)
# 'Zesenhalf', 'achteneenhalf' in one word.
_ONE_WORD = re.compile(r"\b(" + "|".join(_WORDS) + r")[eë]n(?:een)?(half)\b", re.IGNORECASE)
# 'Een 6 of 7', 'tussen de 6 en de 7', '7 à 8', '6-7'.
_RANGE = re.compile(rf"(?<![\w.,-])({_MARK})\s*(?:of|à|a|tot|en|-|–|/)\s*(?:(?:een|de)\s+)?({_MARK})(?![\w½])", re.IGNORECASE)
_TOGETHER = re.compile(r"\b(?:wij|we|ons|jullie|met z'n|met zijn|alle|ons)\s+(?:twee|tweeën|drie)\b", re.IGNORECASE)
_ALONE = re.compile(r"\W*(?:een|1)\W*", re.IGNORECASE)

_BACK = re.compile(
    r"\W*(?:(?:ga |ga maar |even |kan ik |mag ik |ik wil )*terug\b|vorige( vraag)?\b|een stap terug\b|nee,? wacht\b|wacht,? |oeps\b|foutje\b)",
    re.IGNORECASE,
)
_SKIP = re.compile(
    r"\W*(?:sla (?:(?:deze|dit|dat|die|het|maar|vraag)\s+)*over|overslaan|skip|volgende|weet (?:ik )?(?:het |dat )?(?:echt )?(?:niet|nie)|geen (?:idee|mening)"
    r"|(?:dat )?weet ik (?:echt )?(?:niet|nie)|geen cijfer|liever niet|pas\b|n\.?v\.?t\.?\W*$|niet van toepassing|dat wil ik niet zeggen|ik (?:weet|kies) (?:het )?(?:niet|nie))",
    re.IGNORECASE,
)
_SO_FAR = re.compile(
    r"\btot (?:nu|nog|dusver) ?(?:toe)?\b|\btussenstand\b|\bwat valt (?:je |er )?\w* ?op\b|\bhoe sta ik (?:ervoor|er voor)\b", re.IGNORECASE
)


def read_answer(text: str) -> float | Wish | None:
    """The mark or the wish in an answer; None where there is neither.

    >>> read_answer("praten gaat wel, een 4"), read_answer("zeven en een half"), read_answer("sla maar over")
    (4.0, 7.5, <Wish.SKIP: 'skip'>)
    """
    if _SO_FAR.search(text):
        return Wish.SO_FAR
    mark = read_score(text)
    if mark is not None:
        return mark
    if _BACK.match(text):
        return Wish.BACK
    return Wish.SKIP if _SKIP.match(text) else None


def read_score(text: str) -> float | None:
    """The mark from 0 to 10 in an answer, halves and ranges included ('6 of 7' is 6.5); the last one where there are several."""
    if _ALONE.fullmatch(text):
        return 1.0
    text = _OUT_OF_TEN.sub(" ", _TOGETHER.sub(" ", _ONE_WORD.sub(r"\1 en half", text)))
    ranges = [(_number(low) + _number(high)) / 2 for low, high in _RANGE.findall(text) if 0 < _number(high) - _number(low) <= 2]
    if ranges:
        return ranges[-1]
    marks = [_number(found["mark"]) + (0.5 if found["half"] else 0.0) for found in _FOUND.finditer(text)]
    return marks[-1] if marks and marks[-1] <= 10 else None


def _number(mark: str) -> float:
    mark = mark.lower()
    if mark in _WORDS:
        return float(_WORDS[mark])
    return float(mark.replace(",", ".").replace("½", ".5"))
