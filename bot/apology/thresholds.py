"""From which chance on an element or fault counts: one table, chosen by `choose_thresholds` on `apology_choose` (decision 8)."""

from __future__ import annotations

from collections.abc import Mapping

THRESHOLDS: Mapping[str, float] = {
    "responsibility": 0.4,
    "acknowledge_pain": 0.5,
    "regret": 0.5,
    "no_repeat": 0.6,
    "repair": 0.5,
    "but_excuse": 0.5,
    "conditional": 0.6,
    "blame_shift": 0.65,
    "minimise": 0.55,
    "justify": 0.65,
    "vague": 0.5,
    "demand": 0.5,
}
