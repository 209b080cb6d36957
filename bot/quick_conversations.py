"""Spares each turn what Rasa does anew for every message, event and slot: docs/decisions/0019."""

from __future__ import annotations

from functools import cache
from typing import Any

import rasa.core.processor
from rasa.shared.core.events import Event
from rasa.shared.core.slots import Slot

from bot.quick_runner import QuickGraphRunner


def make_conversations_quick() -> None:
    """From now on, in this process, the steps of a turn are planned once, the kind of an event is looked up once, and slots are copied directly."""
    rasa.core.processor.DaskGraphRunner = QuickGraphRunner
    # Rasa walks through all kinds of events for each event that it reads.
    if not hasattr(Event.resolve_by_type, "cache_info"):
        Event.resolve_by_type = staticmethod(cache(Event.resolve_by_type))
    # Every choice of an action copies all slots several times.
    Slot.__copy__ = _copy


def _copy(slot: Any) -> Any:
    twin = object.__new__(type(slot))
    twin.__dict__.update(slot.__dict__)
    return twin
