"""From which chance on an element or fault counts: one table, chosen by `choose_thresholds` on `apology_choose` (decision 8)."""

from __future__ import annotations

from collections.abc import Mapping

THRESHOLDS: Mapping[str, float] = {
    "responsibility": 0.35,
    "acknowledge_pain": 0.35,
    "regret": 0.5,
    "no_repeat": 0.4,
    "repair": 0.5,
    "but_excuse": 0.5,
    "conditional": 0.5,
    "blame_shift": 0.65,
    "minimise": 0.35,
    "justify": 0.6,
    "vague": 0.65,
    "demand": 0.6,
}
