"""The web server that visitors reach: demo page, widget, health, and the widget's Socket.IO channel."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter, OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext
from typing import Any

import socketio
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.alarm.helplines import PLAIN_MESSAGE
from bot.channels.cleaning import GREETING
from bot.channels.delivery import Delivery
from bot.channels.frames import TextPacket
from bot.channels.guard import MOST_BYTES, Guard
from bot.channels.health import Health
from bot.channels.history import bot_message, messages_of
from bot.channels.limits import Limiter, address_of
from bot.channels.pace import BUSY_GREETING, TOO_MUCH, Pace
from bot.channels.rasa_client import Answer, CoachUnreachable, RasaClient
from bot.channels.sessions import Sessions, signing_key
from bot.channels.telegram import WEBHOOK_PATH, TelegramChannel
from bot.handoff.notices import send_notices_forever
from bot.handoff.takeover import person_in
from bot.logs import log_as_json
from bot.operation.metrics import connections
from bot.privacy.retention import expire_forever
from bot.settings import ROOT, settings

logger = logging.getLogger(__name__)

MAX_ID = 100
NOT_KEPT = "Je bericht is nog niet aangekomen. Probeer het over een paar minuten nog een keer."
REMEMBERED_IDS = 200
# A message that the coach could not keep is tried again so often, for so long; after that the widget sends it anew.
RETRY_SECONDS = 2.0
MOST_RETRY_SECONDS = 120.0
# Messages of one conversation that wait for their answer.
MOST_PENDING = 20


class WidgetChannel(socketio.AsyncNamespace):  # type: ignore[misc]
    """What the widget says and hears. One task at a time per conversation, so that order is kept."""

    def __init__(self, rasa: RasaClient, sessions: Sessions) -> None:
        super().__init__("/")
        self._rasa = rasa
        self._sessions = sessions
        self._locks: dict[str, asyncio.Lock] = {}
        self._handled: dict[str, OrderedDict[str, None]] = {}
        self._pace = Pace(rasa)
        self._pending: Counter[str] = Counter()
        # By connection. A tab needs one, and one more after an erasure; each reads a whole history.
        self._session_requests = Limiter(burst=10, per_second=0.2)
        # Whose message is being tried again, and the ids of the messages that were answered with the numbers meanwhile.
        self._failing: dict[str, set[str]] = {}

    async def on_session_request(self, sid: str, data: Any = None) -> None:
        """Give the visitor their conversation: the one of a valid session id, else a new one with a greeting."""
        if not self._session_requests.take(sid):
            return
        session_id = data.get("session_id") if isinstance(data, dict) else None
        sender = self._sessions.sender_of(session_id)
        if sender is None:
            _, sender = self._sessions.issue()
        await self.save_session(sid, {"sender": sender})
        await self.enter_room(sid, sender)
        # While a message is being tried again, the lock is held for long, and the page must not wait for it.
        async with nullcontext() if sender in self._failing else self._lock(sender):
            history = await self._history(sender, self._address(sid))
        await self.emit("session_confirm", {"session_id": self._sessions.id_of(sender), "history": history}, to=sid)

    def _address(self, sid: str) -> str | None:
        return address_of(self.server.get_environ(sid)["asgi.scope"])

    async def _history(self, sender: str, address: str | None) -> list[dict[str, Any]]:
        """What the visitor sees first: the conversation, or a greeting where there is none yet."""
        try:
            events = await self._rasa.read_events(sender)
        except CoachUnreachable as problem:
            logger.error("%s", problem)
            return [bot_message({"text": PLAIN_MESSAGE})]
        # What the history shows need not be answered once more when the widget sends it again.
        for event in events[-REMEMBERED_IDS:]:
            if event.get("event") == "user" and event.get("message_id"):
                self._remember(sender, event["message_id"])
        if history := messages_of(events):
            return history
        greeting = await self._rasa.say(sender, GREETING) if self._pace.may_begin(address) else [{"text": BUSY_GREETING}]
        return [bot_message(message) for message in greeting]

    async def on_connect(self, sid: str, *_: Any) -> None:
        """Count it."""
        connections.inc()

    async def on_disconnect(self, sid: str, *_: Any) -> None:
        """Count it."""
        connections.dec()

    async def on_user_uttered(self, sid: str, data: Any = None) -> dict[str, Any]:
        """Hand a message to the coach and send its answers.

        Returns the acknowledgement once the message is kept and answered: until then the widget keeps it, and sends it again, to another
        server if need be, when this one is gone.
        """
        sender = (await self.get_session(sid)).get("sender")
        if sender is None:
            return {"ok": False, "error": "De verbinding is nog niet klaar. Probeer het zo nog eens."}
        if not isinstance(data, dict) or not isinstance(data.get("message"), str):
            return {"ok": False, "error": "Dit bericht kon ik niet lezen."}
        if self._pending[sender] >= MOST_PENDING:
            return {"ok": False, "error": TOO_MUCH}
        self._pending[sender] += 1
        try:
            kept = await self._answer(sender, data["message"], str(data.get("id") or "")[:MAX_ID], self._address(sid))
        finally:
            self._pending[sender] -= 1
            if not self._pending[sender]:
                del self._pending[sender]
        return {"ok": True} if kept else {"ok": False, "error": NOT_KEPT}

    async def on_leave(self, sid: str, *_: Any) -> None:
        """The visitor left fast: this connection hears nothing more."""
        sender = (await self.get_session(sid)).get("sender")
        if sender:
            await self.leave_room(sid, sender)
        await self.save_session(sid, {})

    async def _answer(self, sender: str, text: str, message_id: str, address: str | None) -> bool:
        """Answer a message; returns whether it is done with. What can't be kept now is told at once, and tried again."""
        told = self._failing.get(sender)
        if told is not None and message_id not in told:
            # Its turn comes after the message that is being tried again; nobody waits in silence (S8).
            told.add(message_id)
            await self._show_answer(sender, Answer([{"text": PLAIN_MESSAGE}]))
        async with self._lock(sender):
            if message_id and message_id in self._handled.get(sender, ()):
                return True
            held = await self._pace.instead(sender, text, address)
            if held is not None:
                await self._show_answer(sender, Answer(held))
                return True
            if not await asyncio.to_thread(person_in, sender):
                await self.emit("bot_typing", {"on": True}, room=sender)
            answer = await self._rasa.ask(sender, text, message_id=message_id or None)
            self._pace.note(sender, answer.messages)
            if not answer.kept and message_id:
                await self._show_answer(sender, answer)
                answer = await self._ask_again(sender, text, message_id)
            await self._show_answer(sender, answer)
            if message_id and answer.kept:
                self._remember(sender, message_id)
            return answer.kept

    async def _ask_again(self, sender: str, text: str, message_id: str) -> Answer:
        """Try until the coach has kept the message. No messages when that takes too long."""
        deadline = time.monotonic() + MOST_RETRY_SECONDS
        self._failing[sender] = {message_id}
        try:
            while time.monotonic() < deadline:
                await asyncio.sleep(RETRY_SECONDS)
                answer = await self._rasa.ask(sender, text, message_id=message_id)
                if answer.kept:
                    return answer
            return Answer([], kept=False)
        finally:
            del self._failing[sender]

    async def _show_answer(self, sender: str, answer: Answer) -> None:
        await self.emit("bot_typing", {"on": False}, room=sender)
        if any((message.get("custom") or {}).get("erased") for message in answer.messages):
            await self.emit("conversation_erased", {}, room=sender)
        for message in answer.messages:
            await self.emit("bot_uttered", bot_message(message), room=sender)

    async def show(self, sender: str, message: dict[str, Any]) -> None:
        """Show the visitor something that is no answer of the coach to a message."""
        await self.emit("bot_uttered", message, room=sender)

    def _lock(self, sender: str) -> asyncio.Lock:
        if len(self._locks) > 10_000:
            self._locks = {s: lock for s, lock in self._locks.items() if lock.locked()}
            self._handled = {s: ids for s, ids in self._handled.items() if s in self._locks}
        return self._locks.setdefault(sender, asyncio.Lock())

    def _remember(self, sender: str, message_id: str) -> None:
        """Note that a message was handled: the widget sends again what was not acknowledged."""
        handled = self._handled.setdefault(sender, OrderedDict())
        handled[message_id] = None
        if len(handled) > REMEMBERED_IDS:
            handled.popitem(last=False)


