"""The alarms that a conversation holds: those of the detector, and each yes to an open question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from rasa.shared.core.events import ActionExecuted, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.alarm.helplines import CATEGORIES
from bot.alarm.lock import TOLD_WHEN, alarm_of, alarm_to_answer, asked_after, sounds

ALARM_PREFIX = "utter_alarm_"


@dataclass(frozen=True)
class Heard:
    """An alarm in a conversation: the detector's answer, the words on which a pattern fired, the message's moment."""

    alarm: dict[str, Any]
    words: list[str] = field(repr=False)
    at: float


def alarms_in(events: Iterable[Event]) -> Iterator[Heard]:
    """The alarms of a conversation, oldest first.

    A yes to an open question (S4) is one too, of the category that was asked about: the coach's answer shows it.
    """
    message: UserUttered | None = None
    asked: str | None = None
    for event in events:
        asked = asked_after(event, asked)
        if isinstance(event, UserUttered):
            message, alarm = event, alarm_to_answer(event, asked)
            if alarm is not None and sounds(alarm):
                text = event.text or ""
                yield Heard(alarm, [text[start:end] for start, end in alarm.get("spans", [])], event.timestamp)
        elif isinstance(event, ActionExecuted) and message is not None and not sounds(alarm_of(message)):
            name = event.action_name or ""
            # Behind the category may stand what it is about; 'again' tells of no new alarm.
            category = next((category for category in CATEGORIES if name.startswith(ALARM_PREFIX + category)), None)
            if category:
                level = "acute" if name == TOLD_WHEN else "alarm"
                answered = {"category": category, "level": level, "score": 1.0, "layer": "answer"}
                yield Heard(answered, [message.text or ""], message.timestamp)


def alarm_of_turn(tracker: DialogueStateTracker) -> Heard | None:
    """The alarm of the newest message; None where there was none."""
    newest = next((event for event in reversed(tracker.events) if isinstance(event, UserUttered)), None)
    return None if newest is None else next((heard for heard in alarms_in(tracker.events) if heard.at == newest.timestamp), None)
