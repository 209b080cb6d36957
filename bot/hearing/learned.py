"""The small classifier behind `feeling`: a logistic regression on the sentence encoder's vector.

It learns from `data/hearing/feelings.jsonl`, and from messages of `data/nlu/` whose intent tells a feeling: who blames is angry, who
apologises feels guilty. The four kinds of pain are one to it; which of them it is, only the visitor's own words tell. It is fitted when
the server first starts and kept in `var/`; another encoder or other data make it anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from bot.nlu.encoder import Vector, encode, encoder_hash
from bot.settings import ROOT, settings

FEELINGS_FILE = ROOT / "data" / "hearing" / "feelings.jsonl"
MESSAGES = tuple(ROOT / "data" / "nlu" / f"{name}.yml" for name in ("apology", "hurt_and_blame", "practice", "small_talk", "upkeep"))
NONE = "none"
# Sadness is in each kind of pain: it is what the coach says of a pain without a word of the visitor's own.
PAIN, SHAME = "verdrietig", "schuldig"
BROAD = {"gekwetst": PAIN, "vernederd": PAIN, "eenzaam": PAIN, "beschaamd": SHAME}
INTENTS = {"express_hurt": PAIN, "express_blame": "boos", "express_apology": SHAME}
# They say too little of a feeling, or of several.
SKIPPED = frozenset({"express_shame", "share_apology_draft"})
PER_FEELING, PER_OTHER = 500, 20
STRENGTH, SHARPNESS = 1.0, 3.0
# From which chance on a feeling is said, chosen so that less than 3% of held-out thirds are wrong (tests/hearing/test_learned.py).
# Sadness is what other feelings are most often taken for.
SURE = {"verdrietig": 0.93, "schuldig": 0.93, "boos": 0.96}
SURE_OF_OTHERS = 0.75
# By intent: the feeling that it points to, and the one which that is most often taken for; and how likely both must be together.
POINTS_TO = {
    "express_hurt": (PAIN, "boos"),
    "express_blame": ("boos", PAIN),
    "express_apology": (SHAME, PAIN),
    "express_shame": (SHAME, PAIN),
}
LIKELY = 0.55


@dataclass(frozen=True)
class Learned:
    """The fitted classifier. `weights`: float32 (classes, 768), `bias`: (classes,), `mean`: (768,); `classes` in the same order."""

    classes: tuple[str, ...]
    weights: Vector
    bias: Vector
    mean: Vector

    def chances(self, vector: Vector) -> dict[str, float]:
        """Chance of each class for a vector, float32 of shape (768,)."""
        odds = self.weights @ (_unit(vector - self.mean) * SHARPNESS) + self.bias
        raised = np.exp(odds - odds.max())
        return dict(zip(self.classes, (raised / raised.sum()).tolist(), strict=True))


def learned_feeling(text: str, intent: str | None = None) -> str | None:
    """The feeling that the classifier is sure of, one of its classes; None when it is not, or hears none.

    `intent`: what the intent classifier makes of the message. Where it points to a feeling, that one is enough when it is likely
    together with the one it is most often taken for: two classifiers that agree need less than one alone.
    """
    chances = prepare().chances(encode(text))
    expected, close = POINTS_TO.get(intent or "", (NONE, NONE))
    if expected != NONE and chances[expected] + chances[close] >= LIKELY:
        return expected
    best = max(chances, key=lambda name: chances[name])
    return best if best != NONE and chances[best] >= SURE.get(best, SURE_OF_OTHERS) else None


def chance_of_nothing(text: str) -> float:
    """How likely a sentence tells nothing that is felt, and so is not worth being said back."""
    return prepare().chances(encode(text))[NONE]


@cache
def prepare() -> Learned:
    """The classifier, from `var/` or fitted now."""
    kept = settings().var_dir / "cache" / f"feelings-{_made_of()}.npz"
    found = _read(kept)
    if found is None:
        found = fitted(*examples())
        _write(kept, found)
    return found


def examples() -> tuple[list[str], list[str]]:
    """Texts and their classes: those written for this, then a fixed number per intent."""
    # Only the server's first start needs it, and it brings the whole of Rasa along.
    from bot.nlu.messages import read_messages

    rows = [json.loads(line) for line in FEELINGS_FILE.read_text("utf-8").splitlines()]
    pairs = [(row["text"], _broad(row["feelings"][0]) if row["feelings"] else NONE) for row in rows]
    by_intent: dict[str, list[str]] = {}
    for path in MESSAGES:
        for message in read_messages(path):
            by_intent.setdefault(message.get("intent"), []).append(message.get("text"))
    for intent, texts in sorted(by_intent.items()):
        if intent not in SKIPPED:
            label = INTENTS.get(intent, NONE)
            pairs += [(text, label) for text in texts[: PER_OTHER if label == NONE else PER_FEELING]]
    return [text for text, _ in pairs], [label for _, label in pairs]


def fitted(texts: list[str], labels: list[str]) -> Learned:
    """Fit on texts and their classes."""
    from bot.nlu.kept_vectors import encode_and_keep
    from bot.nlu.linear import fitted as regression

    vectors = encode_and_keep(texts)
    mean: Vector = vectors.mean(axis=0)
    model = regression(_unit(vectors - mean) * SHARPNESS, labels, STRENGTH)
    return Learned(tuple(model.classes_), model.coef_.astype(np.float32), model.intercept_.astype(np.float32), mean)


def _broad(feeling: str) -> str:
    return BROAD.get(feeling, feeling)


def _unit(vectors: Vector) -> Vector:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    whole: Vector = vectors / np.maximum(lengths, 1e-9)
    return whole


def _made_of() -> str:
    total = hashlib.sha256(encoder_hash().encode())
    for path in (FEELINGS_FILE, *MESSAGES, Path(__file__)):
        total.update(path.read_bytes())
    return total.hexdigest()[:16]


def _read(path: Path) -> Learned | None:
    try:
        with np.load(path) as kept:
            return Learned(tuple(kept["classes"].tolist()), kept["weights"], kept["bias"], kept["mean"])
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        # None yet, or cut off while it was written: it is made anew.
        return None


def _write(path: Path, learned: Learned) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".{os.getpid()}.npz")
    np.savez(unfinished, classes=np.array(learned.classes), weights=learned.weights, bias=learned.bias, mean=learned.mean)
    unfinished.replace(path)
