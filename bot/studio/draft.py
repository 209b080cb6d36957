"""The pages of a therapist's own draft: what is in it, taking it out and in as a file, throwing it away, and bringing it up to date."""

from __future__ import annotations

import asyncio
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.content import drafts
from bot.content.archive import LARGEST_FILE, packed, unpacked
from bot.content.drafts import Draft, OutOfDate
from bot.content.files import Content, ContentError
from bot.content.merging import Merged, merge
from bot.content.sheet import sheet_of, with_sheet
from bot.content.validity import problems
from bot.content.versions import Version, published
from bot.studio.editing import KEPT, OPENED, EditPage, Outcome, attempt, current, edit_page, outcome_of
from bot.studio.render import HEADERS, read_form
from bot.studio.sessions import PATH, Login, audit

HERE = f"{PATH}/concept"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OTHER_BY_NOW = "Je concept of wat gepubliceerd is, is intussen veranderd. Er is niets overschreven. Kijk eerst wat er nu staat."
# What wraps a file in a form.
WRAPPING = 100_000


async def show_draft(request: Request, login: Login) -> Response:
    """What is in the draft, in sentences."""
    return await _draft_page(login, outcome_of(request))


async def download_archive(_: Request, login: Login) -> Response:
    """Everything as a zip file."""
    draft = await current(login)
    return _file(await asyncio.to_thread(packed, draft.content), "application/zip", "eerste-stap.zip")


async def download_sheet(_: Request, login: Login) -> Response:
    """Every sentence as an Excel sheet."""
    draft = await current(login)
    return _file(await asyncio.to_thread(sheet_of, draft.content), SHEET_TYPE, "eerste-stap-zinnen.xlsx")


async def upload(request: Request, login: Login) -> Response:
    """Take a file into the draft, whole or not at all."""
    given = (await request.form()).get("bestand")
    data = await given.read() if isinstance(given, UploadFile) else b""
    name = (given.filename or "").casefold() if isinstance(given, UploadFile) else ""

    def work(content: Content) -> Content:
        if not data:
            raise ContentError("Kies eerst een bestand. Er is niets veranderd.")
        return with_sheet(content, data) if name.endswith(".xlsx") else unpacked(data)

    refused = await attempt(request, login, "draft_imported", work)
    if refused:
        return await _draft_page(login, refused)
    return RedirectResponse(f"{HERE}{KEPT}", status_code=303)


async def discard(request: Request, login: Login) -> Response:
    """Throw the draft away."""
    form = await read_form(request)
    draft = await current(login)
    try:
        await asyncio.to_thread(drafts.discard, draft, form.get("mark", ""))
    except OutOfDate:
        return await _draft_page(login, Outcome(OTHER_BY_NOW, 409))
    await asyncio.to_thread(audit, login, "draft_discarded", login.therapist_id)
    return RedirectResponse(HERE, status_code=303)


async def show_merge(_: Request, login: Login) -> Response:
    """What both the draft and the version published meanwhile changed, with both texts."""
    return await _merge_page(login, {})


async def save_merge(request: Request, login: Login) -> Response:
    """Bring the draft up to date, once there is a choice for all that both changed."""
    form = await read_form(request)
    draft, now = await current(login), await asyncio.to_thread(published)
    choices = _choices(form)
    merged, refused = await asyncio.to_thread(_merged, draft, now, choices)
    if form.get("version") != str(now.number) or draft.mark != form.get("mark", ""):
        return await _merge_page(login, choices, Outcome(OTHER_BY_NOW, 409))
    if refused or any(conflict.key not in choices for conflict in merged.conflicts):
        return await _merge_page(login, choices, Outcome("Kies bij elk stuk wat er moet staan.", 422))
    try:
        await asyncio.to_thread(drafts.take_over, draft, draft.mark, login.name, merged.content, now)
    except OutOfDate:
        return await _merge_page(login, choices, Outcome(OTHER_BY_NOW, 409))
    except ContentError as problem:
        return await _merge_page(login, choices, Outcome(str(problem), 422))
    await asyncio.to_thread(audit, login, "draft_merged", login.therapist_id)
    return RedirectResponse(f"{HERE}{KEPT}", status_code=303)


async def _draft_page(login: Login, outcome: Outcome = OPENED) -> Response:
    return await edit_page("draft.html", login, await current(login), outcome, largest=LARGEST_FILE // 1_000_000)


async def _merge_page(login: Login, choices: dict[str, str], outcome: Outcome = OPENED) -> Response:
    draft, now = await current(login), await asyncio.to_thread(published)
    merged, refused = await asyncio.to_thread(_merged, draft, now, choices)
    values: dict[str, Any] = {"conflicts": merged.conflicts, "refused": refused, "choices": choices, "version": now}
    return await edit_page("merge.html", login, draft, outcome, **values)


def _merged(draft: Draft, now: Version, choices: dict[str, str]) -> tuple[Merged, list[str]]:
    """The draft and what is published as one, and why that can't be kept; then every story that differs is to be chosen."""
    base = draft.base.content
    merged = merge(base, draft.content, now.content, choices)
    if not problems(merged.content, now.content):
        return merged, []
    merged = merge(base, draft.content, now.content, choices, every_story=True)
    return merged, problems(merged.content, now.content)


def _choices(form: dict[str, str]) -> dict[str, str]:
    """What was chosen, by a conflict's key: fields are numbered, as keys may hold anything."""
    return {form[f"key-{name[7:]}"]: value for name, value in form.items() if name.startswith("choice-") and f"key-{name[7:]}" in form}


def _file(data: bytes, kind: str, name: str) -> Response:
    return Response(data, media_type=kind, headers={**HEADERS, "Content-Disposition": f'attachment; filename="{name}"'})


PAGES = (
    EditPage("/concept", show_draft),
    EditPage("/concept/alles.zip", download_archive),
    EditPage("/concept/zinnen.xlsx", download_sheet),
    EditPage("/concept/bestand", upload, "POST", LARGEST_FILE + WRAPPING),
    EditPage("/concept/weg", discard, "POST"),
    EditPage("/concept/samenvoegen", show_merge),
    EditPage("/concept/samenvoegen", save_merge, "POST"),
)
