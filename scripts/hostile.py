"""Attacks a running coach of one's own with strange requests, and measures whether a normal visitor still gets an answer as before.

    .venv/bin/python -m scripts.hostile --url http://localhost:8080 --requests 10000

The coach has to trust this machine as its proxy (the default): half of the requests come from one made-up address, half from very many.
Exit status 1 when the coach answered with an error of its own, or a normal visitor waits longer than before.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import aiohttp
import socketio

from scripts.hostile_texts import EVIL_TEXTS, FRAMES, PATHS

AT_ONCE = 20
PAUSE = 0.3
# What a normal visitor says; ordinary, and of different length.
ORDINARY = (
    "hoi",
    "mijn man luistert niet naar me en dat doet pijn",
    "ik heb gisteren iets gezegd waar ik spijt van heb",
    "ja dat klopt",
    "we praten al dagen niet meer met elkaar, ik weet niet hoe ik moet beginnen",
    "wat kan ik doen",
)


@dataclass
class Result:
    """What was seen. Times in seconds."""

    sent: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    own_errors: list[str] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")
    before: list[float] = field(default_factory=list)
    during: list[float] = field(default_factory=list)
    after: list[float] = field(default_factory=list)

    def lines(self) -> list[str]:
        """For a person to read."""
        seen = ", ".join(f"{status} {number}x" for status, number in self.statuses.most_common())
        times = [f"{name}: {describe(found)}" for name, found in (("before", self.before), ("during", self.during), ("after", self.after))]
        errors = [f"error of the coach's own: {error}" for error in self.own_errors[:20]]
        return [f"{self.sent} hostile requests; {seen}", f"slowest: {self.slowest[0]:.2f} s ({self.slowest[1]})", *times, *errors]

    def passed(self) -> bool:
        """No error of the coach's own, and half of the answers afterwards come within what 95 of 100 took before."""
        return not self.own_errors and statistics.median(self.after) <= quantile(self.before, 0.95)


class Attacker:
    """Makes up requests, the same ones for the same seed."""

    def __init__(self, url: str, seed: int) -> None:
        self._url = url.rstrip("/")
        self._random = random.Random(seed)
        self._moves: list[Callable[[aiohttp.ClientSession], Awaitable[str]]] = [
            *(self._request, self._request, self._request),
            *(self._login, self._poll, self._socket, self._raw),
        ]

    async def attack(self, session: aiohttp.ClientSession, result: Result) -> None:
        """One move."""
        move = self._random.choice(self._moves)
        name = move.__name__.strip("_")
        began = time.monotonic()
        try:
            status = await asyncio.wait_for(move(session), 60)
        except (aiohttp.ClientError, ConnectionError, asyncio.TimeoutError, ValueError) as problem:
            status = type(problem).__name__
        took = time.monotonic() - began
        result.sent += 1
        result.statuses[status] += 1
        result.slowest = max(result.slowest, (took, f"{name} {status}"))
        if status.startswith("5") and not status.startswith("503"):
            result.own_errors.append(f"{name} {status}")

    def _headers(self) -> dict[str, str]:
        few = self._random.random() < 0.5
        address = "198.51.100.7" if few else ".".join(str(self._random.randrange(1, 255)) for _ in range(4))
        choices = {
            "Origin": ("https://evil.example", "null", self._url, "x" * 3000),
            "Cookie": ("studio=x", 'studio="\\"', "studio=" + "A" * 3000, "studio_login=x; studio=.."),
            "Content-Type": (
                "application/json",
                "multipart/form-data; boundary=" + "x" * 500,
                "text/plain",
                "application/x-www-form-urlencoded",
            ),
            "Host": ("evil.example", "localhost:1/../x?", "[::1"),
            "Range": ("bytes=" + ",".join(f"{n}-" for n in range(300)),),
            "X-Telegram-Bot-Api-Secret-Token": ("x", "é"),
            "Accept-Encoding": ("gzip;q=1.0, *;q=0", "identity"),
        }
        picked = self._random.sample(sorted(choices), self._random.randrange(4))
        return {"X-Forwarded-For": address, **{name: self._random.choice(choices[name]) for name in picked}}

    def _body(self) -> bytes:
        kinds = (b"", b"{}", b"null", b"\xff\xfe\x00", b"[" * 50_000, b"csrf=x&login=%00&password=" + b"x" * 1000, b"x" * 70_000)
        return self._random.choice((*kinds, self._random.randbytes(self._random.randrange(2000))))

    async def _request(self, session: aiohttp.ClientSession) -> str:
        method = self._random.choice(("GET", "GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE", "PROPFIND"))
        path = self._random.choice(PATHS)
        body = self._body() if method in ("POST", "PUT", "PATCH") else None
        async with session.request(
            method, self._url + path, headers=self._headers(), data=body, allow_redirects=False, timeout=aiohttp.ClientTimeout(30)
        ) as answer:
            # An inbox that is followed never ends.
            await answer.content.read(100_000)
            return str(answer.status)

    async def _login(self, session: aiohttp.ClientSession) -> str:
        form = {"login": self._random.choice(("admin", "lilia", "\x00", "x" * 30_000)), "password": "x" * 12, "code": "١٢٣٤٥٦", "csrf": "x"}
        headers = {**self._headers(), "Cookie": "studio_login=x"}
        headers.pop("Content-Type", None)
        async with session.post(f"{self._url}/studio/inloggen", data=form, headers=headers, allow_redirects=False) as answer:
            await answer.read()
            return str(answer.status)

    async def _poll(self, session: aiohttp.ClientSession) -> str:
        headers = {"X-Forwarded-For": self._headers()["X-Forwarded-For"]}
        url = f"{self._url}/socket.io/?EIO=4&transport=polling"
        async with session.get(url, headers=headers) as answer:
            opened = await answer.text()
            if answer.status != 200:
                return str(answer.status)
        sid = json.loads(opened[1:])["sid"]
        frames = "\x1e".join(self._random.choice(FRAMES) for _ in range(self._random.randrange(1, 20)))
        async with session.post(f"{url}&sid={sid}", data=frames.encode("utf-8", "surrogatepass"), headers=headers) as answer:
            await answer.read()
            return str(answer.status)

    async def _socket(self, session: aiohttp.ClientSession) -> str:
        headers = {"X-Forwarded-For": self._headers()["X-Forwarded-For"]}
        url = f"{self._url.replace('http', 'ws', 1)}/socket.io/?EIO=4&transport=websocket"
        async with session.ws_connect(url, headers=headers, compress=0) as socket:
            await socket.send_str("40")
            forged = self._random.choice(("x", "web-abc", "IndlYi14Ig.abc.def", "\ud800", "A" * 5000))
            await socket.send_str("42" + json.dumps(["session_request", {"session_id": forged}]))
            for number in range(self._random.randrange(1, 8)):
                if self._random.random() < 0.5:
                    message = {"id": str(number) * self._random.choice((1, 200)), "message": self._random.choice(EVIL_TEXTS)}
                    await socket.send_str("42" + json.dumps(["user_uttered", message]))
                elif self._random.random() < 0.2:
                    await socket.send_bytes(self._random.randbytes(500))
                else:
                    await socket.send_str(self._random.choice(FRAMES).encode("utf-8", "replace").decode())
            received = await socket.receive(timeout=20)
            return f"socket {received.type.name.lower()}"

    async def _raw(self, _: aiohttp.ClientSession) -> str:
        at = urlsplit(self._url)
        pieces = (
            b"GET / HTTP/1.1\r\nHost: x\r\n" + b"".join(b"X-%d: %s\r\n" % (n, b"y" * 200) for n in range(400)),
            b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /studio/ HTTP/1.1\r\n\r\n",
            b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
            b"POST /socket.io/ HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n" + b"x" * 100_000,
            b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + self._random.randbytes(100),
            b"GET /\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n",
            b"GET / HTTP/9.9\r\n\r\n",
            self._random.randbytes(300) + b"\r\n\r\n",
        )
        reader, writer = await asyncio.open_connection(at.hostname, at.port)
        try:
            writer.write(self._random.choice(pieces))
            await writer.drain()
            line = await asyncio.wait_for(reader.readline(), 2)
        except asyncio.TimeoutError:
            return "raw waiting"
        finally:
            writer.close()
        words = line.split()
        return words[1].decode("latin-1") if len(words) > 1 else "raw closed"


