"""The pages on which a therapist tries, checks and publishes a draft, and takes a version back."""

from __future__ import annotations

import asyncio
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.content.differences import differences
from bot.content.files import ContentError, content_hash
from bot.content.versions import publications, published, version, versions
from bot.publishing.jobs import CHECK, PUBLISH, TAKE_BACK, TRY, Busy, Job, Wanted, ask_for, latest
from bot.publishing.report import HEADINGS, percent, report_of
from bot.publishing.servers import behind
from bot.publishing.trial import running_trial
from bot.studio.editing import EditPage, current
from bot.studio.render import page, read_form
from bot.studio.sessions import PATH, Login, first_time, may_be_sent_again

HERE = f"{PATH}/publiceren"
LONGEST_NOTE = 300
KINDS = {"proberen": TRY, "controleren": CHECK, "publiceren": PUBLISH}
NO_NOTE = "Schrijf in een paar woorden wat je veranderde en waarom. Dan weten je collega's dat later ook."
OLD_BASE = "Er is intussen iets anders gepubliceerd of teruggenomen. Werk eerst je concept bij. Wat je maakte is er nog."


class NotAsked(RuntimeError):
    """A button's work was not begun. The message is a Dutch line for the therapist."""


async def show_publishing(_: Request, login: Login) -> Response:
    """The draft beside what is published, and what can be done with it."""
    return await _page(login)


async def show_state(_: Request, login: Login) -> Response:
    """What is being done now, and what came of the last; an open page asks for it."""
    return page("publishing_state.html", login=login, **await asyncio.to_thread(_state, login))


async def ask(request: Request, login: Login) -> Response:
    """Begin what a button says."""
    form = await read_form(request)
    kind = KINDS.get(request.path_params["kind"])
    draft = await current(login)
    note = form.get("note", "").strip()[:LONGEST_NOTE]
    if kind is None:
        return RedirectResponse(HERE, status_code=303)
    try:
        if form.get("mark") != draft.mark:
            raise NotAsked("Je concept is intussen veranderd, bijvoorbeeld in een ander tabblad. Kijk eerst wat er nu staat.")
        if kind == PUBLISH and not note:
            raise NotAsked(NO_NOTE)
        content = dict(draft.content)
        wanted = Wanted(kind, login.login, login.therapist_id, draft.base.number, content, content_hash(content), note=note)
        await asyncio.to_thread(_begin, form.get("form", ""), login, wanted)
    except NotAsked as problem:
        return await _page(login, str(problem), note)
    return RedirectResponse(HERE, status_code=303)


async def show_versions(_: Request, login: Login) -> Response:
    """Every version, and what was published when."""
    return await _versions_page(login)


async def show_version(request: Request, login: Login) -> Response:
    """One version: who made it and why, and what differs from what is published now."""
    try:
        found = await asyncio.to_thread(version, int(request.path_params["number"]))
        now = await asyncio.to_thread(published)
        told = await asyncio.to_thread(differences, now.content, found.content)
    except ContentError as problem:
        return await _versions_page(login, str(problem))
    values: dict[str, Any] = {"version": found, "now": now, "told": told, "report": report_of(found.report) if found.report else None}
    return page("version.html", login=login, **values, **_WORDS)


async def take_back(request: Request, login: Login) -> Response:
    """Have the coach speak with an earlier version again."""
    form = await read_form(request)
    number, now = int(request.path_params["number"]), (await asyncio.to_thread(published)).number
    try:
        if form.get("now") != str(now):
            raise NotAsked(f"Intussen is versie {now} gepubliceerd. Kijk eerst wat er nu in staat.")
        if number == now:
            raise NotAsked(f"Versie {number} is al gepubliceerd.")
        note = form.get("note", "").strip()[:LONGEST_NOTE] or f"Terug naar versie {number}"
        wanted = Wanted(TAKE_BACK, login.login, login.therapist_id, now, number=number, note=note)
        await asyncio.to_thread(_begin, form.get("form", ""), login, wanted)
    except NotAsked as problem:
        return await _versions_page(login, str(problem))
    return RedirectResponse(HERE, status_code=303)


def _begin(form_id: str, login: Login, wanted: Wanted) -> None:
    """Ask for a job, once for each form. Raises `NotAsked`."""
    if wanted.kind in (PUBLISH, TRY, CHECK) and wanted.base != published().number:
        raise NotAsked(OLD_BASE)
    what, subject = f"content_{wanted.kind}_asked", str(wanted.base if wanted.number is None else wanted.number)
    if not form_id or not first_time(form_id, login, what, subject):
        return
    try:
        ask_for(wanted)
    except Busy as problem:
        may_be_sent_again(form_id, login, what, subject)
        raise NotAsked(str(problem)) from None


async def _page(login: Login, problem: str = "", note: str = "") -> Response:
    draft = await current(login)
    now = await asyncio.to_thread(published)
    told = await asyncio.to_thread(differences, draft.base.content, draft.content)
    values: dict[str, Any] = {
        "draft": draft,
        "now": now,
        "told": told,
        "newer": now.number != draft.base.number,
        "problem": problem,
        "note": note,
    }
    state = await asyncio.to_thread(_state, login)
    return page("publishing.html", 409 if problem else 200, login=login, longest=LONGEST_NOTE, **values, **state)


def _state(login: Login) -> dict[str, Any]:
    """The newest job: of anybody while it is unfinished, else the therapist's own."""
    newest = latest()
    shown: Job | None = newest if newest is not None and newest.unfinished else latest(who=login.login)
    report = report_of(shown.report) if shown is not None and shown.report else None
    return {"job": shown, "report": report, "trial": running_trial(), "behind": behind(), **_WORDS}


async def _versions_page(login: Login, problem: str = "") -> Response:
    known = await asyncio.to_thread(versions)
    done, now = await asyncio.to_thread(publications), await asyncio.to_thread(published)
    values: dict[str, Any] = {"versions": known, "publications": done, "now": now.number, "problem": problem}
    return page("versions.html", 409 if problem else 200, login=login, **values)


_WORDS: dict[str, Any] = {"headings": HEADINGS, "percent": percent}
PAGES = (
    EditPage("/publiceren", show_publishing),
    EditPage("/publiceren/stand", show_state),
    EditPage("/publiceren/{kind}", ask, "POST"),
    EditPage("/versies", show_versions),
    EditPage("/versies/{number:int}", show_version),
    EditPage("/versies/{number:int}/terug", take_back, "POST"),
)
