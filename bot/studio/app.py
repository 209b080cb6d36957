"""The studio: where therapists log in, see what waits for them, and talk with visitors. Mounted at `/studio`."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.channels.rasa_client import RasaClient
from bot.store.encryption import KeyProblem
from bot.studio import draft, examples, live, publishing, sentences, stories, trying
from bot.studio.accounts import check_login
from bot.studio.case import act, show_case, tell_writing
from bot.studio.inbox import fingerprint, items
from bot.studio.render import HERE, MOST_BYTES, page, read_form
from bot.studio.sessions import (
    PATH,
    Login,
    audit,
    current_login,
    log_in,
    log_out,
    login_form_is_ours,
    login_form_token,
    remember_login_form,
    same,
)

LOGIN_PAGE = f"{PATH}/inloggen"
# Where somebody may be sent after logging in: the links in the notices.
_WANTED = re.compile(rf"{PATH}/overdracht/[0-9a-f-]{{36}}")
# A check of a password takes 64 MB; more at once would let anybody use up the memory.
_CHECKS_AT_ONCE = 2
# What is wrong is told at the next multiple of so many seconds, whatever was wrong: a name that exists must not be told by the time it takes.
WRONG_AFTER = 0.4
WRONG = "Deze gegevens kloppen niet. Na vijf keer fout gaat het een kwartier dicht; probeer het daarna opnieuw."
OLD_PAGE = "Deze pagina was te oud. Probeer het nog een keer."

# What of the content is edited where.
EDITING = (*stories.PAGES, *sentences.PAGES, *examples.PAGES, *draft.PAGES, *publishing.PAGES, *trying.PAGES)

Page = Callable[[Request, Login], Awaitable[Response]]


def studio(rasa: RasaClient) -> Mount:
    """The studio's part of the web server."""
    app = Starlette(
        routes=[
            Route("/", for_therapists(show_inbox)),
            Route("/stroom", for_therapists(follow_inbox)),
            Route("/inloggen", login_page, methods=["GET", "POST"]),
            Route("/uitloggen", for_therapists(leave), methods=["POST"]),
            Route("/overdracht/{subject_id}", for_therapists(show_case)),
            Route("/overdracht/{subject_id}/stroom", for_therapists(live.follow_case)),
            Route("/overdracht/{subject_id}/typt", for_therapists(tell_writing), methods=["POST"]),
            Route("/overdracht/{subject_id}/{action}", for_therapists(act), methods=["POST"]),
            *[Route(one.path, for_therapists(one.show, one.most_bytes), methods=[one.method]) for one in EDITING],
            Mount("/static", StaticFiles(directory=HERE / "static")),
        ],
        exception_handlers={SQLAlchemyError: database_down, KeyProblem: keys_do_not_fit, 404: not_here, 413: too_much},
    )
    app.state.rasa = rasa
    app.state.password_checks = asyncio.Semaphore(_CHECKS_AT_ONCE)
    return Mount(PATH, app=app)


def for_therapists(show: Page, most_bytes: int = MOST_BYTES) -> Callable[[Request], Awaitable[Response]]:
    """A page for who is logged in only; what is sent to it has to carry the session's token, and no more than `most_bytes`."""

    @wraps(show)
    async def checked(request: Request) -> Response:
        login = await asyncio.to_thread(current_login, request)
        if login is None:
            wanted = request.url.path if _WANTED.fullmatch(request.url.path) else ""
            return RedirectResponse(LOGIN_PAGE + (f"?naar={wanted}" if wanted else ""), status_code=303)
        if request.method == "POST" and not same(login.csrf, (await read_form(request, most_bytes)).get("csrf", "")):
            return page("message.html", 403, login=login, title="Niet gedaan", text=OLD_PAGE)
        return await show(request, login)

    return checked


async def login_page(request: Request) -> Response:
    """Ask who it is, and let in who it is."""
    wanted = request.query_params.get("naar", "")
    wanted = wanted if _WANTED.fullmatch(wanted) else ""
    if request.method == "GET":
        return _login_form(request, wanted, "", 200)
    began = time.monotonic()
    form = await read_form(request)
    if not login_form_is_ours(request, form.get("csrf", "")):
        return _login_form(request, wanted, OLD_PAGE, 403)
    async with request.app.state.password_checks:
        given = (form.get("login", ""), form.get("password", ""), form.get("code", ""))
        therapist = await asyncio.to_thread(check_login, *given)
    if therapist is None:
        await asyncio.sleep(-(time.monotonic() - began) % WRONG_AFTER)
        return _login_form(request, wanted, WRONG, 401)
    response = RedirectResponse(wanted or f"{PATH}/", status_code=303)
    await asyncio.to_thread(log_in, request, response, therapist.id)
    return response


async def leave(request: Request, _: Login) -> Response:
    """Log out."""
    response = RedirectResponse(LOGIN_PAGE, status_code=303)
    await asyncio.to_thread(log_out, request, response)
    return response


async def show_inbox(_: Request, login: Login) -> Response:
    """What waits, and what was done."""
    await asyncio.to_thread(audit, login, "inbox_read", login.therapist_id)
    mark = await asyncio.to_thread(fingerprint)
    rows = await asyncio.to_thread(items)
    return page("inbox.html", login=login, items=rows, mark=live.short(mark))


async def follow_inbox(_: Request, login: Login) -> Response:
    """Tells an open inbox that there is something new."""
    return live.stream(live.inbox_changes(login))


async def database_down(_: Request, problem: Exception) -> Response:
    """No database: said plainly, and nothing was done."""
    text = "De database is even niet te bereiken. Er is niets gedaan en niets verloren. Probeer het over een minuut opnieuw."
    return page("message.html", 503, login=None, title="Even geen database", text=text)


async def keys_do_not_fit(_: Request, problem: Exception) -> Response:
    """What is kept can't be decrypted: somebody has to see to the keys."""
    text = "De gegevens zijn versleuteld met een sleutel die hier niet is. Vraag je beheerder om de sleutels na te kijken."
    return page("message.html", 503, login=None, title="Niet te lezen", text=text)


async def not_here(_: Request, problem: Exception) -> Response:
    """No such page."""
    return page("message.html", 404, login=None, title="Niet gevonden", text="Deze pagina bestaat niet.")


async def too_much(_: Request, problem: Exception) -> Response:
    """More than any of our forms holds."""
    return page(
        "message.html",
        413,
        login=None,
        title="Te veel",
        text="Dit is te veel in één keer. Er is niets veranderd. Een bestand mag hooguit 4 MB zijn.",
    )


def _login_form(request: Request, wanted: str, problem: str, status: int) -> Response:
    token = login_form_token(request)
    values: dict[str, Any] = {"wanted": wanted, "problem": problem, "token": token}
    response = page("login.html", status, login=None, **values)
    remember_login_form(request, response, token)
    return response
