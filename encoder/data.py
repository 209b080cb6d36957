"""The project's training messages, as the encoder learns from them: intents and alarm signals at once."""

from __future__ import annotations

import json
import random
import re
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
LEVELS = ("none", "concern", "alarm", "acute")
CATEGORIES = (
    "partner_violence",
    "threat_stalking",
    "coercive_control",
    "sexual_violence",
    "child_safety",
    "suicidality",
    "own_violence",
)
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Row:
    """A message. `intent` is None where it belongs to no intent; `category` is None at level `none`."""

    text: str
    intent: str | None
    level: str
    category: str | None


def read_rows() -> list[Row]:
    """All messages of `data/nlu/` and `data/alarm/`."""
    rows = []
    for path in sorted((ROOT / "data" / "nlu").glob("*.yml")):
        for block in yaml.safe_load(path.read_text("utf-8"))["nlu"]:
            rows += _of_block(block)
    for name, level in (("concern", "concern"), ("harmless", "none")):
        for line in (ROOT / "data" / "alarm" / f"{name}.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            rows.append(Row(row["text"], None, level, row.get("category")))
    return rows


def _of_block(block: dict) -> list[Row]:  # type: ignore[type-arg]
    if "intent" not in block:
        return []
    if isinstance(block["examples"], str):
        return [Row(line[2:].strip(), block["intent"], "none", None) for line in block["examples"].splitlines() if line.startswith("- ")]
    return [
        Row(example["text"].strip(), block["intent"], example["metadata"]["level"], example["metadata"]["category"])
        for example in block["examples"]
    ]


def varied(row: Row, others: list[Row], chance: random.Random) -> Row:
    """The row as it is, or as somebody types it in haste, or in the midst of another, harmless message."""
    text = row.text
    if chance.random() < 0.12:
        text = re.sub(r"[^\w\s'’-]", "", text.lower())
    if chance.random() < 0.12:
        text = with_typos(text, chance)
    if chance.random() < 0.12:
        other = chance.choice(others)
        mixed = [text, other.text]
        chance.shuffle(mixed)
        # Of two messages in one the intent is open; danger in either is danger.
        return replace(row, text=" ".join(mixed), intent="alarm" if row.level in ("alarm", "acute") else None)
    return replace(row, text=text)


def with_typos(text: str, chance: random.Random) -> str:
    """The text with one or two letters lost, doubled, swapped or wrong."""
    for _ in range(chance.choice((1, 1, 2))):
        if len(text) < 6:
            break
        at = chance.randrange(1, len(text) - 1)
        edit = chance.randrange(4)
        if edit == 0:
            text = text[:at] + text[at + 1 :]
        elif edit == 1:
            text = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
        elif edit == 2:
            text = text[:at] + chance.choice(LETTERS) + text[at + 1 :]
        else:
            text = text[:at] + text[at] + text[at:]
    return text
