"""Tells the practice of an alarm: whatever the coach answered as one becomes a hand-off with a notice."""

from __future__ import annotations

import logging
from typing import Any

from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.alarm.lock import MISREAD_ACTION, alarm_of, sounds
from bot.handoff.intakes import NotSaved, save_handoff

logger = logging.getLogger(__name__)
ALARM_PREFIX = "utter_alarm_"


def record_alarm(tracker: DialogueStateTracker) -> None:
    """Save a hand-off if the newest turn answered an alarm. A database that can't write now is logged, and never keeps the answer back."""
    found = alarm_of_turn(tracker)
    if found is not None:
        _save(tracker.sender_id, *found)


def record_unanswered_alarm(tracker: DialogueStateTracker) -> None:
    """The same for a message that the coach did not answer, because a person has taken over."""
    message = next((event for event in reversed(tracker.events) if isinstance(event, UserUttered)), None)
    alarm = alarm_of(message) if message else None
    if message is not None and alarm is not None and sounds(alarm):
        _save(tracker.sender_id, alarm, _words(message, alarm))


def _save(conversation: str, alarm: dict[str, Any], words: list[str]) -> None:
    try:
        save_handoff(conversation, alarm, words)
    except NotSaved as problem:
        logger.error("%s The visitor has had the helplines; the practice was not told.", problem)


def alarm_of_turn(tracker: DialogueStateTracker) -> tuple[dict[str, Any], list[str]] | None:
    """The alarm that the newest turn answered, and the words on which a pattern fired; None where there was none.

    A yes to an open question (S4) is an alarm too, of the category that was asked about.
    """
    answered: str | None = None
    for event in reversed(tracker.events):
        if isinstance(event, ActionExecuted) and (event.action_name or "").startswith(ALARM_PREFIX) and event.action_name != MISREAD_ACTION:
            answered = str(event.action_name)
        elif isinstance(event, UserUttered):
            if answered is None:
                return None
            alarm = alarm_of(event)
            if alarm is not None and sounds(alarm):
                return alarm, _words(event, alarm)
            category = answered.removeprefix(ALARM_PREFIX).removesuffix("_acute")
            return {"category": category, "level": "alarm", "score": 1.0, "layer": "answer"}, [event.text or ""]
    return None


def _words(message: UserUttered, alarm: dict[str, Any]) -> list[str]:
    text = message.text or ""
    return [text[start:end] for start, end in alarm.get("spans", [])]
