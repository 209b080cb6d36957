"""Trying a draft: a copy of the coach with the draft's model beside one with the published model, in a world of their own.

They keep their conversations in a folder that is emptied each time. No visitor, no intake and no alarm of the practice is touched.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.content.versions import published, published_number
from bot.processes import start_in_background, stop_group
from bot.publishing.materials import model_of
from bot.publishing.rollout import free_port
from bot.settings import settings

IDLE_SECONDS = 900
STOP_SECONDS = 10
# Settings that lead out of the trial's own world: to the practice's data, people and servers.
OUTSIDE = (
    "DATABASE_URL",
    "REDIS_URL",
    "COACH_RASA_URL",
    "COACH_ACTIONS_URL",
    "COACH_NOTIFY_URLS",
    "COACH_DATA_KEYS",
    "TELEGRAM_TOKEN",
)


@dataclass(frozen=True)
class Trial:
    """A running trial: whose job it came from, and the ports of the two coaches."""

    job: str
    draft_port: int
    published_port: int
    published_number: int


class TrialKeeper:
    """Starts and stops the trial of this server; there is one at a time. Part of the publisher."""

    def __init__(self) -> None:
        self._processes: list[subprocess.Popen[bytes]] = []
        self.stop()

    def start(self, job: str, draft_model: Path) -> None:
        """Begin a trial in place of the one before."""
        self.stop()
        world = settings().var_dir / "trial"
        shutil.rmtree(world, ignore_errors=True)
        (world / "models").mkdir(parents=True)
        # Vectors of words, which take a while to make.
        (world / "cache").symlink_to(settings().var_dir / "cache", target_is_directory=True)
        draft, now, actions = free_port(), free_port(), free_port()
        own = {"COACH_VAR_DIR": str(world), "COACH_ACTIONS_PORT": str(actions), "COACH_WEB_PORT": str(free_port())}
        own |= dict.fromkeys(OUTSIDE, "")
        log = settings().var_dir / "logs" / "trial.log"
        models = {draft: draft_model, now: model_of(published().content)}
        self._processes = [start_in_background(["serve-actions"], log, own)]
        for port, model in models.items():
            self._processes.append(start_in_background(["serve-rasa", str(model)], log, own | {"COACH_RASA_PORT": str(port)}))
        _write(Trial(job, draft, now, published_number()))

    def look(self) -> None:
        """Stop a trial that nobody has used for a while, or of which a part fell."""
        if self._processes and (_idle_seconds() > IDLE_SECONDS or any(process.poll() is not None for process in self._processes)):
            self.stop()

    def stop(self) -> None:
        """End the trial, and forget what was said in it."""
        _file().unlink(missing_ok=True)
        for process in self._processes:
            stop_group(process, STOP_SECONDS)
        self._processes = []
        shutil.rmtree(settings().var_dir / "trial", ignore_errors=True)


def running_trial() -> Trial | None:
    """The trial of this server; None when there is none."""
    try:
        return Trial(**json.loads(_file().read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def still_used() -> None:
    """Somebody says something in the trial."""
    if _file().exists():
        os.utime(_file())


def _idle_seconds() -> float:
    try:
        return time.time() - _file().stat().st_mtime
    except FileNotFoundError:
        return float("inf")


def _write(trial: Trial) -> None:
    draft = _file().with_suffix(".unfinished")
    draft.write_text(json.dumps(asdict(trial)), "utf-8")
    draft.replace(_file())


def _file() -> Path:
    return settings().var_dir / "trial.json"
