"""A new model takes over from the one that runs, without a visitor noticing.

A second Rasa server starts beside the first; a smoke test looks at it; what is published changes; new turns go to it, those under way finish
on the first, which then stops. Until the smoke test is passed nothing has changed, and whatever fails leaves the first one as it was.
"""

from __future__ import annotations

import logging
import os
import socket
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx

from bot.content.files import Content
from bot.rasa_address import forget_turns, nobody_waits, send_turns_to
from bot.settings import settings

logger = logging.getLogger(__name__)
LOAD_SECONDS = 240
# A turn takes 25 s at most (`bot/channels/rest.py`).
DRAIN_SECONDS = 60
STOP_SECONDS = 20
LOOK_SECONDS = 0.2


class RolloutFailed(RuntimeError):
    """The new model could not take over; the old one goes on. The message is a Dutch line for the therapist."""


@dataclass
class RasaServer:
    """A running Rasa server."""

    process: subprocess.Popen[bytes]
    port: int
    model: Path


@dataclass(frozen=True)
class Hands:
    """What the supervisor does for a roll-out: start a Rasa server, and see to the other servers while it waits."""

    start: Callable[[Path, int], subprocess.Popen[bytes]]
    meanwhile: Callable[[], None]


def start_beside(model: Path, content: Content, hands: Hands) -> RasaServer:
    """Start a second Rasa server and have it pass the smoke test.

    Raises `RolloutFailed` or `SmokeTestFailed`; the second server is stopped then.
    """
    # Brings Rasa with it, for which the start of the servers does not wait.
    from bot.publishing.smoke import smoke_test

    port = free_port()
    server = RasaServer(hands.start(model, port), port, model)
    try:
        step_aside(server.process.pid)
        _wait_until_loaded(server, hands)
        smoke_test(port, content)
    except BaseException:
        stop(server)
        raise
    come_forward(server.process.pid)
    return server


def switch(old: RasaServer, new: RasaServer, hands: Hands) -> None:
    """Send new turns to the new server, wait for the old one's last, and stop it."""
    send_turns_to(new.port)
    deadline = time.monotonic() + DRAIN_SECONDS
    while time.monotonic() < deadline:
        with nobody_waits(old.port) as idle:
            if idle:
                stop(old)
                return
        hands.meanwhile()
        time.sleep(LOOK_SECONDS)
    logger.error("A turn is still under way on the old Rasa server after %s s; it is stopped now.", DRAIN_SECONDS)
    stop(old)


def stop(server: RasaServer) -> None:
    """Stop a Rasa server."""
    if server.process.poll() is None:
        os.killpg(server.process.pid, 15)
        try:
            server.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(server.process.pid, 9)
            server.process.wait()
    forget_turns(server.port)


def free_port() -> int:
    """A port of this machine that nothing uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def step_aside(pid: int) -> None:
    """Let a starting server have one processor only, and no precedence on it, so that visitors on the running one are not kept waiting.

    Unlike niceness, both can be taken back without being root.
    """
    allowed = sorted(os.sched_getaffinity(0))
    for thread in _threads(pid):
        os.sched_setaffinity(thread, allowed[-1:])
        os.sched_setscheduler(thread, os.SCHED_BATCH, os.sched_param(0))


def come_forward(pid: int) -> None:
    """Take `step_aside` back."""
    for thread in _threads(pid):
        try:
            os.sched_setaffinity(thread, os.sched_getaffinity(0))
            os.sched_setscheduler(thread, os.SCHED_OTHER, os.sched_param(0))
        except ProcessLookupError:
            # A thread that ended meanwhile.
            continue


def _wait_until_loaded(server: RasaServer, hands: Hands) -> None:
    deadline = time.monotonic() + LOAD_SECONDS
    while not _loaded(server.port):
        if server.process.poll() is not None:
            raise RolloutFailed("De nieuwe versie start niet op. De vorige versie blijft gewoon werken.")
        if time.monotonic() > deadline:
            raise RolloutFailed("De nieuwe versie start te langzaam op. De vorige versie blijft gewoon werken.")
        hands.meanwhile()
        time.sleep(LOOK_SECONDS)


def _loaded(port: int) -> bool:
    token = {"token": settings().api_token} if settings().api_token else {}
    try:
        status = httpx.get(f"http://127.0.0.1:{port}/status", params=token, timeout=3)
    except httpx.HTTPError:
        return False
    return status.status_code == 200


def _threads(pid: int) -> list[int]:
    try:
        return [int(path.name) for path in Path(f"/proc/{pid}/task").iterdir()]
    except FileNotFoundError:
        return []
