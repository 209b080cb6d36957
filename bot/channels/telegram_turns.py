"""One update's turn: the coach is asked, and its answer sent. What is done already is not done again."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from bot.channels.cleaning import MAX_CHARACTERS
from bot.channels.rasa_client import RasaClient
from bot.channels.telegram_api import Blocked, BotApi, Refused
from bot.channels.telegram_chats import Chats, ChatsUnavailable, Waiting
from bot.channels.telegram_text import (
    BUTTON_IS_OLD,
    ONLY_PRIVATE,
    ONLY_WORDS,
    ONLY_WORDS_READ,
    TELEGRAM_KEEPS,
    TELEGRAM_STILL_KEEPS,
    Message,
    messages_of,
    split,
    with_choice,
)
from bot.channels.telegram_updates import Incoming, is_start, said
from bot.checkup.address import read_address
from bot.checkup.picture import draw

logger = logging.getLogger(__name__)

# The coach's time limit for a turn begins when it gets the message, so it gets no more of them than it can answer in that time.
AT_ONCE = 50
# Telegram shows 'typing' for five seconds.
TYPING_SECONDS = 4.0
REMEMBERED_ALBUMS = 1000


class Turns:
    """Takes one update at a time for each chat; the channel sees to that."""

    def __init__(self, api: BotApi, rasa: RasaClient, chats: Chats) -> None:
        self._api = api
        self._rasa = rasa
        self._chats = chats
        self._at_once = asyncio.Semaphore(AT_ONCE)
        self._albums: deque[str] = deque(maxlen=REMEMBERED_ALBUMS)

    async def take(self, waiting: Waiting) -> None:
        """Do what is left to do for an update. It is done, too, when the visitor blocked the coach."""
        incoming, messages = waiting.incoming, waiting.messages
        try:
            if incoming.kind == "group":
                await self._leave(incoming)
            else:
                if messages is None:
                    messages = await self._answer(incoming)
                await self._send(incoming, messages, waiting.sent)
        except Blocked:
            pass
        await self.keep(self._chats.done, incoming)

    async def keep(self, write: Callable[..., None], *what: Any, **how: Any) -> None:
        """Write to the database. When it fails, the visitor still gets the answer, which may be one with helplines."""
        try:
            await asyncio.to_thread(write, *what, **how)
        except ChatsUnavailable as problem:
            logger.error("%s", problem)

    async def _leave(self, incoming: Incoming) -> None:
        """Say why, where that is allowed, and go."""
        for step in (self._api.send(incoming.chat, ONLY_PRIVATE, []), self._api.leave(incoming.chat)):
            try:
                await step
            except Refused as problem:
                logger.info("%s", problem)

    async def _answer(self, incoming: Incoming) -> list[Message]:
        """The answer, which is kept as well."""
        answers: list[dict[str, Any]]
        if incoming.kind == "wordless":
            answers = [] if self._album_seen(incoming) else [{"text": ONLY_WORDS}]
        elif incoming.kind == "press":
            payload = await self._chosen(incoming)
            if not payload:
                return []
            answers = await self._ask_coach(incoming, payload)
        else:
            answers = await self._ask_coach(incoming, said(incoming.text))
        if incoming.kind == "words" and incoming.attached:
            answers.append({"text": ONLY_WORDS_READ})
            self._album_seen(incoming)
        told = incoming.kind == "words" and is_start(incoming.text) and not await self._told(incoming.chat)
        if told:
            answers.append({"text": TELEGRAM_KEEPS})
        erased = any((answer.get("custom") or {}).get("erased") for answer in answers)
        if erased:
            answers.append({"text": TELEGRAM_STILL_KEEPS})
        messages = messages_of(answers)
        await self.keep(self._chats.answered, incoming, messages, told=told, erased=erased)
        return messages

    async def _ask_coach(self, incoming: Incoming, text: str) -> list[dict[str, Any]]:
        answers: list[dict[str, Any]] = []
        async with self._typing(incoming.chat):
            # Telegram takes somewhat longer messages than the coach reads at once; nothing of them may be lost.
            for number, part in enumerate(split(text, MAX_CHARACTERS)):
                # What is asked again after a restart is heard once.
                message_id = f"telegram-{incoming.update_id}-{number}"
                async with self._at_once:
                    answers += (await self._rasa.ask(self._chats.sender_of(incoming.chat), part, "telegram", message_id)).messages
        return answers

    async def _chosen(self, press: Incoming) -> str:
        """The payload of the pressed button, which stays to be seen as the choice; empty when it works no longer."""
        buttons: list[tuple[str, str]] = []
        try:
            buttons = await asyncio.to_thread(self._chats.buttons, press)
        except ChatsUnavailable as problem:
            logger.error("%s", problem)
        number = int(press.button) if press.button.isdecimal() else -1
        title, payload = buttons[number] if 0 <= number < len(buttons) else ("", "")
        try:
            await self._api.answer_press(press.press_id, "" if payload else BUTTON_IS_OLD)
            if payload and press.text:
                await self._api.change(press.chat, press.message_id, with_choice(press.text, title))
        except Refused as problem:
            # Telegram forgets a press after a while, and changes nothing twice.
            logger.info("%s", problem)
        return payload

    async def _send(self, incoming: Incoming, messages: list[Message], already: int) -> None:
        for count, message in enumerate(messages[already:], already + 1):
            try:
                message_id = await self._put(incoming.chat, message)
            except Blocked:
                raise
            except Refused as problem:
                logger.error("%s", problem)
                continue
            await self.keep(self._chats.sent, incoming, count, message_id, message)

    async def _put(self, chat: int, message: Message) -> int:
        """Send one message. A picture goes as a file, so that Telegram need not reach this server; where it can't be made, its words go."""
        shown = await asyncio.to_thread(read_address, message["picture"]) if message.get("picture") else None
        if shown is not None:
            return await self._api.send_picture(chat, await asyncio.to_thread(draw, shown.areas, shown.before), message["text"])
        return await self._api.send(chat, message["text"], [title for title, _ in message["buttons"]])

    async def _told(self, chat: int) -> bool:
        try:
            return await asyncio.to_thread(self._chats.told_what_telegram_keeps, chat)
        except ChatsUnavailable as problem:
            logger.error("%s", problem)
            return False

    def _album_seen(self, incoming: Incoming) -> bool:
        """Whether another picture of the same album came before: each comes as an update of its own."""
        if not incoming.album:
            return False
        seen = incoming.album in self._albums
        self._albums.append(incoming.album)
        return seen

    @asynccontextmanager
    async def _typing(self, chat: int) -> AsyncIterator[None]:
        async def show() -> None:
            while True:
                await self._api.typing(chat)
                await asyncio.sleep(TYPING_SECONDS)

        shown = asyncio.create_task(show())
        try:
            yield
        finally:
            shown.cancel()
