"""Telegram's Bot API over HTTP: waits and tries again where that helps, and puts nothing of anybody into a log."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Any

import httpx

from bot.settings import settings

logger = logging.getLogger(__name__)
# They write addresses into their logs, and the address has the token in it.
for _name in ("httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.WARNING)

# How long Telegram holds a question for updates when there are none.
POLL_SECONDS = 50
TIMEOUT_SECONDS = 20.0
FIRST_WAIT = 1.0
LONGEST_WAIT = 60.0
SHORT_TITLE, SIDE_BY_SIDE = 2, 6
# What the channel can do something with; Telegram keeps the rest to itself.
KINDS = ["message", "edited_message", "channel_post", "callback_query", "my_chat_member"]


class Refused(RuntimeError):
    """Telegram won't do it, and would not the next time."""

    def __init__(self, method: str, code: int) -> None:
        super().__init__(f"Telegram refused {method} ({code}).")
        self.code = code


class Blocked(Refused):
    """The visitor blocked the coach, or it is in that chat no longer."""


class BotApi:
    """One client per web server; keeps its connections open. Every call may raise `Refused`, where it does not say otherwise."""

    def __init__(self) -> None:
        self._http = httpx.AsyncClient(base_url=f"{settings().telegram_api_url}/bot{settings().telegram_token}/", timeout=TIMEOUT_SECONDS)
        # Until when Telegram wants to be left alone, by chat.
        self._not_before: dict[Any, float] = {}

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def updates(self, offset: int | None) -> list[dict[str, Any]]:
        """What happened since; waits until something does. `offset` tells Telegram that all updates before it are safe here."""
        body: dict[str, Any] = {"timeout": POLL_SECONDS, "allowed_updates": KINDS}
        if offset is not None:
            body["offset"] = offset
        found: list[dict[str, Any]] = await self._call("getUpdates", body, TIMEOUT_SECONDS + POLL_SECONDS)
        return found

    async def use_polling(self) -> None:
        """Have Telegram keep updates until they are asked for."""
        await self._call("deleteWebhook", {"drop_pending_updates": False})

    async def use_webhook(self, url: str, secret: str) -> None:
        """Have Telegram bring updates to an address, one after the other, so that they come in order."""
        await self._call("setWebhook", {"url": url, "secret_token": secret, "allowed_updates": KINDS, "max_connections": 1})

    async def send(self, chat: int, text: str, buttons: list[str]) -> int:
        """Send a text, with buttons below it that carry their own number. Returns the id of the message. Raises `Blocked` too."""
        # Plain text: there is nothing to escape. A preview of a helpline's page would show from afar what the talk is about.
        body: dict[str, Any] = {"chat_id": chat, "text": text, "link_preview_options": {"is_disabled": True}}
        if buttons:
            body["reply_markup"] = {"inline_keyboard": keyboard(buttons)}
        sent = await self._call("sendMessage", body)
        return int(sent["message_id"])

    async def send_picture(self, chat: int, png: bytes, words: str) -> int:
        """Send a picture with words below it. Returns the id of the message. Raises `Blocked` too."""
        sent = await self._call("sendPhoto", {"chat_id": chat, "caption": words}, picture=png)
        return int(sent["message_id"])

    async def typing(self, chat: int) -> None:
        """Show for some seconds that an answer is on its way. Never raises: it is a courtesy."""
        if chat in self._not_before:
            return
        try:
            await self._http.post("sendChatAction", json={"chat_id": chat, "action": "typing"})
        except httpx.HTTPError as problem:
            logger.info("Telegram: sendChatAction failed (%s).", type(problem).__name__)

    async def answer_press(self, press_id: str, text: str) -> None:
        """Tell Telegram that a pressed button was noticed; a text is shown for a moment."""
        await self._call("answerCallbackQuery", {"callback_query_id": press_id, **({"text": text} if text else {})})

    async def change(self, chat: int, message_id: int, text: str) -> None:
        """Replace a message's text and take its buttons away."""
        body = {"chat_id": chat, "message_id": message_id, "text": text, "link_preview_options": {"is_disabled": True}}
        await self._call("editMessageText", body)

    async def leave(self, chat: int) -> None:
        """Leave a group or channel."""
        await self._call("leaveChat", {"chat_id": chat})

    async def _call(self, method: str, body: dict[str, Any], timeout: float = TIMEOUT_SECONDS, picture: bytes | None = None) -> Any:
        """Call until there is an answer. Raises `Refused`, or `Blocked`, when it is no."""
        wait, chat = FIRST_WAIT, body.get("chat_id")
        while True:
            await self._until_allowed(chat)
            try:
                content_of: dict[str, Any] = (
                    {"json": body} if picture is None else {"data": body, "files": {"photo": ("figuur.png", picture, "image/png")}}
                )
                answer = await self._http.post(method, timeout=timeout, **content_of)
                content = answer.json()
                if content["ok"]:
                    return content["result"]
            except (httpx.HTTPError, ValueError, KeyError, TypeError) as problem:
                # No answer, or none of Telegram's: a proxy's page, for example.
                trouble = type(problem).__name__
            else:
                if answer.status_code == 429:
                    self._not_before[chat] = time.monotonic() + _retry_after(content)
                    continue
                if answer.status_code == 403:
                    raise Blocked(method, 403)
                if answer.status_code < 500:
                    raise Refused(method, answer.status_code)
                trouble = str(answer.status_code)
            logger.warning("Telegram: %s failed (%s); next try in %.0f s.", method, trouble, wait)
            await asyncio.sleep(wait)
            wait = min(2 * wait, LONGEST_WAIT)

    async def _until_allowed(self, chat: Any) -> None:
        while (left := self._not_before.get(chat, 0) - time.monotonic()) > 0:
            await asyncio.sleep(left)
        self._not_before.pop(chat, None)


def keyboard(titles: list[str]) -> list[list[dict[str, str]]]:
    """Buttons that carry their own number; short ones, such as marks, side by side, others each on a line."""
    rows: list[list[dict[str, str]]] = []
    for number, title in enumerate(titles):
        button = {"text": title, "callback_data": str(number)}
        room = rows and len(title) <= SHORT_TITLE and len(rows[-1]) < SIDE_BY_SIDE and all(len(b["text"]) <= SHORT_TITLE for b in rows[-1])
        if room:
            rows[-1].append(button)
        else:
            rows.append([button])
    return rows


def _retry_after(content: dict[str, Any]) -> float:
    """How long Telegram wants to be left alone."""
    wanted = (content.get("parameters") or {}).get("retry_after")
    return float(wanted) if isinstance(wanted, int | float) else FIRST_WAIT
