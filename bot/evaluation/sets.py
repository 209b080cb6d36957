"""The labelled sets of `tests/evaluation/`."""

from __future__ import annotations

import json
from dataclasses import dataclass

from bot.settings import ROOT

FOLDER = ROOT / "tests" / "evaluation"
NONE = "none"


@dataclass(frozen=True)
class Labelled:
    """A message with its labels. `intent` is `none` where no intent fits; `also_ok` are other fair intents."""

    text: str
    intent: str
    level: str = NONE
    category: str | None = None
    also_ok: tuple[str, ...] = ()

    @property
    def dangerous(self) -> bool:
        """Whether the coach has to stop and offer help: level `alarm` or `acute`."""
        return self.level in ("alarm", "acute")


def read_set(name: str) -> list[Labelled]:
    """The set `<name>.jsonl`, for example `intents_dev`."""
    found = []
    for line in (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        alarm = row.get("alarm") or {}
        # The intents' set gives an alarm's category only; what it labels `alarm` is at least of that level.
        category = alarm.get("category") or row.get("alarm_category")
        level = alarm.get("level") or ("alarm" if category else NONE)
        intent = row.get("intent") or ("alarm" if level in ("alarm", "acute") else NONE)
        found.append(Labelled(row["text"], intent, level, category, tuple(row.get("also_ok", ()))))
    return found
