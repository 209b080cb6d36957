"""Cuts an apology into the pieces that are judged one by one: its sentences, and the clauses in them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SENTENCE = re.compile(r"[^.!?…\n]+(?:[.!?…]+|\n|$)")
# A clause begins after a comma or its like, or with a word that joins it to the one before.
_CLAUSE = re.compile(
    r"(?<=[,;:–—])\s+|\s+[-–—]\s+|\s+(?=(?:maar|want|dus|omdat|alleen|terwijl|hoewel|zodat|doordat|mocht|voor zover|indien|als|en|of)\b)",
    re.IGNORECASE,
)
_EDGES = ' \t\r\n,;:–—"“”'
# A shorter piece says too little to be judged alone.
FEWEST_WORDS = 3
LONGEST_SENTENCE = 40


@dataclass(frozen=True)
class Segment:
    """A piece of a text: `text[start:end]`. `sentence` is the number of the sentence that it lies in."""

    start: int
    end: int
    sentence: int


def segments_of(text: str) -> list[Segment]:
    """All sentences and clauses of a text, in order, a sentence before its clauses."""
    found: list[Segment] = []
    for number, match in enumerate(_SENTENCE.finditer(text)):
        clauses = _clauses(text, match.start(), match.end())
        pieces = clauses if len(clauses) == 1 else [*_whole(text, match.start(), match.end()), *clauses]
        found += [Segment(start, end, number) for start, end in dict.fromkeys(pieces)]
    return found


def _whole(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentence as it is; not where somebody dictates half a page without a full stop."""
    return [_trimmed(text, start, end)] if len(text[start:end].split()) <= LONGEST_SENTENCE else []


def _clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    cuts = [start]
    for match in _CLAUSE.finditer(text, start, end):
        if len(text[cuts[-1] : match.start()].split()) >= FEWEST_WORDS and len(text[match.end() : end].split()) >= FEWEST_WORDS:
            cuts.append(match.end())
    spans = [_trimmed(text, a, b) for a, b in zip(cuts, [*cuts[1:], end], strict=True)]
    return [span for span in spans if span[0] < span[1]]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return start, end
