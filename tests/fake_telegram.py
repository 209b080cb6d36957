"""A Bot API server of our own, which speaks the real HTTP protocol and refuses what Telegram refuses; and people who write in it."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
from aiohttp import web

TOKEN = "7000001:TEST-token_of-nobody"
LONGEST = 4096


@dataclass(eq=False)
class Person:
    """Somebody with a private chat, or a group when the kind says so. `chat` holds what is to be seen in it, by message id."""

    api: FakeTelegram
    id: int
    kind: str = "private"
    chat: dict[int, dict[str, Any]] = field(default_factory=dict)
    blocked: bool = False

    @property
    def about(self) -> dict[str, Any]:
        return (
            {"id": self.id, "type": self.kind, "first_name": "Annelies"} if self.kind == "private" else {"id": self.id, "type": self.kind}
        )

    def heard(self) -> list[str]:
        """What the bot says in this chat, as it stands there now."""
        return [message["text"] for message in self.chat.values()]

    def writes(self, text: str, **more: Any) -> int:
        return self.sends(text=text, **more)

    def sends(self, update: str = "message", **content: Any) -> int:
        """Send anything; returns the update's number."""
        message = {
            "message_id": self.api.next_message(),
            "date": int(time.time()),
            "chat": self.about,
            "from": {"id": abs(self.id), "is_bot": False, "first_name": "Annelies"},
            **content,
        }
        return self.api.happens({update: message})

    def presses(self, title: str) -> int:
        """Press the newest button with that title."""
        for message in reversed(self.chat.values()):
            for row in message.get("reply_markup", {}).get("inline_keyboard", []):
                for button in row:
                    if button["text"] == title:
                        return self.api.happens(self.press(message, button["callback_data"]))
        raise AssertionError(f"no button {title!r}: {list(self.chat.values())}")

    def press(self, message: dict[str, Any], data: str) -> dict[str, Any]:
        sender = {"id": self.id, "is_bot": False, "first_name": "Annelies"}
        return {"callback_query": {"id": f"press-{self.api.next_message()}", "from": sender, "message": message, "data": data}}

    async def hears(self, count: int, seconds: float = 120) -> list[str]:
        """Wait for so many messages in all."""
        await until(lambda: len(self.chat) >= count, seconds, lambda: f"{count} messages expected, there are {self.heard()}")
        return self.heard()


