"""Figures on hearing people: how often a first message gets a fitting feeling or a mirror said back, and how often a wrong feeling.

`python -m bot.evaluation.hearing` prints them for `tests/evaluation/first_messages.jsonl`.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import dataclass

from bot.evaluation.sets import FOLDER
from bot.hearing import Heard, heard


@dataclass(frozen=True)
class FirstMessage:
    """A first message, its intent, and the feelings that would be fair to say back."""

    text: str
    intent: str
    feelings: frozenset[str]


@dataclass(frozen=True)
class HearingFigures:
    """Shares of all messages. `fitting`: a fair feeling or a mirror; `wrong`: the messages with a feeling that contradicts them."""

    fitting: float
    with_feeling: float
    with_wound: float
    with_mirror: float
    by_intent: dict[str, float]
    wrong: list[tuple[FirstMessage, str]]


def read_first_messages(name: str = "first_messages") -> list[FirstMessage]:
    """A labelled set of first messages in `tests/evaluation/`."""
    rows = [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines()]
    return [FirstMessage(row["text"], row["intent"], frozenset(row["feelings"])) for row in rows]


def hearing_figures(wanted: list[FirstMessage], got: list[Heard]) -> HearingFigures:
    """Figures on one set."""
    pairs = list(zip(wanted, got, strict=True))
    wrong = [(row, found.feeling.name) for row, found in pairs if found.feeling and found.feeling.name not in row.feelings]
    contradicted = {row.text for row, _ in wrong}
    fits = [row.text not in contradicted and bool(found.feeling or found.mirror) for row, found in pairs]
    right = Counter(row.intent for row, fit in zip(wanted, fits, strict=True) if fit)
    total = Counter(row.intent for row in wanted)
    return HearingFigures(
        fitting=sum(fits) / len(pairs),
        with_feeling=sum(found.feeling is not None for found in got) / len(pairs),
        with_wound=sum(found.wound is not None for found in got) / len(pairs),
        with_mirror=sum(found.mirror is not None for found in got) / len(pairs),
        by_intent={intent: right[intent] / total[intent] for intent in sorted(total)},
        wrong=wrong,
    )


def report(name: str = "first_messages") -> str:
    """The figures on a set, as text."""
    wanted = read_first_messages(name)
    figures = hearing_figures(wanted, [heard(row.text, row.intent) for row in wanted])
    lines = [
        f"{len(wanted)} first messages",
        f"fitting feeling or mirror  {figures.fitting:.2f}",
        *(f"  {intent:<23}  {share:.2f}" for intent, share in figures.by_intent.items()),
        f"feeling {figures.with_feeling:.2f}   wound {figures.with_wound:.2f}   mirror {figures.with_mirror:.2f}",
        f"wrong feelings: {len(figures.wrong)}",
        *(f"  {feeling}: {row.text}" for row, feeling in figures.wrong),
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(report() + "\n")
