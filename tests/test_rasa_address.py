"""Which Rasa server a turn goes to while one model takes over from another: none is cut off, none of one conversation runs beside another."""

from __future__ import annotations

import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from bot.rasa_address import Turns, current_port, forget_address, forget_turns, nobody_waits, send_turns_to
from bot.settings import ROOT, settings

OLD, NEW = 7001, 7002


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COACH_VAR_DIR", str(tmp_path))
    settings.cache_clear()
    send_turns_to(OLD)
    yield tmp_path
    monkeypatch.undo()
    settings.cache_clear()


def idle(port: int) -> bool:
    with nobody_waits(port) as nobody:
        return nobody


def test_new_turns_go_to_the_new_server_and_the_old_one_is_waited_for() -> None:
    turns = Turns()
    with turns.server_for("a") as server:
        assert server.endswith(f":{OLD}")
        send_turns_to(NEW)
        assert not idle(OLD)
        with turns.server_for("b") as other:
            assert other.endswith(f":{NEW}")
            assert not idle(NEW)
    assert idle(OLD) and idle(NEW)


def test_turns_of_one_conversation_that_overlap_stay_on_one_server() -> None:
    turns = Turns()
    with ExitStack() as first:
        first.enter_context(turns.server_for("a"))
        send_turns_to(NEW)
        with turns.server_for("a") as second:
            assert second.endswith(f":{OLD}")
            first.close()
            assert not idle(OLD)
            with turns.server_for("a") as third:
                assert third.endswith(f":{OLD}")
    assert idle(OLD)
    with turns.server_for("a") as later:
        assert later.endswith(f":{NEW}")


def test_a_turn_that_fails_is_not_waited_for() -> None:
    turns = Turns()
    with pytest.raises(RuntimeError), turns.server_for("a"):
        raise RuntimeError
    assert idle(OLD)


def test_no_turn_begins_on_a_server_that_is_being_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """The port is read, the supervisor goes on, and only then the turn begins."""
    ports = iter([OLD, NEW, NEW])
    monkeypatch.setattr("bot.rasa_address.current_port", lambda: next(ports))
    with nobody_waits(OLD) as nobody, Turns().server_for("a") as server:
        assert nobody
        assert server.endswith(f":{NEW}")


def test_a_process_that_dies_waits_for_nothing(folder: Path) -> None:
    program = "import os\nfrom bot.rasa_address import Turns\nwith Turns().server_for('a'):\n    print('in', flush=True)\n    input()"
    child = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert child.stdout is not None
    assert child.stdout.readline() == b"in\n"
    assert not idle(OLD)
    child.kill()
    child.wait()
    assert idle(OLD)


def test_without_an_address_the_settings_count_and_a_full_disk_stops_nobody(folder: Path) -> None:
    forget_address()
    assert current_port() == settings().rasa_port
    forget_turns(OLD)
    send_turns_to(OLD)
    # A folder in its place: the file of turns can't be opened, as on a full disk.
    (folder / f"rasa-{OLD}.turns").mkdir()
    with Turns().server_for("a") as server:
        assert server.endswith(f":{OLD}")
