"""Turns a conversation's events into the messages that the widget shows again after a reload."""

from __future__ import annotations

from typing import Any

from bot.channels.cleaning import GREETING

MOST_MESSAGES = 500
# Stands in the conversation where its visitor left fast (`bot/channels/website.py`).
LEFT: dict[str, Any] = {"event": "bot", "text": None, "data": {}, "metadata": {"left": True}}


def bot_message(event: dict[str, Any]) -> dict[str, Any]:
    """One thing the coach or a person said, as the widget reads it: from, text, buttons, image and its `alt`, custom; of a person the name, too.

    Takes an event of the conversation, or an answer of the REST channel. What did not come as an answer to a message has an id, by which the
    widget knows what it has shown already; what is read from the conversation has its moment, `at`, in seconds since 1970.
    """
    data = event.get("data") or event
    known = event.get("metadata") or {}
    custom = data.get("custom") or {}
    message: dict[str, Any] = {"from": "bot"}
    if known.get("therapist"):
        message |= {"from": "person", "name": known["therapist"]}
    for key, source in (
        ("id", known.get("message_id")),
        ("at", event.get("timestamp")),
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
            parts = [bot_message(part) for part in _parts(event)]
            titles = {b["payload"]: b["title"] for part in parts for b in part.get("buttons", [])} or titles
            found += parts
        elif event.get("event") == "user" and event.get("text") and event["text"] != GREETING:
            own = {"from": "user", "text": titles.get(event["text"], event["text"])}
            known = {"id": event.get("message_id"), "at": event.get("timestamp")}
            found.append(own | {key: value for key, value in known.items() if value})
    return for_widget(found)[-MOST_MESSAGES:]


def for_widget(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The messages, where a card follows its text without saying the rows of the card twice: other channels have the text only."""
    found: list[dict[str, Any]] = []
    for message in messages:
        card = (message.get("custom") or {}).get("card")
        before = found[-1] if found else {}
        if card and before.get("from") == "bot" and before.get("text"):
            text = before["text"]
            for row in card["rows"]:
                text = text.replace(f"{row['label']}: {row['text']}", "")
            found[-1] = {**before, "text": "\n".join(line for line in text.splitlines() if line.strip())}
            if not found[-1]["text"]:
                found.pop()
        found.append(message)
    return found


def left(events: list[dict[str, Any]]) -> bool:
    """Whether the visitor left fast. Nobody continues the conversation, not even with its session id."""
    return any(event.get("event") == "bot" and (event.get("metadata") or {}).get("left") for event in events)


def _parts(event: dict[str, Any]) -> list[dict[str, Any]]:
    """An event of the coach in the pieces in which Rasa sends it: paragraphs, buttons below the last; then helplines and the like; then a picture."""
    data = event.get("data") or {}
    if (event.get("metadata") or {}).get("message_id"):
        # Not by way of Rasa's sending: it was shown as it is.
        return [event] if event.get("text") else []
    shared: dict[str, Any] = {key: event[key] for key in ("event", "metadata", "timestamp") if key in event}
    text = event.get("text") or ""
    # Rasa does not cut up a text with buttons.
    paragraphs = [text] if data.get("buttons") else text.strip().split("\n\n") if text.strip() else []
    found: list[dict[str, Any]] = [{**shared, "text": paragraph, "data": {"buttons": data.get("buttons")}} for paragraph in paragraphs]
    found += [{**shared, "data": {key: data[key]}} for key in ("custom", "image") if data.get(key)]
    return found
