"""Reads an apology: what it has, and what weakens it.

Responsibility counts most, then repair (Lewicki, Polin and Lount 2016); 'but', 'if' and 'it was nothing' undo it (Schumann 2018).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from bot.apology.insults import insults_in
from bot.apology.patterns import OWNED, Found, signs_in, vetoes_in
from bot.apology.thresholds import THRESHOLDS
from bot.apology.words import Words, ends_sentence, words_of
from bot.nlu.encoder import Vector

ELEMENTS = ("responsibility", "acknowledge_pain", "regret", "no_repeat", "repair")
FAULTS = ("but_excuse", "conditional", "blame_shift", "minimise", "justify", "vague", "demand")
# Known by its words alone; the encoder was not taught it.
INSULT = "insult"
# So few words are no fault, unless a pattern knows them; 'van alles' is vague enough.
FEWEST_WORDS = {"vague": 2}
FEWEST_WORDS_ELSE = 3
# So many unlikely words between likely ones still belong to the same fault.
GAP = 2
# Kinds that a reason stops being when the writer refuses it as an excuse in the same or the next sentence.
OWNABLE = ("but_excuse", "justify", "minimise")
# 'Maar' with blame or with an excuse is one fault.
_BUT = re.compile(r"(?:maar|alleen)\W*$", re.IGNORECASE)
_SENTENCE = re.compile(r"[^.!?\n]*[.!?\n]*")
_EDGES = ' \t\r\n,;:–—"“”'


@dataclass(frozen=True)
class Fault:
    """What weakens an apology: a kind of `FAULTS` or `INSULT`, and where: `text[start:end]` of the apology."""

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
    return _with_insults(text, decide(text, read_apology(text), THRESHOLDS))


def read_apology(text: str) -> Words:
    """The words of an apology with their chances, after the patterns: what is certain has chance 1, what is ruled out 0."""
    words = words_of(text)
    if not words.spans:
        return words
    vetoes = vetoes_in(text)
    for veto in vetoes:
        words.chances[veto.kind][_within(words, veto)] = 0.0
    for sign in _certain(text, vetoes):
        inside = _within(words, sign)
        for kind in FAULTS if sign.kind in FAULTS else ():
            words.chances[kind][inside] = 0.0
        words.chances[sign.kind][inside] = 1.0
    for owned in _owned(text):
        words.chances[owned.kind][_within(words, owned)] = 0.0
    return words


def decide(text: str, words: Words, thresholds: Mapping[str, float]) -> ApologyReview:
    """What is found in a text that was read, when a chance of `thresholds` is enough."""
    if not words.spans:
        return ApologyReview(frozenset(), ())
    elements = frozenset(name for name in ELEMENTS if words.chances[name].max() >= thresholds[name])
    return ApologyReview(elements, _faults(text, words, thresholds))


def _with_insults(text: str, review: ApologyReview) -> ApologyReview:
    """The review with the insults in the text as faults, in the place of others on the same words."""
    insults = [_fault(text, start, end, INSULT) for start, end in insults_in(text)]
    others = [fault for fault in review.faults if not any(fault.start < insult.end and insult.start < fault.end for insult in insults)]
    return ApologyReview(review.elements, tuple(sorted([*others, *insults], key=lambda fault: fault.start)))


def _certain(text: str, vetoes: list[Found]) -> list[Found]:
    """The signs that no veto takes away; of two faults on the same words the first of the table."""
    certain: list[Found] = []
    for sign in signs_in(text):
        vetoed = any(veto.kind == sign.kind and veto.start <= sign.start < veto.end for veto in vetoes)
        taken = sign.kind in FAULTS and any(f.kind in FAULTS and f.start < sign.end and sign.start < f.end for f in certain)
        if not vetoed and not taken:
            certain.append(sign)
    return certain


def _within(words: Words, found: Found) -> Vector:
    """Which words the found phrase touches: bool of shape (words,)."""
    touched: Vector = np.array([start < found.end and end > found.start for start, end in words.spans])
    return touched


def _owned(text: str) -> Iterable[Found]:
    """The sentences in which, or right before which, a reason is refused as an excuse."""
    sentences = [match.span() for match in _SENTENCE.finditer(text) if match.group().strip()]
    for number, (start, end) in enumerate(sentences):
        if OWNED.search(text, start, end):
            first = sentences[max(0, number - 1)][0]
            yield from (Found(kind, first, end) for kind in OWNABLE)


def _faults(text: str, words: Words, thresholds: Mapping[str, float]) -> tuple[Fault, ...]:
    """The likeliest first; a word belongs to one fault only."""
    breaks = [i for i, (start, end) in enumerate(words.spans) if ends_sentence(text[start:end])]
    runs = [(score, a, b, kind) for kind in FAULTS for score, a, b in _runs(kind, words.chances[kind], thresholds[kind], breaks)]
    chosen: list[tuple[int, int, str]] = []
    for _, first, last, kind in sorted(runs, reverse=True):
        if all(last <= a or first >= b for a, b, _ in chosen):
            chosen.append((first, last, kind))
    taken = {word for first, last, _ in chosen for word in range(first, last)}
    return tuple(_fault(text, *_with_but(text, words, run, run[0] - 1 not in taken)) for run in sorted(chosen))


def _runs(kind: str, chances: Vector, threshold: float, breaks: list[int]) -> list[tuple[float, int, int]]:
    """Stretches of likely words within a sentence: (mean chance, first word, word after the last). `breaks`: last words of sentences."""
    likely = np.flatnonzero(chances >= threshold)
    if not likely.size:
        return []
    apart = (np.diff(likely) > GAP + 1) | (np.diff(np.searchsorted(breaks, likely)) > 0)
    bounds = [(int(s[0]), int(s[-1]) + 1) for s in np.split(likely, np.flatnonzero(apart) + 1)]
    fewest = FEWEST_WORDS.get(kind, FEWEST_WORDS_ELSE)
    return [(float(chances[a:b].mean()), a, b) for a, b in bounds if b - a >= fewest or chances[a:b].max() == 1.0]


def _with_but(text: str, words: Words, run: tuple[int, int, str], free: bool) -> tuple[int, int, str]:
    """Start, end and kind of a run (first word, word after the last, kind); with the 'maar' before it when that word is free."""
    first, last, kind = run
    start, end = words.spans[first][0], words.spans[last - 1][1]
    if kind in ("blame_shift", "justify"):
        if first and free and _BUT.match(text[slice(*words.spans[first - 1])]):
            return words.spans[first - 1][0], end, "but_excuse"
        if _BUT.match(text[slice(*words.spans[first])]):
            return start, end, "but_excuse"
    return start, end, kind


def _fault(text: str, start: int, end: int, kind: str) -> Fault:
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return Fault(kind, start, end, text[start:end])
