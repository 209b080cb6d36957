"""How fast a bot replies, to one visitor and to several at once, and what a change of model does to those who wait."""

from __future__ import annotations

import asyncio
import time
import uuid
from dataclasses import dataclass

import httpx
import numpy as np

from bench.bots import Bot
from bench.machine import cpu_seconds

TURNS_PER_CONVERSATION = 10
PAUSE_SECONDS = 0.1


@dataclass(frozen=True)
class Replies:
    """Seconds of each reply, in all seconds, and the processor's seconds per reply."""

    each: list[float]
    seconds: float
    cpu_per_reply: float

    def percentile(self, share: float) -> float:
        """Milliseconds within which that share of the replies came."""
        return float(np.percentile(self.each, share) * 1000)

    @property
    def per_second(self) -> float:
        """Replies per second, all visitors together."""
        return len(self.each) / self.seconds


async def measure(bot: Bot, visitors: int, replies_each: int) -> Replies:
    """Have visitors talk at once, each waiting for the reply before the next message, in conversations of ten turns."""
    each: list[float] = []

    async def visitor(http: httpx.AsyncClient) -> None:
        sender = ""
        for turn in range(replies_each):
            if turn % TURNS_PER_CONVERSATION == 0:
                sender = uuid.uuid4().hex
            began = time.perf_counter()
            answer = await http.post(bot.rest, json={"sender": sender, "message": bot.sentences[turn % len(bot.sentences)]})
            answer.raise_for_status()
            each.append(time.perf_counter() - began)

    async with httpx.AsyncClient(timeout=120) as http:
        # The first replies load what is loaded on demand.
        await http.post(bot.rest, json={"sender": "warm", "message": bot.sentences[0]})
        began, cpu = time.perf_counter(), cpu_seconds(bot.pids())
        await asyncio.gather(*(visitor(http) for _ in range(visitors)))
    return Replies(each, time.perf_counter() - began, (cpu_seconds(bot.pids()) - cpu) / len(each))


async def swap(bot: Bot) -> tuple[float, float]:
    """Change the model under a visitor who goes on talking. Returns seconds of the change, and of the longest reply meanwhile."""
    longest, done = 0.0, asyncio.Event()

    async def talk() -> None:
        nonlocal longest
        while not done.is_set():
            async with bot.visitor() as say:
                for text in bot.sentences:
                    began = time.perf_counter()
                    await say(text)
                    longest = max(longest, time.perf_counter() - began)
                    await asyncio.sleep(PAUSE_SECONDS)

    talking = asyncio.create_task(talk())
    await asyncio.sleep(1)
    began = time.perf_counter()
    await asyncio.to_thread(bot.change_model)
    seconds = time.perf_counter() - began
    await asyncio.sleep(1)
    done.set()
    await talking
    return seconds, longest
