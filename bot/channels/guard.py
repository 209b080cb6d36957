"""Stands before the whole web server: sizes, numbers of requests by address, forms from other sites, and protective headers on every answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response

from bot.alarm.helplines import with_numbers
from bot.channels.limits import Limiter, address_of
from bot.settings import settings

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

SOCKET = "/socket.io"
STUDIO = "/studio"
LOGIN = f"{STUDIO}/inloggen"
# Bytes of a body. A widget's message is at most 4,000 characters; therapists bring whole files to the studio; Telegram wraps its messages well.
MOST_BYTES = 64_000
MOST_BYTES_BELOW = {STUDIO: 10_000_000, "/telegram": 1_000_000}
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'self'",
    "X-Content-Type-Options": "nosniff",
    # With "no-referrer" a browser would send our own forms with the origin "null".
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
TOO_OFTEN = "Er komen nu te veel vragen tegelijk van jouw verbinding. Probeer het over een minuut nog eens."


class Guard:
    """An ASGI application around another one."""

    def __init__(self, app: App) -> None:
        self._app = app
        # Each new connection of a widget takes memory until it is known to be dead, three quarters of a minute.
        self._connections = Limiter(burst=300, per_second=10)
        self._requests = Limiter(burst=300, per_second=20)
        self._logins = Limiter(burst=10, per_second=1 / 30)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it (see ASGI)."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = self._refusal(scope, headers)
        if refusal is None:
            await _Exchange(scope, receive, send).run(self._app)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await refusal(scope, receive, _with_headers(scope, send))

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        path: str = scope["path"]
        if any(not c.isprintable() for c in path):
            return PlainTextResponse("Dit adres bestaat niet.", 404)
        if not self._may_come(scope, path):
            return PlainTextResponse(with_numbers(TOO_OFTEN), 429, {"Retry-After": "60"})
        if path.startswith(SOCKET) and "j" in _query(scope):
            # An answer as a script: any site may load one, without the browser saying where it comes from.
            return PlainTextResponse("Zo niet.", 400)
        if int(_digits(headers.get("content-length", "0"))) > most_bytes(path):
            return PlainTextResponse("Dit is te veel in één keer.", 413)
        if path.startswith(STUDIO) and scope.get("method") == "POST" and not comes_from_us(headers):
            return PlainTextResponse("Niet gedaan: dit kwam niet van een pagina van ons.", 403)
        return None

    def _may_come(self, scope: Scope, path: str) -> bool:
        address = address_of(scope)
        if address is None:
            return True
        if path.startswith(SOCKET):
            # What comes over a connection that stands is counted by messages (`pace.py`): nobody is cut off in mid-sentence.
            return "sid" in _query(scope) or self._connections.take(address)
        if path == LOGIN and scope.get("method") == "POST" and not self._logins.take(address):
            return False
        return self._requests.take(address)


class _Exchange:
    """One request and its answer: the body is counted as it comes, the answer gets the headers."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._scope = scope
        self._receive = receive
        self._send = _with_headers(scope, send)
        self._left = most_bytes(scope["path"])
        self._too_much = self._begun = False

    async def run(self, app: App) -> None:
        """Have the application answer; 413 in its place where more comes than was announced."""
        try:
            await app(self._scope, self._counted, self._unless_too_much)
        except Exception:
            if not self._too_much:
                raise
        if self._too_much and not self._begun:
            await PlainTextResponse("Dit is te veel in één keer.", 413)(self._scope, self._receive, self._send)

    async def _counted(self) -> Message:
        message = await self._receive()
        if message["type"] == "http.request":
            self._left -= len(message.get("body", b""))
            if self._left < 0:
                self._too_much = True
                raise _TooMuch
        return message

    async def _unless_too_much(self, message: Message) -> None:
        if not self._too_much:
            self._begun = True
            await self._send(message)


class _TooMuch(RuntimeError):
    """More than the address takes."""


def most_bytes(path: str) -> int:
    """How large a body may be that is sent to an address."""
    return next((limit for begin, limit in MOST_BYTES_BELOW.items() if path.startswith(begin)), MOST_BYTES)


def comes_from_us(headers: Headers) -> bool:
    """Whether a form was sent by a page of ours, as far as the browser tells; what tells nothing is no browser of today."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc in {headers.get("host"), urlsplit(settings().public_url).netloc} - {"", None}


def _query(scope: Scope) -> dict[str, list[str]]:
    """The query as Engine.IO reads it: what has no value is not there."""
    return parse_qs(scope["query_string"].decode("latin-1"))


def _digits(text: str) -> str:
    # What is no number is the server's own to refuse.
    return text if text.isascii() and text.isdecimal() and len(text) < 20 else "0"


def _with_headers(scope: Scope, send: Send) -> Send:
    path: str = scope["path"]

    async def add(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            if scope.get("scheme") == "https":
                headers.setdefault("Strict-Transport-Security", "max-age=31536000")
            if path.startswith(SOCKET):
                headers.setdefault("Cache-Control", "no-store")
            if path.startswith("/widget/"):
                # The widget's file is made to be used on the practice's own site.
                headers["Access-Control-Allow-Origin"] = "*"
        await send(message)

    return add
