"""The report's pictures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from bot.evaluation.alarms import AlarmFigures
from bot.evaluation.intents import IntentFigures
from bot.evaluation.parse import Parsed
from bot.evaluation.sets import Labelled


def _figure(width: float, height: float) -> tuple[Any, Any]:
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(width, height), layout="constrained")
    return figure, axes


def _save(figure: Any, target: Path) -> None:
    from matplotlib import pyplot

    figure.savefig(target, dpi=110)
    pyplot.close(figure)


def confusion_matrix(wanted: list[Labelled], got: list[Parsed], target: Path) -> None:
    """Which intent is read as which."""
    names = sorted({w.intent for w in wanted} | {g.intent for g in got})
    counts = np.zeros((len(names), len(names)))
    for w, g in zip(wanted, got, strict=True):
        counts[names.index(w.intent), names.index(g.intent)] += 1
    figure, axes = _figure(11, 10)
    axes.imshow(counts, cmap="Blues")
    axes.set_xticks(range(len(names)), names, rotation=90, fontsize=8)
    axes.set_yticks(range(len(names)), names, fontsize=8)
    axes.set_xlabel("read as")
    axes.set_ylabel("is")
    for row, column in zip(*np.nonzero(counts), strict=True):
        colour = "white" if counts[row, column] > counts.max() / 2 else "black"
        axes.text(column, row, int(counts[row, column]), ha="center", va="center", fontsize=7, color=colour)
    _save(figure, target)


def reliability(figures: IntentFigures, target: Path) -> None:
    """Confidence against the share that is right: on the line, confidence means what it says."""
    figure, axes = _figure(5, 5)
    axes.plot([0, 1], [0, 1], color="grey", linestyle="--")
    axes.scatter([b[0] for b in figures.bins], [b[1] for b in figures.bins], s=[12 * b[2] ** 0.7 + 10 for b in figures.bins])
    axes.set_xlabel("confidence")
    axes.set_ylabel("share right")
    _save(figure, target)


def asking_back(figures: IntentFigures, target: Path) -> None:
    """What asking back costs (more questions) and saves (fewer wrong answers)."""
    figure, axes = _figure(6, 4)
    axes.plot([p[0] for p in figures.curve], [p[1] for p in figures.curve], label="asked back")
    axes.plot([p[0] for p in figures.curve], [p[2] for p in figures.curve], label="wrong among the answered")
    axes.set_xlabel("threshold")
    axes.legend()
    _save(figure, target)


def alarm_curve(figures: AlarmFigures, target: Path) -> None:
    """Recall against false alarms, for each threshold."""
    figure, axes = _figure(6, 5)
    axes.plot([p[2] for p in figures.curve], [p[1] for p in figures.curve], marker="o")
    for threshold, recall, false, _ in figures.curve[::3]:
        axes.annotate(f"{threshold:.2f}", (false, recall), textcoords="offset points", xytext=(6, -10), fontsize=8)
    axes.set_xlabel("false alarms on hard negatives")
    axes.set_ylabel("recall")
    axes.set_xlim(left=0)
    axes.set_ylim(0, 1.02)
    _save(figure, target)
