"""Brings to the visitor what no turn of the coach said: a person's words, that a person comes or goes, the question how it went.

Each web process looks in the database every second, so it does not matter to which process the therapist and the visitor are connected.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any

from bot.channels.person import end_abandoned
from bot.channels.rasa_client import RasaClient
from bot.handoff.takeover import KEPT, claim_message, forget_old_messages, queued_messages, unclaim_message
from bot.store.tables import utc_now

logger = logging.getLogger(__name__)
LOOK_SECONDS = 1.0
# Rows can become visible later than others that are newer; so far back is looked again.
OVERLAP = timedelta(seconds=30)
TIDY_EVERY = 60

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
        for row in waiting:
            sender = next((send for prefix, send in self._senders.items() if row.conversation.startswith(prefix)), None)
            if sender is not None:
                await self._send_once(sender, row)
            elif row.created_at >= recent and row.id not in self._shown:
                self._shown.add(row.id)
                await self._to_widgets(row.conversation, row.message)

    async def _send_once(self, send: SendTo, row: Any) -> None:
        if not await asyncio.to_thread(claim_message, row.id) or row.message.get("writing"):
            return
        name = row.message.get("name")
        text = f"{name}: {row.message['text']}" if name else row.message["text"]
        try:
            await send(row.conversation, text, [(button["title"], button["payload"]) for button in row.message.get("buttons") or []])
        except Exception as problem:
            logger.error("A person's message was not delivered, trying again: %s", type(problem).__name__)
            await asyncio.to_thread(unclaim_message, row.id)
