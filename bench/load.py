"""Many conversations at once, through the widget's own protocol. Nothing may get lost."""

from __future__ import annotations

import asyncio
import ipaddress
import itertools
import time
from dataclasses import dataclass, field

from bench.bots import DUTCH
from bot.alarm.helplines import plain_message
from tests.operation.visitors import Visitor

# From one message of a visitor to the next, where they write steadily.
BETWEEN_SECONDS = 5.0


@dataclass
class Load:
    """What came of it: `seconds` of each reply, and every fault in words."""

    seconds: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    took: float = 0.0


async def run(web: str, conversations: int, visitors: int, turns: int) -> Load:
    """Hold the conversations. The visitors come one after the other within the first ten seconds, then go on without a pause."""
    load, waiting = Load(), asyncio.Queue[int]()
    for number in range(conversations):
        waiting.put_nowait(number)

    async def visitor(number: int) -> None:
        await asyncio.sleep(10 * number / visitors)
        while not waiting.empty():
            await _conversation(web, turns, load, waiting.get_nowait())

    began = time.monotonic()
    await asyncio.gather(*(visitor(number) for number in range(visitors)))
    load.took = time.monotonic() - began
    return load


async def steadily(web: str, per_second: float, turns: int, done: asyncio.Event) -> Load:
    """Visitors who write so many messages a second between them, whatever the coach does meanwhile, until `done` and their talk is at its end."""
    load, numbers, visitors = Load(), itertools.count(), round(per_second * BETWEEN_SECONDS)

    async def visitor(number: int) -> None:
        await asyncio.sleep(BETWEEN_SECONDS * number / visitors)
        while not done.is_set():
            await _conversation(web, turns, load, next(numbers), BETWEEN_SECONDS)

    began = time.monotonic()
    await asyncio.gather(*(visitor(number) for number in range(visitors)))
    load.took = time.monotonic() - began
    return load


async def _conversation(web: str, turns: int, load: Load, number: int, between: float = 0) -> None:
    # Each from an address of its own, of those kept for measuring: one address may not ask so much.
    visitor = Visitor(web, str(ipaddress.ip_address("198.18.0.0") + number))
    try:
        await visitor.come()
        for turn in range(turns):
            began = time.perf_counter()
            # Its own number in each message: so that one that is lost, doubled or out of order is seen.
            heard = await visitor.say(f"{DUTCH[turn % len(DUTCH)]} ({turn + 1})")
            load.seconds.append(took := time.perf_counter() - began)
            await asyncio.sleep(max(0, between - took))
            if not heard:
                load.faults.append("a message without an answer")
            elif any(message.get("text") == plain_message() for message in heard):
                load.faults.append("a plain message in place of an answer")
        kept = [message["text"] for message in await visitor.look_back() if message["from"] == "user"]
        if kept != visitor.said:
            load.faults.append(f"{len(visitor.said)} messages said, {len(kept)} kept, {len(set(kept))} of them different")
    except Exception as problem:
        load.faults.append(f"a conversation broke off: {type(problem).__name__}")
    finally:
        await visitor.leave()
