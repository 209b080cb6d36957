"""What stands before the web server: sizes, numbers of requests, forms of other sites, headers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.alarm.helplines import with_numbers
from bot.channels.guard import MOST_BYTES, TOO_OFTEN, Guard
from bot.channels.limits import UNREADABLE, Limiter, address_of
from bot.settings import settings


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The limiters' clock, which stands still."""
    moment = [100.0]
    monkeypatch.setattr("bot.channels.limits.time", SimpleNamespace(monotonic=lambda: moment[0]))
    return moment


async def echo(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


async def greet(socket: WebSocket) -> None:
    await socket.accept()
    await socket.close()


def guarded() -> Guard:
    paths = ("/", "/widget/x.js", "/studio/", "/studio/inloggen", "/studio/kwijt", "/socket.io/", "/telegram/webhook", "/health")
    routes = [Route(path, echo, methods=["GET", "POST"]) for path in paths]
    return Guard(Starlette(routes=[*routes, WebSocketRoute("/socket.io/", greet)]))


def of(address: str, app: Guard) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app, client=(address, 1)), base_url="http://coach.example")


@pytest.mark.parametrize("path", ["/", "/widget/x.js", "/studio/", "/socket.io/", "/nowhere"])
async def test_every_answer_is_protected(path: str) -> None:
    async with of("127.0.0.1", guarded()) as browser:
        headers = (await browser.get(path)).headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "frame-ancestors 'self'" in headers["content-security-policy"]
    assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "same-origin")
    assert "strict-transport-security" not in headers
    assert ("access-control-allow-origin" in headers) == path.startswith("/widget/")
    assert (headers.get("cache-control") == "no-store") == path.startswith("/socket.io")


async def test_refusals_are_protected_too_and_https_stays_https() -> None:
    transport = httpx.ASGITransport(app=guarded(), client=("127.0.0.1", 1))
    async with httpx.AsyncClient(transport=transport, base_url="https://coach.example") as browser:
        answer = await browser.post("/", content=b"x" * (MOST_BYTES + 1))
    assert answer.status_code == 413
    assert answer.headers["strict-transport-security"] == "max-age=31536000"
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_a_body_is_counted_whatever_was_announced() -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(100):
            yield b"x" * 10_000

    async with of("127.0.0.1", guarded()) as browser:
        assert (await browser.post("/socket.io/", content=endless())).status_code == 413
        assert (await browser.post("/", content=b"x" * MOST_BYTES)).text == str(MOST_BYTES)
        # Therapists bring files.
        assert (await browser.post("/studio/", content=endless())).text == "1000000"
        for length in (b"-1", b"9" * 30, "١٢".encode(), b"1e9", b""):
            assert (await browser.post("/", content=b"x", headers={b"content-length": length})).status_code in (200, 400, 413)


async def test_one_address_does_not_take_all() -> None:
    async with of("203.0.113.7", guarded()) as flood, of("203.0.113.8", guarded()) as other:
        answers = [await flood.get("/health") for _ in range(400)]
        refused = [answer for answer in answers if answer.status_code == 429]
        assert len(refused) == 100
        # Kind, and with the numbers.
        assert refused[0].text == with_numbers(TOO_OFTEN)
        assert all(number in refused[0].text for number in ("112", "0800-2000", "113"))
        assert (await other.get("/health")).status_code == 200


async def test_connections_are_counted_and_what_comes_over_one_that_stands_is_not() -> None:
    async with of("203.0.113.7", guarded()) as flood:
        kinds = ("", "&sid=", "&xsid=1", "&x=sid=1")
        new = [(await flood.get(f"/socket.io/?EIO=4&transport=polling{kinds[n % 4]}")).status_code for n in range(400)]
        assert new.count(429) == 100
        standing = [(await flood.post("/socket.io/?EIO=4&transport=polling&sid=x")).status_code for _ in range(400)]
        assert set(standing) == {200}


