"""Keeps this server's coach at what is published: part of the supervisor.

A therapist's job that was asked for here is rolled out and thereby published; what was published on another server is caught up with.
"""

from __future__ import annotations

import logging
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from bot.content.drafts import OutOfDate, discard, draft_of, drafts, take_over
from bot.content.files import Content, ContentError
from bot.content.versions import NewVersion, publish_again, publish_new, published_number, version
from bot.processes import start_in_background
from bot.publishing.jobs import PUBLISH, Job, content_of, fail, finish_in, to_roll_out
from bot.publishing.materials import folder_of, model_of
from bot.publishing.rollout import Hands, RasaServer, RolloutFailed, start_beside, stop, switch
from bot.publishing.servers import note
from bot.settings import settings
from bot.store.database import session
from bot.training import drop_old_models

logger = logging.getLogger(__name__)
LOOK_SECONDS = 1.0
RETRY_SECONDS = 600.0
ENDED = "Dit was al afgebroken."


class Follower:
    """Looks every second whether another model has to take over."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._next_look = 0.0
        self._retry: dict[int, float] = {}

    def look(self, running: RasaServer, hands: Hands) -> RasaServer:
        """The Rasa server that visitors have from now on: another one when a roll-out was done meanwhile."""
        if time.monotonic() < self._next_look:
            return running
        try:
            job = to_roll_out()
            if job is not None:
                return self._publish(job, running, hands)
            number = published_number()
            if number != self._number and time.monotonic() >= self._retry.get(number, 0.0):
                return self._catch_up(number, running, hands)
        except SQLAlchemyError as problem:
            logger.warning("What is published can't be read now: %s", type(problem).__name__)
        finally:
            self._next_look = time.monotonic() + LOOK_SECONDS
        return running

    def note(self) -> None:
        """Write down what this server speaks with."""
        note(self._number)

    def _publish(self, job: Job, running: RasaServer, hands: Hands) -> RasaServer:
        draft = content_of(job.id)
        content: Content = version(job.number or 0).content if draft is None else draft
        try:
            new = start_beside(settings().var_dir / "models" / str(job.model), content, hands)
        except RuntimeError as problem:
            fail(job.id, _told(problem))
            return running
        try:
            self._number = _commit(job, draft)
        except (ContentError, RolloutFailed, SQLAlchemyError) as problem:
            stop(new)
            fail(job.id, _told(problem))
            return running
        switch(running, new, hands)
        self._done(new)
        if draft is not None:
            with _if_the_database_is_there():
                _move_draft_on(job.owner, draft, self._number)
        return new

    def _catch_up(self, number: int, running: RasaServer, hands: Hands) -> RasaServer:
        try:
            content = version(number).content
            model = model_of(content)
            if not model.exists():
                _train(content, hands)
            new = start_beside(model, content, hands)
        except (RuntimeError, ContentError) as problem:
            logger.error("This server stays at version %s: %s", self._number, type(problem).__name__)
            self._retry[number] = time.monotonic() + RETRY_SECONDS
            note(self._number, _told(problem))
            return running
        switch(running, new, hands)
        self._number = number
        self._done(new)
        return new

    def _done(self, new: RasaServer) -> None:
        with _if_the_database_is_there():
            self.note()
        drop_old_models(keep=[new.model])


def _commit(job: Job, draft: Content | None) -> int:
    """The moment of publishing: all of it, or nothing. Returns the number.

    Raises `ContentError` or `RolloutFailed` with nothing changed.
    """
    with session() as db:
        if job.kind == PUBLISH and draft is not None:
            number = publish_new(db, NewVersion(draft, job.who, job.note, job.report or {}), job.base)
        else:
            number = int(job.number or 0)
            publish_again(db, number, job.who, job.note, job.base)
        if not finish_in(db, job.id):
            raise RolloutFailed(ENDED)
        return number


@contextmanager
def _if_the_database_is_there() -> Iterator[None]:
    """What follows a change of servers must not undo it."""
    try:
        yield
    except SQLAlchemyError as problem:
        logger.warning("The new version runs, but not all could be written down: %s", type(problem).__name__)


def _move_draft_on(owner: str, content: Content, number: int) -> None:
    """What was published is no draft any more; what was changed since the button was pressed is one on the new version."""
    draft = draft_of(owner)
    try:
        if dict(draft.content) == dict(content):
            discard(draft, draft.mark)
        elif draft.revision:
            name = next(line.name for line in drafts() if line.owner == owner)
            take_over(draft, draft.mark, name, draft.content, version(number))
    except (OutOfDate, ContentError):
        # Changed in this moment, or not fit for it: the page for merging sees to it.
        return


def _train(content: Content, hands: Hands) -> None:
    training = start_in_background(["train-here", str(folder_of(content))], settings().var_dir / "logs" / "training.log")
    try:
        while training.poll() is None:
            hands.meanwhile()
            time.sleep(LOOK_SECONDS)
    finally:
        _end(training)
    if training.returncode != 0:
        raise RolloutFailed("Deze versie kan hier niet worden getraind. De vorige versie blijft gewoon werken.")


def _end(process: subprocess.Popen[Any]) -> None:
    if process.poll() is None:
        process.kill()
        process.wait()


def _told(problem: Exception) -> str:
    """Our own problems are told as they are; of others only the kind."""
    own = isinstance(problem, ContentError | RolloutFailed) or type(problem).__name__ == "SmokeTestFailed"
    return str(problem) if own else f"Het is niet gelukt ({type(problem).__name__}). De vorige versie blijft gewoon werken."
