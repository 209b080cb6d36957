"""A stand-in for the coach's REST webhook where a test needs no understanding: light, and it says what it was asked."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from aiohttp import web

from tests.conftest import free_port


class FakeCoach:
    """`async with FakeCoach() as coach`. It answers 'gehoord: …' unless `answers` has something for that message."""

    def __init__(self) -> None:
        self.rasa_port, self.actions_port = free_port(), free_port()
        self.heard: list[tuple[str, str]] = []
        self.channels: set[str] = set()
        self.answers: dict[str, list[dict[str, Any]]] = {}
        self.delay: Callable[[str], float] = lambda text: 0
        # While it is not set, no message is answered.
        self.open = asyncio.Event()
        self.open.set()
        self.at_once = self.most_at_once = 0

    async def __aenter__(self) -> FakeCoach:
        app = web.Application()
        app.router.add_post("/webhooks/rest/webhook", self._answer)
        app.router.add_get("/{anything:status|health}", self._status)
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1, access_log=None)
        await self._runner.setup()
        for port in (self.rasa_port, self.actions_port):
            await web.TCPSite(self._runner, "127.0.0.1", port).start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    async def _answer(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.heard.append((body["sender"], body["message"]))
        self.channels.add(body["input_channel"])
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await asyncio.sleep(self.delay(body["message"]))
            await self.open.wait()
        finally:
            self.at_once -= 1
        return web.json_response(self.answers.get(body["message"], [{"text": f"gehoord: {body['message']}"}]))

    async def _status(self, _: web.Request) -> web.Response:
        return web.json_response({"status": "ok", "model_file": "a-model.tar.gz"})
