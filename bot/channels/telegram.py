"""The Telegram channel: gets updates by long polling or by webhook, and has each answered, in order within a chat."""

from __future__ import annotations

import asyncio
import hmac
import logging
from collections.abc import Coroutine
from typing import Any
from weakref import WeakValueDictionary

from starlette.requests import Request
from starlette.responses import Response

from bot.alarm.helplines import plain_message
from bot.channels.rasa_client import RasaClient
from bot.channels.sessions import signing_key
from bot.channels.telegram_api import BotApi, Refused
from bot.channels.telegram_chats import Chats, ChatsUnavailable, Waiting
from bot.channels.telegram_text import LONGEST, ROOM_FOR_CHOICE, split
from bot.channels.telegram_turns import Turns
from bot.channels.telegram_updates import Incoming, read_update
from bot.settings import settings

logger = logging.getLogger(__name__)

WEBHOOK_PATH = "/telegram/webhook"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
# At a start the coach comes up later than this server. Who wrote meanwhile waits, but not for ever.
COACH_SECONDS = 90
STOP_SECONDS = 5
RETRY_SECONDS = 5.0
# Others wait for a person's words to be sent: who calls tries again instead.
SEND_TO_SECONDS = 5.0
REFUSED_SECONDS = 30.0


class TelegramChannel:
    """Chats run side by side; within a chat one update is answered after the other."""

    def __init__(self, rasa: RasaClient) -> None:
        key = signing_key(settings().var_dir)
        self._rasa = rasa
        self._api = BotApi()
        self._chats = Chats(key)
        self._turns = Turns(self._api, rasa, self._chats)
        self._secret = hmac.new(key.encode(), b"telegram-webhook", "sha256").hexdigest()
        self._coach_is_up = asyncio.Event()
        self._taking_in = asyncio.Lock()
        self._recovered = False
        self._told_of_failure: set[int] = set()
        # A lock goes when no task of its chat holds on to it any more.
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Listen to Telegram until cancelled. No failure ends it."""
        self._start(self._wait_for_coach())
        while True:
            try:
                await self._listen()
            except Refused as problem:
                logger.error("%s Is TELEGRAM_TOKEN right, and does no other program use it?", problem)
            except Exception as problem:
                logger.error("Telegram can't be listened to for now: %s", type(problem).__name__)
            await asyncio.sleep(REFUSED_SECONDS)

    async def stop(self) -> None:
        """Let running turns end, for a few seconds; what is left is done at the next start."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=STOP_SECONDS)
        for task in self._tasks:
            task.cancel()
        await self._api.close()

    async def send_to(self, conversation: str, text: str, buttons: list[tuple[str, str]]) -> None:
        """Write to a visitor who did not write just now. Quiet when the chat was erased, or they blocked the coach.

        A button is its title and its payload.

        Raises `ChatsUnavailable` when the database fails, `asyncio.TimeoutError` when Telegram can't be reached now.
        """
        chat = await asyncio.to_thread(self._chats.chat_of, conversation)
        if chat is None:
            return
        try:
            *first, last = split(text, LONGEST - ROOM_FOR_CHOICE if buttons else LONGEST)
            for part in first:
                await asyncio.wait_for(self._api.send(chat, part, []), SEND_TO_SECONDS)
            number = await asyncio.wait_for(self._api.send(chat, last, [title for title, _ in buttons]), SEND_TO_SECONDS)
            if buttons:
                await asyncio.to_thread(self._chats.keep_buttons, conversation, number, buttons)
        except Refused as problem:
            logger.info("%s", problem)

    async def receive(self, request: Request) -> Response:
        """The webhook. Anything but 200 makes Telegram bring the update again."""
        # While polling, nobody was ever given the secret.
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), self._secret.encode()):
            return Response(status_code=403)
        try:
            update = await request.json()
        except ValueError:
            return Response(status_code=400)
        return Response(status_code=200 if await self._take_in([update]) else 503)

    async def _listen(self) -> None:
        if settings().telegram_mode == "webhook":
            await self._api.use_webhook(settings().telegram_webhook_url + WEBHOOK_PATH, self._secret)
            while not await self._take_in([]):
                await asyncio.sleep(RETRY_SECONDS)
            # From here on Telegram comes to us.
            await asyncio.Event().wait()
        await self._api.use_polling()
        await self._take_in([])
        offset = None
        while True:
            updates = await self._api.updates(offset)
            if not await self._take_in(updates):
                # Not confirmed, so Telegram gives them again, together with what is newer.
                await asyncio.sleep(RETRY_SECONDS)
                continue
            # Without updates there is nothing to confirm. A kept offset would hide new ones, as Telegram starts at another
            # number after a quiet week; and what comes twice is recognised by its number.
            offset = max(update["update_id"] for update in updates) + 1 if updates else None

    async def _take_in(self, updates: list[dict[str, Any]]) -> bool:
        """Keep updates and begin to answer them. Returns False when they could not be kept: then Telegram has to keep them."""
        received = [incoming for update in updates if (incoming := _read(update))]
        async with self._taking_in:
            try:
                if not self._recovered:
                    self._begin(await asyncio.to_thread(self._chats.waiting))
                    self._recovered = True
                if received:
                    self._begin(await asyncio.to_thread(self._chats.receive, received))
            except ChatsUnavailable as problem:
                logger.error("%s", problem)
                self._tell_of_failure(received)
                return False
            self._told_of_failure.clear()
            return True

    def _begin(self, found: list[Waiting]) -> None:
        for waiting in found:
            self._start(self._in_turn(waiting))

    async def _in_turn(self, waiting: Waiting) -> None:
        # Tasks get the lock in the order in which they asked for it.
        async with self._locks.setdefault(waiting.incoming.chat, asyncio.Lock()):
            await self._coach_is_up.wait()
            try:
                await self._turns.take(waiting)
            except Exception as problem:
                # The kind of fault only: its text may quote the visitor.
                logger.error("A turn in Telegram failed: %s", type(problem).__name__)
                await self._say_plainly(waiting.incoming)
                await self._turns.keep(self._chats.done, waiting.incoming)

    def _tell_of_failure(self, received: list[Incoming]) -> None:
        """Say that something is wrong, once for each update: without a database there is no answer for now (S8)."""
        for incoming in received:
            if incoming.update_id not in self._told_of_failure:
                self._told_of_failure.add(incoming.update_id)
                self._start(self._say_plainly(incoming))

    async def _say_plainly(self, incoming: Incoming) -> None:
        if incoming.kind == "group":
            return
        try:
            await self._api.send(incoming.chat, plain_message(), [])
        except Refused as problem:
            logger.info("%s", problem)

    async def _wait_for_coach(self) -> None:
        async def ready() -> None:
            while not await self._rasa.ready():
                await asyncio.sleep(0.5)

        try:
            await asyncio.wait_for(ready(), COACH_SECONDS)
        except asyncio.TimeoutError:
            # From now on the visitor gets the plain message with its numbers.
            logger.error("The coach is not ready after %d s.", COACH_SECONDS)
        finally:
            self._coach_is_up.set()

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        # The loop itself holds tasks weakly.
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _read(update: dict[str, Any]) -> Incoming | None:
    try:
        return read_update(update)
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        logger.error("An update of Telegram could not be read: %s", type(problem).__name__)
        return None
