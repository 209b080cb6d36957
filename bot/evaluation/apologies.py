"""Figures on the review of apologies: which elements and faults are found, and how often a good apology is faulted."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass

from bot.apology import ApologyReview
from bot.apology.review import ELEMENTS, FAULTS, decide, read_apology
from bot.evaluation.sets import FOLDER

# From 0.35 to 0.65; narrow and coarse, because a kind of fault has about ten examples in the set that thresholds are chosen on.
GRID = tuple(step / 20 for step in range(7, 14))
MIDDLE = 0.5
# The aim is 5%; a little less here, because the patterns were written with this set in view.
MOST_INNOCENT_FAULTED = 0.035

# A fault's place: kind, first character, character after the last.
Place = tuple[str, int, int]


@dataclass(frozen=True)
class Draft:
    """A labelled apology."""

    text: str
    elements: frozenset[str]
    faults: tuple[Place, ...]


@dataclass(frozen=True)
class ApologyFigures:
    """Micro-F1 over elements and over faults, F1 per kind, and the share of drafts without a fault in which one was found."""

    elements: float
    faults: float
    by_kind: dict[str, float]
    innocent_faulted: float


def read_drafts(name: str = "apology_dev") -> list[Draft]:
    """The labelled apologies of `tests/evaluation/`."""
    found = []
    for line in (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        starts = [(fault["kind"], row["text"].index(fault["text"]), len(fault["text"])) for fault in row["faults"]]
        faults = tuple((kind, start, start + length) for kind, start, length in starts)
        found.append(Draft(row["text"], frozenset(row["elements"]), faults))
    return found


def apology_figures(wanted: list[Draft], got: list[ApologyReview]) -> ApologyFigures:
    """Figures on one set; a fault counts as found when its kind is right and its words overlap."""
    right, extra, missed = Counter[str](), Counter[str](), Counter[str]()
    elements = Counter[str]()
    for draft, review in zip(wanted, got, strict=True):
        right.update(draft.elements & review.elements)
        extra.update(review.elements - draft.elements)
        missed.update(draft.elements - review.elements)
        elements.update(draft.elements | review.elements)
        left = list(draft.faults)
        for fault in review.faults:
            match = next((p for p in left if p[0] == fault.kind and p[1] < fault.end and fault.start < p[2]), None)
            if match is None:
                extra[fault.kind] += 1
            else:
                left.remove(match)
                right[fault.kind] += 1
        missed.update(kind for kind, _, _ in left)
    kinds = set(right) | set(extra) | set(missed)
    innocent = [review for draft, review in zip(wanted, got, strict=True) if not draft.faults]
    return ApologyFigures(
        elements=_f1(right, extra, missed, set(elements)),
        faults=_f1(right, extra, missed, kinds - set(elements)),
        by_kind={kind: _f1(right, extra, missed, {kind}) for kind in sorted(kinds)},
        innocent_faulted=sum(bool(review.faults) for review in innocent) / len(innocent) if innocent else float("nan"),
    )


def choose_thresholds(drafts: list[Draft]) -> dict[str, float]:
    """A threshold per kind: the best micro-F1 with at most `MOST_INNOCENT_FAULTED`; the nearest to the middle where equal.

    The kinds are chosen in turn, twice round, because a word belongs to one fault only.
    """
    read = [(draft.text, read_apology(draft.text)) for draft in drafts]
    chosen = dict.fromkeys((*ELEMENTS, *FAULTS), MIDDLE)

    def worth(kind: str, threshold: float) -> tuple[bool, float, float]:
        tried = {**chosen, kind: threshold}
        figures = apology_figures(drafts, [decide(text, words, tried) for text, words in read])
        score = figures.elements if kind in ELEMENTS else figures.faults
        return figures.innocent_faulted <= MOST_INNOCENT_FAULTED, score, -abs(threshold - MIDDLE)

    for kind in (*chosen, *chosen):
        chosen[kind] = max(GRID, key=lambda threshold, kind=kind: worth(kind, threshold))  # type: ignore[misc]
    return chosen


def _f1(right: Counter[str], extra: Counter[str], missed: Counter[str], kinds: set[str]) -> float:
    hits, wrong, lost = (sum(counter[kind] for kind in kinds) for counter in (right, extra, missed))
    return 2 * hits / (2 * hits + wrong + lost) if hits else 0.0
