"""One turn at a time in a conversation, in the order in which the messages came; with `REDIS_URL` across all servers.

Rasa's own locks look once a second whether it is their turn, end by the machine's clock, and in Redis two servers can both get one.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import redis.asyncio
from rasa.core.lock_store import LockError, LockStore
from redis.asyncio.lock import Lock
from redis.exceptions import LockError as NotHeld
from redis.exceptions import RedisError

from bot.settings import settings

logger = logging.getLogger(__name__)
# A server that dies in the middle of a turn holds up its conversation for so long at most.
HELD_SECONDS = 12.0
RENEW_SECONDS = 3.0
# Below the time that a turn may take in all, so that the visitor hears something.
WAIT_SECONDS = 20.0
# After Redis failed, so long nobody waits for it.
PAUSE_SECONDS = 5.0


class ConversationLocks(LockStore):  # type: ignore[misc]
    """The lock store of `endpoints.yml`. While Redis is down, the locks hold within each server, and proxies keep a visitor on one."""

    def __init__(self, endpoint_config: Any = None) -> None:
        self._here: dict[str, tuple[asyncio.Lock, int]] = {}
        url = settings().redis_url
        self._redis = redis.asyncio.from_url(url, socket_connect_timeout=1, socket_timeout=3) if url else None
        self._redis_again_at = 0.0

    @asynccontextmanager
    async def lock(
        self, conversation_id: str, lock_lifetime: float = HELD_SECONDS, wait_time_in_seconds: float = 0
    ) -> AsyncGenerator[None, None]:
        """Hold the conversation. Raises `LockError` when another server does not let go of it in time."""
        async with self._hold_here(conversation_id), self._hold_everywhere(conversation_id):
            yield

    @asynccontextmanager
    async def _hold_here(self, name: str) -> AsyncIterator[None]:
        lock, waiting = self._here.get(name, (asyncio.Lock(), 0))
        self._here[name] = (lock, waiting + 1)
        try:
            async with lock:
                yield
        finally:
            waiting = self._here[name][1] - 1
            if waiting:
                self._here[name] = (lock, waiting)
            else:
                del self._here[name]

    @asynccontextmanager
    async def _hold_everywhere(self, name: str) -> AsyncIterator[None]:
        held = await self._take(name)
        if held is None:
            yield
            return
        renewing = asyncio.create_task(_renew(held))
        try:
            yield
        finally:
            renewing.cancel()
            # Gone by itself when it was held for too long, or with Redis.
            with suppress(NotHeld, RedisError):
                await held.release()

    async def _take(self, name: str) -> Lock | None:
        if self._redis is None or time.monotonic() < self._redis_again_at:
            return None
        lock = Lock(
            self._redis, f"eerste-stap:turn:{name}", timeout=HELD_SECONDS, sleep=0.05, blocking_timeout=WAIT_SECONDS, thread_local=False
        )
        try:
            taken = await lock.acquire()
        except RedisError as problem:
            logger.error("Redis can't be reached (%s): a conversation is only locked within this server for now.", type(problem).__name__)
            self._redis_again_at = time.monotonic() + PAUSE_SECONDS
            return None
        if not taken:
            raise LockError("A conversation is busy on another server.")
        return lock


async def _renew(lock: Lock) -> None:
    while True:
        await asyncio.sleep(RENEW_SECONDS)
        try:
            await lock.extend(HELD_SECONDS, replace_ttl=True)
        except (NotHeld, RedisError) as problem:
            logger.error("A conversation's lock could not be renewed: %s", type(problem).__name__)
