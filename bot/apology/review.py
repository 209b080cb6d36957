"""Reads an apology: what it has, and what weakens it.

Responsibility counts most, then repair (Lewicki, Polin and Lount 2016); 'but', 'if' and 'it was nothing' undo it (Schumann 2018).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.apology.classifier import Chances, trained_classifier
from bot.apology.examples import ELEMENTS, FAULTS, LABELS
from bot.apology.segments import Segment, segments_of

ELEMENT_THRESHOLD = 0.5
FAULT_THRESHOLD = 0.5
# 'but', and words that do the same work after an apology.
_BUT = re.compile(r"^(?:\W*)(?:maar|alleen|echter|toch)\b|\b(?:maar|echter)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Fault:
    """What weakens an apology: a kind of `FAULTS`, and where: `text[start:end]` of the apology."""

    kind: str
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class ApologyReview:
    """The elements that are there, and the faults in the order of the text."""

    elements: frozenset[str]
    faults: tuple[Fault, ...]


def review_apology(text: str) -> ApologyReview:
    """Review an apology of up to 3,000 characters; longer ones are read to their end as well."""
    segments = segments_of(text)
    if not segments:
        return ApologyReview(frozenset(), ())
    chances = trained_classifier().chances([text[s.start : s.end] for s in segments])
    elements = [name for name in ELEMENTS if chances[:, LABELS.index(name)].max() >= ELEMENT_THRESHOLD]
    return ApologyReview(frozenset(elements), _faults(text, segments, chances))


def _faults(text: str, segments: list[Segment], chances: Chances) -> tuple[Fault, ...]:
    """Likeliest first; a piece of text carries one fault, a kind stands once in a sentence."""
    likely = [
        (float(chances[row, LABELS.index(kind)]), segment, kind)
        for row, segment in enumerate(segments)
        for kind in FAULTS
        if chances[row, LABELS.index(kind)] >= FAULT_THRESHOLD
    ]
    chosen: list[tuple[Segment, str]] = []
    for _, segment, kind in sorted(likely, key=lambda row: (-row[0], row[1].start)):
        if not any(_clash(segment, kind, other, taken) for other, taken in chosen):
            chosen.append((segment, kind))
    return tuple(
        Fault(_kind(kind, text[s.start : s.end]), s.start, s.end, text[s.start : s.end])
        for s, kind in sorted(chosen, key=lambda row: row[0].start)
    )


def _clash(segment: Segment, kind: str, other: Segment, taken: str) -> bool:
    overlap = segment.start < other.end and other.start < segment.end
    return overlap or (kind == taken and segment.sentence == other.sentence)


def _kind(kind: str, words: str) -> str:
    """'But' with an excuse or blame is one fault, whatever the excuse is."""
    if kind in ("blame_shift", "justify") and _BUT.match(words):
        return "but_excuse"
    return kind
