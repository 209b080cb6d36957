"""The labelled apologies that the review learns from: `data/apology/drafts.jsonl`."""

from __future__ import annotations

import json
from dataclasses import dataclass

from bot.apology.segments import segments_of
from bot.settings import ROOT

FILE = ROOT / "data" / "apology" / "drafts.jsonl"
ELEMENTS = ("responsibility", "acknowledge_pain", "regret", "no_repeat", "repair")
FAULTS = ("but_excuse", "conditional", "blame_shift", "minimise", "justify", "vague", "demand")
LABELS = ELEMENTS + FAULTS
# From this share of a labelled part on, a piece carries its label.
SHARE = 0.6


@dataclass(frozen=True)
class Piece:
    """A sentence or clause of an apology, and the labels (of `LABELS`) that it carries."""

    text: str
    labels: frozenset[str]


@dataclass(frozen=True)
class Draft:
    """A whole apology; `parts` are (start, end, labels) of consecutive labelled pieces of `text`."""

    text: str
    kind: str
    parts: tuple[tuple[int, int, tuple[str, ...]], ...]


def read_drafts() -> list[Draft]:
    """All labelled apologies."""
    return [_draft(json.loads(line)) for line in FILE.read_text("utf-8").splitlines()]


def pieces_of(drafts: list[Draft]) -> list[Piece]:
    """Every labelled part, and every piece that the review would cut from the drafts, each once."""
    found: dict[str, Piece] = {}
    for draft in drafts:
        for start, end, labels in draft.parts:
            piece = Piece(draft.text[start:end].strip(" ,;:"), frozenset(labels))
            found.setdefault(piece.text, piece)
        for segment in segments_of(draft.text):
            text = draft.text[segment.start : segment.end]
            found.setdefault(text, Piece(text, _labels_within(draft, segment.start, segment.end)))
    return list(found.values())


def _labels_within(draft: Draft, start: int, end: int) -> frozenset[str]:
    labels: set[str] = set()
    for a, b, of_part in draft.parts:
        shared = min(b, end) - max(a, start)
        if shared >= SHARE * min(b - a, end - start):
            labels.update(of_part)
    return frozenset(labels)


def _draft(row: dict[str, object]) -> Draft:
    text, parts = "", []
    for words, labels in row["parts"]:  # type: ignore[attr-defined]
        text += " " if text else ""
        parts.append((len(text), len(text) + len(words), tuple(labels)))
        text += words
    return Draft(text, str(row["kind"]), tuple(parts))
