"""The page on which a visitor reads what happens with their words: `/privacy`, in Dutch, with the practice's own settings."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route

from bot.alarm.helplines import lines_for
from bot.settings import settings

PAGES = Path(__file__).parent / "pages"
# To whom a visitor can complain about the practice, by country.
AUTHORITIES = {
    "nl": ("de Autoriteit Persoonsgegevens", "https://www.autoriteitpersoonsgegevens.nl"),
    "be": ("de Gegevensbeschermingsautoriteit", "https://www.gegevensbeschermingsautoriteit.be"),
}
_pages = Environment(loader=FileSystemLoader(PAGES), autoescape=True, undefined=StrictUndefined)


def privacy_routes() -> list[Route]:
    """The page and its style sheet."""
    return [Route("/privacy", _page), Route("/privacy.css", _style)]


def privacy_page() -> str:
    """The page as HTML."""
    country = settings().country
    lines = [*lines_for("partner_violence", True, country), *lines_for("suicidality", False, country)]
    authority, address = AUTHORITIES[country]
    apps = [name for name, secret in (("WhatsApp", settings().twilio_auth_token), ("Messenger", settings().messenger_page_token)) if secret]
    known = {**settings().practice, "telegram": bool(settings().telegram_token), "apps": " of ".join(apps), "helplines": lines}
    return _pages.get_template("privacy.html").render(known, authority=authority, authority_url=address)


async def _page(_: Request) -> Response:
    return HTMLResponse(privacy_page())


async def _style(_: Request) -> Response:
    return FileResponse(PAGES / "privacy.css")
