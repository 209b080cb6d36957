"""The statistical layer of the alarm detector: which category, and how bad.

Three opinions: the encoder's own, learned together with it, and linear models over its vector and over character counts, which learn new
messages without it. The encoder counts half, each of the others a quarter: apart, the character counts see what the vector does not
(docs/decisions/0007).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

from bot.alarm.sentences import pieces
from bot.nlu.encoder import DIMENSIONS, Reading, Vector, read
from bot.nlu.kept_vectors import encode_and_keep
from bot.nlu.linear import fitted

NONE = "none"
DENSE_WEIGHT = 3.0
# Inverse regularisation of either view.
MEANING_STRENGTH, CHARACTERS_STRENGTH = 1.0, 10.0
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


class TwoViews:
    """A question answered twice: by a linear model over the encoder's vectors, and by one over character counts."""

    def __init__(self, vectors: Vector, counts: Any, labels: Any, balanced: bool) -> None:
        """Fit on `vectors` (n, 768), `counts` (n, character n-grams; sparse) and `labels` (n)."""
        self._meaning = fitted(vectors, labels, MEANING_STRENGTH, balanced)
        self._characters = fitted(counts, labels, CHARACTERS_STRENGTH, balanced)
        self.classes = list(self._meaning.classes_)

    def chances(self, vectors: Vector, counts: Any) -> tuple[Chances, Chances]:
        """What either view answers: two float64 arrays of shape (n, classes)."""
        return self._meaning.predict_proba(vectors), self._characters.predict_proba(counts)


class AlarmClassifier:
    """Which category, whether it is at least a concern, and whether danger is acute."""

    def __init__(self) -> None:
        self._words = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), min_df=2, sublinear_tf=True, dtype=np.float32)
        self._mean: Vector = np.zeros(DIMENSIONS, dtype=np.float32)

    def fit(self, examples: list[AlarmExample]) -> AlarmClassifier:
        """Train on labelled texts."""
        texts = [e.text for e in examples]
        counts = self._words.fit_transform([text.lower() for text in texts])
        vectors = encode_and_keep(texts)
        self._mean = vectors.mean(axis=0)
        vectors = self._centred(vectors)
        levels = np.array([e.level for e in examples])
        sure = levels != "concern"
        labels = np.array([e.category if e.level != NONE else NONE for e in examples])
        danger = np.isin(levels, ("alarm", "acute"))
        self._category = TwoViews(vectors[sure], counts[sure], labels[sure], balanced=False)
        self._concern = TwoViews(vectors, counts, levels != NONE, balanced=True)
        self._acute = TwoViews(vectors[danger], counts[danger], levels[danger] == "acute", balanced=True)
        return self

    def judge(self, texts: list[str]) -> list[Opinion]:
        """One opinion per text."""
        readings = [read(text) for text in texts]
        vectors = self._centred(np.stack([reading.vector for reading in readings]))
        counts = self._words.transform([text.lower() for text in texts])
        danger, acute = _chances(readings, "alarm", "acute"), _chances(readings, "acute")
        dangerous = np.array([name != NONE for name in self._category.classes])
        by_category = [view[:, dangerous] for view in self._category.chances(vectors, counts)]
        alarm = blended(danger, *(view.sum(axis=1) for view in by_category))
        concern = blended(danger + _chances(readings, "concern"), *(view[:, 1] for view in self._concern.chances(vectors, counts)))
        urgent = blended(acute / danger.clip(SUREST), *(view[:, 1] for view in self._acute.chances(vectors, counts)))
        categories = [name for name in self._category.classes if name != NONE]
        learned = np.array([[reading.categories[name] for name in categories] for reading in readings])
        likeliest = (2 * learned + sum(normalize(view, norm="l1") for view in by_category)).argmax(axis=1)
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


def blended(encoder: Chances, meaning: Chances, characters: Chances) -> Chances:
    """Three chances as one: the mean of their log-odds, the encoder's counted twice."""
    both: Chances = expit((2 * _log_odds(encoder) + _log_odds(meaning) + _log_odds(characters)) / 4)
    return both


def _log_odds(chances: Any) -> Any:
    return logit(np.clip(chances, SUREST, 1 - SUREST))


def _chances(readings: list[Reading], *levels: str) -> Chances:
    return np.array([sum(reading.levels[level] for level in levels) for reading in readings])
