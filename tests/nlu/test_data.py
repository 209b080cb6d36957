"""What people say: enough of it, really different, under one intent only, and none of it from the evaluation sets."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from functools import cache

import yaml

from bot.hearing.short_answers import IN_CONTEXT
from bot.settings import ROOT

LEAST = 200
# Jaccard likeness of the sets of five-letter pieces from which two messages count as one.
ALIKE = 0.7


@cache
def messages() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for path in (ROOT / "data" / "nlu").glob("*.yml"):
        for entry in yaml.load(path.read_text(), Loader=yaml.CSafeLoader)["nlu"]:
            examples = entry["examples"]
            texts = (
                [line[2:].strip() for line in examples.splitlines() if line.startswith("- ")]
                if isinstance(examples, str)
                else [e["text"].strip() for e in examples]
            )
            found[entry["intent"]].extend(texts)
    return found


def look_alikes() -> dict[str, list[str]]:
    lines = {path.stem: path.read_text().splitlines() for path in (ROOT / "data" / "alarm").glob("*.jsonl")}
    return {f"data/alarm/{name}": [json.loads(line)["text"].strip() for line in found] for name, found in lines.items()}


def grams(text: str) -> frozenset[str]:
    plain = " " + re.sub(r"[^\w]+", " ", text.lower()).strip() + " "
    return frozenset(plain[i : i + 5] for i in range(max(1, len(plain) - 4)))


def test_every_intent_has_enough_messages() -> None:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text())
    found = messages()
    # Those that only a conversation tells have none.
    assert set(found) == set(domain["intents"]) - IN_CONTEXT
    assert not {intent: len(texts) for intent, texts in found.items() if len(texts) < LEAST}


def test_no_message_stands_twice_or_nearly_twice() -> None:
    """An alarm and its harmless twin may differ by one word: that is what they are for. All others must be really different."""
    rows = [(label, text, grams(text)) for label, texts in (messages() | look_alikes()).items() for text in texts]
    frequency = Counter(gram for _, _, own in rows for gram in own)
    where: dict[str, list[int]] = defaultdict(list)
    alike = []
    for number, (label, text, own) in enumerate(rows):
        # Two sets that share 0.7 of their union share one of their rarest three tenths: only those are looked up (prefix filtering).
        rarest = sorted(own, key=lambda gram: (frequency[gram], gram))[: int(len(own) * (1 - ALIKE)) + 1]
        for n in {n for gram in rarest for n in where[gram]}:
            if not ALIKE <= len(rows[n][2]) / len(own) <= 1 / ALIKE:
                continue
            shared = len(own & rows[n][2])
            if shared / (len(own) + len(rows[n][2]) - shared) > ALIKE and (label == "alarm") == (rows[n][0] == "alarm"):
                alike.append((label, text, rows[n][0], rows[n][1]))
        for gram in rarest:
            where[gram].append(number)
    assert not alike, alike[:5]


def test_the_evaluation_sets_are_never_trained_on() -> None:
    measured = {
        json.loads(line)["text"].strip().lower()
        for path in (ROOT / "tests" / "evaluation").glob("*.jsonl")
        for line in path.read_text().splitlines()
    }
    assert len(measured) > 700
    trained = {text.strip().lower() for texts in messages().values() for text in texts}
    trained |= {
        json.loads(line)["text"].strip().lower()
        for path in (ROOT / "data" / "alarm").glob("*.jsonl")
        for line in path.read_text().splitlines()
    }
    assert not measured & trained
