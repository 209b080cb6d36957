"""Reads an apology: what it has, and what weakens it.

Responsibility counts most, then repair (Lewicki, Polin and Lount 2016); 'but', 'if' and 'it was nothing' undo it (Schumann 2018).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bot.apology.words import Words, words_of
from bot.nlu.encoder import Vector

ELEMENTS = ("responsibility", "acknowledge_pain", "regret", "no_repeat", "repair")
FAULTS = ("but_excuse", "conditional", "blame_shift", "minimise", "justify", "vague", "demand")
ELEMENT_THRESHOLD = 0.5
FAULT_THRESHOLD = 0.5
# 'Sorry' alone is regret; one word alone is no fault.
FEWEST_WORDS = 2
# So many unlikely words between likely ones still belong to the same fault.
GAP = 2
_EDGES = ' \t\r\n,;:–—"“”'


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
    """Review an apology; a letter of any length is read to its end."""
    words = words_of(text)
    if not words.spans:
        return ApologyReview(frozenset(), ())
    elements = frozenset(name for name in ELEMENTS if words.chances[name].max() >= ELEMENT_THRESHOLD)
    return ApologyReview(elements, _faults(text, words))


def _faults(text: str, words: Words) -> tuple[Fault, ...]:
    """The likeliest first; a word belongs to one fault only."""
    runs = [(score, first, last, kind) for kind in FAULTS for score, first, last in _runs(words.chances[kind])]
    chosen: list[tuple[int, int, str]] = []
    for _, first, last, kind in sorted(runs, reverse=True):
        if all(last <= a or first >= b for a, b, _ in chosen):
            chosen.append((first, last, kind))
    return tuple(_fault(text, words.spans[first][0], words.spans[last - 1][1], kind) for first, last, kind in sorted(chosen))


def _runs(chances: Vector) -> list[tuple[float, int, int]]:
    """Stretches of likely words: (mean chance, first word, word after the last)."""
    likely = np.flatnonzero(chances >= FAULT_THRESHOLD)
    if not likely.size:
        return []
    stretches = np.split(likely, np.flatnonzero(np.diff(likely) > GAP) + 1)
    bounds = [(int(s[0]), int(s[-1]) + 1) for s in stretches]
    return [(float(chances[a:b].mean()), a, b) for a, b in bounds if b - a >= FEWEST_WORDS]


def _fault(text: str, start: int, end: int, kind: str) -> Fault:
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return Fault(kind, start, end, text[start:end])
