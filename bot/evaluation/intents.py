"""Figures on intents: accuracy, F1, confusions, calibration, and what asking back costs and saves."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import f1_score

from bot.evaluation.parse import Parsed
from bot.evaluation.sets import Labelled

CALIBRATION_BINS = 10


@dataclass(frozen=True)
class IntentFigures:
    """All figures of one set. `curve` rows: threshold, share asked back, share wrong among the rest."""

    accuracy: float
    macro_f1: float
    f1: dict[str, float]
    confusions: list[tuple[str, str, int]]
    asked_back: float
    calibration_error: float
    bins: list[tuple[float, float, int]]
    curve: list[tuple[float, float, float]]


def is_right(wanted: Labelled, got: Parsed) -> bool:
    """Whether the reading is the label, or another fair one."""
    return got.intent == wanted.intent or got.intent in wanted.also_ok


def intent_figures(wanted: list[Labelled], got: list[Parsed]) -> IntentFigures:
    """Figures on one set; messages that belong to no intent are left out."""
    pairs = [(w, g) for w, g in zip(wanted, got, strict=True) if w.intent != "none"]
    right = np.array([is_right(w, g) for w, g in pairs])
    sure = np.array([g.confidence for _, g in pairs])
    # A fair other label counts as the label itself.
    answers = [w.intent if is_right(w, g) else g.intent for w, g in pairs]
    labels = sorted({w.intent for w, _ in pairs})
    scores = f1_score([w.intent for w, _ in pairs], answers, labels=labels, average=None, zero_division=0)
    mistakes = Counter((w.intent, g.intent) for w, g in pairs if not is_right(w, g))
    bins = _bins(right, sure)
    return IntentFigures(
        accuracy=float(right.mean()),
        macro_f1=float(np.mean(scores)),
        f1={label: float(score) for label, score in zip(labels, scores, strict=True)},
        confusions=[(a, b, n) for (a, b), n in mistakes.most_common(10)],
        asked_back=float(np.mean([g.asked_back for _, g in pairs])),
        calibration_error=sum(abs(shown - true) * n for shown, true, n in bins) / len(pairs),
        bins=bins,
        curve=[_point(right, sure, threshold) for threshold in np.arange(0.05, 0.85, 0.05)],
    )


def _bins(right: np.ndarray, sure: np.ndarray) -> list[tuple[float, float, int]]:  # type: ignore[type-arg]
    """Per bin of confidence: mean confidence, share right, number."""
    numbers = np.minimum((sure * CALIBRATION_BINS).astype(int), CALIBRATION_BINS - 1)
    return [
        (float(sure[numbers == b].mean()), float(right[numbers == b].mean()), int((numbers == b).sum()))
        for b in range(CALIBRATION_BINS)
        if (numbers == b).any()
    ]


def _point(right: np.ndarray, sure: np.ndarray, threshold: float) -> tuple[float, float, float]:  # type: ignore[type-arg]
    answered = sure >= threshold
    wrong = float((~right[answered]).mean()) if answered.any() else 0.0
    return float(threshold), float((~answered).mean()), wrong
