"""The statistical layer of the alarm detector: which category, and how bad, from the sentence encoder and character counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize

from bot.nlu.encoder import DIMENSIONS, Vector, encode_all
from bot.nlu.kept_vectors import encode_and_keep

NONE = "none"
DENSE_WEIGHT = 3.0


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
    """Three linear models over the same features."""

    def __init__(self) -> None:
        self._words = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), min_df=2, sublinear_tf=True)
        self._mean: Vector = np.zeros(DIMENSIONS, dtype=np.float32)
        self._category = LogisticRegression(C=3.0, max_iter=400, class_weight={NONE: 1.0})
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
        features = self._features(texts, encode_all(texts))
        category = self._category.predict_proba(features)
        classes = [str(c) for c in self._category.classes_]
        none = classes.index(NONE)
        concern = self._concern.predict_proba(features)[:, 1]
        acute = self._acute.predict_proba(features)[:, 1]
        opinions = []
        for row, chances in enumerate(category):
            others = [(chance, name) for chance, name in zip(chances, classes, strict=True) if name != NONE]
            opinions.append(
                Opinion(
                    alarm=float(1 - chances[none]),
                    concern=float(concern[row]),
                    acute=float(acute[row]),
                    category=max(others)[1],
                )
            )
        return opinions

    def _features(self, texts: list[str], vectors: Vector) -> Any:
        dense = normalize(vectors - self._mean) * DENSE_WEIGHT
        lowered = [t.lower() for t in texts]
        return sparse.hstack([sparse.csr_matrix(dense), self._words.transform(lowered)], format="csr")
