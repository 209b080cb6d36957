"""How far somebody is on the way to an apology, as it stands in the slot."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

SKIPPED = "-"


@dataclass
class Apology:
    """How far somebody is. `told`: their own words by part; `given`: elements of the draft that they were asked for and answered,
    `left_out`: those of them that they left out.

    `changing`: a sentence is being changed: its number from 0, or -1 while none was named.
    """

    told: dict[str, str] = field(default_factory=dict)
    asked: str | None = None
    times: dict[str, int] = field(default_factory=dict)
    draft: str = ""
    given: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    missing: str | None = None
    review: dict[str, Any] | None = None
    last: str | None = None
    done: bool = False
    changing: int | None = None
