"""The labelled apologies of `data/apology/`, as the encoder learns from them: which words carry which element or fault."""

from __future__ import annotations

import json
import random
import re
from dataclasses import dataclass
from pathlib import Path

from encoder.data import ROOT, with_typos

LABELS = (
    "responsibility",
    "acknowledge_pain",
    "regret",
    "no_repeat",
    "repair",
    "but_excuse",
    "conditional",
    "blame_shift",
    "minimise",
    "justify",
    "vague",
    "demand",
)
# Drafts are few and long: they come round more often than the messages.
ROUNDS = 2


@dataclass(frozen=True)
class Part:
    """A sentence or clause, and the labels that it carries."""

    text: str
    labels: tuple[str, ...]


Draft = tuple[Part, ...]


def read_drafts() -> list[Draft]:
    """All labelled apologies."""
    return drafts_in(ROOT / "data" / "apology" / "drafts.jsonl")


def drafts_in(path: Path) -> list[Draft]:
    """The labelled apologies of a file."""
    lines = path.read_text("utf-8").splitlines()
    return [tuple(Part(text, tuple(labels)) for text, labels in json.loads(line)["parts"]) for line in lines]


def varied_draft(draft: Draft, others: list[Draft], chance: random.Random) -> Draft:
    """The draft as it is, or shortened, mixed with parts of another one, or typed in haste."""
    parts = list(draft)
    if len(parts) > 2 and chance.random() < 0.25:
        del parts[chance.randrange(len(parts))]
    if chance.random() < 0.4:
        other = chance.choice(others)
        start = chance.randrange(len(other))
        at = chance.randrange(len(parts) + 1)
        parts[at:at] = other[start : start + chance.choice((1, 1, 2))]
    if chance.random() < 0.2:
        parts = [Part(re.sub(r"[^\w\s'’-]", "", p.text.lower()), p.labels) for p in parts]
    if chance.random() < 0.15:
        at = chance.randrange(len(parts))
        parts[at] = Part(with_typos(parts[at].text, chance), parts[at].labels)
    return tuple(parts)


def text_and_spans(draft: Draft) -> tuple[str, list[tuple[int, int, tuple[str, ...]]]]:
    """The whole text, and (start, end, labels) of each part in it."""
    text, spans = "", []
    for part in draft:
        text += " " if text else ""
        spans.append((len(text), len(text) + len(part.text), part.labels))
        text += part.text
    return text, spans
