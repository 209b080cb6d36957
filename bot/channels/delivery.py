"""Brings to the visitor what no turn of the coach said: a person's words, that a person comes or goes, the question how it went.

Each web process looks in the database every second, so it does not matter to which process the therapist and the visitor are connected.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.channels.person import end_abandoned
from bot.channels.rasa_client import NotTaken, RasaClient
from bot.handoff.takeover import KEPT, claim_message, forget_old_messages, note_undelivered, queued_messages, unclaim_message
from bot.store.tables import utc_now

logger = logging.getLogger(__name__)
LOOK_SECONDS = 1.0
# Rows can become visible later than others that are newer; so far back is looked again.
OVERLAP = timedelta(seconds=30)
TIDY_EVERY = 60
# The second try comes in the next round, the later ones further and further apart.
LONGEST_WAIT = timedelta(minutes=1)
# Before the message is forgotten, the therapist hears that it did not arrive.
GIVE_UP = KEPT - timedelta(minutes=5)
REFUSED = (
    "De bezoeker heeft een bericht van je niet gekregen: de app nam het niet aan. WhatsApp en Messenger doen dat meestal als het laatste bericht van de "
    "bezoeker meer dan een dag oud is. Zoek contact op de manier die in de aanvraag staat."
)
NEVER_ARRIVED = "De bezoeker heeft een bericht van je niet gekregen: de app was bijna een uur niet te bereiken."

SendTo = Callable[[str, str, list[tuple[str, str]]], Awaitable[None]]


class Delivery:
    """Hands messages to the widgets of this process, and to channels where one process sends.

    `senders` has a `send_to(conversation, text, buttons)`, a button being title and payload, for each beginning of a conversation's id, such as `telegram-`; all others are widgets.
    """

    def __init__(
        self, rasa: RasaClient, to_widgets: Callable[[str, dict[str, Any]], Awaitable[None]], senders: Mapping[str, SendTo]
    ) -> None:
        self._rasa = rasa
        self._to_widgets = to_widgets
        self._senders = senders
        self._started = utc_now()
        self._shown: set[str] = set()
        # Of what could not be sent: how often it was tried, and from when on it is tried again.
        self._tries: dict[str, tuple[int, datetime]] = {}

    async def run(self) -> None:
        """Look every second, until cancelled. No failure ends it."""
        failing, rounds = False, 0
        while True:
            try:
                await self.deliver()
                if rounds % TIDY_EVERY == 0:
                    await asyncio.to_thread(forget_old_messages)
                    await end_abandoned(self._rasa)
                failing = False
            except Exception as problem:
                # Once, not every second; and the kind of fault only.
                if not failing:
                    logger.error("A person's messages can't be delivered for now: %s", type(problem).__name__)
                failing = True
            rounds += 1
            await asyncio.sleep(LOOK_SECONDS)

    async def deliver(self) -> None:
        """Hand on all that came since the last time."""
        recent = max(self._started, utc_now() - OVERLAP)
        waiting = await asyncio.to_thread(queued_messages, utc_now() - KEPT)
        self._shown &= {row.id for row in waiting}
        self._tries = {row.id: self._tries[row.id] for row in waiting if row.id in self._tries}
        for row in waiting:
            sender = next((send for prefix, send in self._senders.items() if row.conversation.startswith(prefix)), None)
            if sender is not None:
                await self._send_once(sender, row)
            elif row.created_at >= recent and row.id not in self._shown:
                self._shown.add(row.id)
                await self._to_widgets(row.conversation, row.message)

    async def _send_once(self, send: SendTo, row: Any) -> None:
        tries, not_before = self._tries.get(row.id, (0, row.created_at))
        if not_before > utc_now():
            return
        if not await asyncio.to_thread(claim_message, row.id) or row.message.get("writing"):
            return
        name = row.message.get("name")
        text = f"{name}: {row.message['text']}" if name else row.message["text"]
        try:
            await send(row.conversation, text, [(button["title"], button["payload"]) for button in row.message.get("buttons") or []])
        except NotTaken as problem:
            logger.error("A person's message was not delivered: %s", problem)
            await _tell(row, REFUSED)
        except Exception as problem:
            if row.created_at < utc_now() - GIVE_UP:
                logger.error("A person's message was not delivered: %s", type(problem).__name__)
                await _tell(row, NEVER_ARRIVED)
                return
            logger.error("A person's message was not delivered, trying again: %s", type(problem).__name__)
            wait = min(timedelta(seconds=2 * tries**2), LONGEST_WAIT)
            self._tries[row.id] = (tries + 1, utc_now() + wait)
            await asyncio.to_thread(unclaim_message, row.id)


async def _tell(row: Any, why: str) -> None:
    """Only of what a person wrote: the coach's own question can be missed."""
    if row.message.get("name"):
        await asyncio.to_thread(note_undelivered, row.id, why)
