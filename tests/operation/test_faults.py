"""Each part is really ended, stopped or starved under a small load: nobody is met with silence, nothing is lost, and it mends itself (S8)."""

from __future__ import annotations

import asyncio
import http.server
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from bot.alarm.helplines import plain_message
from bot.training import fitting_model
from tests.conftest import ROOT, free_port
from tests.operation.servers import Server, eventually, lay_out, program
from tests.operation.visitors import PATIENCE, Visitor, nothing_lost, talk

# They end real servers, many at once, and take their time: `make test-cluster`.
pytestmark = pytest.mark.cluster

VISITORS = 3
NOTICES_PORT = free_port()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    made = Server(tmp_path_factory.mktemp("server"), COACH_NOTIFY_URLS=f"json://127.0.0.1:{NOTICES_PORT}/")
    try:
        made.start()
        made.wait()
        yield made
    finally:
        made.stop()


@pytest.fixture
async def visitors(server: Server) -> AsyncIterator[list[Visitor]]:
    server.wait()
    here = [Visitor(server.web) for _ in range(VISITORS)]
    await asyncio.gather(*(visitor.come() for visitor in here))
    yield here
    await asyncio.gather(*(visitor.leave() for visitor in here))
    server.wait()


@pytest.mark.parametrize("part", ["rasa", "web", "actions"])
async def test_a_part_dies_in_the_middle(server: Server, visitors: list[Visitor], part: str) -> None:
    talks = [asyncio.create_task(talk(visitor, 6, 0.5)) for visitor in visitors]
    await asyncio.sleep(1.5)
    await asyncio.to_thread(server.kill, part)
    await asyncio.wait_for(asyncio.gather(*talks), PATIENCE)
    for visitor in visitors:
        await nothing_lost(visitor)


async def test_who_waits_hears_the_numbers_at_once(server: Server, visitors: list[Visitor]) -> None:
    visitor = visitors[0]
    await asyncio.to_thread(server.kill, "rasa")
    asking = asyncio.create_task(visitor.say("hij zegt niets meer tegen mij"))
    began = time.monotonic()
    while not visitor.heard:
        await asyncio.sleep(0.1)
    assert visitor.heard[0]["text"] == plain_message()
    assert time.monotonic() - began < 10
    # And the answer comes by itself when the coach is back.
    heard = await asyncio.wait_for(asking, PATIENCE)
    assert [m.get("text") != plain_message() for m in heard][-1]
    await nothing_lost(visitor)


async def test_an_action_that_dies_inside_a_form(server: Server, visitors: list[Visitor]) -> None:
    visitor = visitors[0]
    await visitor.say("ik wil de relatie-apk doen")
    os.kill(server.pid("actions"), signal.SIGKILL)
    # Nobody listens for some seconds. On a quick machine the mark is read all the same; on a slow one the visitor hears the numbers.
    assert await asyncio.wait_for(visitor.say("een 7"), PATIENCE)
    await asyncio.to_thread(server.wait)
    # The form is where it was, and goes on.
    heard = await asyncio.wait_for(visitor.say("een 8"), PATIENCE)
    assert heard
    assert plain_message() not in [m.get("text") for m in heard]
    await nothing_lost(visitor)


async def test_an_action_that_takes_half_a_minute(server: Server, visitors: list[Visitor]) -> None:
    visitor, pid = visitors[0], server.pid("actions")
    await visitor.say("ik wil de relatie-apk doen")
    os.kill(pid, signal.SIGSTOP)
    try:
        began = time.monotonic()
        heard = await asyncio.wait_for(visitor.say("een 7"), PATIENCE)
        assert [m["text"] for m in heard] == [plain_message()]
        assert time.monotonic() - began < 25
        # Who needs no action is answered as always, also meanwhile.
        other = await asyncio.wait_for(visitors[1].say("haar woorden doen me nog steeds pijn"), PATIENCE)
        assert plain_message() not in [m.get("text") for m in other]
    finally:
        os.kill(pid, signal.SIGCONT)
    await nothing_lost(visitor)


async def test_an_alarm_in_a_turn_that_fails_still_locks(server: Server, visitors: list[Visitor]) -> None:
    visitor, pid = visitors[0], server.pid("rasa")
    # The message arrives; the server dies before it answers.
    os.kill(pid, signal.SIGSTOP)
    asking = asyncio.create_task(visitor.say("hij heeft me gisteren geslagen"))
    await asyncio.sleep(1)
    os.kill(pid, signal.SIGKILL)
    heard = await asyncio.wait_for(asking, PATIENCE)
    assert any("0800-2000" in str(m.get("text")) for m in heard)
    after = await visitor.say("hoe maak ik het weer goed met hem?")
    assert not any("excuses" in str(m.get("text")) and "niet" not in str(m.get("text")) for m in after)
    await nothing_lost(visitor)


