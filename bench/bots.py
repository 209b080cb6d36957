"""The two bots that are compared: this coach, and what `rasa init --no-prompt` makes."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import httpx

from bench.machine import children, free_port
from bot.settings import ROOT, settings
from bot.training import fitting_model
from tests.operation.visitors import Visitor

Say = Callable[[str], Awaitable[Any]]
START_SECONDS = 900
HERE = {
    "COACH_API_TOKEN": "",
    "COACH_RASA_URL": "",
    "COACH_ACTIONS_URL": "",
    "REDIS_URL": "",
    "COACH_NOTIFY_URLS": "",
    "TELEGRAM_TOKEN": "",
}
DUTCH = [
    "haar woorden doen me nog steeds pijn",
    "het is altijd zijn schuld, hij denkt alleen aan zichzelf",
    "ik heb haar pijn gedaan en daar heb ik spijt van",
    "waarom moet ik altijd de eerste zijn",
    "hoe begin ik er met hem over?",
    "moet ik hem dan maar vergeven?",
    "hoe kan ik haar ooit weer vertrouwen",
    "ze wil er niet over praten, ze klapt dicht",
    "ik ben een verschrikkelijk mens, dit vergeef ik mezelf nooit",
    "we leven langs elkaar heen",
]
ENGLISH = [
    "hey",
    "I am sad",
    "yes",
    "no",
    "I feel very good",
    "are you a bot?",
    "my day was horrible",
    "bye",
    "am I talking to a human?",
    "I'm great",
]


class Bot:
    """A bot that can be trained, started, talked with and stopped. `sentences` are what it is meant to understand."""

    name: str
    sentences: list[str]

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True)
        self.port = free_port()
        self.rest = f"http://127.0.0.1:{self.port}/webhooks/rest/webhook"
        self.process: subprocess.Popen[bytes] | None = None

    def train(self) -> float:
        """Train from nothing. Returns the seconds that it took."""
        raise NotImplementedError

    def start(self) -> float:
        """Start all its servers. Returns the seconds until it can answer."""
        raise NotImplementedError

    def change_model(self) -> None:
        """Have it speak with another model, in the way that is meant for it, and wait until it does."""
        raise NotImplementedError

    def pids(self) -> list[int]:
        """All its processes."""
        return [self.process.pid, *children(self.process.pid)] if self.process else []

    def visitor(self) -> AbstractAsyncContextManager[Say]:
        """Somebody in a new conversation, who says something and waits for the answer."""
        raise NotImplementedError

    def stop(self) -> None:
        """Stop all its servers."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(60)
            except subprocess.TimeoutExpired:
                self.process.kill()

    def _run(self, command: list[str], cwd: Path, environment: dict[str, str]) -> float:
        began = time.monotonic()
        with (self.folder / "training.log").open("ab") as log:
            subprocess.run(command, cwd=cwd, env=environment, stdout=log, stderr=log, check=True)
        return time.monotonic() - began

    def _spawn(self, command: list[str], cwd: Path, environment: dict[str, str], ready: Callable[[], bool]) -> float:
        began = time.monotonic()
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(command, cwd=cwd, env=environment, stdout=log, stderr=log)
        while not ready():
            if self.process.poll() is not None or time.monotonic() - began > START_SECONDS:
                sys.exit(f"{self.name} did not start: see {self.folder}.")
            time.sleep(0.05)
        return time.monotonic() - began


class Coach(Bot):
    """This coach: the web, Rasa and action servers."""

    name = "Eerste Stap"
    sentences = DUTCH

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.web_port = free_port()
        self.web = f"http://127.0.0.1:{self.web_port}"
        ports = {"COACH_RASA_PORT": self.port, "COACH_WEB_PORT": self.web_port, "COACH_ACTIONS_PORT": free_port()}
        self._environment = {
            **os.environ,
            **HERE,
            "DATABASE_URL": os.environ.get("BENCH_DATABASE_URL", ""),
            "COACH_VAR_DIR": str(folder),
            **{name: str(port) for name, port in ports.items()},
        }

    def train(self) -> float:
        """Train (see parent class)."""
        return self._run([sys.executable, "-W", "ignore", "-m", "bot", "train"], ROOT, self._environment)

    def take_model(self) -> None:
        """Take the model that is there already, for a run that measures no training."""
        (self.folder / "models").mkdir()
        shutil.copy(fitting_model(), self.folder / "models")
        shutil.copytree(settings().var_dir / "cache", self.folder / "cache", dirs_exist_ok=True)

    def change_model(self) -> None:
        """Publish as a therapist does: checked, trained, and only then changed."""
        self._run([sys.executable, "-W", "ignore", "-m", "bench.publish"], ROOT, self._environment)

    @asynccontextmanager
    async def visitor(self) -> AsyncIterator[Say]:
        """In the widget: its own channel goes on where a new server takes over."""
        visitor = Visitor(self.web)
        await visitor.come()
        try:
            yield visitor.say
        finally:
            await visitor.leave()

    def start(self) -> float:
        """Start (see parent class)."""
        command = [sys.executable, "-W", "ignore", "-m", "bot", "run"]
        return self._spawn(command, ROOT, self._environment, lambda: answers(f"{self.web}/health"))


class DefaultProject(Bot):
    """What `rasa init --no-prompt` makes, with its default pipeline and policies."""

    name = "Rasa's default project"
    sentences = ENGLISH

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._environment = {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "SQLALCHEMY_SILENCE_UBER_WARNING": "1"}
        # What `rasa init` does before it trains.
        script = f"from rasa.cli.scaffold import create_initial_project as make; make({str(folder)!r})"
        subprocess.run([sys.executable, "-W", "ignore", "-c", script], check=True, env=self._environment, capture_output=True)
        (folder / "credentials.yml").write_text("rest:\n")

    def train(self) -> float:
        """Train (see parent class)."""
        command = [sys.executable, "-W", "ignore", "-m", "rasa", "train", "--force"]
        return self._run(command, self.folder, self._environment)

    def start(self) -> float:
        """Start (see parent class)."""
        command = [
            sys.executable,
            "-W",
            "ignore",
            "-m",
            "rasa",
            "run",
            "--enable-api",
            "--interface",
            "127.0.0.1",
            "--port",
            str(self.port),
        ]
        return self._spawn(command, self.folder, self._environment, lambda: answers(f"http://127.0.0.1:{self.port}/status"))

    def change_model(self) -> None:
        """Load the model that it has once more."""
        (model,) = (self.folder / "models").glob("*.tar.gz")
        httpx.put(f"http://127.0.0.1:{self.port}/model", json={"model_file": str(model)}, timeout=600).raise_for_status()

    @asynccontextmanager
    async def visitor(self) -> AsyncIterator[Say]:
        """In its REST channel."""
        sender = uuid.uuid4().hex
        async with httpx.AsyncClient(timeout=600) as http:

            async def say(text: str) -> None:
                (await http.post(self.rest, json={"sender": sender, "message": text})).raise_for_status()

            yield say


def answers(address: str) -> bool:
    """Whether it says 200."""
    try:
        return httpx.get(address, timeout=5).status_code == 200
    except httpx.HTTPError:
        return False
