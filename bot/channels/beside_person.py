"""What the coach says although a person has taken over: helplines at acute danger, at once, and erasing, which no person can do."""

from __future__ import annotations

from itertools import takewhile

from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.alarm.lock import alarm_of, answer_of
from bot.privacy.erase import ERASED_ACTION

HELPLINES = "utter_person_acute"
ASK_ERASE = "utter_ask_erase"
NOT_ERASED = "utter_person_not_erased"
# Helplines in between every line of a talk would drown what the person says.
AGAIN_AFTER_SECONDS = 600.0


def reply_beside_person(tracker: DialogueStateTracker) -> str | None:
    """The response to the newest message while a person has the conversation; None where the coach keeps silent."""
    events = list(reversed(tracker.events))
    position = next((number for number, event in enumerate(events) if isinstance(event, UserUttered)), None)
    if position is None:
        return None
    message, earlier = events[position], events[position + 1 :]
    alarm = alarm_of(message)
    if alarm is not None and alarm["level"] == "acute":
        return None if _said_lately(earlier, message, alarm["category"]) else HELPLINES
    # Only right after the coach's own question: a 'ja' to the person's words erases nothing.
    asked = next((event for event in earlier if isinstance(event, BotUttered)), None)
    if asked is not None and (asked.metadata or {}).get("utter_action") == ASK_ERASE:
        return {"affirm": ERASED_ACTION, "deny": NOT_ERASED}.get(answer_of(message) or "")
    return ASK_ERASE if message.intent.get("name") == "delete_data" else None


def _said_lately(earlier: list[object], message: UserUttered, category: str) -> bool:
    """Whether the helplines of this category were shown a short while ago."""
    recent = takewhile(lambda event: getattr(event, "timestamp", 0.0) > message.timestamp - AGAIN_AFTER_SECONDS, earlier)
    shown = False
    for event in recent:
        if isinstance(event, BotUttered) and (event.metadata or {}).get("utter_action") == HELPLINES:
            shown = True
        elif shown and isinstance(event, UserUttered):
            alarm = alarm_of(event)
            return alarm is not None and alarm["category"] == category
    return False
