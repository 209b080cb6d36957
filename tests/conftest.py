"""The real servers, started once for the whole run, on ports of their own and with a folder of their own."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import hypothesis
import pytest

from bot.hearing.learned import prepare
from bot.training import fitting_model
from tests import fake_platforms
from tests.databases import database, no_database, postgres

__all__ = ["database", "no_database", "postgres"]

# A first call reads files, and the machine may be busy: how long something takes is tested where it matters.
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 240
# Tests here start servers, a browser, or kill something: two of them at once would be in each other's way.
WITH_SERVERS = ("browser", "channels", "conversations", "hostile", "operation", "publishing", "test_faults.py", "test_rasa_address.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Have one process run all tests with servers, one after the other, while another runs the rest (`make test` starts two)."""
    for item in items:
        if item.path.relative_to(ROOT / "tests").parts[0] in WITH_SERVERS:
            item.add_marker(pytest.mark.xdist_group("servers"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Coach:
    """The running servers: where they are, and a way to talk with them."""

    def __init__(self, web: int, rasa: int, actions: int, folder: Path, platforms: int) -> None:
        self.ports = {"web": web, "rasa": rasa, "actions": actions}
        self.web = f"http://localhost:{web}"
        self.rasa = f"http://127.0.0.1:{rasa}"
        self.folder = folder
        # Where it takes WhatsApp and Messenger to be; a test that needs them starts something there.
        self.platforms_port = platforms
        self.http = httpx.Client(timeout=60)
        self.process: subprocess.Popen[bytes] | None = None

    def part(self, words: str) -> int:
        """The process id of one of its servers, by words of its command line."""
        for status in Path("/proc").glob("[0-9]*/stat"):
            try:
                parent = int(status.read_text().rsplit(")", 1)[1].split()[1])
                command = status.with_name("cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
            if self.process is not None and parent == self.process.pid and words in command:
                return int(status.parent.name)
        raise AssertionError(f"no server with {words!r}")

    def say(self, sender: str, text: str) -> list[dict[str, Any]]:
        answer = self.http.post(f"{self.rasa}/webhooks/rest/webhook", json={"sender": sender, "message": text})
        assert answer.status_code == 200, answer.text
        return answer.json()

    def parse(self, text: str) -> dict[str, Any]:
        return self.http.post(f"{self.rasa}/model/parse", json={"text": text}).json()

    def actions(self, sender: str) -> list[str]:
        """The responses and actions of a conversation so far."""
        events = self.http.get(f"{self.rasa}/conversations/{sender}/tracker").json()["events"]
        return [e["name"] for e in events if e["event"] == "action" and e["name"] != "action_listen"]

    def course(self, sender: str) -> list[str]:
        """Actions and responses so far, those that a form or an action said included; a response that is an action stands there once."""
        found: list[str] = []
        for event in self.http.get(f"{self.rasa}/conversations/{sender}/tracker").json()["events"]:
            name = event.get("name") if event["event"] == "action" else (event.get("metadata") or {}).get("utter_action")
            if event["event"] == "user":
                found.append("")
            elif event["event"] in ("action", "bot") and name and name != "action_listen" and found[-1:] != [name]:
                found.append(name)
        return [name for name in found if name]


@contextmanager
def servers(folder: Path, *, cache: bool = False, **more: str) -> Iterator[Coach]:
    """The real servers with a folder of their own and `more` settings; with `cache`, what training keeps is that of the project's folder."""
    model = fitting_model()
    if not model.exists():
        pytest.fail("No model fits the data: run 'make train' first.")
    (folder / "models").mkdir(exist_ok=True)
    shutil.copy(model, folder / "models")
    if cache:
        (folder / "cache").symlink_to(model.parent.parent / "cache", target_is_directory=True)
    else:
        # Made once for all servers of all tests; each would take half a minute for it.
        prepare()
        (folder / "cache").mkdir(exist_ok=True)
        for kept in (model.parent.parent / "cache").glob("feelings-*.npz"):
            # As the servers make it.
            (folder / "cache" / kept.name).touch(mode=0o600)
            shutil.copyfile(kept, folder / "cache" / kept.name)
    web, rasa, actions, platforms = (free_port() for _ in range(4))
    environment = {
        **os.environ,
        "COACH_VAR_DIR": str(folder),
        "COACH_WEB_PORT": str(web),
        "COACH_RASA_PORT": str(rasa),
        "COACH_ACTIONS_PORT": str(actions),
        # Those of scripts/test.sh are for `rasa test` alone.
        "COACH_RASA_URL": "",
        "COACH_ACTIONS_URL": "",
        "COACH_API_TOKEN": "",
        "DATABASE_URL": "",
        "REDIS_URL": "",
        "COACH_DATA_KEYS": "",
        # Nobody is told of what tests do, whatever .env says.
        "COACH_NOTIFY_URLS": "",
        "TELEGRAM_TOKEN": "",
        "COACH_COUNTRY": "nl",
        "COACH_PUBLIC_URL": "https://coach.example.org",
        "TWILIO_ACCOUNT_SID": fake_platforms.ACCOUNT,
        "TWILIO_AUTH_TOKEN": fake_platforms.TWILIO_TOKEN,
        "TWILIO_WHATSAPP_NUMBER": fake_platforms.NUMBER,
        "TWILIO_API_URL": f"http://127.0.0.1:{platforms}",
        "MESSENGER_PAGE_TOKEN": fake_platforms.PAGE_TOKEN,
        "MESSENGER_APP_SECRET": fake_platforms.APP_SECRET,
        "MESSENGER_VERIFY_TOKEN": fake_platforms.VERIFY,
        "MESSENGER_API_URL": f"http://127.0.0.1:{platforms}/graph",
        **more,
    }
    process = subprocess.Popen([sys.executable, "-W", "ignore", "-m", "bot", "run"], cwd=ROOT, env=environment)
    running = Coach(web, rasa, actions, folder, platforms)
    running.process = process
    try:
        deadline = time.monotonic() + START_SECONDS
        while True:
            if process.poll() is not None or time.monotonic() > deadline:
                logs = "\n".join(p.read_text(errors="replace")[-2000:] for p in (folder / "logs").glob("*.log"))
                pytest.fail(f"The servers did not start:\n{logs}")
            try:
                if running.http.get(f"{running.web}/health").status_code == 200:
                    break
            except httpx.HTTPError:
                pass
            time.sleep(0.5)
        yield running
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


@pytest.fixture(scope="session")
def coach(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Coach]:
    with servers(tmp_path_factory.mktemp("var")) as running:
        yield running


@pytest.fixture
def sender() -> str:
    return f"test-{uuid.uuid4().hex}"


@pytest.fixture
def talk(coach: Coach, sender: str) -> Callable[[str], str]:
    """Say something in a fresh conversation; the texts of the answer, joined."""

    def say(text: str) -> str:
        return "\n".join(m.get("text", "") for m in coach.say(sender, text))

    return say
