"""Which elements and faults a sentence or clause of an apology carries: one linear model per label, on the encoder and on word counts."""

from __future__ import annotations

import hashlib
import os
from functools import cache
from pathlib import Path
from typing import Any

import joblib
import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize

from bot.apology import examples, segments
from bot.apology.examples import LABELS, Piece, pieces_of, read_drafts
from bot.nlu.encoder import DIMENSIONS, Vector, encode_all, encoder_hash
from bot.nlu.kept_vectors import encode_and_keep
from bot.settings import settings

DENSE_WEIGHT = 3.0
# float64 of shape (pieces, labels), each between 0 and 1.
Chances = NDArray[np.float64]


class PieceClassifier:
    """Chances of each label of `LABELS`, in that order."""

    def __init__(self) -> None:
        self._words = TfidfVectorizer(analyzer="word", token_pattern=r"[\w'’]+", ngram_range=(1, 3), min_df=2, sublinear_tf=True)
        self._letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), min_df=2, sublinear_tf=True)
        self._mean: Vector = np.zeros(DIMENSIONS, dtype=np.float32)
        self._models = [LogisticRegression(C=4.0, max_iter=400) for _ in LABELS]

    def fit(self, pieces: list[Piece]) -> PieceClassifier:
        """Train on labelled pieces."""
        texts = [piece.text for piece in pieces]
        lowered = [text.lower() for text in texts]
        self._words.fit(lowered)
        self._letters.fit(lowered)
        vectors = encode_and_keep(texts)
        self._mean = vectors.mean(axis=0)
        features = self._features(lowered, vectors)
        for label, model in zip(LABELS, self._models, strict=True):
            model.fit(features, np.array([label in piece.labels for piece in pieces]))
        return self

    def chances(self, texts: list[str]) -> Chances:
        """One row per text."""
        features = self._features([text.lower() for text in texts], encode_all(texts))
        return np.stack([model.predict_proba(features)[:, 1] for model in self._models], axis=1)

    def _features(self, lowered: list[str], vectors: Vector) -> Any:
        dense = sparse.csr_matrix(normalize(vectors - self._mean) * DENSE_WEIGHT)
        return sparse.hstack([dense, self._words.transform(lowered), self._letters.transform(lowered)], format="csr")


@cache
def trained_classifier() -> PieceClassifier:
    """The classifier for the data and encoder at hand: kept under `var/`, trained in seconds where it isn't there yet."""
    path = settings().var_dir / "cache" / f"apology-{_fingerprint()[:16]}.joblib"
    if path.exists():
        return joblib.load(path)  # type: ignore[no-any-return]
    classifier = PieceClassifier().fit(pieces_of(read_drafts()))
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".{os.getpid()}")
    joblib.dump(classifier, unfinished)
    unfinished.replace(path)
    return classifier


def _fingerprint() -> str:
    total = hashlib.sha256(encoder_hash().encode())
    for path in (examples.FILE, Path(examples.__file__), Path(segments.__file__), Path(__file__)):
        total.update(path.read_bytes())
    return total.hexdigest()
