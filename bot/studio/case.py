"""The page of one alarm or intake: what is known, the conversation, and what a therapist does with it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.alarm.lock import UNLOCK_SLOT
from bot.channels import person
from bot.channels.disguise import visible
from bot.channels.rasa_client import CoachUnreachable, RasaClient
from bot.handoff.takeover import COACH, AlreadyTaken
from bot.studio.inbox import Case, StillTaken, add_note, assign, case, close, judge_alarm, state_of
from bot.studio.live import talk
from bot.studio.render import page, read_form
from bot.studio.sessions import PATH, Login, audit, first_time, may_be_sent_again
from bot.studio.transcript import transcript

LONGEST_TEXT = 2000
UNREACHABLE = "De coach is even niet te bereiken. Er is niets gedaan. Probeer het zo nog een keer."
NOT_YOURS = "Je hebt dit gesprek niet (meer). Neem het eerst over. Wat je schreef staat hieronder nog."
NO_TEXT = f"Schrijf eerst iets, hooguit {LONGEST_TEXT} tekens."
NO_SUCH_ALARM = "Dat bericht staat niet meer in het gesprek."


class NotDone(RuntimeError):
    """What was asked for can't be done now. The message is for the therapist."""


@dataclass(frozen=True)
class Doing:
    """What an action works with."""

    rasa: RasaClient
    login: Login
    case: Case
    form: dict[str, str]


async def show_case(request: Request, login: Login) -> Response:
    """The page. Who read it is kept."""
    found = await asyncio.to_thread(case, request.path_params["subject_id"])
    if found is None:
        return gone(login)
    await asyncio.to_thread(audit, login, "conversation_read", found.id)
    return await _page(request.app.state.rasa, login, found)


async def act(request: Request, login: Login) -> Response:
    """Do what a button says, once, and show the page again."""
    subject_id, name = request.path_params["subject_id"], request.path_params["action"]
    action = ACTIONS.get(name)
    found = await asyncio.to_thread(case, subject_id)
    if found is None or action is None:
        return gone(login)
    form = await read_form(request)
    rasa: RasaClient = request.app.state.rasa
    what, form_id = action.__name__.lstrip("_"), form.get("form", "")
    fresh = await asyncio.to_thread(first_time, form_id, login, what, found.id) if form_id else False
    if fresh:
        try:
            await action(Doing(rasa, login, found, form))
        except (NotDone, CoachUnreachable) as problem:
            await asyncio.to_thread(may_be_sent_again, form_id, login, what, found.id)
            return await _refusal(rasa, login, found.id, problem, form.get("text", ""))
    return RedirectResponse(f"{PATH}/overdracht/{found.id}", status_code=303)


async def tell_writing(request: Request, login: Login) -> Response:
    """The therapist is typing."""
    found = await asyncio.to_thread(case, request.path_params["subject_id"])
    if found is not None:
        await person.is_writing(found.conversation, login.therapist_id, login.name)
    return Response(status_code=204)


def gone(login: Login) -> Response:
    """There is no such alarm or intake."""
    text = "Dit gesprek is er niet meer. De bezoeker heeft het laten wissen, of het is zo lang geleden dat het vanzelf gewist is."
    return page("message.html", 410, login=login, title="Gewist", text=text)


async def _refusal(rasa: RasaClient, login: Login, subject_id: str, problem: Exception, draft: str) -> Response:
    """The page as it is now, with what went wrong and with what the therapist had typed."""
    found = await asyncio.to_thread(case, subject_id)
    if found is None:
        return gone(login)
    refused = isinstance(problem, NotDone)
    shown = await _page(rasa, login, found, str(problem) if refused else UNREACHABLE, draft)
    shown.status_code = 409 if refused else 503
    return shown


async def _page(rasa: RasaClient, login: Login, found: Case, problem: str = "", draft: str = "") -> HTMLResponse:
    try:
        conversation = await talk(rasa, login, found)
    except CoachUnreachable:
        conversation = ""
    missed = sum(note.who == COACH for note in found.notes)
    state = state_of(found.status, found.assigned_to, found.person.therapist_id if found.person else None, missed)
    known: dict[str, Any] = {"login": login, "case": found, "talk": conversation, "state": state}
    return page("case.html", **known, problem=problem, draft=draft, longest=LONGEST_TEXT)


async def _take_over(doing: Doing) -> None:
    try:
        await person.begin(doing.rasa, doing.case.conversation, doing.login.therapist_id, doing.login.name)
    except AlreadyTaken as problem:
        raise NotDone(f"{problem} heeft dit gesprek al overgenomen. Er kan één mens tegelijk schrijven.") from None


async def _write(doing: Doing) -> None:
    text = _text(doing.form)
    try:
        await person.write(doing.rasa, doing.case.conversation, doing.login.therapist_id, doing.login.name, text)
    except person.NotYours:
        raise NotDone(NOT_YOURS) from None


async def _give_back(doing: Doing) -> None:
    try:
        await person.end(doing.rasa, doing.case.conversation, doing.login.therapist_id)
    except person.NotYours:
        raise NotDone("Dit gesprek was al teruggegeven.") from None


async def _open_coaching(doing: Doing) -> None:
    await doing.rasa.add_events(doing.case.conversation, [{"event": "slot", "name": UNLOCK_SLOT, "value": True}])


async def _lock_coaching(doing: Doing) -> None:
    await doing.rasa.add_events(doing.case.conversation, [{"event": "slot", "name": UNLOCK_SLOT, "value": False}])


async def _judge_alarm(doing: Doing) -> None:
    """Keep the message with the judgement: it is what the detector can be measured on, and learn from."""
    said_at = doing.form.get("said_at", "")
    lines = transcript(await doing.rasa.read_events(doing.case.conversation))
    line = next((line for line in lines if line.alarm and line.said_at == said_at), None)
    if line is None:
        raise NotDone(NO_SUCH_ALARM)
    correct = doing.form.get("correct") == "yes"
    await asyncio.to_thread(judge_alarm, doing.case.conversation, line, doing.login.login, correct)


async def _assign(doing: Doing) -> None:
    await asyncio.to_thread(assign, doing.case.id, doing.login.name)


async def _note(doing: Doing) -> None:
    await asyncio.to_thread(add_note, doing.case.conversation, doing.login.name, _text(doing.form))


async def _close(doing: Doing) -> None:
    try:
        await asyncio.to_thread(close, doing.case.id)
    except StillTaken as problem:
        raise NotDone(f"{problem} is nog in gesprek. Geef het gesprek eerst terug aan de coach.") from None


def _text(form: dict[str, str]) -> str:
    """What the therapist typed, without invisible characters. Raises `NotDone` where there is nothing, or too much."""
    text = visible(form.get("text", "").replace("\r\n", "\n")).strip()
    if not 0 < len(text) <= LONGEST_TEXT:
        raise NotDone(NO_TEXT)
    return text


ACTIONS: dict[str, Callable[[Doing], Awaitable[None]]] = {
    "overnemen": _take_over,
    "schrijven": _write,
    "teruggeven": _give_back,
    "openen": _open_coaching,
    "slot": _lock_coaching,
    "alarm": _judge_alarm,
    "toewijzen": _assign,
    "notitie": _note,
    "sluiten": _close,
}
