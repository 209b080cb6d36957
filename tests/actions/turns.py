"""Lets an action or a form's validation run as the action server does, without the server."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher


def tracker_of(
    slots: dict[str, Any], text: str = "", said: tuple[str, ...] = (), form: str | None = None, sender: str = "somebody"
) -> Tracker:
    """A conversation in which the coach said these responses, and the visitor just wrote the text as answer to the requested slot."""
    events: list[dict[str, Any]] = [{"event": "bot", "metadata": {"utter_action": name}} for name in said]
    if (slot := slots.get("requested_slot")) is not None:
        slots = {**slots, slot: text}
        events.append({"event": "user", "text": text})
        events.append({"event": "slot", "name": slot, "value": text})
    loop = {"name": form} if form else {}
    return Tracker(sender, slots, {"text": text, "intent": {"name": "deny"}}, events, False, None, loop, "action_listen")


async def run(
    action: Action, tracker: Tracker, domain: dict[str, Any] | None = None
) -> tuple[list[str], dict[str, Any], list[dict[str, Any]]]:
    """The responses said, the slots set, and the messages as they are sent on."""
    dispatcher = CollectingDispatcher()
    answer = action.run(dispatcher, tracker, domain or {})
    events = await answer if hasattr(answer, "__await__") else answer
    slots = {event["name"]: event["value"] for event in events if event["event"] == "slot"}
    follow = [event["name"] for event in events if event["event"] == "followup"]
    return [m.get("response") for m in dispatcher.messages if m.get("response")] + follow, slots, dispatcher.messages
