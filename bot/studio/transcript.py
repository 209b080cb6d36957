"""A conversation as a therapist reads it: who said what, with the words on which an alarm fired."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any

from rasa.shared.core.trackers import DialogueStateTracker

from bot.alarm.heard import ALARM_PREFIX
from bot.alarm.lock import MISREAD_ACTION, UNLOCK_SLOT, Lock, lock_of
from bot.channels.cleaning import GREETING

MOST_LINES = 500
VISITOR_LEFT = "De bezoeker heeft 'Verlaat snel' gebruikt en leest niet meer mee."


@dataclass(frozen=True)
class Line:
    """One thing that was said or done.

    `who` is `visitor`, `coach`, `person` or `studio`; `parts` are pieces of text, each with whether an alarm fired on it;
    `alarm` is the detector's answer on the message, and `said_at` the message's moment, by which a judgement finds it.
    """

    who: str
    at: datetime
    parts: list[tuple[str, bool]] = field(repr=False)
    name: str | None = None
    alarm: dict[str, Any] | None = None
    said_at: str = ""

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(part for part, _ in self.parts)


def transcript(events: list[dict[str, Any]]) -> list[Line]:
    """The conversation, oldest first, the last 500 lines; pressed buttons by their title."""
    lines: list[Line] = []
    titles: dict[str, str] = {}
    for position, event in enumerate(events):
        at = datetime.fromtimestamp(event.get("timestamp") or 0, timezone.utc)
        if event.get("event") == "bot":
            known = event.get("metadata") or {}
            if known.get("left"):
                lines.append(Line("studio", at, [(VISITOR_LEFT, False)]))
                continue
            name = known.get("therapist")
            buttons = (event.get("data") or {}).get("buttons") or []
            titles = {button["payload"]: button["title"] for button in buttons} or titles
            lines.append(Line("person" if name else "coach", at, [(event.get("text") or "", False)], name))
        elif event.get("event") == "user" and event.get("text") and event["text"] != GREETING:
            lines.append(_visitor(event, events[position + 1 :], titles, at))
        elif event.get("event") == "slot" and event.get("name") == UNLOCK_SLOT and event.get("value") is not None:
            done = "Coaching is weer geopend." if event["value"] else "Coaching is op slot gezet."
            lines.append(Line("studio", at, [(done, False)]))
    return lines[-MOST_LINES:]


def locked(events: list[dict[str, Any]]) -> Lock | None:
    """The lock on the conversation; None when coaching is open."""
    return lock_of(DialogueStateTracker.from_dict("", events))


def _visitor(event: dict[str, Any], later: list[dict[str, Any]], titles: dict[str, str], at: datetime) -> Line:
    text = titles.get(event["text"], event["text"])
    alarm = (event.get("parse_data") or {}).get("alarm") or _answered_as_alarm(later)
    spans = alarm.get("spans") or [] if alarm else []
    parts = _marked(text, spans) if text == event["text"] else [(text, False)]
    return Line("visitor", at, parts, alarm=alarm, said_at=repr(event.get("timestamp")))


def _answered_as_alarm(later: list[dict[str, Any]]) -> dict[str, Any] | None:
    """A yes to an open question (S4) is an alarm as well: the coach's answer shows it."""
    for event in later:
        if event.get("event") == "user":
            return None
        name = event.get("name") or ""
        if event.get("event") == "action" and name.startswith(ALARM_PREFIX) and name != MISREAD_ACTION:
            category = name.removeprefix(ALARM_PREFIX).removesuffix("_acute")
            return {"category": category, "level": "alarm", "score": 1.0, "layer": "answer"}
    return None


def _marked(text: str, spans: list[Any]) -> list[tuple[str, bool]]:
    parts: list[tuple[str, bool]] = []
    done = 0
    for start, end in sorted(spans):
        if start > done:
            parts.append((text[done:start], False))
        if end > max(start, done):
            parts.append((text[max(start, done) : end], True))
        done = max(done, end)
    return [*parts, (text[done:], False)] if text[done:] else parts
