"""The statistical layer of the alarm detector: which category, and how bad.

Two opinions: the encoder's own, learned together with it, and linear models over its vector, which learn new messages without it. The
encoder counts twice (docs/decisions/0007).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit
from sklearn.preprocessing import normalize

from bot.alarm.sentences import pieces
from bot.nlu.encoder import DIMENSIONS, Reading, Vector, read
from bot.nlu.kept_vectors import encode_and_keep
from bot.nlu.linear import fitted

NONE = "none"
DENSE_WEIGHT = 3.0
# Inverse regularisation of the linear models.
STRENGTH = 1.0
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
    """Which category, whether it is at least a concern, and whether danger is acute."""

    def __init__(self) -> None:
        self._mean: Vector = np.zeros(DIMENSIONS, dtype=np.float32)

    def fit(self, examples: list[AlarmExample]) -> AlarmClassifier:
        """Train on labelled texts."""
        vectors = encode_and_keep([e.text for e in examples])
        self._mean = vectors.mean(axis=0)
        vectors = self._centred(vectors)
        levels = np.array([e.level for e in examples])
        sure = levels != "concern"
        labels = np.array([e.category if e.level != NONE else NONE for e in examples])
        danger = np.isin(levels, ("alarm", "acute"))
        self._category = fitted(vectors[sure], labels[sure], STRENGTH)
        self._concern = fitted(vectors, levels != NONE, STRENGTH, balanced=True)
        self._acute = fitted(vectors[danger], levels[danger] == "acute", STRENGTH, balanced=True)
        return self

    def judge(self, texts: list[str]) -> list[Opinion]:
        """One opinion per text."""
        readings = [read(text) for text in texts]
        vectors = self._centred(np.stack([reading.vector for reading in readings]))
        danger, acute = _chances(readings, "alarm", "acute"), _chances(readings, "acute")
        dangerous = self._category.classes_ != NONE
        by_category = self._category.predict_proba(vectors)[:, dangerous]
        alarm = blended(danger, by_category.sum(axis=1))
        concern = blended(danger + _chances(readings, "concern"), self._concern.predict_proba(vectors)[:, 1])
        urgent = blended(acute / danger.clip(SUREST), self._acute.predict_proba(vectors)[:, 1])
        categories = [str(name) for name in self._category.classes_[dangerous]]
        learned = np.array([[reading.categories[name] for name in categories] for reading in readings])
        likeliest = (2 * learned + normalize(by_category, norm="l1")).argmax(axis=1)
        return [
            Opinion(float(alarm[row]), float(concern[row]), float(urgent[row]), categories[likeliest[row]]) for row in range(len(texts))
        ]

    def judge_whole(self, text: str) -> Opinion:
        """One opinion on a message of any length.

        In a long one the worst piece counts as if it stood alone: the encoder reads no further than 160 tokens, and one clause in the
        middle of ninety words has to count. In a short one a piece without its context misleads more often than it helps.
        """
        whole, *parts = self.judge(pieces(text) if len(text.split()) > LONG else [text])
        return max([whole, *parts], key=lambda opinion: (opinion.alarm, opinion.concern))

    def _centred(self, vectors: Vector) -> Vector:
        centred: Vector = normalize(vectors - self._mean) * DENSE_WEIGHT
        return centred


def blended(encoder: Chances, linear: Chances) -> Chances:
    """Two chances as one: the mean of their log-odds, the encoder's counted twice."""
    both: Chances = expit((2 * _log_odds(encoder) + _log_odds(linear)) / 3)
    return both


def _log_odds(chances: Any) -> Any:
    return logit(np.clip(chances, SUREST, 1 - SUREST))


def _chances(readings: list[Reading], *levels: str) -> Chances:
    return np.array([sum(reading.levels[level] for level in levels) for reading in readings])
