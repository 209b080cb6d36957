"""Starts the three servers, watches them, and stops them all: `make run`."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from bot.logs import rotate
from bot.settings import ROOT, Settings, settings

# A slow machine is no fault: a part that falls is noticed at once.
READY_SECONDS = 1800
STOP_SECONDS = 10
# While starting, a part that falls this often is given up. Later none is: the others go on meanwhile, and visitors get the numbers (S8).
RESTARTS_PER_PART = 5
LONGEST_PAUSE = 60
# A part that ran for so long was well.
WELL_SECONDS = 300
LOOK_SECONDS = 0.5
ROTATE_SECONDS = 60


class StartError(RuntimeError):
    """The servers can't start. The message is one line that says what to do."""


def check_ports(config: Settings) -> None:
    """Raise `StartError` when a port is in use."""
    ports = {
        "COACH_WEB_PORT": (config.web_host, config.web_port),
        "COACH_RASA_PORT": ("127.0.0.1", config.rasa_port),
        "COACH_ACTIONS_PORT": ("127.0.0.1", config.actions_port),
    }
    for name, (host, port) in ports.items():
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as problem:
                raise StartError(f"Port {port} can't be used ({problem.strerror}). Stop what uses it, or set {name} in .env.") from problem


class Supervisor:
    """The servers as child processes; one that falls is started again."""

    def __init__(self, model: Path) -> None:
        self._commands = {
            "rasa": [sys.executable, "-m", "bot", "serve-rasa", str(model)],
            "actions": [sys.executable, "-m", "bot", "serve-actions"],
            "web": [sys.executable, "-m", "bot", "serve-web"],
        }
        self._children: dict[str, subprocess.Popen[bytes]] = {}
        self._restarts = dict.fromkeys(self._commands, 0)
        self._started_at = dict.fromkeys(self._commands, 0.0)
        self._start_at: dict[str, float] = {}
        self._was_ready = False
        self._stopping = False

    def run(self) -> None:
        """Start everything, say where it is, and wait for Ctrl-C.

        Raises `StartError` when a part does not come up or keeps falling.
        """
        signal.signal(signal.SIGTERM, self._stop_signal)
        signal.signal(signal.SIGINT, self._stop_signal)
        started = time.monotonic()
        try:
            for name in self._commands:
                self._start(name)
            self._wait_until_ready()
            if not self._stopping:
                say(f"Ready after {time.monotonic() - started:.0f} s. Open {settings().web_url}  (Ctrl-C stops it)")
            self._was_ready = True
            rotated = time.monotonic()
            while not self._stopping:
                time.sleep(LOOK_SECONDS)
                self._restart_fallen()
                if time.monotonic() - rotated > ROTATE_SECONDS:
                    rotate(settings().var_dir / "logs")
                    rotated = time.monotonic()
        finally:
            self._stop_all()

    def _start(self, name: str) -> None:
        log = settings().var_dir / "logs" / f"{name}.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        self._started_at[name] = time.monotonic()
        with log.open("ab") as file:
            self._children[name] = subprocess.Popen(
                self._commands[name],
                cwd=ROOT,
                stdout=file,
                stderr=file,
                env=quiet_environment(),
                start_new_session=True,
            )

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while not self._stopping and not healthy():
            if time.monotonic() > deadline:
                raise StartError(f"The servers are not ready after {READY_SECONDS} s. See {settings().var_dir / 'logs'}.")
            self._restart_fallen()
            time.sleep(0.3)

    def _restart_fallen(self) -> None:
        now = time.monotonic()
        for name, child in list(self._children.items()):
            if self._stopping or child.poll() is None:
                continue
            if name not in self._start_at:
                well = now - self._started_at[name] > WELL_SECONDS
                self._restarts[name] = 1 if well else self._restarts[name] + 1
                if self._restarts[name] > RESTARTS_PER_PART and not self._was_ready:
                    raise StartError(f"The {name} server keeps stopping. See {settings().var_dir / 'logs' / (name + '.log')}.")
                pause = min(2 ** (self._restarts[name] - 1), LONGEST_PAUSE)
                say(f"The {name} server stopped; starting it again in {pause} s.")
                self._start_at[name] = now + pause
            elif now >= self._start_at[name]:
                del self._start_at[name]
                self._start(name)

    def _stop_signal(self, *_: object) -> None:
        self._stopping = True

    def _stop_all(self) -> None:
        for child in self._children.values():
            if child.poll() is None:
                os.killpg(child.pid, signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        for child in self._children.values():
            try:
                child.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()


def healthy() -> bool:
    """Whether all parts answer."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{settings().web_port}/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def quiet_environment() -> dict[str, str]:
    """The environment for the servers: no telemetry, no start-up chatter, one thread for the encoder."""
    return {
        **os.environ,
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        # OpenMP's spinning made the encoder ten times slower on a busy machine.
        "OMP_NUM_THREADS": "1",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "PYTHONWARNINGS": "ignore",
        "LOG_LEVEL_LIBRARIES": "ERROR",
    }


def say(line: str) -> None:
    """A line for the operator."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
