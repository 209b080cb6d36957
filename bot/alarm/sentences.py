"""Cuts a message into the pieces that the alarm detector looks at one by one."""

from __future__ import annotations

import re

_END = re.compile(r"(?<=[.!?…;])\s+|\n+")
WINDOW = 22
STEP = 11


def pieces(text: str) -> list[str]:
    """The whole message first, then each sentence; text without punctuation in overlapping windows of 22 words.

    One clause in the middle of ninety words must count as if it stood alone.
    """
    found = [text]
    sentences = [part.strip() for part in _END.split(text) if part.strip()]
    for sentence in sentences:
        words = sentence.split()
        if len(words) <= WINDOW + STEP:
            found.append(sentence)
            continue
        found.extend(" ".join(words[i : i + WINDOW]) for i in range(0, len(words) - STEP, STEP))
    return list(dict.fromkeys(found))
