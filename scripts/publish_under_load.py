"""How visitors fare while new versions are published, one after the other: about twenty messages a second, five publishes, no reply lost.

Run by hand on a machine that does nothing else: `.venv/bin/python -W ignore scripts/publish_under_load.py [--visitors 20] [--publishes 5]`.
It starts servers of its own in a folder of its own, and writes a table. Exit status 1 where a reply was lost, or slower than 1.5 s.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import httpx  # noqa: E402
import socketio  # noqa: E402

from tests.conftest import Coach, servers  # noqa: E402

MOST_SECONDS = 1.5
WORDS = ["haar woorden doen me nog steeds pijn", "ik voel me zo alleen", "het blijft maar steken", "hoe begin ik er met hem over?", "hallo"]


@dataclass
class Seen:
    """What all visitors saw: seconds per reply with the moment, and what went wrong."""

    replies: list[tuple[float, float]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    said: int = 0


async def visitor(coach: Coach, seen: Seen, pause: float, until: asyncio.Event) -> None:
    """Say something every `pause` seconds, whether or not the coach is quick, until told to stop."""
    from bot.alarm.helplines import plain_message

    client = socketio.AsyncClient()
    heard: asyncio.Queue[str] = asyncio.Queue()
    confirmed: asyncio.Queue[object] = asyncio.Queue()
    client.on("bot_uttered", lambda message: heard.put(message["text"]))
    client.on("session_confirm", confirmed.put)
    await client.connect(coach.web, headers={"Origin": coach.web})
    await client.emit("session_request", {"session_id": None})
    await asyncio.wait_for(confirmed.get(), 60)
    number = 0
    while not until.is_set():
        number += 1
        seen.said += 1
        begun = time.monotonic()
        await client.emit("user_uttered", {"id": f"{id(client)}-{number}", "message": f"{WORDS[number % len(WORDS)]}, nummer {number}"})
        try:
            text = await asyncio.wait_for(heard.get(), 60)
        except asyncio.TimeoutError:
            seen.faults.append("no reply within a minute")
            break
        if text == plain_message():
            seen.faults.append("the plain message")
        seen.replies.append((begun, time.monotonic() - begun))
        await asyncio.sleep(max(0.0, pause - (time.monotonic() - begun)))
    await client.disconnect()


async def measure(coach: Coach, visitors: int, publishes: int, rate: float) -> tuple[Seen, list[tuple[float, float]]]:
    """Have visitors talk, publish, and go on a little. Returns what they saw, and when each publish began and ended."""
    seen, until, spans = Seen(), asyncio.Event(), []
    talking = [asyncio.create_task(visitor(coach, seen, visitors / rate, until)) for _ in range(visitors)]
    await asyncio.sleep(30)
    for number in range(publishes):
        begun = time.monotonic()
        await asyncio.to_thread(publish, number)
        spans.append((begun, time.monotonic()))
        await asyncio.sleep(10)
    until.set()
    await asyncio.gather(*talking)
    return seen, spans


def publish(number: int) -> None:
    """Publish what ships with another greeting; raises where it is refused."""
    from bot.content.files import content_hash, shipped
    from bot.content.versions import published_number
    from bot.publishing.jobs import PUBLISH, Wanted, ask_for, job

    content = {**shipped()}
    content["domain.yml"] = content["domain.yml"].replace("Fijn dat je er bent.", f"Fijn dat je er bent, {'weer ' * number}vandaag.")
    job_id = ask_for(Wanted(PUBLISH, "load", "load", published_number(), content, content_hash(content), note=f"nummer {number}"))
    while (done := job(job_id)) is not None and done.unfinished:
        time.sleep(0.5)
    if done is None or done.problem:
        raise RuntimeError(done.problem if done else "gone")


def row(name: str, seconds: list[float]) -> str:
    """A line of the table."""
    if len(seconds) < 2:
        return f"| {name} | {len(seconds)} | | | |"
    cut = statistics.quantiles(seconds, n=100)
    return f"| {name} | {len(seconds)} | {statistics.median(seconds):.2f} | {cut[98]:.2f} | {max(seconds):.2f} |"


def main() -> int:
    """Run it. Returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visitors", type=int, default=20)
    parser.add_argument("--publishes", type=int, default=5)
    parser.add_argument("--rate", type=float, default=20.0, help="messages a second, of all visitors together")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="publish-") as name, servers(Path(name), cache=True) as coach:
        os.environ |= {"COACH_VAR_DIR": name, "DATABASE_URL": ""}
        print(f"load of the machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors", flush=True)
        seen, spans = asyncio.run(measure(coach, asked.visitors, asked.publishes, asked.rate))
        assert httpx.get(f"{coach.web}/health").status_code == 200
    during = [seconds for at, seconds in seen.replies if any(begun <= at <= ended for begun, ended in spans)]
    beside = [seconds for at, seconds in seen.replies if not any(begun <= at <= ended for begun, ended in spans)]
    print("| replies | number | median s | p99 s | slowest s |\n| --- | --- | --- | --- | --- |")
    print(row("while nothing is published", beside))
    print(row("while a version is published", during))
    print(f"\npublishes took {', '.join(f'{ended - begun:.0f} s' for begun, ended in spans)}; said {seen.said}, faults {len(seen.faults)}")
    print("\n".join(sorted(set(seen.faults))))
    lost = seen.said - len(seen.replies)
    return 1 if seen.faults or lost or max(during, default=0) > MOST_SECONDS else 0


if __name__ == "__main__":
    sys.exit(main())
