"""A person of the practice in a conversation: takes it over, writes, gives it back. The visitor is told each time.

What happens is kept in the conversation itself, as events, and put on its way to the visitor (`bot/channels/delivery.py`).
"""

from __future__ import annotations

import asyncio
import random
from datetime import timedelta
from functools import lru_cache
from typing import Any

import yaml

from bot.channels.history import bot_message
from bot.channels.rasa_client import RasaClient
from bot.handoff.takeover import abandoned, put_back, queue_message, release, still_there, take_over
from bot.settings import ROOT, settings
from bot.store.tables import new_id

HERE = "utter_person_here"
GONE = "utter_person_gone"
# After this long with nobody at the page, the coach speaks again: it must not stay silent for a visitor whom nobody reads (S8).
ABANDONED = timedelta(minutes=15)
in_thread = asyncio.to_thread


class NotYours(RuntimeError):
    """The therapist has not taken this conversation over, or no longer has it."""


async def begin(rasa: RasaClient, conversation: str, therapist_id: str, name: str) -> None:
    """Take a conversation over. A second time it does nothing.

    Raises `AlreadyTaken` when another therapist has it, `CoachUnreachable` when the visitor can't be told; the coach goes on then.
    """
    if not await in_thread(take_over, conversation, therapist_id, name):
        return
    # A form that was running ends: its next question would read as an answer what is said to the person.
    ends_form = [{"event": "active_loop", "name": None}, {"event": "slot", "name": "requested_slot", "value": None}]
    try:
        await _say_of_person(rasa, conversation, HERE, name, ends_form)
    except BaseException:
        await in_thread(release, conversation, therapist_id)
        raise


async def write(rasa: RasaClient, conversation: str, therapist_id: str, name: str, text: str) -> None:
    """Say something to the visitor.

    Raises `NotYours` when the therapist does not have the conversation, `CoachUnreachable` when the words could not be kept.
    """
    if not await in_thread(still_there, conversation, therapist_id):
        raise NotYours
    said = _said(text, {"therapist": name})
    await rasa.add_events(conversation, [said])
    await _show(conversation, said)


async def is_writing(conversation: str, therapist_id: str, name: str) -> None:
    """Let the visitor see that the person writes; nothing of it is kept in the conversation. Without effect when it is not theirs."""
    if await in_thread(still_there, conversation, therapist_id):
        await in_thread(queue_message, conversation, {"writing": name}, new_id())


async def end(rasa: RasaClient, conversation: str, therapist_id: str) -> None:
    """Give a conversation back to the coach. A lock on coaching stays.

    Raises `NotYours` when the therapist does not have it, `CoachUnreachable` when the visitor can't be told; it stays taken over then.
    """
    person = await in_thread(release, conversation, therapist_id)
    if person is None:
        raise NotYours
    try:
        await _say_of_person(rasa, conversation, GONE, person.name, [])
    except BaseException:
        await in_thread(put_back, conversation, person)
        raise


async def end_abandoned(rasa: RasaClient) -> None:
    """Give back every conversation that its person left open."""
    for conversation, person in await in_thread(abandoned, ABANDONED):
        try:
            await end(rasa, conversation, person.therapist_id)
        except NotYours:
            # Another web server was first.
            continue


async def _say_of_person(rasa: RasaClient, conversation: str, response: str, name: str, before: list[dict[str, Any]]) -> None:
    """Say one of the coach's own responses. It counts as an action: what comes next is no answer to what the coach asked before."""
    said = _said(wording(response, name), {"utter_action": response})
    action, listen = ({"event": "action", "name": action} for action in (response, "action_listen"))
    await rasa.add_events(conversation, [*before, action, said, listen])
    await _show(conversation, said)


def _said(text: str, metadata: dict[str, Any]) -> dict[str, Any]:
    return {"event": "bot", "text": text, "data": {}, "metadata": {**metadata, "message_id": new_id()}}


async def _show(conversation: str, said: dict[str, Any]) -> None:
    await in_thread(queue_message, conversation, bot_message(said), said["metadata"]["message_id"])


def wording(response: str, therapist: str) -> str:
    """One of the wordings of a response of `domain.yml`, filled in."""
    text: str = random.choice(_responses()[response])["text"]
    for name, value in {"therapist": therapist, **settings().practice}.items():
        text = text.replace(f"{{{name}}}", value)
    return text


@lru_cache(maxsize=1)
def _responses() -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["responses"]
    return found
