"""Visitors without a screen who follow the widget's protocol (`widget/src/connection.ts`): a queue, acknowledgements, sending again."""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from typing import Any

import aiohttp
import socketio

ACK_SECONDS = 20.0
# Far more than anything takes; only so that a test ends.
PATIENCE = 1200.0


def client_from(address: str, from_address: str) -> socketio.AsyncClient:
    """A Socket.IO client of a site whose every request comes, as a proxy would tell, from that address."""
    # Headers that are given to the client itself go with its first request only.
    http = aiohttp.ClientSession(headers={"Origin": address, "X-Forwarded-For": from_address})
    return socketio.AsyncClient(http_session=http, reconnection_delay=0.3, reconnection_delay_max=1)


async def go(client: socketio.AsyncClient) -> None:
    """Hang up at once: a polite goodbye waits for the poll to end."""
    client.reconnection = False
    await client.eio.disconnect(abort=True)
    await client.eio.http.close()


class Visitor:
    """One visitor. `heard` is what came, in order; `said` what was written, in order."""

    def __init__(self, address: str, from_address: str = "192.0.2.1") -> None:
        self.address = address
        self.client = client_from(address, from_address)
        self.session: str | None = None
        self.history: list[dict[str, Any]] = []
        self.heard: list[dict[str, Any]] = []
        self.said: list[str] = []
        self._ready, self._lost = asyncio.Event(), asyncio.Event()
        self.client.on("connect", self._connected)
        self.client.on("disconnect", self._disconnected)
        self.client.on("session_confirm", self._confirmed)
        self.client.on("bot_uttered", self.heard.append)

    async def come(self) -> None:
        """Open the widget."""
        while True:
            try:
                # By long polling: this client's websocket wants a later aiohttp than Rasa takes. The browser tests use that.
                await self.client.connect(self.address, transports=["polling"], retry=True)
                break
            except socketio.exceptions.ConnectionError:
                await asyncio.sleep(0.5)
        await asyncio.wait_for(self._ready.wait(), PATIENCE)

    async def say(self, text: str) -> list[dict[str, Any]]:
        """Write something; returns what was heard until it was acknowledged. Sends it again as the widget does."""
        self.said.append(text)
        before, message = len(self.heard), {"id": uuid.uuid4().hex, "message": text}
        while True:
            await self._ready.wait()
            ack = await self._send(message)
            if ack is not None and ack.get("ok"):
                return self.heard[before:]
            await asyncio.sleep(0.5)

    async def look_back(self) -> list[dict[str, Any]]:
        """The conversation as the server has it."""
        self._ready.clear()
        await self._connected()
        await asyncio.wait_for(self._ready.wait(), PATIENCE)
        return self.history

    async def leave(self) -> None:
        """Close the page."""
        with contextlib.suppress(Exception):
            await go(self.client)

    async def _send(self, message: dict[str, Any]) -> dict[str, Any] | None:
        """The acknowledgement; None when none came in time or the connection was lost."""
        self._lost.clear()
        call = asyncio.create_task(self.client.call("user_uttered", message, timeout=ACK_SECONDS))
        lost = asyncio.create_task(self._lost.wait())
        await asyncio.wait({call, lost}, return_when=asyncio.FIRST_COMPLETED)
        lost.cancel()
        if not call.done():
            call.cancel()
            return None
        try:
            answer: dict[str, Any] = call.result()
            return answer
        except (socketio.exceptions.SocketIOError, asyncio.CancelledError):
            return None

    async def _connected(self) -> None:
        with contextlib.suppress(socketio.exceptions.SocketIOError):
            await self.client.emit("session_request", {"session_id": self.session})

    async def _disconnected(self, *_: Any) -> None:
        self._ready.clear()
        self._lost.set()

    async def _confirmed(self, data: dict[str, Any]) -> None:
        self.session, self.history = data["session_id"], data["history"]
        self._ready.set()


async def talk(visitor: Visitor, messages: int, pause: float) -> None:
    """Write numbered messages, each after the answer to the one before."""
    for number in range(1, messages + 1):
        await visitor.say(f"we hebben weer ruzie gehad over het huishouden, dat is nu {number} keer")
        await asyncio.sleep(pause)


async def nothing_lost(visitor: Visitor) -> None:
    """The server has every message of the visitor once, in order, each with an answer after it; and an answer was heard to each."""
    history = await visitor.look_back()
    assert [m["text"] for m in history if m["from"] == "user"] == visitor.said
    for at, message in enumerate(history):
        if message["from"] == "user":
            assert at + 1 < len(history), "the last message has no answer"
            assert history[at + 1]["from"] == "bot", f"message {message['text']!r} has no answer"
    assert len(visitor.heard) >= len(visitor.said)
