"""Turns a conversation's events into the messages that the widget shows again after a reload."""

from __future__ import annotations

from typing import Any

from bot.channels.cleaning import GREETING

MOST_MESSAGES = 500


def bot_message(event: dict[str, Any]) -> dict[str, Any]:
    """One thing the coach or a person said, as the widget reads it: from, text, buttons, image and its `alt`, custom; of a person the name, too.

    What did not come as an answer to a message has an id, by which the widget knows what it has shown already.
    """
    data = event.get("data") or event
    known = event.get("metadata") or {}
    custom = data.get("custom") or {}
    message: dict[str, Any] = {"from": "bot"}
    if known.get("therapist"):
        message |= {"from": "person", "name": known["therapist"]}
    if known.get("message_id"):
        message["id"] = known["message_id"]
    for key, source in (
        ("text", event.get("text")),
        *((k, data.get(k)) for k in ("buttons", "image")),
        # Rasa knows no words for a picture, so it comes in the custom part together with them.
        *((k, custom.get(k)) for k in ("image", "alt")),
        ("custom", {k: v for k, v in custom.items() if k not in ("image", "alt")}),
    ):
        if source:
            message[key] = source
    return message


def messages_of(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The visitor's and the coach's messages, oldest first, the last 500; pressed buttons by their title."""
    found: list[dict[str, Any]] = []
    titles: dict[str, str] = {}
    for event in events:
        if event.get("event") == "bot":
            message = bot_message(event)
            titles = {b["payload"]: b["title"] for b in message.get("buttons", [])} or titles
            found.append(message)
        elif event.get("event") == "user" and event.get("text") and event["text"] != GREETING:
            text = event["text"]
            shown = {"from": "user", "text": titles.get(text, text)}
            # By which the widget knows that a message has arrived whose acknowledgement was lost.
            found.append(shown | ({"id": event["message_id"]} if event.get("message_id") else {}))
    return found[-MOST_MESSAGES:]
