"""What every process that we start gets: a quiet environment; and work that may wait, at low priority."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from bot.settings import ROOT

NICENESS = 19
# Linux may schedule each session as a group: niceness then counts only within the group, whose own stands here.
AUTOGROUP = Path("/proc/self/autogroup")
_PR_SET_PDEATHSIG = 1


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


def start_in_background(arguments: list[str], log: Path, environment: dict[str, str] | None = None) -> subprocess.Popen[bytes]:
    """Start `python -m bot …` at low priority, in its own process group, with its output in `log`; it ends when this process does."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as file:
        return subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "bot", "--background", *arguments],
            cwd=ROOT,
            stdout=file,
            stderr=file,
            env=quiet_environment() | (environment or {}),
            start_new_session=True,
        )


def stop_group(process: subprocess.Popen[bytes], seconds: float) -> None:
    """Stop a process and those that it started; kill them after `seconds`."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def go_to_background() -> None:
    """Give this process low priority, and have it end when the one that started it does."""
    os.nice(NICENESS)
    with suppress(OSError):
        # A kernel without such groups has no such file.
        AUTOGROUP.write_text(str(NICENESS))
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