class Visitor:
    """Somebody who uses the widget as it is meant."""

    def __init__(self, url: str) -> None:
        self._url = url
        # In the midst of the attack, on a busy machine, the handshake may take its time.
        self._client = socketio.AsyncClient(reconnection=False, request_timeout=60)
        self._heard: asyncio.Queue[object] = asyncio.Queue()
        self._confirmed = asyncio.Event()
        self._client.on("bot_uttered", self._heard.put)
        self._client.on("session_confirm", self._confirm)

    async def _confirm(self, _: object) -> None:
        self._confirmed.set()

    async def times(self, answers: int) -> list[float]:
        """Seconds from a message to the first words of its answer, for so many messages in a new conversation."""
        await self._client.connect(self._url, headers={"Origin": self._url, "X-Forwarded-For": "192.0.2.33"}, transports=["polling"])
        try:
            await self._client.emit("session_request", {"session_id": None})
            await asyncio.wait_for(self._confirmed.wait(), 60)
            found = []
            for number, text in enumerate(itertools.islice(itertools.cycle(ORDINARY), answers)):
                began = time.monotonic()
                await self._client.call("user_uttered", {"id": f"n{number}", "message": text}, timeout=60)
                await asyncio.wait_for(self._heard.get(), 60)
                found.append(time.monotonic() - began)
                await asyncio.sleep(PAUSE)
                while not self._heard.empty():
                    self._heard.get_nowait()
            return found
        finally:
            await self._client.disconnect()


async def attack(url: str, requests: int, answers: int, seed: int) -> Result:
    """Measure a visitor, attack while measuring another, and measure a third."""
    result = Result()
    await Visitor(url).times(3)
    result.before = await Visitor(url).times(answers)
    attacker, left = Attacker(url, seed), iter(range(requests))

    async def keep_on(session: aiohttp.ClientSession) -> None:
        for _ in left:
            await attacker.attack(session, result)

    connector = aiohttp.TCPConnector(limit=AT_ONCE, force_close=True)
    async with aiohttp.ClientSession(connector=connector) as session:
        meanwhile = asyncio.create_task(Visitor(url).times(answers))
        await asyncio.gather(*(keep_on(session) for _ in range(AT_ONCE)))
        result.during = await meanwhile
    result.after = await Visitor(url).times(answers)
    return result


def quantile(times: list[float], part: float) -> float:
    """The time within which that part of the answers came."""
    return sorted(times)[min(len(times) - 1, int(part * len(times)))]


def describe(times: list[float]) -> str:
    """A line on the times of a visitor's answers."""
    return f"{len(times)} answers, p50 {quantile(times, 0.5):.3f} s, p95 {quantile(times, 0.95):.3f} s"


def main() -> int:
    """Read the command line, attack, and tell."""
    parser = argparse.ArgumentParser(description="attack a coach of your own")
    parser.add_argument("--url", default="http://localhost:8080")
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--answers", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    result = asyncio.run(attack(asked.url, asked.requests, asked.answers, asked.seed))
    print("\n".join(result.lines()))
    return 0 if result.passed() else 1


if __name__ == "__main__":
    sys.exit(main())
