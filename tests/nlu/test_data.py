"""What people say: enough of it, really different, under one intent only, and none of it from the evaluation sets."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict

import yaml

from bot.settings import ROOT

LEAST = 60


def messages() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for path in (ROOT / "data" / "nlu").glob("*.yml"):
        for entry in yaml.safe_load(path.read_text())["nlu"]:
            examples = entry["examples"]
            texts = (
                [line[2:].strip() for line in examples.splitlines() if line.startswith("- ")]
                if isinstance(examples, str)
                else [e["text"].strip() for e in examples]
            )
            found[entry["intent"]].extend(texts)
    return found


def grams(text: str) -> frozenset[str]:
    plain = " " + re.sub(r"[^\w]+", " ", text.lower()).strip() + " "
    return frozenset(plain[i : i + 5] for i in range(max(1, len(plain) - 4)))


def test_every_intent_has_enough_messages() -> None:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text())
    found = messages()
    assert set(found) == set(domain["intents"])
    assert not {intent: len(texts) for intent, texts in found.items() if len(texts) < LEAST}


def test_no_message_stands_twice_or_nearly_twice() -> None:
    rows = [(intent, text, grams(text)) for intent, texts in messages().items() for text in texts]
    where: dict[str, list[int]] = defaultdict(list)
    alike = []
    for number, (intent, text, own) in enumerate(rows):
        shared = Counter(n for gram in own for n in where[gram])
        alike += [(intent, text, rows[n][1]) for n, count in shared.items() if count / (len(own) + len(rows[n][2]) - count) > 0.7]
        for gram in own:
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
