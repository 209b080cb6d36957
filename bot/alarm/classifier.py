"""The statistical layer of the alarm detector: which category, and how bad.

Two opinions, averaged: the encoder's own, learned together with the encoder, and linear models over its vector and character counts, which
learn new messages without it. Averaged they ranked messages best on the set that thresholds are chosen on (docs/decisions/0007).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.special import expit, logit
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize

from bot.alarm.sentences import pieces
from bot.nlu.encoder import DIMENSIONS, Reading, Vector, read
from bot.nlu.kept_vectors import encode_and_keep

NONE = "none"
DENSE_WEIGHT = 3.0
# A chance of exactly 0 or 1 would outweigh every other opinion.
SUREST = 1e-4
# Words from which a message is long.
LONG = 40
# float64 of shape (texts,): one chance (0 to 1) per text.
Chances = NDArray[np.float64]


@dataclass(frozen=True)
class AlarmExample:
    """A training text. `level` is `acute`, `alarm`, `concern` or `none`; `category` is empty for `none`."""

    text: str
    category: str
    level: str


@dataclass(frozen=True)
class Opinion:
    """What the layer makes of one text: chance of an alarm, of at least a concern, of acute danger, and the likeliest category."""

    alarm: float
    concern: float
    acute: float
    category: str


class AlarmClassifier:
    """Three linear models over the same features, each averaged with what the encoder learned."""

    def __init__(self) -> None:
        self._words = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), min_df=2, sublinear_tf=True)
        self._mean: Vector = np.zeros(DIMENSIONS, dtype=np.float32)
        self._category = LogisticRegression(C=3.0, max_iter=400)
        self._concern = LogisticRegression(C=3.0, max_iter=400, class_weight="balanced")
        self._acute = LogisticRegression(C=3.0, max_iter=400, class_weight="balanced")

    def fit(self, examples: list[AlarmExample]) -> AlarmClassifier:
        """Train on labelled texts."""
        texts = [e.text for e in examples]
        self._words.fit(texts)
        vectors = encode_and_keep(texts)
        self._mean = vectors.mean(axis=0)
        features = self._features(texts, vectors)
        levels = np.array([e.level for e in examples])
        sure = levels != "concern"
        labels = np.array([e.category if e.level != NONE else NONE for e in examples])
        self._category.fit(features[sure], labels[sure])
        self._concern.fit(features, levels != NONE)
        danger = np.isin(levels, ("alarm", "acute"))
        self._acute.fit(features[danger], levels[danger] == "acute")
        return self

    def judge(self, texts: list[str]) -> list[Opinion]:
        """One opinion per text."""
        readings = [read(text) for text in texts]
        features = self._features(texts, np.stack([reading.vector for reading in readings]))
        categories = [str(name) for name in self._category.classes_ if name != NONE]
        by_category = self._category.predict_proba(features)[:, self._category.classes_ != NONE]
        danger, acute = _chances(readings, "alarm", "acute"), _chances(readings, "acute")
        alarm = blended(danger, by_category.sum(axis=1))
        concern = blended(danger + _chances(readings, "concern"), self._concern.predict_proba(features)[:, 1])
        urgent = blended(acute / danger.clip(SUREST), self._acute.predict_proba(features)[:, 1])
        learned = np.array([[reading.categories[name] for name in categories] for reading in readings])
        likeliest = (learned + normalize(by_category, norm="l1")).argmax(axis=1)
        return [
            Opinion(float(alarm[row]), float(concern[row]), float(urgent[row]), categories[likeliest[row]]) for row in range(len(texts))
        ]

    def judge_whole(self, text: str) -> Opinion:
        """One opinion on a message of any length: of the whole, and of its worst piece.

        In a long message the worst piece counts alone: one clause in the middle of ninety words must count as if it stood alone, and
        the encoder reads no further than 160 tokens. In a short one a piece without its context misleads, so both count half.
        """
        whole, *parts = self.judge(pieces(text))
        worst = max(parts, key=lambda opinion: opinion.alarm, default=whole)
        if len(text.split()) > LONG:
            return max(whole, worst, key=lambda opinion: opinion.alarm)
        if worst.alarm <= whole.alarm:
            return whole
        alarm, concern, acute = (
            float(blended(np.array([a]), np.array([b]))[0])
            for a, b in ((whole.alarm, worst.alarm), (whole.concern, worst.concern), (whole.acute, worst.acute))
        )
        return Opinion(alarm, concern, acute, worst.category)

    def _features(self, texts: list[str], vectors: Vector) -> Any:
        dense = normalize(vectors - self._mean) * DENSE_WEIGHT
        lowered = [t.lower() for t in texts]
        return sparse.hstack([sparse.csr_matrix(dense), self._words.transform(lowered)], format="csr")


def blended(first: Chances, second: Chances) -> Chances:
    """Two chances as one: the mean of their log-odds."""
    both: Chances = expit((logit(first.clip(SUREST, 1 - SUREST)) + logit(second.clip(SUREST, 1 - SUREST))) / 2)
    return both


def _chances(readings: list[Reading], *levels: str) -> Chances:
    return np.array([sum(reading.levels[level] for level in levels) for reading in readings])
