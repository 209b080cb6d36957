"""What the marks of a check-up say together: means of the areas, the strongest and the weakest, and what changed since an earlier one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import mean

from bot.checkup.questions import AREAS, IN_A_SENTENCE

# From here on down a conversation with a person is offered: for the whole, and for one area alone.
LOW, LOW_AREA = 5.5, 4.0
# At this mark or below for feeling safe, the coach asks openly (S4).
UNSAFE = 3.0
# Means that differ by less are named together.
ALIKE = 0.25
# A smaller change between two check-ups is none.
CHANGED = 0.5


@dataclass(frozen=True)
class Result:
    """Means (0 to 10) of the areas that were answered, in the order of the questions, and the areas that stand out."""

    areas: Mapping[str, float]
    strongest: tuple[str, ...]
    weakest: tuple[str, ...]

    @property
    def even(self) -> bool:
        """Whether no area stands out from the others."""
        return self.strongest == self.weakest

    @property
    def average(self) -> float:
        """Mean of the areas."""
        return mean(self.areas.values())

    @property
    def low(self) -> bool:
        """Whether a conversation with a person of the practice should be offered."""
        return self.average < LOW or min(self.areas.values()) < LOW_AREA


def result_of(marks: Mapping[str, float]) -> Result | None:
    """The result of the marks, by slot; None when no question was answered."""
    areas = {area: mean(marks[slot] for slot in slots if slot in marks) for area, slots in AREAS.items() if any(s in marks for s in slots)}
    if not areas:
        return None
    high, low = max(areas.values()), min(areas.values())
    strongest = tuple(area for area, value in areas.items() if high - value < ALIKE)
    weakest = tuple(area for area, value in areas.items() if value - low < ALIKE)
    return Result(areas, strongest, tuple(areas) if high - low < ALIKE else weakest)


def change(before: Mapping[str, float], now: Mapping[str, float]) -> tuple[str, float, float] | None:
    """The area that changed most since an earlier check-up, with its means then and now; None when none did by half a point."""
    both = [area for area in now if area in before]
    if not both:
        return None
    most = max(both, key=lambda area: abs(now[area] - before[area]))
    return (most, before[most], now[most]) if abs(now[most] - before[most]) >= CHANGED else None


def in_words(areas: tuple[str, ...]) -> str:
    """Areas inside a sentence: 'luisteren en vertrouwen'."""
    names = [IN_A_SENTENCE[area] for area in areas]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} en {names[-1]}"


def as_mark(value: float) -> str:
    """A mean in Dutch notation, without a needless decimal: '6,5', '7'."""
    return f"{value:.1f}".replace(".0", "").replace(".", ",")