def create_app(studio: Callable[[RasaClient], Mount]) -> Guard:
    """The whole web server as one ASGI application; `studio` makes the part for therapists."""
    rasa = RasaClient()
    channel = socketio.AsyncServer(
        async_mode="asgi",
        cors_allowed_origins=settings().origins,
        max_http_buffer_size=MOST_BYTES,
        serializer=TextPacket,
        logger=False,
        engineio_logger=False,
        # Two tabs of a visitor may be connected to two servers.
        client_manager=socketio.AsyncRedisManager(settings().redis_url) if settings().redis_url else None,
    )
    widgets = WidgetChannel(rasa, Sessions(signing_key(settings().var_dir), settings().keep_conversations_days))
    channel.register_namespace(widgets)
    # A channel where one process sends to a chat adds its `send_to` here, under the beginning of its conversations' ids.
    telegram = TelegramChannel(rasa) if settings().telegram_token else None
    delivery = Delivery(rasa, widgets.show, {"telegram-": telegram.send_to} if telegram else {})

    async def demo(_: Request) -> Response:
        return FileResponse(ROOT / "widget" / "demo" / "index.html")

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        at_work = [asyncio.create_task(work) for work in (send_notices_forever(), expire_forever(), delivery.run())]
        if telegram:
            at_work.append(asyncio.create_task(telegram.run()))
        yield
        for task in at_work:
            task.cancel()
        if telegram:
            await telegram.stop()
        await rasa.close()

    site = Starlette(
        routes=[
            Route("/", demo),
            *Health(rasa).routes(),
            Mount("/widget", StaticFiles(directory=ROOT / "widget" / "dist")),
            studio(rasa),
            Mount("/demo", StaticFiles(directory=ROOT / "widget" / "demo")),
            *([Route(WEBHOOK_PATH, telegram.receive, methods=["POST"])] if telegram else []),
        ],
        lifespan=lifespan,
    )
    return Guard(socketio.ASGIApp(channel, site))


def serve(studio: Callable[[RasaClient], Mount]) -> None:
    """Run the web server until it is told to stop."""
    import uvicorn

    logging.getLogger().setLevel(logging.WARNING)
    log_as_json("web")
    uvicorn.run(
        create_app(studio),
        host=settings().web_host,
        port=settings().web_port,
        log_config=None,
        access_log=False,
        # Unlike the faster one, it takes no headers without end.
        http="h11",
        ws="wsproto",
        ws_max_size=MOST_BYTES,
        # Little of what is packed can be very much unpacked.
        ws_per_message_deflate=False,
        forwarded_allow_ips=[str(network) for network in settings().trusted_proxies],
        # A therapist's open page is a request that never ends.
        timeout_graceful_shutdown=3,
        server_header=False,
    )
