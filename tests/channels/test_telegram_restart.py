"""Nothing is lost and nothing is answered twice, whatever falls: the web server, the line, the database. And the webhook."""

from __future__ import annotations

import asyncio
import itertools
import random
import signal
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from bot.alarm.helplines import plain_message
from bot.channels.telegram import SECRET_HEADER, WEBHOOK_PATH
from bot.settings import settings
from tests.fake_telegram import TOKEN, until

# Long on two cores: with the other long ones (make test-cluster).
pytestmark = pytest.mark.cluster

if TYPE_CHECKING:
    from tests.telegram_world import Server, World

# pytest itself has to be the first to import it.
pytest_plugins = ["tests.telegram_world"]

CHAT = 5551234987
sqlite_only = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


async def test_killed_while_the_coach_thinks(world: World, server: Server) -> None:
    visitor = world.api.person(CHAT)
    world.coach.open.clear()
    server.start()
    visitor.writes("een")
    await until(lambda: world.coach.heard, 180)
    visitor.writes("twee")
    # Both are confirmed, so Telegram has them no more.
    await until(lambda: not world.api.unconfirmed())
    await asyncio.to_thread(server.stop, signal.SIGKILL)
    world.coach.open.set()
    server.start()
    assert await visitor.hears(2, 180) == ["gehoord: een", "gehoord: twee"]
    visitor.writes("drie")
    assert (await visitor.hears(3))[2] == "gehoord: drie"


@sqlite_only
async def test_killed_in_the_middle_of_an_answer(world: World, server: Server) -> None:
    world.coach.answers["hoi"] = [
        {"text": "Een."},
        {"text": "Twee."},
        {"text": "Drie.", "buttons": [{"title": "Ja", "payload": "/affirm"}]},
    ]
    world.api.holds = lambda method, body: method == "sendMessage" and body["text"] == "Twee."
    visitor = world.api.person(CHAT)
    server.start()
    visitor.writes("hoi")
    await visitor.hears(1, 180)
    # The second call is on its way, and the first is written down.
    await until(lambda: [waiting.sent for waiting in world.chats.waiting()] == [1])
    await asyncio.to_thread(server.stop, signal.SIGKILL)
    world.api.holds = lambda method, body: False
    server.start()
    assert await visitor.hears(3, 180) == ["Een.", "Twee.", "Drie."]
    assert [text for _, text in world.coach.heard] == ["hoi"]
    await until(lambda: not world.chats.waiting())
    await asyncio.to_thread(server.stop, signal.SIGKILL)
    # Pressed while nobody listens.
    visitor.presses("Ja")
    server.start()
    assert (await visitor.hears(4, 180))[2:] == ["Drie.\n\n→ Ja", "gehoord: /affirm"]


@sqlite_only
async def test_stopped_and_started_again_and_again_under_load(world: World, server: Server) -> None:
    chance = random.Random(3)
    world.coach.delay = lambda text: chance.uniform(0, 0.2)
    visitors = [world.api.person(CHAT + number) for number in range(10)]

    async def write() -> None:
        for turn in range(12):
            for visitor in visitors:
                visitor.writes(f"{visitor.id} {turn}")
            await asyncio.sleep(0.7)

    writing = asyncio.create_task(write())
    for _ in range(2):
        server.start()
        before = sum(len(visitor.chat) for visitor in visitors)
        await until(lambda before=before: sum(len(visitor.chat) for visitor in visitors) > before + 7, 180)
        await asyncio.to_thread(server.stop, signal.SIGTERM)
    server.start()
    await writing
    for visitor in visitors:
        assert await visitor.hears(12, 180) == [f"gehoord: {visitor.id} {turn}" for turn in range(12)]
    await asyncio.sleep(1)
    assert sum(len(visitor.chat) for visitor in visitors) == 120


