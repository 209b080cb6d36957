"""Which Rasa server new turns go to, while one model takes over from another.

The supervisor writes the port into a file. Whoever sends a turn holds a shared lock on that server's file of turns until it is answered, so
that the supervisor knows when the old server has nothing left to do; the kernel drops the lock of a process that dies.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from bot.settings import settings

# More often than a supervisor can change servers meanwhile.
_TRIES = 5


def current_port() -> int:
    """The port of the Rasa server that new turns go to."""
    try:
        return int(_address_file().read_text("ascii"))
    except (OSError, ValueError):
        return settings().rasa_port


def current_address() -> str:
    """The address of the Rasa server that new turns go to."""
    return _elsewhere() or f"http://127.0.0.1:{current_port()}"


def send_turns_to(port: int) -> None:
    """Have new turns go to another Rasa server from now on."""
    draft = _address_file().with_suffix(f".{os.getpid()}")
    draft.write_text(str(port), "ascii")
    draft.replace(_address_file())


def forget_address() -> None:
    """The servers stop: what is started next is where the settings say."""
    _address_file().unlink(missing_ok=True)


@contextmanager
def nobody_waits(port: int) -> Iterator[bool]:
    """Whether no turn is under way at a server that gets no new ones; none begins there meanwhile."""
    with _turns_file(port).open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def forget_turns(port: int) -> None:
    """The server is gone."""
    _turns_file(port).unlink(missing_ok=True)


@dataclass
class _Counted:
    port: int
    turns: int


class Turns:
    """The turns of this process that wait for an answer. Not for several threads."""

    def __init__(self) -> None:
        self._conversations: dict[str, _Counted] = {}
        self._servers: dict[int, tuple[IO[str] | None, int]] = {}

    @contextmanager
    def server_for(self, conversation: str) -> Iterator[str]:
        """The address of the server that takes a turn. Turns of one conversation that overlap go to one server, which keeps their order."""
        if elsewhere := _elsewhere():
            yield elsewhere
            return
        counted = self._conversations.setdefault(conversation, _Counted(0, 0))
        if counted.turns == 0:
            counted.port = self._hold_current()
        else:
            self._hold(counted.port)
        counted.turns += 1
        try:
            yield f"http://127.0.0.1:{counted.port}"
        finally:
            counted.turns -= 1
            if counted.turns == 0:
                del self._conversations[conversation]
            self._let_go(counted.port)

    def _hold_current(self) -> int:
        # Between reading the port and holding it, the supervisor may have gone on to the next server.
        for _ in range(_TRIES):
            port = current_port()
            if self._hold(port) and current_port() == port:
                return port
            self._let_go(port)
        self._hold(port)
        return port

    def _hold(self, port: int) -> bool:
        """Count a turn at a server. Returns whether the supervisor knows of it."""
        file, turns = self._servers.get(port) or (_locked(port), 0)
        self._servers[port] = (file, turns + 1)
        return file is not None

    def _let_go(self, port: int) -> None:
        file, turns = self._servers.pop(port)
        if turns > 1:
            self._servers[port] = (file, turns - 1)
        elif file is not None:
            file.close()


def _locked(port: int) -> IO[str] | None:
    """A server's file of turns, locked; None where it can't be: a full disk is no reason to leave a visitor without an answer."""
    try:
        file = _turns_file(port).open("a")
    except OSError:
        return None
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        file.close()
        return None
    return file


def _elsewhere() -> str | None:
    """The address of Rasa servers that another supervisor looks after (COACH_RASA_URL)."""
    address = settings().rasa_url
    return None if address == f"http://127.0.0.1:{settings().rasa_port}" else address


def _address_file() -> Path:
    return settings().var_dir / "rasa.port"


def _turns_file(port: int) -> Path:
    return settings().var_dir / f"rasa-{port}.turns"
