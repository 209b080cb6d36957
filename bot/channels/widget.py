"""The widget's Socket.IO channel: sessions, history, messages and their answers, leaving fast."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter, OrderedDict
from typing import Any
from uuid import uuid4

import socketio

from bot.alarm.helplines import plain_message, with_numbers
from bot.channels.cleaning import GREETING, MAX_MESSAGE_ID
from bot.channels.history import LEFT, bot_message, for_widget, left, messages_of
from bot.channels.limits import Limiter, address_of
from bot.channels.pace import BUSY_GREETING, TOO_MUCH, Pace
from bot.channels.rasa_client import Answer, CoachUnreachable, RasaClient
from bot.channels.sessions import Sessions
from bot.handoff.takeover import person_in
from bot.setting_values import COUNTRIES

logger = logging.getLogger(__name__)

MAX_SESSION_ID = 500
NOT_KEPT = "Je bericht is nog niet aangekomen. Probeer het over een paar minuten nog een keer."
# More than a history has.
REMEMBERED_IDS = 600
# A message that the coach could not keep is tried again so often, for so long; after that the visitor has to send it anew.
RETRY_SECONDS = 2.0
MOST_RETRY_SECONDS = 120.0
# Messages of one conversation that wait for their answer.
MOST_PENDING = 20
# Seconds before each try to write down that a visitor left.
LEAVE_WAITS = (0, 2, 10, 60, 300, 1800)


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
        # Who left, until it stands in the conversation itself.
        self._leaving: set[str] = set()

    async def on_session_request(self, sid: str, data: Any = None) -> None:
        """Give the visitor their conversation: the one of a valid session id that they did not leave, else a new one with a greeting."""
        if not self._session_requests.take(sid):
            return
        data = data if isinstance(data, dict) else {}
        country = data.get("country") if data.get("country") in COUNTRIES else None
        sender = self._sessions.sender_of(data.get("session_id"))
        events: list[dict[str, Any]] | None = []
        if sender is not None:
            # From here on nothing that is said is missed.
            await self.enter_room(sid, sender)
            events = await self._events(sender)
            if sender in self._leaving or left(events or []):
                await self.leave_room(sid, sender)
                sender = None
        if sender is None:
            _, sender = self._sessions.issue()
            events = []
            await self.enter_room(sid, sender)
        await self.save_session(sid, {"sender": sender, "country": country})
        shown: dict[str, Any] = {"history": None, "plain": plain_message()}
        if events is not None:
            history = messages_of(events)
            # What the history shows need not be answered once more when the widget sends it again.
            for message in history:
                if message["from"] == "user" and "id" in message:
                    self._note(sender, message["id"])
            shown = {"history": history or await self._greeting(sender, country, self._address(sid))}
        await self.emit("session_confirm", {"session_id": self._sessions.id_of(sender), **shown}, to=sid)

    def _address(self, sid: str) -> str | None:
        return address_of(self.server.get_environ(sid)["asgi.scope"])

    async def _greeting(self, sender: str, country: str | None, address: str | None) -> list[dict[str, Any]]:
        may_begin = self._pace.may_begin(address)
        greeting = await self._rasa.say(sender, GREETING, country=country) if may_begin else [{"text": BUSY_GREETING}]
        return [bot_message(message) for message in greeting]

    async def _events(self, sender: str) -> list[dict[str, Any]] | None:
        """The conversation, with no turn under way. None when it can't be read now: what the widget shows already has to stay then."""
        if sender in self._failing:
            return None
        try:
            async with self._lock(sender):
                return await self._rasa.read_events(sender)
        except CoachUnreachable as problem:
            logger.error("%s", problem)
            return None

    async def on_user_uttered(self, sid: str, data: Any = None) -> dict[str, Any]:
        """Hand a message to the coach and send its answers.

        Returns the acknowledgement once the message is kept and answered: until then the widget keeps it, and sends it again, to another
        server if need be, when this one is gone.
        """
        session = await self.get_session(sid)
        sender = session.get("sender")
        if sender is None:
            return {"ok": False, "error": "De verbinding is nog niet klaar. Probeer het zo nog eens."}
        if not isinstance(data, dict) or not isinstance(data.get("message"), str):
            return {"ok": False, "error": "Dit bericht kon ik niet lezen."}
        message_id = str(data.get("id") or "")[:MAX_MESSAGE_ID] or uuid4().hex
        if self._pending[sender] >= MOST_PENDING:
            return {"ok": False, "error": with_numbers(TOO_MUCH)}
        seen = {"from": "user", "id": message_id, "text": str(data.get("title") or data["message"])}
        # It has arrived; and the same conversation can be open in a second tab.
        await self.emit("user_said", seen, room=sender)
        self._pending[sender] += 1
        try:
            kept = await self._answer(sender, data["message"], message_id, session.get("country"), self._address(sid))
        finally:
            self._pending[sender] -= 1
            if not self._pending[sender]:
                del self._pending[sender]
        return {"ok": True} if kept else {"ok": False, "error": NOT_KEPT}

    async def on_leave(self, sid: str, *_: Any) -> None:
        """The visitor left fast (see `leave`)."""
        sender = (await self.get_session(sid)).get("sender")
        await self.save_session(sid, {})
        if sender:
            await self._forget(sender)

    async def leave(self, session_id: str) -> None:
        """The visitor left fast: no tab shows the conversation any more, and its session id leads nowhere.

        What was said is kept and deleted as every conversation is.
        """
        sender = self._sessions.sender_of(session_id)
        if sender:
            await self._forget(sender)

    async def _forget(self, sender: str) -> None:
        if sender in self._leaving:
            return
        self._leaving.add(sender)
        await self.emit("conversation_left", {}, room=sender)
        await self.close_room(sender)
        self.server.start_background_task(self._write_down_leaving, sender)

    async def _write_down_leaving(self, sender: str) -> None:
        for wait in LEAVE_WAITS:
            await asyncio.sleep(wait)
            try:
                if not left(await self._rasa.read_events(sender)):
                    await self._rasa.add_events(sender, [LEFT])
                self._leaving.discard(sender)
                return
            except CoachUnreachable as problem:
                logger.error("%s", problem)

    async def _answer(self, sender: str, text: str, message_id: str, country: str | None, address: str | None) -> bool:
        """Answer a message; returns whether it is done with. What can't be kept now is told at once, and tried again."""
        told = self._failing.get(sender)
        if told is not None and message_id not in told:
            told.add(message_id)
            # Its turn comes after the message that is being tried again; nobody waits in silence (S8).
            await self._show_answer(sender, Answer([{"text": plain_message()}]))
        async with self._lock(sender):
            if message_id in self._handled.get(sender, ()):
                return True
            held = await self._pace.instead(sender, text, address)
            if held is not None:
                await self._show_answer(sender, Answer(held))
                return True
            if not await asyncio.to_thread(person_in, sender):
                await self.emit("bot_typing", {"on": True}, room=sender)
            answer = await self._rasa.ask(sender, text, message_id=message_id, country=country)
            self._pace.note(sender, answer.messages)
            if not answer.kept:
                await self._show_answer(sender, answer)
                answer = await self._ask_again(sender, text, message_id, country)
            await self._show_answer(sender, answer)
            if answer.kept:
                self._note(sender, message_id)
            return answer.kept

    async def _ask_again(self, sender: str, text: str, message_id: str, country: str | None) -> Answer:
        """Try until the coach has kept the message. No messages when that takes too long."""
        deadline = time.monotonic() + MOST_RETRY_SECONDS
        self._failing[sender] = {message_id}
        try:
            while time.monotonic() < deadline:
                await asyncio.sleep(RETRY_SECONDS)
                answer = await self._rasa.ask(sender, text, message_id=message_id, country=country)
                if answer.kept:
                    return answer
            return Answer([], kept=False)
        finally:
            del self._failing[sender]

    async def _show_answer(self, sender: str, answer: Answer) -> None:
        await self.emit("bot_typing", {"on": False}, room=sender)
        if any((message.get("custom") or {}).get("erased") for message in answer.messages):
            await self.emit("conversation_erased", {}, room=sender)
        for message in for_widget([bot_message(message) for message in answer.messages]):
            await self.emit("bot_uttered", message, room=sender)

    async def show(self, sender: str, message: dict[str, Any]) -> None:
        """Show the visitor something that is no answer of the coach to a message: a person's words, or that a person is writing."""
        writing = message.get("writing")
        await self.emit("bot_typing" if writing else "bot_uttered", {"on": True, "name": writing} if writing else message, room=sender)

    def _lock(self, sender: str) -> asyncio.Lock:
        if len(self._locks) > 10_000:
            self._locks = {s: lock for s, lock in self._locks.items() if lock.locked()}
            self._handled = {s: ids for s, ids in self._handled.items() if s in self._locks}
        return self._locks.setdefault(sender, asyncio.Lock())

    def _note(self, sender: str, message_id: str) -> None:
        """This message was answered; the widget sends again what was not acknowledged."""
        handled = self._handled.setdefault(sender, OrderedDict())
        handled[message_id] = None
        while len(handled) > REMEMBERED_IDS:
            handled.popitem(last=False)
