"""Logistic regression that stops after a fixed number of steps, as the intent classifier and the alarm detector use it."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

# Measured on 19,000 messages: after 60 steps accuracy is the same as after 300, in a fifth of the time (docs/decisions/0006).
STEPS = 40


def fitted(features: Any, labels: Sequence[Any] | Any, strength: float, balanced: bool = False) -> LogisticRegression:
    """A logistic regression fitted on `features` (n, columns; dense or sparse) and `labels` (n).

    `strength` is sklearn's `C`; `balanced` weighs every class alike, however few messages it has.
    """
    model = LogisticRegression(C=strength, max_iter=STEPS, class_weight="balanced" if balanced else None)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(features, labels)
    # Else each sparse message copies all of it, to have it in this order.
    model.coef_ = np.asfortranarray(model.coef_)
    return model
