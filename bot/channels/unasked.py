"""What is said to a visitor although they asked nothing now: kept in the conversation, and put on its way (`bot/channels/delivery.py`)."""

from __future__ import annotations

import asyncio
import random
from functools import lru_cache
from typing import Any

import yaml

from bot.channels.history import bot_message
from bot.channels.rasa_client import RasaClient
from bot.handoff.takeover import queue_message
from bot.placeholders import fill
from bot.settings import ROOT, settings

# A form that was running ends: its next question would read what comes now as an answer.
_ENDS_FORM = [{"event": "active_loop", "name": None}, {"event": "slot", "name": "requested_slot", "value": None}]


async def say(rasa: RasaClient, conversation: str, response: str, values: dict[str, str], message_id: str) -> None:
    """Say one of the coach's own responses. It counts as an action: what comes next is no answer to what the coach asked before.

    Args:
        rasa: where the conversation is.
        conversation: whose it is.
        response: name in `domain.yml`.
        values: for its placeholders, beside those of the practice.
        message_id: by which the message is known, so that it is shown once.

    Raises `CoachUnreachable` when it could not be kept.
    """
    wording = fill(random.choice(_responses()[response]), {**settings().practice, **values})
    said = message(wording["text"], {"utter_action": response, "message_id": message_id}, wording.get("buttons"))
    action, listen = ({"event": "action", "name": name} for name in (response, "action_listen"))
    await rasa.add_events(conversation, [*_ENDS_FORM, action, said, listen])
    await show(conversation, said)


def message(text: str, metadata: dict[str, Any], buttons: list[dict[str, str]] | None = None) -> dict[str, Any]:
    """The event of a message to the visitor; `metadata` has its `message_id`."""
    return {"event": "bot", "text": text, "data": {"buttons": buttons} if buttons else {}, "metadata": metadata}


async def show(conversation: str, said: dict[str, Any]) -> None:
    """Put a message that is in the conversation on its way. Raises `SQLAlchemyError`."""
    await asyncio.to_thread(queue_message, conversation, bot_message(said), said["metadata"]["message_id"])


@lru_cache(maxsize=1)
def _responses() -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["responses"]
    return found