class FakeTelegram:
    """`async with FakeTelegram() as api`. `calls` are the calls that were carried out, in order."""

    def __init__(self) -> None:
        self.people: dict[int, Person] = {}
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.refused: list[tuple[str, int]] = []
        self.webhook: dict[str, Any] | None = None
        self.webhook_answers: list[int] = []
        # By method: answers to give, one after the other, in place of carrying out the call.
        self.faults: dict[str, list[web.Response | str]] = {}
        # Which calls hang, by method and body; one whose caller goes away meanwhile is never carried out.
        self.holds: Callable[[str, dict[str, Any]], bool] = lambda method, body: False
        self.url = ""
        self._updates: list[dict[str, Any]] = []
        # Updates' numbers only grow, also where a test's database has seen those of an earlier one.
        self._numbers = itertools.count(880_000_001 + int(time.time() * 10) % 10**9)
        self._messages = itertools.count(1)
        self._news = asyncio.Condition()
        self._polls = 0

    async def __aenter__(self) -> FakeTelegram:
        app = web.Application()
        app.router.add_post("/bot{token}/{method}", self._serve)
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self._delivery = asyncio.create_task(self._deliver())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._delivery.cancel()
        await self._runner.cleanup()

    def person(self, number: int, kind: str = "private") -> Person:
        return self.people.setdefault(number, Person(self, number, kind))

    def next_message(self) -> int:
        return next(self._messages)

    def happens(self, update: dict[str, Any]) -> int:
        number = next(self._numbers)
        self._updates.append({"update_id": number, **update})
        asyncio.get_running_loop().create_task(self._tell())
        return number

    def repeats(self, number: int, update: dict[str, Any]) -> None:
        """Bring an update a second time, as Telegram does when it is not sure."""
        self._updates.append({"update_id": number, **update})
        asyncio.get_running_loop().create_task(self._tell())

    def unconfirmed(self) -> list[int]:
        return [update["update_id"] for update in self._updates]

    def called(self, method: str) -> list[dict[str, Any]]:
        return [body for name, body in self.calls if name == method]

    async def _tell(self) -> None:
        async with self._news:
            self._news.notify_all()

    async def _serve(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != TOKEN:
            return self._refuse("-", 401, "Unauthorized")
        method, body = request.match_info["method"], await content(request)
        while self.holds(method, body):
            await asyncio.sleep(0.01)
        if self.faults.get(method):
            fault = self.faults[method].pop(0)
            if isinstance(fault, web.Response):
                self.refused.append((method, fault.status))
                return fault
            # Anything else: the line breaks.
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        carry_out = getattr(self, f"_{method}", None)
        if carry_out is None:
            return self._refuse(method, 404, "Not Found")
        answer: web.Response = await carry_out(body)
        if answer.status == 200:
            self.calls.append((method, body))
        return answer

    def _refuse(self, method: str, code: int, why: str) -> web.Response:
        self.refused.append((method, code))
        return refusal(code, why)

    async def _getUpdates(self, body: dict[str, Any]) -> web.Response:
        if self.webhook:
            return self._refuse("getUpdates", 409, "Conflict: can't use getUpdates method while webhook is active")
        self._polls += 1
        mine = self._polls
        offset = body.get("offset", 0)
        self._updates = sorted((u for u in self._updates if u["update_id"] >= offset), key=lambda u: u["update_id"])
        await self._tell()
        deadline = time.monotonic() + body.get("timeout", 0)
        while not self._updates and self._polls == mine and time.monotonic() < deadline:
            async with self._news:
                try:
                    await asyncio.wait_for(self._news.wait(), deadline - time.monotonic())
                except asyncio.TimeoutError:
                    break
        if self._polls != mine:
            return self._refuse("getUpdates", 409, "Conflict: terminated by other getUpdates request")
        return ok(self._updates[:100])

    async def _setWebhook(self, body: dict[str, Any]) -> web.Response:
        self.webhook = body
        await self._tell()
        return ok(True)

    async def _deleteWebhook(self, body: dict[str, Any]) -> web.Response:
        self.webhook = None
        return ok(True)

    async def _sendMessage(self, body: dict[str, Any]) -> web.Response:
        person = self.people.get(body["chat_id"])
        if person is None:
            return self._refuse("sendMessage", 400, "Bad Request: chat not found")
        if person.blocked:
            return self._refuse("sendMessage", 403, "Forbidden: bot was blocked by the user")
        units = len(body["text"].encode("utf-16-le")) // 2
        if not body["text"].strip() or units > LONGEST:
            return self._refuse("sendMessage", 400, "Bad Request: message text is empty or too long")
        for row in body.get("reply_markup", {}).get("inline_keyboard", []):
            for button in row:
                if not 1 <= len(button["callback_data"].encode()) <= 64:
                    return self._refuse("sendMessage", 400, "Bad Request: BUTTON_DATA_INVALID")
        message = {"message_id": self.next_message(), "date": int(time.time()), "chat": person.about, "text": body["text"]}
        if "reply_markup" in body:
            message["reply_markup"] = body["reply_markup"]
        person.chat[message["message_id"]] = message
        return ok(message)

    async def _sendPhoto(self, body: dict[str, Any]) -> web.Response:
        chat = int(body["chat_id"])
        if len(body["caption"]) > 1024 or not body["photo"].startswith(b"\x89PNG"):
            return self._refuse("sendPhoto", 400, "Bad Request: IMAGE_PROCESS_FAILED")
        message = {"message_id": self.next_message(), "chat": {"id": chat}, "text": body["caption"], "photo": body["photo"]}
        self.people[chat].chat[message["message_id"]] = message
        await self._tell()
        return ok(message | {"photo": []})

    async def _sendChatAction(self, body: dict[str, Any]) -> web.Response:
        return ok(True)

    async def _answerCallbackQuery(self, body: dict[str, Any]) -> web.Response:
        return ok(True)

    async def _editMessageText(self, body: dict[str, Any]) -> web.Response:
        message = self.people[body["chat_id"]].chat.get(body["message_id"])
        if message is None:
            return self._refuse("editMessageText", 400, "Bad Request: message to edit not found")
        if message["text"] == body["text"] and "reply_markup" not in message:
            return self._refuse("editMessageText", 400, "Bad Request: message is not modified")
        message["text"] = body["text"]
        message.pop("reply_markup", None)
        return ok(message)

    async def _leaveChat(self, body: dict[str, Any]) -> web.Response:
        self.people[body["chat_id"]].blocked = True
        return ok(True)

    async def _deliver(self) -> None:
        """Telegram's side of the webhook: one update after the other, each until it is taken."""
        async with httpx.AsyncClient() as http:
            while True:
                if not self.webhook or not self._updates:
                    async with self._news:
                        try:
                            await asyncio.wait_for(self._news.wait(), 0.2)
                        except asyncio.TimeoutError:
                            continue
                    continue
                headers = {"X-Telegram-Bot-Api-Secret-Token": self.webhook["secret_token"]}
                try:
                    status = (await http.post(self.webhook["url"], json=self._updates[0], headers=headers)).status_code
                except httpx.HTTPError:
                    status = 0
                self.webhook_answers.append(status)
                if status == 200:
                    self._updates.pop(0)
                else:
                    await asyncio.sleep(0.2)


async def content(request: web.Request) -> dict[str, Any]:
    """The parameters of a call: JSON, or a form where a file comes along."""
    if request.content_type == "application/json":
        return await request.json()
    form = await request.post()
    return {name: value.file.read() if isinstance(value, web.FileField) else value for name, value in form.items()}


def ok(result: Any) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def refusal(code: int, why: str, **parameters: Any) -> web.Response:
    body = {"ok": False, "error_code": code, "description": why, **({"parameters": parameters} if parameters else {})}
    return web.json_response(body, status=code)


async def until(condition: Callable[[], Any], seconds: float = 120, otherwise: Callable[[], str] = lambda: "it did not happen") -> None:
    """Wait for something, and fail when it does not come."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, otherwise()
        await asyncio.sleep(0.01)
