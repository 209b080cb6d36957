"""Reads an apology word by word: for every word, the chance of each element and fault."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from bot.nlu.encoder import Vector, tag

# The encoder reads 160 tokens at once; Dutch has about one and a half a word.
WORDS_AT_ONCE = 80
_WORD = re.compile(r"\S+")
_ENDS_SENTENCE = re.compile(r"[.!?…][\"'”’)]*$")


@dataclass(frozen=True)
class Words:
    """The words of a text: `spans` are their (start, end), `chances` maps a label to float32 of shape (words,)."""

    spans: tuple[tuple[int, int], ...]
    chances: dict[str, Vector]


def words_of(text: str) -> Words:
    """Every word of a text of any length, with its chances."""
    spans = [match.span() for match in _WORD.finditer(text)]
    rows: list[Vector] = []
    labels: tuple[str, ...] = ()
    for first, last in _windows(text, spans):
        offset = spans[first][0]
        tags = tag(text[offset : spans[last - 1][1]])
        labels = tags.labels
        rows += [_mean_within(tags.spans, tags.chances, start - offset, end - offset) for start, end in spans[first:last]]
    table = np.array(rows, dtype=np.float32).reshape(len(spans), len(labels))
    return Words(tuple(spans), {label: table[:, column] for column, label in enumerate(labels)})


def ends_sentence(word: str) -> bool:
    """Whether a word with what is written to it closes a sentence."""
    return bool(_ENDS_SENTENCE.search(word))


def _windows(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches of at most `WORDS_AT_ONCE` words that end with a sentence where there is one."""
    windows, first = [], 0
    while first < len(spans):
        last = min(first + WORDS_AT_ONCE, len(spans))
        if last < len(spans):
            ends = [i + 1 for i in range(first + 1, last) if ends_sentence(text[slice(*spans[i])])]
            last = ends[-1] if ends else last
        windows.append((first, last))
        first = last
    return windows


def _mean_within(spans: tuple[tuple[int, int], ...], chances: Vector, start: int, end: int) -> Vector:
    inside = [row for row, (a, b) in enumerate(spans) if a < end and b > start]
    mean: Vector = chances[inside].mean(axis=0) if inside else np.zeros(chances.shape[1], dtype=np.float32)
    return mean
