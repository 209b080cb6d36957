"""Fills `{name}` in what the coach says. What is put in stays as it is: braces that a visitor wrote are words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_PLACE = re.compile(r"\{(\w+)\}")


def fill(said: Any, values: Mapping[str, Any]) -> Any:
    """A text, or every text in a list or dict of them, with each known placeholder filled, in one pass; an unknown one stays."""
    if isinstance(said, str):
        return _PLACE.sub(lambda place: _written(values[place[1]]) if place[1] in values else place[0], said)
    if isinstance(said, list):
        return [fill(part, values) for part in said]
    if isinstance(said, dict):
        return {name: fill(part, values) for name, part in said.items()}
    return said


def _written(value: Any) -> str:
    return "" if value is None else str(value)
