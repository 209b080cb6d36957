"""Makes the studio's pages, and reads what their forms send.

Templates escape whatever comes from a visitor, and headers let nothing run but our own script.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timezone
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse

from bot.handoff.notices import CATEGORIES, LEVELS
from bot.settings import settings
from bot.store.tables import utc_now

HERE = Path(__file__).parent
# 2,000 characters in the widest encoding, each as '%xx', with room for the rest.
MOST_BYTES = 64_000
ZONE = ZoneInfo("Europe/Amsterdam")
STATUSES = {"open": "open", "withdrawn": "ingetrokken", "taken": "in behandeling", "closed": "gesloten"}
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'",
    # Nothing of a conversation stays in a browser's cache or behind its back button.
    "Cache-Control": "no-store",
    "X-Frame-Options": "DENY",
}


def page(template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A page from a template."""
    return HTMLResponse(fragment(template, **values), status, HEADERS)


def fragment(template: str, **values: Any) -> str:
    """A template as text; whatever is put into it is escaped."""
    return _templates.get_template(template).render(values)


async def read_form(request: Request, most: int = MOST_BYTES) -> dict[str, str]:
    """What a form sent, without its files.

    Raises `HTTPException` where it is more than `most` bytes, which is more than that form holds: anybody can send one to the login page.
    """
    size = request.headers.get("content-length", "")
    if not size.isdecimal() or int(size) > most:
        raise HTTPException(413)
    return await fields_of(request)


async def fields_of(request: Request) -> dict[str, str]:
    """What a form sent, without its files; once its size was looked at."""
    # PostgreSQL takes no NUL in a text.
    return {name: value.replace("\x00", "") for name, value in (await request.form()).items() if isinstance(value, str)}


def waiting(since: datetime) -> str:
    """How long somebody waits, in words."""
    minutes = int((utc_now() - since).total_seconds() // 60)
    if minutes < 1:
        return "net binnen"
    for size, one, many in ((1440, "dag", "dagen"), (60, "uur", "uur"), (1, "minuut", "minuten")):
        if minutes >= size:
            count = minutes // size
            return f"{count} {one if count == 1 else many}"
    return "net binnen"


def moment(at: datetime) -> str:
    """Day and time here; times from the database are UTC, without a zone."""
    aware = at if at.tzinfo else at.replace(tzinfo=timezone.utc)
    return aware.astimezone(ZONE).strftime("%d-%m-%Y %H:%M")


def _environment() -> Environment:
    made = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined)
    made.filters |= {
        "waiting": waiting,
        "moment": moment,
        "category": lambda name: CATEGORIES.get(name, "onbekend"),
        "level": lambda name: LEVELS.get(name, "onbekend"),
        "status": lambda name: STATUSES[name],
    }
    made.globals |= {"form_id": lambda: secrets.token_urlsafe(16), "practice": lambda: settings().practice_name}
    return made


_templates = _environment()
