"""What every page of the editor does alike: show the therapist's draft, and change it once, on the state that the page showed."""

from __future__ import annotations

import asyncio
import re
import unicodedata
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.content.differences import differences
from bot.content.drafts import Draft, OutOfDate, draft_of, save
from bot.content.files import Content, ContentError
from bot.content.versions import published_number
from bot.content.wording import advice, problems
from bot.settings import settings
from bot.studio.render import MOST_BYTES, fields_of, page
from bot.studio.sessions import Login, first_time, may_be_sent_again

CHANGED_MEANWHILE = "Je concept is intussen veranderd, bijvoorbeeld in een ander tabblad. Er is niets overschreven. Hieronder zie je wat er nu staat en wat jij schreef."


@dataclass(frozen=True)
class EditPage:
    """A page of the editor, and how large a form it takes."""

    path: str
    show: Callable[[Request, Login], Awaitable[Response]]
    method: str = "GET"
    most_bytes: int = MOST_BYTES


@dataclass(frozen=True)
class Outcome:
    """How a form's work went: why it was not done, with what the form held so that the page can show it again; or that it was kept."""

    problem: str = ""
    status: int = 200
    form: Mapping[str, str] = field(default_factory=dict)
    kept: bool = False


OPENED = Outcome()
# At the end of an address that is shown after something was kept.
KEPT = "?bewaard=1"


def outcome_of(request: Request) -> Outcome:
    """What a page that is opened tells of the form before it."""
    return Outcome(kept="bewaard" in request.query_params)


async def current(login: Login) -> Draft:
    """The therapist's draft. Raises `ContentError` when what is kept can't be read."""
    return await asyncio.to_thread(draft_of, login.therapist_id)


async def attempt(request: Request, login: Login, what: str, work: Callable[[Content], Content]) -> Outcome | None:
    """Do something to the draft, once for each form, and keep who did what; None when it is done.

    It is refused, with nothing changed, when the page showed another state of the draft, and when the work raises `ContentError`.
    """
    form = await fields_of(request)
    try:
        await asyncio.to_thread(_change, form, login, what, work)
    except OutOfDate:
        return Outcome(CHANGED_MEANWHILE, 409, form)
    except ContentError as problem:
        return Outcome(str(problem), 422, form)
    return None


def _change(form: dict[str, str], login: Login, what: str, work: Callable[[Content], Content]) -> None:
    form_id = form.get("form", "")
    if not form_id or not first_time(form_id, login, what, login.therapist_id):
        return
    try:
        draft = draft_of(login.therapist_id)
        if draft.mark != form.get("mark", ""):
            raise OutOfDate
        save(draft, draft.mark, login.name, work(draft.content))
    except (ContentError, OutOfDate):
        may_be_sent_again(form_id, login, what, login.therapist_id)
        raise


async def edit_page(template: str, login: Login, draft: Draft, outcome: Outcome = OPENED, **values: Any) -> HTMLResponse:
    """A page of the editor, with how the draft stands and why something was not done."""
    told = await asyncio.to_thread(differences, draft.base.content, draft.content) if draft.changed else []
    newer = draft.revision > 0 and await asyncio.to_thread(published_number) != draft.base.number
    about = {
        "login": login,
        "draft": draft,
        "told": told,
        "newer": newer,
        "problem": outcome.problem,
        "form": outcome.form,
        "kept": outcome.kept,
    }
    return page(template, outcome.status, **about, **values)


def typed(text: str) -> str:
    """What a therapist typed, without invisible characters and blank edges."""
    lines = re.split("\r\n|[\n\u2028\u2029]", text)
    plain = ("".join(c for c in line if c in "\u200d\ufe0f" or not unicodedata.category(c).startswith("C")).rstrip() for line in lines)
    return "\n".join(plain).strip()


def hints(text: str) -> list[str]:
    """What would make a sentence fit to be said, and plainer."""
    return [*problems(text, settings().practice), *advice(text)] if text else []
