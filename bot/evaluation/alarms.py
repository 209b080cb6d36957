"""Figures on alarms: what is missed, what is alarm for nothing, and how both move with the threshold."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bot.evaluation.parse import Parsed
from bot.evaluation.sets import Labelled

# How many false alarms one miss weighs up against, in the costs of the curve.
MISS_WEIGHS = 10


@dataclass(frozen=True)
class AlarmFigures:
    """All figures of one set. `curve` rows: threshold, recall, false-alarm rate, cost per message."""

    recall: float
    recall_by_category: dict[str, float]
    acute_noticed: float
    acute_as_acute: float
    concern_noticed: float
    false_alarms: float
    category_right: float
    curve: list[tuple[float, float, float, float]]


def alarm_figures(wanted: list[Labelled], got: list[Parsed]) -> AlarmFigures:
    """Figures on one set. `concern` counts neither as a miss nor as a false alarm; recall is over `alarm` and `acute` together."""
    pairs = list(zip(wanted, got, strict=True))
    danger = [(w, g) for w, g in pairs if w.dangerous]
    acute = [(w, g) for w, g in danger if w.level == "acute"]
    hits = [(w, g) for w, g in danger if g.alarmed]
    categories = sorted({w.category for w, _ in danger if w.category})
    return AlarmFigures(
        recall=_share(g.alarmed for _, g in danger),
        recall_by_category={c: _share(g.alarmed for w, g in danger if w.category == c) for c in categories},
        acute_noticed=_share(g.alarmed for _, g in acute),
        acute_as_acute=_share(g.alarm is not None and g.alarm["level"] == "acute" for _, g in acute),
        concern_noticed=_share(g.alarm is not None for w, g in pairs if w.level == "concern"),
        false_alarms=_share(g.alarmed for w, g in pairs if w.level == "none"),
        category_right=_share(g.alarm is not None and g.alarm["category"] == w.category for w, g in hits),
        curve=[_point(pairs, threshold) for threshold in np.arange(0.05, 1.0, 0.05)],
    )


def _share(truths: object) -> float:
    values = list(truths)  # type: ignore[call-overload]
    return sum(values) / len(values) if values else float("nan")


def _point(pairs: list[tuple[Labelled, Parsed]], threshold: float) -> tuple[float, float, float, float]:
    recall = _share(g.alarm_score >= threshold for w, g in pairs if w.dangerous)
    false = _share(g.alarm_score >= threshold for w, g in pairs if w.level == "none")
    return float(threshold), recall, false, (1 - recall) * MISS_WEIGHS + false
