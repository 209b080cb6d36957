"""A person of the practice in a conversation: takes it over, writes, gives it back. The visitor is told each time.

What happens is kept in the conversation itself, as events, and put on its way to the visitor (`bot/channels/delivery.py`).
"""

from __future__ import annotations

import asyncio
from datetime import timedelta

from bot.channels.rasa_client import RasaClient
from bot.channels.unasked import message, say, show
from bot.handoff.takeover import abandoned, put_back, queue_message, release, still_there, take_over
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
    try:
        await say(rasa, conversation, HERE, {"therapist": name}, new_id())
    except BaseException:
        await in_thread(release, conversation, therapist_id)
        raise


async def write(rasa: RasaClient, conversation: str, therapist_id: str, name: str, text: str) -> None:
    """Say something to the visitor.

    Raises `NotYours` when the therapist does not have the conversation, `CoachUnreachable` when the words could not be kept.
    """
    if not await in_thread(still_there, conversation, therapist_id):
        raise NotYours
    said = message(text, {"therapist": name, "message_id": new_id()})
    await rasa.add_events(conversation, [said])
    await show(conversation, said)


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
        await say(rasa, conversation, GONE, {"therapist": person.name}, new_id())
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
