"""The result as a radar picture, drawn on this server, and its description for who can't see it."""

from __future__ import annotations

import io
import math
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.checkup.questions import AREAS, ON_THE_PICTURE
from bot.checkup.result import as_mark

INCHES, DOTS_PER_INCH, COLOURS = 5.0, 120, 48
NOW, BEFORE, INK, GRID = "#2f6f73", "#b4631f", "#1d2b2c", "#c9d3d3"
MONTHS = ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"]


def draw(areas: Mapping[str, float], before: Mapping[str, float] | None = None) -> bytes:
    """A PNG of 600 by 600 pixels: the areas' means now, and dashed those of an earlier check-up.

    An area without a mark has no point: the line goes on to the next. Colours and line styles both tell the two apart.
    """
    # Drawing takes half a second to load; most visitors never see a picture. No pyplot: it keeps state, and is not safe in threads.
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from PIL import Image

    figure = Figure(figsize=(INCHES, INCHES), dpi=DOTS_PER_INCH, facecolor="white")
    axes = figure.add_axes((0.19, 0.13, 0.62, 0.62), polar=True)
    axes.set_theta_offset(math.pi / 2)
    axes.set_theta_direction(-1)
    axes.set_ylim(0, 10)
    axes.set_xticks([_angle(area) for area in AREAS])
    axes.set_xticklabels([_label(area, areas) for area in AREAS], fontsize=12, color=INK)
    axes.tick_params(axis="x", pad=16)
    axes.set_yticks([2, 4, 6, 8, 10])
    axes.set_yticklabels(["2", "4", "6", "8", "10"], fontsize=8, color="#5b6b6c")
    axes.grid(color=GRID, linewidth=0.8)
    axes.spines["polar"].set_color(GRID)
    if before:
        _outline(axes, before, BEFORE, "--", "vorige keer")
    _outline(axes, areas, NOW, "-", "nu")
    axes.fill([_angle(area) for area in areas], list(areas.values()), color=NOW, alpha=0.22)
    figure.suptitle("Zo zie jij het nu", fontsize=15, color=INK, y=0.955)
    if before:
        axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.1), ncol=2, frameon=False, fontsize=11)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    made = io.BytesIO()
    # A palette of few colours makes the file four times smaller, and nobody sees it.
    picture = Image.frombuffer("RGBA", canvas.get_width_height(), canvas.buffer_rgba()).convert("RGB").quantize(COLOURS)
    picture.save(made, "PNG", optimize=True)
    return made.getvalue()


def described(areas: Mapping[str, float], before: Mapping[str, float] | None = None) -> str:
    """The picture in words: every value that is in it."""
    said = "Figuur met je cijfers: " + ", ".join(f"{ON_THE_PICTURE[area].lower()} {as_mark(value)}" for area, value in areas.items()) + "."
    if before:
        said += " Vorige keer: " + ", ".join(f"{ON_THE_PICTURE[area].lower()} {as_mark(value)}" for area, value in before.items()) + "."
    return said


def on_day(day: date) -> str:
    """A date as people say it: '3 november'."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def _outline(axes: Any, areas: Mapping[str, float], colour: str, line: str, name: str) -> None:
    angles = [_angle(area) for area in areas]
    values = list(areas.values())
    axes.plot(_closed(angles), _closed(values), line, color=colour, linewidth=2.2, label=name, marker="o", markersize=6, clip_on=False)


def _closed(values: Sequence[float]) -> list[float]:
    return [*values, values[0]]


def _angle(area: str) -> float:
    return 2 * math.pi * list(AREAS).index(area) / len(AREAS)


def _label(area: str, areas: Mapping[str, float]) -> str:
    return f"{ON_THE_PICTURE[area]}\n{as_mark(areas[area])}" if area in areas else f"{ON_THE_PICTURE[area]}\n–"
