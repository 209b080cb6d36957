"""Keeps one visitor, or one address, from taking the coach's time from all others.

Who writes too much at once is told so kindly. An alarm is answered all the same: what comes beyond the limits is still read, one message
after the other, in a quarter of the coach's time. Where even that is too much, the kind message itself has the emergency numbers.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from typing import Any

from bot.alarm.helplines import with_numbers
from bot.channels.cleaning import Kind, clean
from bot.channels.limits import REMEMBERED, Limiter
from bot.channels.rasa_client import CoachUnreachable, RasaClient

TOO_MUCH = (
    "Er komt nu te veel tegelijk binnen, dus dit heb ik niet kunnen lezen. Wacht een halve minuut en stuur me dan in één bericht wat ik "
    "gemist heb."
)
BUSY_GREETING = "Het is nu druk, dus ik begin kort: ik ben een computerprogramma en geen therapeut. Schrijf maar wat er is gebeurd."
# A message costs one, and one more for every so many characters: reading takes time by length. Nobody types faster than this for long.
CHARACTERS_PER_TOKEN = 500
VISITOR_BURST, VISITOR_PER_SECOND = 30, 2
# A whole waiting room, school or mobile network may share an address.
ADDRESS_BURST, ADDRESS_PER_SECOND = 120, 3
BEGIN_BURST, BEGIN_PER_SECOND = 60, 0.2
# After an alarm a visitor does not pay for what others do at the same address.
DANGER_SECONDS = 3600
# What is read beyond the limits: so many wait at most, for so long; and after each the coach is left alone three times as long as it took.
MOST_WAITING = 200
MOST_WAITING_EACH = 10
WAIT_SECONDS = 10.0
REST = 3


class Pace:
    """Decides whether a message of a widget goes to the coach now.

    Telegram needs none: a chat is answered one message after the other, and Telegram itself takes one answer a second.
    """

    def __init__(self, rasa: RasaClient) -> None:
        self._rasa = rasa
        self._visitors = Limiter(VISITOR_BURST, VISITOR_PER_SECOND)
        self._addresses = Limiter(ADDRESS_BURST, ADDRESS_PER_SECOND)
        self._beginnings = Limiter(BEGIN_BURST, BEGIN_PER_SECOND)
        self._in_danger: OrderedDict[str, float] = OrderedDict()
        self._reading = asyncio.Lock()
        self._rest_until = 0.0
        self._waiting: dict[str, int] = {}

    def may_begin(self, address: str | None) -> bool:
        """Whether the coach greets one more visitor of this address; without a greeting, a visitor can write all the same."""
        return address is None or self._beginnings.take(address)

    async def instead(self, sender: str, text: str, address: str | None) -> list[dict[str, Any]] | None:
        """What to say instead of handing a message to the coach; None when it goes to the coach."""
        cost = 1 + len(text) / CHARACTERS_PER_TOKEN
        by_visitor = self._visitors.take(sender, cost)
        by_address = address is None or self._is_in_danger(sender) or self._addresses.take(address, cost)
        if by_visitor and by_address:
            return None
        if await self._sounds_alarm(sender, text):
            return None
        return [{"text": with_numbers(TOO_MUCH)}]

    def note(self, sender: str, answers: list[dict[str, Any]]) -> None:
        """Remember from the coach's answers who is in danger: those with helplines."""
        if any((answer.get("custom") or {}).get("helplines") for answer in answers):
            self._in_danger.pop(sender, None)
            self._in_danger[sender] = time.monotonic() + DANGER_SECONDS
            if len(self._in_danger) > REMEMBERED:
                self._in_danger.popitem(last=False)

    def _is_in_danger(self, sender: str) -> bool:
        return self._in_danger.get(sender, 0.0) > time.monotonic()

    async def _sounds_alarm(self, sender: str, text: str) -> bool:
        cleaned = clean(text)
        waiting = sum(self._waiting.values())
        if cleaned.kind is not Kind.TEXT or waiting >= MOST_WAITING or self._waiting.get(sender, 0) >= MOST_WAITING_EACH:
            return False
        self._waiting[sender] = self._waiting.get(sender, 0) + 1
        try:
            return await asyncio.wait_for(self._read(sender, cleaned.text), WAIT_SECONDS)
        except (asyncio.TimeoutError, CoachUnreachable):
            return False
        finally:
            self._waiting[sender] -= 1
            if not self._waiting[sender]:
                del self._waiting[sender]

    async def _read(self, sender: str, text: str) -> bool:
        async with self._reading:
            await asyncio.sleep(max(0.0, self._rest_until - time.monotonic()))
            began = time.monotonic()
            try:
                return await self._rasa.sounds_alarm(sender, text)
            finally:
                now = time.monotonic()
                self._rest_until = now + REST * (now - began)
