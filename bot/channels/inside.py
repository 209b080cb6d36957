"""What the Rasa server answers to programs on its own side, and to nobody's browser.

It listens on this machine only, and a page of any site that somebody opens on this machine can send requests to it.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from sanic import Sanic
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from bot.channels.disguise import plain_words, visible
from bot.setting_values import ON_THIS_MACHINE
from bot.settings import settings

MOST_BYTES = 1_000_000
# A message has at most 4,000; reading takes time by length, and nobody else is answered meanwhile.
MOST_CHARACTERS = 20_000
PARSE = "/model/parse"
# These load and run what they are given, fetch addresses that they are given, or speak with the visitor past the safety rules.
_CLOSED = re.compile(
    r"(PUT|DELETE) /model|POST /model/(train|test/.*)|POST /conversations/.+/(execute|trigger_intent|messages|predict)"
    r"|PUT /conversations/.+/tracker/events"
)


async def close_what_nobody_needs(app: Sanic, _: Any) -> None:
    """Have the server refuse browsers, what is too large, and the parts of Rasa's interface that this project does not use."""
    app.config.REQUEST_MAX_SIZE = MOST_BYTES

    async def check(request: Request) -> HTTPResponse | None:
        refused = refusal(request.method, request.path, request.headers)
        if refused is None and request.path == PARSE:
            try:
                request.parsed_json = as_heard(request.json)
            except SanicException:
                # What is no JSON is Rasa's to refuse.
                return None
            except ValueError as problem:
                refused = 413, str(problem)
        return json_response({"error": refused[1]}, status=refused[0]) if refused else None

    app.register_middleware(check, "request")


def as_heard(body: Any) -> Any:
    """A body of `POST /model/parse` with its text as the channels would hand it on: an alarm is judged on the same words.

    Raises `ValueError` when it is longer than anything that is read at once.
    """
    if not isinstance(body, dict) or not isinstance(body.get("text"), str):
        return body
    if len(body["text"]) > MOST_CHARACTERS:
        raise ValueError(f"'text' may have at most {MOST_CHARACTERS} characters.")
    return {**body, "text": plain_words(visible(body["text"]))}


def refusal(method: str, path: str, headers: Any) -> tuple[int, str] | None:
    """Status and reason where a request is not answered."""
    if headers.get("origin") or headers.get("sec-fetch-site", "none") != "none":
        return 403, "Not for pages of a browser."
    host = urlsplit(f"//{headers.get('host', '')}").hostname
    # A name that somebody else's page gave to this machine. With a token, such a page gets nowhere; behind a proxy (COACH_RASA_URL) the
    # name is the proxy's own.
    alone = settings().rasa_url == f"http://127.0.0.1:{settings().rasa_port}"
    if alone and not settings().api_token and host not in ON_THIS_MACHINE:
        return 403, "Use 127.0.0.1, or set COACH_API_TOKEN."
    if _CLOSED.fullmatch(f"{method} {path.rstrip('/')}"):
        return 404, "This part of Rasa's interface is closed."
    return None
