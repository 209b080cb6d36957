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
from bot.processes import quiet_environment
from bot.publishing.following import Follower
from bot.publishing.jobs import UNFINISHED, end_interrupted
from bot.publishing.rollout import Hands, RasaServer
from bot.rasa_address import forget_address, send_turns_to
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


class _Stopped(BaseException):
    """Told to stop in the midst of something."""


class Supervisor:
    """The servers as child processes; one that falls is started again. Another model takes over when one is published."""

    def __init__(self, number: int, model: Path) -> None:
        """`number` is the version of the content that `model` was trained from."""
        self._commands = {
            "actions": [sys.executable, "-m", "bot", "serve-actions"],
            "web": [sys.executable, "-m", "bot", "serve-web"],
            "publisher": [sys.executable, "-m", "bot", "serve-publisher"],
        }
        self._children: dict[str, subprocess.Popen[bytes]] = {}
        self._restarts = dict.fromkeys(("rasa", *self._commands), 0)
        self._started_at = dict.fromkeys(("rasa", *self._commands), 0.0)
        self._start_at: dict[str, float] = {}
        self._was_ready = False
        self._stopping = False
        self._model = model
        self._follower = Follower(number)

    def run(self) -> None:
        """Start everything, say where it is, and wait for Ctrl-C.

        Raises `StartError` when a part does not come up or keeps falling.
        """
        signal.signal(signal.SIGTERM, self._stop_signal)
        signal.signal(signal.SIGINT, self._stop_signal)
        started = time.monotonic()
        end_interrupted(*UNFINISHED)
        send_turns_to(settings().rasa_port)
        try:
            first = self._start_rasa(self._model, settings().rasa_port)
            self._rasa = RasaServer(first, settings().rasa_port, self._model)
            for name in self._commands:
                self._start(name)
            self._wait_until_ready()
            if not self._stopping:
                self._follower.note()
                say(f"Ready after {time.monotonic() - started:.0f} s. Open {settings().web_url}  (Ctrl-C stops it)")
            self._was_ready = True
            rotated = time.monotonic()
            hands = Hands(self._start_rasa, self._meanwhile)
            while not self._stopping:
                time.sleep(LOOK_SECONDS)
                self._restart_fallen()
                self._rasa = self._follower.look(self._rasa, hands)
                if time.monotonic() - rotated > ROTATE_SECONDS:
                    rotate(settings().var_dir / "logs")
                    rotated = time.monotonic()
        except _Stopped:
            pass
        finally:
            self._stop_all()
            forget_address()

    def _start_rasa(self, model: Path, port: int) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "bot", "serve-rasa", str(model)]
        child = self._launch("rasa", command, {"COACH_RASA_PORT": str(port)})
        # Under its port: while one takes over from another there are two.
        self._children = {name: known for name, known in self._children.items() if name in self._commands or known.poll() is None}
        self._children[f"rasa-{port}"] = child
        return child

    def _start(self, name: str) -> None:
        if name == "rasa":
            self._rasa.process = self._start_rasa(self._rasa.model, self._rasa.port)
        else:
            self._children[name] = self._launch(name, self._commands[name], {})

    def _launch(self, name: str, command: list[str], more: dict[str, str]) -> subprocess.Popen[bytes]:
        log = settings().var_dir / "logs" / f"{name}.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        environment = quiet_environment() | more
        self._started_at[name] = time.monotonic()
        with log.open("ab") as file:
            return subprocess.Popen(command, cwd=ROOT, stdout=file, stderr=file, env=environment, start_new_session=True)

    def _meanwhile(self) -> None:
        """What goes on while one model takes over from another. Raises `_Stopped` when told to stop."""
        self._restart_fallen()
        if self._stopping:
            raise _Stopped

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while not self._stopping and not healthy():
            if time.monotonic() > deadline:
                raise StartError(f"The servers are not ready after {READY_SECONDS} s. See {settings().var_dir / 'logs'}.")
            self._restart_fallen()
            time.sleep(0.3)

    def _restart_fallen(self) -> None:
        now = time.monotonic()
        for name in ("rasa", *self._commands):
            child = self._rasa.process if name == "rasa" else self._children[name]
            if self._stopping or child.poll() is None:
                continue
            if name not in self._start_at:
                well = now - self._started_at[name] > WELL_SECONDS
                self._restarts[name] = 1 if well else self._restarts[name] + 1
                # Visitors can do without the publisher.
                if self._restarts[name] > RESTARTS_PER_PART and not self._was_ready and name != "publisher":
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


def say(line: str) -> None:
    """A line for the operator."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
