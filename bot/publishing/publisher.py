"""Does what therapists ask for with a button, one job at a time, and keeps a trial running: a process of its own beside the servers."""

from __future__ import annotations

import logging
import subprocess
import time
from contextlib import suppress

from sqlalchemy.exc import SQLAlchemyError

from bot.processes import start_in_background, stop_group
from bot.publishing.jobs import INTERRUPTED, RUNNING, TRY, Job, claim, end_interrupted, fail, job, tell_alive
from bot.publishing.trial import TrialKeeper
from bot.settings import settings

logger = logging.getLogger(__name__)
LOOK_SECONDS = 1.0
ALIVE_SECONDS = 20.0
# Longer than any training takes on a busy machine.
MOST_SECONDS = 3600.0
TOO_LONG = "Dit duurde langer dan een uur en is afgebroken. Er is niets veranderd. Vraag je beheerder om hulp."


def serve() -> None:
    """Work until told to stop."""
    with suppress(SQLAlchemyError):
        # Else they end when they have been silent for long enough.
        end_interrupted(RUNNING)
    trial = TrialKeeper()
    try:
        while True:
            _once(trial)
            time.sleep(LOOK_SECONDS)
    finally:
        trial.stop()


def _once(trial: TrialKeeper) -> None:
    try:
        wanted = claim()
        if wanted is not None:
            # Two more coaches would take the memory and the processor that training needs.
            trial.stop()
            _do(wanted)
            done = job(wanted.id)
            if wanted.kind == TRY and done is not None and done.model and not done.problem:
                trial.start(wanted.id, settings().var_dir / "models" / done.model)
        trial.look()
    except SQLAlchemyError as problem:
        logger.warning("The jobs can't be read now: %s", type(problem).__name__)


def _do(wanted: Job) -> None:
    process = start_in_background(["work", wanted.id], settings().var_dir / "logs" / "publishing.log")
    started = time.monotonic()
    try:
        while True:
            try:
                process.wait(ALIVE_SECONDS)
                break
            except subprocess.TimeoutExpired:
                tell_alive(wanted.id)
            if time.monotonic() - started > MOST_SECONDS:
                fail(wanted.id, TOO_LONG)
                break
    finally:
        stop_group(process, 5)
    ended = job(wanted.id)
    if ended is not None and ended.status == RUNNING:
        fail(wanted.id, INTERRUPTED)
