"""The figures as a table in Markdown and as plots, in reports/bench/."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import matplotlib
import numpy as np

from bench.load import Load
from bench.machine import description
from bench.replies import Replies
from bot.settings import ROOT

FOLDER = ROOT / "reports" / "bench"
Figures = dict[str, dict[str, float]]


def write_comparison(figures: Figures, replies: dict[str, dict[int, Replies]], about: str) -> Path:
    """The comparison of the bots; `figures` by name of the bot, `replies` by name and by how many visitors there were."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    bots = list(figures)
    rows = list(figures[bots[0]])
    lines = [f"# Speed, {date.today()}", "", about, "", f"| | {' | '.join(bots)} |", "| --- |" + " --- |" * len(bots)]
    lines += [f"| {row} | {' | '.join(_number(figures[bot].get(row)) for bot in bots)} |" for row in rows]
    file = FOLDER / "comparison.md"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    _plot_replies(replies)
    return file


def write_load(load: Load, name: str, about: str, memory: float, more: dict[str, str] | None = None) -> Path:
    """A run under load; `more` are further rows of its table."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    rows = {
        "messages": str(len(load.seconds)),
        "seconds": f"{load.took:.0f}",
        "replies per second": f"{len(load.seconds) / load.took:.1f}",
        **{f"reply, {share}% within, ms": f"{np.percentile(load.seconds, share) * 1000:.0f}" for share in (50, 95, 99, 100)},
        "memory at the end, MB (PSS)": f"{memory:.0f}",
        **(more or {}),
    }
    table = "\n".join(f"| {what} | {value} |" for what, value in rows.items())
    told = "\n".join(f"- {count} × {what}" for what, count in Counter(load.faults).most_common()) or "- none"
    file = FOLDER / f"{name}.md"
    file.write_text(
        f"# Load, {date.today()}\n\n{about}, through Socket.IO. {description()}.\n\n| | |\n| --- | --- |\n{table}\n\n"
        f"Faults (errors, lost or doubled messages, order):\n{told}\n",
        encoding="utf-8",
    )
    return file


def figures_of(
    training: float, start: float, memory: float, replies: dict[int, Replies], swap: tuple[float, float] | None
) -> dict[str, float]:
    """One bot's column of the table."""
    found = {"training, s": training, "start to ready, s": start, "memory of all processes, MB (PSS)": memory}
    for visitors, measured in replies.items():
        who = f"{visitors} visitor{'s' if visitors > 1 else ''}"
        found |= {f"reply, {who}, p{share}, ms": measured.percentile(share) for share in (50, 95, 99)}
        found[f"replies per second, {who}"] = measured.per_second
        found[f"processor per reply, {who}, ms"] = measured.cpu_per_reply * 1000
    if swap:
        found |= {"change of model, s (ours: checked and trained as well)": swap[0], "longest reply meanwhile, s": swap[1]}
    return found


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}"


def _plot_replies(replies: dict[str, dict[int, Replies]]) -> None:
    matplotlib.use("svg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(1, 2, figsize=(10, 4), sharey=True)
    for axis, visitors in zip(axes, (1, 8), strict=True):
        for name, measured in replies.items():
            if visitors in measured:
                each = np.sort(measured[visitors].each) * 1000
                axis.plot(each, np.linspace(0, 100, len(each)), label=name)
        axis.set(title=f"{visitors} visitor{'s' if visitors > 1 else ''} at once", xlabel="milliseconds to the reply", xscale="log")
        axis.grid(alpha=0.3)
    axes[0].set_ylabel("% of the replies")
    axes[0].legend()
    figure.tight_layout()
    figure.savefig(FOLDER / "replies.svg")
