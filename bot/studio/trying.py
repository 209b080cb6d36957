"""The page on which a therapist talks with a draft's coach, with the published one beside it."""

from __future__ import annotations

import asyncio
import secrets
from contextlib import suppress
from typing import Any

import httpx
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.channels.cleaning import GREETING
from bot.content.files import Content
from bot.content.versions import version
from bot.publishing.jobs import content_of, job
from bot.publishing.spoken_by import Reply, told
from bot.publishing.trial import Trial, running_trial, still_used
from bot.settings import settings
from bot.studio.editing import EditPage
from bot.studio.render import page, read_form
from bot.studio.sessions import PATH, Login

HERE = f"{PATH}/proberen"
LONGEST = 2000
TURN_SECONDS = 60
NOT_YET = "Het concept start op. Dat duurt een halve minuut. Deze pagina kijkt vanzelf opnieuw."


class NotThere(RuntimeError):
    """The coaches of the trial do not answer, or not yet."""


async def show_trial(request: Request, login: Login) -> Response:
    """Both conversations so far; a new one where none was begun."""
    trial = await asyncio.to_thread(running_trial)
    conversation = request.query_params.get("gesprek", "")
    if trial is None or not conversation.isalnum():
        return RedirectResponse(f"{HERE}?gesprek={secrets.token_hex(8)}" if trial else f"{PATH}/publiceren", status_code=303)
    still_used()
    owner = await asyncio.to_thread(job, trial.job)
    try:
        sides = await _sides(trial, conversation)
    except NotThere:
        sides = []
    values: dict[str, Any] = {
        "trial": trial,
        "conversation": conversation,
        "sides": sides,
        "who": owner.who if owner else "",
        "not_yet": NOT_YET,
    }
    return page("trial.html", login=login, longest=LONGEST, **values)


async def say(request: Request, login: Login) -> Response:
    """Say the same thing to both."""
    form = await read_form(request)
    trial = await asyncio.to_thread(running_trial)
    conversation, text = form.get("gesprek", ""), form.get("text", "").strip()[:LONGEST]
    if trial is not None and text and conversation.isalnum():
        still_used()
        with suppress(NotThere):
            await _say(trial, conversation, text)
    return RedirectResponse(f"{HERE}?gesprek={conversation}", status_code=303)


async def _sides(trial: Trial, conversation: str) -> list[tuple[str, list[Reply]]]:
    """Title and lines of the draft's conversation and of the published version's."""
    draft = await asyncio.to_thread(content_of, trial.job)
    now = await asyncio.to_thread(version, trial.published_number)
    events = await _events(trial, conversation)
    if not all(events):
        await _say(trial, conversation, GREETING)
        events = await _events(trial, conversation)
    contents: list[tuple[str, Content]] = [("Het concept", draft or {}), (f"Versie {now.number}, nu gepubliceerd", now.content)]
    return [(title, await asyncio.to_thread(told, lines, content)) for (title, content), lines in zip(contents, events, strict=True)]


async def _say(trial: Trial, conversation: str, text: str) -> None:
    async with httpx.AsyncClient(timeout=TURN_SECONDS, params=_token()) as http:
        await asyncio.gather(*(_turn(http, port, sender, text) for port, sender in _coaches(trial, conversation)))


async def _turn(http: httpx.AsyncClient, port: int, sender: str, text: str) -> None:
    try:
        answer = await http.post(f"http://127.0.0.1:{port}/webhooks/rest/webhook", json={"sender": sender, "message": text})
        answer.raise_for_status()
    except httpx.HTTPError:
        raise NotThere from None


async def _events(trial: Trial, conversation: str) -> list[list[dict[str, object]]]:
    """The events of both, without those with which a conversation opens."""
    found = []
    async with httpx.AsyncClient(timeout=TURN_SECONDS, params=_token()) as http:
        for port, sender in _coaches(trial, conversation):
            try:
                answer = await http.get(f"http://127.0.0.1:{port}/conversations/{sender}/tracker")
                answer.raise_for_status()
                events = answer.json().get("events") or []
            except (httpx.HTTPError, ValueError):
                raise NotThere from None
            found.append(events if any(event["event"] == "user" for event in events) else [])
    return found


def _coaches(trial: Trial, conversation: str) -> list[tuple[int, str]]:
    # Both keep their conversations in one place.
    return [(trial.draft_port, f"concept-{conversation}"), (trial.published_port, f"nu-{conversation}")]


def _token() -> dict[str, str]:
    return {"token": settings().api_token} if settings().api_token else {}


PAGES = (EditPage("/proberen", show_trial), EditPage("/proberen/zeg", say, "POST"))
