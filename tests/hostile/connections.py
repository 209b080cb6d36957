"""What an attacker connects with: raw frames, and a connection that says whatever it likes."""

from __future__ import annotations

import json
import time
from typing import Any

import aiohttp

from tests.channels.test_website import Visitor
from tests.conftest import Coach

SOCKET = "/socket.io/?EIO=4&transport=websocket"


class Frames:
    """A bare websocket, which sends what it likes."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket

    async def send(self, name: str, data: Any) -> None:
        await self._socket.send_str("42" + json.dumps([name, data]))

    async def raw(self, frame: str | bytes) -> None:
        await (self._socket.send_bytes(frame) if isinstance(frame, bytes) else self._socket.send_str(frame))

    async def hear(self, name: str, seconds: float = 30) -> Any:
        """The next event of that name."""
        deadline = time.monotonic() + seconds
        while True:
            received = await self._socket.receive(timeout=max(0.1, deadline - time.monotonic()))
            if received.type is not aiohttp.WSMsgType.TEXT:
                raise ConnectionError(received.type.name)
            if received.data == "2":
                await self._socket.send_str("3")
            elif received.data.startswith("42"):
                event = json.loads(received.data[2:])
                if event[0] == name:
                    return event[1]


class Connection:
    """`async with Connection(coach) as frames`: connected as Socket.IO wants it."""

    def __init__(self, coach: Coach, **headers: str) -> None:
        self._coach = coach
        self._headers = headers

    async def __aenter__(self) -> Frames:
        self._session = aiohttp.ClientSession()
        url = self._coach.web.replace("http", "ws", 1) + SOCKET
        self._socket = await self._session.ws_connect(url, headers=self._headers, compress=0)
        await self._socket.send_str("40")
        while not (await self._socket.receive_str(timeout=30)).startswith("40"):
            pass
        return Frames(self._socket)

    async def __aexit__(self, *_: object) -> None:
        await self._session.close()


async def lives(coach: Coach) -> None:
    """A normal visitor gets an answer."""
    visitor = Visitor()
    await visitor.begin(coach)
    assert await visitor.say("mijn man luistert niet naar me") == {"ok": True}
    assert (await visitor.answer())["text"]
    await visitor.leave()
