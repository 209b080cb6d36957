"""The widget's channel over a real Socket.IO connection."""

from __future__ import annotations

import asyncio
import uuid
from typing import Any

import socketio

from tests.conftest import Coach


class Visitor:
    """A widget without a screen."""

    def __init__(self) -> None:
        self.client = socketio.AsyncClient()
        self.heard: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.confirmed: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.client.on("bot_uttered", self.heard.put)
        self.client.on("session_confirm", self.confirmed.put)

    async def begin(self, coach: Coach, session_id: str | None = None) -> dict[str, Any]:
        # Polling: the websocket is what the browser test uses.
        await self.client.connect(coach.web, headers={"Origin": coach.web}, transports=["polling"])
        await self.client.emit("session_request", {"session_id": session_id})
        return await asyncio.wait_for(self.confirmed.get(), 30)

    async def say(self, text: str, message_id: str | None = None) -> dict[str, Any]:
        return await self.client.call("user_uttered", {"id": message_id or uuid.uuid4().hex, "message": text})

    async def leave(self) -> None:
        # At once: a polite goodbye over polling waits for the poll to end.
        await self.client.eio.disconnect(abort=True)

    async def answer(self) -> dict[str, Any]:
        return await asyncio.wait_for(self.heard.get(), 30)


async def test_history_comes_back_to_its_owner_only(coach: Coach) -> None:
    visitor, thief = Visitor(), Visitor()
    session = await visitor.begin(coach)
    assert "computerprogramma" in session["history"][0]["text"]
    assert await visitor.say("haar woorden doen me nog steeds pijn") == {"ok": True}
    await visitor.answer()
    await visitor.leave()

    again = Visitor()
    same = await again.begin(coach, session["session_id"])
    assert [m["text"] for m in same["history"] if m["from"] == "user"][-1] == "haar woorden doen me nog steeds pijn"

    other = await thief.begin(coach, session["session_id"][:-2] + "xx")
    assert other["session_id"] != session["session_id"]
    assert len(other["history"]) == 1
    await again.leave()
    await thief.leave()


async def test_a_repeated_message_is_answered_once(coach: Coach) -> None:
    visitor = Visitor()
    await visitor.begin(coach)
    for _ in range(3):
        await visitor.say("hoi daar", "the-same-id")
    await visitor.answer()
    await asyncio.sleep(2)
    assert visitor.heard.empty()
    await visitor.leave()


async def test_nonsense_is_refused_kindly(coach: Coach) -> None:
    visitor = Visitor()
    await visitor.begin(coach)
    for nonsense in (None, 7, [], {}, {"message": 7}):
        refused = await visitor.client.call("user_uttered", nonsense)
        assert refused["ok"] is False
    assert await visitor.say("hoi") == {"ok": True}
    await visitor.answer()
    await visitor.leave()


def test_foreign_origins_are_refused(coach: Coach) -> None:
    answer = coach.http.get(f"{coach.web}/socket.io/?EIO=4&transport=polling", headers={"Origin": "https://elsewhere.example"})
    assert answer.status_code == 400


def test_the_page_is_protected(coach: Coach) -> None:
    answer = coach.http.get(coach.web)
    assert answer.status_code == 200
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert coach.http.get(f"{coach.web}/widget/eerste-stap.js").status_code == 200
    assert coach.http.get(f"{coach.web}/widget/../../.env").status_code == 404