async def test_without_a_database_the_numbers_come_and_the_answer_later(world: World) -> None:
    await world.start()
    visitor = world.api.person(CHAT)
    visitor.writes("hoi")
    await visitor.hears(1)
    url = settings().database_url
    dead = "postgresql://coach:geheim@127.0.0.1:1/x" if world.database.kind == "postgresql" else f"sqlite:///{world.database.var}/none/x.db"
    world.database.move(world.patch, dead)
    visitor.writes("hallo")
    visitor.writes("ben je daar")
    assert (await visitor.hears(3))[1:] == [plain_message()] * 2
    # It goes on trying, and says so once only.
    await asyncio.sleep(0.5)
    assert len(visitor.chat) == 3
    world.database.move(world.patch, url)
    assert (await visitor.hears(5))[3:] == ["gehoord: hallo", "gehoord: ben je daar"]
    await world.stop()


@sqlite_only
async def test_an_answer_is_sent_also_when_it_can_not_be_kept(world: World) -> None:
    await world.start()
    world.coach.open.clear()
    visitor = world.api.person(CHAT)
    visitor.writes("hij slaat me")
    await until(lambda: world.coach.heard)
    world.database.move(world.patch, f"sqlite:///{world.database.var}/none/x.db")
    world.coach.open.set()
    assert await visitor.hears(1) == ["gehoord: hij slaat me"]
    await world.stop()


@sqlite_only
async def test_the_webhook(world: World, server: Server) -> None:
    world.database.set(world.patch, TELEGRAM_MODE="webhook", TELEGRAM_WEBHOOK_URL=f"http://127.0.0.1:{settings().web_port}")
    visitor = world.api.person(CHAT)
    visitor.writes("wacht al")
    server.start()
    await visitor.hears(1, 180)
    assert world.api.webhook is not None
    secret = world.api.webhook["secret_token"]
    forged = {"update_id": 1, "message": {"message_id": 1, "chat": visitor.about, "text": "vals"}}
    async with httpx.AsyncClient() as http:
        for headers in ({}, {SECRET_HEADER: "x"}, {SECRET_HEADER: secret[:-1]}, {SECRET_HEADER: "é".encode()}):
            answer = await http.post(settings().telegram_webhook_url + WEBHOOK_PATH, json=forged, headers=headers)
            assert answer.status_code == 403
        broken = await http.post(settings().telegram_webhook_url + WEBHOOK_PATH, content=b"{", headers={SECRET_HEADER: secret})
        assert broken.status_code == 400
        for nonsense in ([], 7, {}, {"update_id": "x"}, {"update_id": 2, "message": []}):
            answer = await http.post(settings().telegram_webhook_url + WEBHOOK_PATH, json=nonsense, headers={SECRET_HEADER: secret})
            # Else Telegram would bring it for ever.
            assert answer.status_code == 200
    for number in range(5):
        visitor.writes(f"{number}")
    assert (await visitor.hears(6))[1:] == [f"gehoord: {number}" for number in range(5)]
    await until(lambda: not world.chats.waiting())
    await asyncio.to_thread(server.stop, signal.SIGKILL)
    visitor.writes("terug")
    await until(lambda: 0 in world.api.webhook_answers)
    server.start()
    assert (await visitor.hears(7, 180))[6] == "gehoord: terug"
    assert world.api.webhook["secret_token"] == secret
    assert not any(TOKEN.split(":")[1] in path.read_text(errors="replace") for path in world.database.var.glob("*.log"))


@sqlite_only
async def test_back_from_webhook_to_polling(world: World) -> None:
    world.api.webhook = {"url": "http://127.0.0.1:1/", "secret_token": "x"}
    visitor = world.api.person(CHAT)
    visitor.writes("hoi")
    await world.start()
    assert await visitor.hears(1) == ["gehoord: hoi"]
    assert world.api.webhook is None
    await world.stop()


async def test_a_kept_update_is_given_once(world: World) -> None:
    from bot.channels.telegram_updates import Incoming

    numbers = itertools.count(5)
    first: list[Any] = [Incoming(next(numbers), "words", CHAT, f"{n}") for n in range(3)]
    assert [w.incoming for w in world.chats.receive([first[2], first[0]])] == [first[0], first[2]]
    assert [w.incoming for w in world.chats.receive([*first, first[1]])] == [first[1]]
    world.chats.answered(first[0], [{"text": "Dag.", "buttons": []}], told=False, erased=False)
    world.chats.done(first[1])
    left = world.chats.waiting()
    assert [w.incoming for w in left] == [first[0], first[2]]
    assert left[0].messages == [{"text": "Dag.", "buttons": []}]