async def test_passwords_are_tried_slowly() -> None:
    async with of("203.0.113.7", guarded()) as browser:
        tried = [(await browser.post("/studio/inloggen")).status_code for _ in range(20)]
        assert tried == [200] * 10 + [429] * 10
        assert (await browser.get("/studio/inloggen")).status_code == 200


def test_a_websocket_is_counted_as_well() -> None:
    browser = TestClient(guarded(), client=("203.0.113.7", 1))
    refused = 0
    for _ in range(400):
        try:
            with browser.websocket_connect("/socket.io/?EIO=4&transport=websocket"):
                pass
        except WebSocketDisconnect as problem:
            assert problem.code == 1008
            refused += 1
    assert refused == 100


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "http://coach.example"}, 200),
        ({"Origin": "https://coach.example", "Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "https://coach.example.evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "https://coach.example:8443"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Origin": "http://coach.example"}, 403),
    ],
)
async def test_a_form_of_another_site_does_nothing_in_the_studio(headers: dict[str, str], status: int) -> None:
    async with of("127.0.0.1", guarded()) as browser:
        assert (await browser.post("/studio/kwijt", headers=headers)).status_code == status


async def test_no_script_of_another_site_loads_a_conversation() -> None:
    async with of("127.0.0.1", guarded()) as browser:
        assert (await browser.get("/socket.io/?EIO=4&transport=polling&j=0")).status_code == 400


@pytest.mark.parametrize("path", ["/%00", "/studio/%0d%0aSet-Cookie:x", "/%1b[31m", "/\u202e"])
async def test_no_address_has_signs_that_do_not_show(path: str) -> None:
    async with of("127.0.0.1", guarded()) as browser:
        answer = await browser.get(path)
    assert answer.status_code == 404
    assert "set-cookie" not in answer.headers


def scope(host: str) -> dict[str, Any]:
    return {"client": (host, 1)}


def test_an_address_is_a_household_and_nobody_is_a_stranger_to_the_proxy() -> None:
    assert address_of(scope("203.0.113.7")) == "203.0.113.7"
    assert address_of(scope("2001:db8:1:2:aaaa::1")) == address_of(scope("2001:db8:1:2:bbbb::2")) == "2001:db8:1:2::"
    assert address_of(scope("::ffff:203.0.113.7")) == "203.0.113.7"
    assert address_of(scope("fe80::1%eth0")) == "fe80::"
    assert address_of(scope("127.0.0.1")) is address_of(scope("::1")) is address_of({}) is None
    assert address_of(scope("unknown")) == address_of(scope("' OR 1=1")) == UNREADABLE


def test_the_proxy_that_says_nothing_is_no_visitor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_TRUSTED_PROXIES", "10.0.0.0/8")
    settings.cache_clear()
    try:
        assert address_of(scope("10.1.2.3")) is None
    finally:
        settings.cache_clear()


def test_a_bucket_fills_again_and_forgets_the_oldest(monkeypatch: pytest.MonkeyPatch, now: list[float]) -> None:
    limiter = Limiter(burst=3, per_second=1)
    assert [limiter.take("a") for _ in range(4)] == [True, True, True, False]
    assert limiter.take("b")
    now[0] += 1
    assert [limiter.take("a"), limiter.take("a")] == [True, False]
    now[0] += 100
    # More than a bucket holds needs a full one, and empties it.
    assert [limiter.take("a", 50), limiter.take("a")] == [True, False]
    monkeypatch.setattr("bot.channels.limits.REMEMBERED", 10)
    for number in range(1000):
        limiter.take(str(number))
    assert len(limiter._left) <= 12


async def test_an_answer_without_end_comes_through_bit_by_bit() -> None:
    seen: list[bytes] = []

    async def forever(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for _ in range(3):
            await send({"type": "http.response.body", "body": b"x", "more_body": True})
            await asyncio.sleep(0)

    async def send(message: Any) -> None:
        seen.append(message.get("body", b""))

    async def receive() -> Any:
        return {"type": "http.disconnect"}

    await Guard(forever)({"type": "http", "path": "/studio/stroom", "headers": [], "query_string": b"", "client": None}, receive, send)
    assert seen == [b"", b"x", b"x", b"x"]
