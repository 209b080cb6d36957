"""The same messages as people type them in haste: typos, no capitals or punctuation, sent twice in one."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

LETTERS = "abcdefghijklmnopqrstuvwxyz"
EDITS = 2


def with_typos(text: str, seed: int = 1) -> str:
    """Two edits: a letter dropped, doubled, swapped with its neighbour or mistaken for another."""
    chance = random.Random(f"{seed}{text}")
    letters = list(text)
    for _ in range(EDITS):
        if len(letters) < 4:
            break
        at = chance.randrange(1, len(letters) - 1)
        edit = chance.randrange(4)
        if edit == 0:
            del letters[at]
        elif edit == 1:
            letters.insert(at, letters[at])
        elif edit == 2:
            letters[at], letters[at + 1] = letters[at + 1], letters[at]
        else:
            letters[at] = chance.choice(LETTERS)
    return "".join(letters)


def without_punctuation(text: str) -> str:
    """Lower case, letters, digits and spaces only."""
    return re.sub(r"\s+", " ", re.sub(r"[^\w\s]", "", text.lower())).strip()


def doubled(text: str) -> str:
    """The message twice in one, as an impatient thumb does."""
    return f"{text} {text}"


VARIATIONS: dict[str, Callable[[str], str]] = {
    "two typos": with_typos,
    "no capitals or punctuation": without_punctuation,
    "doubled": doubled,
}
