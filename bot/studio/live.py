"""What an open page hears while it is open, as server-sent events.

The database is looked at every second, so any web process can serve any page.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from itertools import count
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import StreamingResponse

from bot.channels.rasa_client import CoachUnreachable, RasaClient
from bot.handoff.takeover import still_there
from bot.store.encryption import KeyProblem
from bot.studio.inbox import Case, case, fingerprint, stand
from bot.studio.render import HEADERS, fragment
from bot.studio.sessions import Login, audit, login_of
from bot.studio.transcript import locked, transcript

logger = logging.getLogger(__name__)
LOOK_SECONDS = 1.0
# Something has to come now and then, or a proxy in between hangs up.
BEAT_SECONDS = 15
GONE = "weg"
LOGGED_OUT = "uitgelogd"
FAULT = "storing"
CHANGED = "veranderd"
TALK = "gesprek"
END = "end"


def stream(events: AsyncIterator[str]) -> StreamingResponse:
    """Send events until the page is closed."""
    # Without the last header, nginx would keep the events back.
    return StreamingResponse(events, media_type="text/event-stream", headers={**HEADERS, "X-Accel-Buffering": "no"})


async def follow_case(request: Request, login: Login) -> StreamingResponse:
    """The conversation of an alarm or intake, live."""
    subject_id = request.path_params["subject_id"]
    await asyncio.to_thread(audit, login, "conversation_followed", subject_id[:36])
    return stream(case_changes(request.app.state.rasa, login, subject_id))


async def inbox_changes(login: Login) -> AsyncIterator[str]:
    """The mark of the inbox, whenever it is another one."""
    known = ""

    async def look(_: int) -> list[str]:
        nonlocal known
        before, known = known, short(await asyncio.to_thread(fingerprint))
        return [event(CHANGED, known)] if known != before else []

    async for line in _every_second(login, look):
        yield line


async def case_changes(rasa: RasaClient, login: Login, subject_id: str) -> AsyncIterator[str]:
    """The whole conversation whenever something was said, and the state on which the buttons depend."""
    known: tuple[str, str] | None = None

    async def look(second: int) -> list[str]:
        nonlocal known
        now = await asyncio.to_thread(stand, subject_id)
        beat = second % BEAT_SECONDS == 0
        if now is not None and now == known and not beat:
            return []
        found = await asyncio.to_thread(case, subject_id)
        if now is None or found is None:
            return [event(GONE, ""), END]
        if beat:
            # Whoever has the conversation has it open.
            await asyncio.to_thread(still_there, found.conversation, login.therapist_id)
        if now == known:
            return []
        html = await talk(rasa, login, found)
        known = now
        return [event(TALK, {"html": html, "state": now[1]})]

    async for line in _every_second(login, look):
        yield line


async def talk(rasa: RasaClient, login: Login, found: Case) -> str:
    """The conversation as HTML. Raises `CoachUnreachable` where it can't be read."""
    events = await rasa.read_events(found.conversation)
    return fragment("talk.html", login=login, case=found, lines=transcript(events), lock=locked(events))


def short(mark: str) -> str:
    """A mark that fits into an attribute, and tells nothing."""
    return hashlib.sha256(mark.encode()).hexdigest()[:16]


def event(name: str, data: Any) -> str:
    """One server-sent event; JSON keeps its data on one line."""
    return f"event: {name}\ndata: {json.dumps(data)}\n\n"


async def _every_second(login: Login, look: Callable[[int], Awaitable[list[str]]]) -> AsyncIterator[str]:
    """What `look` finds, until the session ends or `look` says `END`. What fails now is tried again."""
    failing = False
    for second in count():
        try:
            if await asyncio.to_thread(login_of, login.session_id) is None:
                yield event(LOGGED_OUT, "")
                return
            lines = await look(second)
            failing = False
        except (SQLAlchemyError, KeyProblem, CoachUnreachable) as problem:
            if not failing:
                logger.warning("An open page can't be kept up to date now: %s", type(problem).__name__)
            lines, failing = [event(FAULT, "")], True
        for line in lines:
            if line == END:
                return
            yield line
        if second % BEAT_SECONDS == 0:
            yield ": still here\n\n"
        await asyncio.sleep(LOOK_SECONDS)