async def test_a_full_disk(server: Server, visitors: list[Visitor]) -> None:
    visitor = visitors[0]
    await visitor.say("we praten niet meer met elkaar")
    pids = [server.pid(part) for part in ("rasa", "actions", "web")]
    limits = [resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in pids]
    for pid, (_, hard) in zip(pids, limits, strict=True):
        # From now on no file of theirs grows by a byte.
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, hard))
    try:
        asking = asyncio.create_task(visitor.say("en dat al drie weken"))
        while not visitor.heard or visitor.heard[-1].get("text") != plain_message():
            await asyncio.sleep(0.1)
        assert not asking.done()
    finally:
        for pid, limit in zip(pids, limits, strict=True):
            resource.prlimit(pid, resource.RLIMIT_FSIZE, limit)
    heard = await asyncio.wait_for(asking, PATIENCE)
    assert heard[-1].get("text") != plain_message()
    await nothing_lost(visitor)


async def test_nobody_can_be_notified_for_a_while(server: Server, visitors: list[Visitor]) -> None:
    heard = await visitors[0].say("hij heeft me vastgepakt en tegen de muur geduwd")
    assert any("0800-2000" in str(m.get("text")) for m in heard)

    def waiting(condition: str) -> int:
        with closing(sqlite3.connect(server.folder / "conversations.db")) as database:
            return int(database.execute(f"SELECT count(*) FROM notices WHERE {condition}").fetchone()[0])

    await asyncio.to_thread(eventually, lambda: waiting("tries > 0 AND sent_at IS NULL") > 0, 30)
    received: list[bytes] = []

    class Target(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    target = http.server.ThreadingHTTPServer(("127.0.0.1", NOTICES_PORT), Target)
    threading.Thread(target=target.serve_forever, daemon=True).start()
    try:
        with closing(sqlite3.connect(server.folder / "conversations.db", timeout=10)) as database, database:
            # The next try is in a minute; the test does not wait for it.
            database.execute("UPDATE notices SET next_try_at = '2020-01-01 00:00:00.000000' WHERE sent_at IS NULL")
        await asyncio.to_thread(eventually, lambda: waiting("sent_at IS NULL") == 0, 30)
    finally:
        target.shutdown()
    assert received


def test_a_damaged_model_is_no_server(tmp_path: Path) -> None:
    model = tmp_path / "models" / "damaged.tar.gz"
    model.parent.mkdir()
    whole = fitting_model().read_bytes()
    model.write_bytes(whole[: len(whole) // 2])
    environment = {**os.environ, "COACH_VAR_DIR": str(tmp_path), "COACH_RASA_PORT": str(free_port()), "DATABASE_URL": "", "REDIS_URL": ""}
    command = [sys.executable, "-W", "ignore", "-m", "bot", "serve-rasa", str(model)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 1
    assert done.stderr.strip().splitlines()[-1] == f"The model {model} is damaged. Run 'make train'; 'make run' does it by itself."


def test_a_clock_that_jumps(tmp_path: Path) -> None:
    faketime = Path(program("faketime", package="faketime")).resolve()
    library = next(faketime.parent.parent.glob("lib/*/faketime/libfaketimeMT.so.1"))
    clock, port = tmp_path / "clock", free_port()
    clock.write_text("+0")
    lay_out(tmp_path)
    environment = {
        **os.environ,
        "COACH_VAR_DIR": str(tmp_path),
        "COACH_RASA_PORT": str(port),
        "DATABASE_URL": "",
        "REDIS_URL": "",
        "COACH_API_TOKEN": "",
        "LD_PRELOAD": str(library),
        "FAKETIME_TIMESTAMP_FILE": str(clock),
        "FAKETIME_CACHE_DURATION": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }
    command = [sys.executable, "-W", "ignore", "-m", "bot", "serve-rasa", str(tmp_path / "models" / fitting_model().name)]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    rasa = f"http://127.0.0.1:{port}"

    def say(text: str) -> str:
        answer = httpx.post(f"{rasa}/webhooks/rest/webhook", json={"sender": "c", "message": text}, timeout=60).json()
        return " ".join(m.get("text", "") for m in answer)

    def ready() -> bool:
        try:
            return httpx.get(f"{rasa}/status", timeout=5).status_code == 200
        except httpx.HTTPError:
            return False

    try:
        eventually(ready, PATIENCE, lambda: (tmp_path / "log").read_text(errors="replace")[-3000:])
        assert "0800-2000" in say("hij heeft me gisteren geslagen")
        for jump in ("-30d", "+2d", "-1d", "+400d"):
            clock.write_text(jump)
            time.sleep(1.5)
            assert say("hoe maak ik het goed?") != plain_message()
        clock.write_text("+0")
        events = httpx.get(f"{rasa}/conversations/c/tracker", timeout=30).json()["events"]
        assert next(e["text"] for e in events if e["event"] == "user") == "hij heeft me gisteren geslagen"
        # Coaching stays locked, so the conversation was known each time.
        said = [e["name"] for e in events if e["event"] == "action" and e["name"].startswith("utter_")]
        assert said[0] == "utter_alarm_partner_violence"
        assert len(said) == 5
        assert all(name.startswith("utter_locked_") for name in said[1:])
    finally:
        process.terminate()
        process.wait(30)
