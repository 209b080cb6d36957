"""Whole servers that a test may break: each with its three parts, found by their process ids."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from bot.settings import settings
from bot.training import fitting_model
from tests.conftest import ROOT, free_port

START_SECONDS = 1800
PARTS = ("rasa", "actions", "web")
QUIET = {
    "COACH_API_TOKEN": "",
    "COACH_RASA_URL": "",
    "COACH_ACTIONS_URL": "",
    "COACH_METRICS_TOKEN": "",
    "COACH_DATA_KEYS": "",
    "COACH_SESSION_KEY": "",
    "DATABASE_URL": "",
    "REDIS_URL": "",
    "COACH_NOTIFY_URLS": "",
    "TELEGRAM_TOKEN": "",
    "COACH_COUNTRY": "nl",
}


class Server:
    """One whole server in a folder of its own: `python -m bot run`."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.web_port, self.rasa_port, self.actions_port = free_port(), free_port(), free_port()
        self.web, self.rasa = f"http://127.0.0.1:{self.web_port}", f"http://127.0.0.1:{self.rasa_port}"
        ports = {"WEB": self.web_port, "RASA": self.rasa_port, "ACTIONS": self.actions_port}
        self.environment = {
            **os.environ,
            **QUIET,
            "COACH_VAR_DIR": str(folder),
            **{f"COACH_{part}_PORT": str(port) for part, port in ports.items()},
            **environment,
        }
        lay_out(folder)

    def start(self) -> None:
        """Start it; `wait` says when it is there."""
        command = [sys.executable, "-W", "ignore", "-m", "bot", "run"]
        self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=subprocess.DEVNULL)

    def wait(self) -> None:
        """Until all parts answer."""
        eventually(self.healthy, START_SECONDS, self.logs)

    def healthy(self) -> bool:
        """Whether all parts answer."""
        try:
            return httpx.get(f"{self.web}/health", timeout=10).status_code == 200
        except httpx.HTTPError:
            return False

    def pid(self, part: str) -> int:
        """The process of a part, once it runs."""
        found: list[int] = []

        def there() -> bool:
            found[:] = [int(p.name) for p in Path("/proc").glob("[0-9]*") if self._is(p, part)]
            return bool(found)

        eventually(there, 300)
        return found[0]

    def kill(self, part: str) -> None:
        """End a part as a crash would."""
        os.kill(self.pid(part), signal.SIGKILL)

    def kill_all(self) -> None:
        """End the whole server at once, as a power cut would."""
        pids = [self.pid(part) for part in PARTS]
        self.process.kill()
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """Stop it as Ctrl-C does."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(120)

    def logs(self) -> str:
        """The ends of the logs, for a test that fails."""
        return "\n".join(f"== {p.name}\n{p.read_text(errors='replace')[-3000:]}" for p in (self.folder / "logs").glob("*.log"))

    def _is(self, process: Path, part: str) -> bool:
        try:
            command = (process / "cmdline").read_bytes().split(b"\0")
            parent = int((process / "stat").read_text().rsplit(")", 1)[1].split()[1])
        except OSError:
            return False
        return f"serve-{part}".encode() in command and parent == self.process.pid


def lay_out(folder: Path) -> None:
    """The model of this project, and what was computed for it, so that a start is quick."""
    model = fitting_model()
    if not model.exists():
        pytest.fail("No model fits the data: run 'make train' first.")
    (folder / "models").mkdir(parents=True, exist_ok=True)
    shutil.copy(model, folder / "models")
    if (settings().var_dir / "cache").is_dir():
        shutil.copytree(
            settings().var_dir / "cache", folder / "cache", ignore=lambda _, names: [n for n in names if not n.endswith(".npz")]
        )


def eventually(holds: Callable[[], bool], seconds: float, explain: Callable[[], str] = str) -> None:
    """Wait until something holds; fail when it does not in time."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            pytest.fail(f"It did not come true within {seconds} s.\n{explain()}")
        time.sleep(0.3)


def program(*names: str, package: str) -> str:
    """The path of a program; the test is left out (in CI it fails) where there is none."""
    places = os.environ["PATH"] + ":/usr/sbin:/sbin:/usr/local/sbin"
    for name in names:
        if found := shutil.which(name, path=places):
            return found
    missing = f"no {names[0]} on this machine (Debian: apt-get install {package})"
    if os.environ.get("CI"):
        pytest.fail(missing)
    pytest.skip(missing)
