"""A stand-in for the coach where a test needs no understanding: light, says what it was asked, and keeps conversations as Rasa does."""

from __future__ import annotations

import asyncio
import time
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
        self.countries: set[str | None] = set()
        self.answers: dict[str, list[dict[str, Any]]] = {}
        self.delay: Callable[[str], float] = lambda text: 0
        # While it is not set, no message is answered.
        self.open = asyncio.Event()
        self.open.set()
        self.at_once = self.most_at_once = 0
        # Answers nothing but 500.
        self.broken = False
        # By conversation, as Rasa's tracker has them.
        self.events: dict[str, list[dict[str, Any]]] = {}

    def forget(self) -> None:
        """Be as if nobody had ever written."""
        self.heard.clear()
        self.countries.clear()
        self.answers.clear()
        self.events.clear()
        self.delay = lambda text: 0
        self.broken = False

    async def __aenter__(self) -> FakeCoach:
        app = web.Application()
        app.router.add_post("/webhooks/rest/webhook", self._answer)
        app.router.add_get("/{anything:status|health}", self._status)
        app.router.add_get("/conversations/{sender}/tracker", self._tracker)
        app.router.add_post("/conversations/{sender}/tracker/events", self._add_events)
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1, access_log=None)
        await self._runner.setup()
        for port in (self.rasa_port, self.actions_port):
            await web.TCPSite(self._runner, "127.0.0.1", port).start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    async def _answer(self, request: web.Request) -> web.Response:
        if self.broken:
            return web.Response(status=500)
        body = await request.json()
        sender, message_id = body["sender"], body.get("message_id")
        self.heard.append((sender, body["message"]))
        self.channels.add(body["input_channel"])
        self.countries.add(body.get("country"))
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await asyncio.sleep(self.delay(body["message"]))
            await self.open.wait()
        finally:
            self.at_once -= 1
        answers = self.answers.get(body["message"], [{"text": f"gehoord: {body['message']}"}])
        said = {"event": "user", "text": body["message"], "timestamp": time.time(), "message_id": message_id}
        self.events.setdefault(sender, []).extend([said, *map(_event, answers)])
        return web.json_response(answers)

    async def _tracker(self, request: web.Request) -> web.Response:
        if self.broken:
            return web.Response(status=500)
        return web.json_response({"events": self.events.get(request.match_info["sender"], [])})

    async def _add_events(self, request: web.Request) -> web.Response:
        self.events.setdefault(request.match_info["sender"], []).extend(await request.json())
        return web.json_response({})

    async def _status(self, _: web.Request) -> web.Response:
        return web.json_response({"status": "ok", "model_file": "a-model.tar.gz"})


def _event(answer: dict[str, Any]) -> dict[str, Any]:
    data = {key: answer[key] for key in ("buttons", "custom", "image") if key in answer}
    return {"event": "bot", "text": answer.get("text"), "timestamp": time.time(), "data": data, "metadata": {}}
