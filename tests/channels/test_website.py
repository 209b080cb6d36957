"""The widget's channel over a real Socket.IO connection."""

from __future__ import annotations

import asyncio
import uuid
from typing import Any

import socketio
from itsdangerous import URLSafeSerializer

from bot.channels.history import left
from bot.channels.sessions import Sessions, signing_key
from tests.conftest import Coach
from tests.forged import other_signature


class Visitor:
    """A widget without a screen."""

    def __init__(self) -> None:
        self.client = socketio.AsyncClient()
        self.heard: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.confirmed: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.said: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.left = asyncio.Event()
        self.client.on("bot_uttered", self.heard.put)
        self.client.on("session_confirm", self.confirmed.put)
        self.client.on("user_said", self.said.put)
        self.client.on("conversation_left", lambda _: self.left.set())

    async def begin(self, coach: Coach, session_id: object = None, country: str | None = None) -> dict[str, Any]:
        # Polling: the websocket is what the browser test uses.
        await self.client.connect(coach.web, headers={"Origin": coach.web}, transports=["polling"])
        await self.client.emit("session_request", {"session_id": session_id, "country": country})
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

    other = await thief.begin(coach, other_signature(session["session_id"]))
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


async def test_nobody_reads_or_continues_anothers_conversation(coach: Coach) -> None:
    visitor, thief = Visitor(), Visitor()
    session = (await visitor.begin(coach))["session_id"]
    sessions = Sessions(signing_key(coach.folder), 30)
    sender = sessions.sender_of(session)
    body, signature = session.rsplit(".", 1)
    forged: list[object] = [
        sender,
        body,
        f"{body}.{'A' * len(signature)}",
        f"{signature}.{body}",
        Sessions("another key", 30).issue()[0].rsplit(".", 1)[0] + "." + signature,
        URLSafeSerializer(signing_key(coach.folder), salt="another-salt").dumps(sender),
        {"session_id": session},
        [session],
        "\x00",
        "x" * 10_000,
    ]
    first = await thief.begin(coach, forged[0])
    for number, guess in enumerate(forged[1:]):
        if number % 5 == 4:
            # Each connection may ask only so often.
            await thief.leave()
            thief = Visitor()
            await thief.begin(coach)
        await thief.client.emit("session_request", {"session_id": guess})
        answer = await asyncio.wait_for(thief.confirmed.get(), 30)
        assert sessions.sender_of(answer["session_id"]) not in (sender, sessions.sender_of(first["session_id"]))
        assert len(answer["history"]) == 1
    await visitor.say("alleen voor mij")
    await visitor.answer()
    # Nothing of it reaches somebody else, who is connected at the same time; nor do rooms open by their names.
    await thief.client.emit("session_request", sender)
    await thief.client.emit("enter_room", sender)
    await asyncio.sleep(1)
    assert thief.heard.empty()
    assert thief.said.empty()
    await visitor.leave()
    await thief.leave()


async def test_who_left_fast_cannot_be_followed(coach: Coach) -> None:
    visitor, other_tab = Visitor(), Visitor()
    session = (await visitor.begin(coach))["session_id"]
    await other_tab.begin(coach, session)
    await visitor.say("hoi")
    await other_tab.answer()
    assert (await asyncio.wait_for(other_tab.said.get(), 30))["text"] == "hoi"
    # As the page does that goes away; whoever has no session id can end none.
    assert coach.http.post(f"{coach.web}/widget/leave", content="x" * 5_000).status_code == 413
    for words, gone in ((session[:-1], False), (session, True)):
        assert coach.http.post(f"{coach.web}/widget/leave", content=words).status_code == 204
        await asyncio.sleep(0.5)
        assert other_tab.left.is_set() is gone
    after = Visitor()
    fresh = await after.begin(coach, session)
    assert fresh["session_id"] != session
    assert len(fresh["history"]) == 1
    # It stands in the conversation itself, so other servers know it too.
    sender = Sessions(signing_key(coach.folder), 30).sender_of(session)
    for _ in range(100):
        events = coach.http.get(f"{coach.rasa}/conversations/{sender}/tracker").json()["events"]
        if left(events):
            break
        await asyncio.sleep(0.2)
    assert left(events)
    for one in (visitor, other_tab, after):
        await one.leave()


async def test_the_sites_country_chooses_the_helplines(coach: Coach) -> None:
    for country, number in (("be", "1712"), ("nl", "0800-2000"), ("xx", "0800-2000")):
        visitor = Visitor()
        await visitor.begin(coach, country=country)
        await visitor.say("hij heeft me gisteren geslagen")
        assert number in (await visitor.answer())["text"]
        await visitor.leave()


async def test_the_history_knows_the_message_by_its_id(coach: Coach) -> None:
    visitor, again = Visitor(), Visitor()
    session = (await visitor.begin(coach))["session_id"]
    await visitor.say("hoi daar", "an-id-of-the-widget")
    history = (await again.begin(coach, session))["history"]
    own = [message for message in history if message["from"] == "user"]
    assert [(message["id"], message["text"]) for message in own] == [("an-id-of-the-widget", "hoi daar")]
    assert all(message["at"] > 1_700_000_000 for message in history)
    # Sent once more over another connection, it is not said once more.
    before = len(history)
    await again.say("hoi daar", "an-id-of-the-widget")
    await again.client.emit("session_request", {"session_id": session})
    assert len((await asyncio.wait_for(again.confirmed.get(), 30))["history"]) == before
    await visitor.leave()
    await again.leave()


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
