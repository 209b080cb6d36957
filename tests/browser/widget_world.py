"""The widget's real web server before a coach that says what a test wants, and a foreign site with the widget on it."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import httpx
import pytest
from aiohttp import web
from playwright.sync_api import Browser, Locator, Page, expect

from tests.conftest import ROOT, START_SECONDS, free_port
from tests.fake_coach import FakeCoach

SOON = 20_000
HELLO = "Hoi, ik ben een computerprogramma. Wat is er gebeurd?"
# No inline script or style, nothing from anywhere but the site itself and the coach.
STRICT = "default-src 'none'; base-uri 'none'; form-action 'none'; script-src {coach}; connect-src {coach} {socket}; img-src {coach}"
PAGE = """<!doctype html><html lang="nl"><head><title>Praktijk</title><meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body><main><h1>Praktijk</h1><p>Welkom.</p><a href="/elders">Elders</a></main><script src="{coach}/widget/eerste-stap.js" {attributes} defer></script></body></html>"""


class Loop:
    """An event loop of its own, as Playwright's keeps this thread's."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def do(self, work: Coroutine[Any, Any, Any]) -> Any:
        done: Future[Any] = asyncio.run_coroutine_threadsafe(work, self._loop)
        return done.result(30)

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)


class Line:
    """The way to a server, which can be cut."""

    def __init__(self, to: int) -> None:
        self._to = to
        self._open: set[asyncio.StreamWriter] = set()
        self.is_cut = False

    async def start(self, port: int) -> None:
        self._server = await asyncio.start_server(self._connect, "127.0.0.1", port)

    async def cut(self, cut: bool) -> None:
        self.is_cut = cut
        for writer in self._open if cut else ():
            writer.transport.abort()

    async def stop(self) -> None:
        await self.cut(True)
        self._server.close()

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            if self.is_cut:
                raise ConnectionError
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._to)
        except OSError:
            writer.transport.abort()
            return
        await asyncio.gather(self._carry(reader, far_writer), self._carry(far_reader, writer))

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        try:
            while data := await reader.read(65_536):
                writer.write(data)
                await writer.drain()
        except OSError:
            pass
        finally:
            self._open.discard(writer)
            writer.close()


class World:
    """`coach` says what it is told to; `web` is the real web server; `site` is a page on another origin."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.loop = Loop()
        self.coach: FakeCoach = self.loop.do(FakeCoach().__aenter__())
        self.web_port, self.site_port, self._server_port = free_port(), free_port(), free_port()
        self.web, self.site = f"http://localhost:{self.web_port}", f"http://127.0.0.1:{self.site_port}"
        self.attributes = ""
        self.coach.answers["/greet"] = [{"text": HELLO}]
        self._site = self.loop.do(self._serve_site())
        self._line = Line(self._server_port)
        self.loop.do(self._line.start(self.web_port))
        self._process: subprocess.Popen[bytes] | None = None

    def start_web(self) -> None:
        environment = {
            **os.environ,
            "COACH_VAR_DIR": str(self.folder),
            "COACH_WEB_PORT": str(self._server_port),
            "COACH_RASA_PORT": str(self.coach.rasa_port),
            "COACH_ACTIONS_PORT": str(self.coach.actions_port),
            "COACH_ALLOWED_ORIGINS": self.site,
            **dict.fromkeys(("COACH_API_TOKEN", "DATABASE_URL", "COACH_DATA_KEYS", "COACH_NOTIFY_URLS", "TELEGRAM_TOKEN"), ""),
        }
        command = [sys.executable, "-W", "ignore", "-m", "bot", "serve-web"]
        with (self.folder / "web.log").open("ab") as log:
            self._process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        until(self._answers, "the web server did not start", START_SECONDS)

    def stop_web(self, how: signal.Signals = signal.SIGTERM) -> None:
        if self._process:
            self._process.send_signal(how)
            self._process.wait(30)
            self._process = None

    def stop(self) -> None:
        self.stop_web()
        self.loop.do(self._line.stop())
        self.loop.do(self._site.cleanup())
        self.loop.do(self.coach.__aexit__())
        self.loop.stop()

    def heard(self) -> list[str]:
        """What visitors said."""
        return [text for _, text in self.coach.heard if text != "/greet"]

    def hold(self, held: bool) -> None:
        """Keep the coach's answers back, or let them go."""

        async def turn() -> None:
            (self.coach.open.clear if held else self.coach.open.set)()

        self.loop.do(turn())

    def cut(self, cut: bool) -> None:
        """Cut the line to the web server, or mend it."""
        self.loop.do(self._line.cut(cut))

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.web}/health").status_code == 200
        except httpx.HTTPError:
            return False

    async def _serve_site(self) -> web.AppRunner:
        async def page(_: web.Request) -> web.Response:
            policy = STRICT.format(coach=self.web, socket=self.web.replace("http", "ws"))
            text = PAGE.format(coach=self.web, attributes=self.attributes)
            return web.Response(text=text, content_type="text/html", headers={"Content-Security-Policy": policy})

        app = web.Application()
        app.router.add_get("/{anything:.*}", page)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        # The second one is on no list of the coach's.
        for address in ("127.0.0.1", "127.0.0.2"):
            await web.TCPSite(runner, address, self.site_port).start()
        return runner


@pytest.fixture(scope="module")
def shared_world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = World(tmp_path_factory.mktemp("var"))
    try:
        made.start_web()
        yield made
    finally:
        made.stop()


@pytest.fixture
def world(shared_world: World) -> Iterator[World]:
    """The world of this module, as if nothing had been said in it."""
    shared_world.coach.forget()
    shared_world.coach.answers["/greet"] = [{"text": HELLO}]
    shared_world.attributes = ""
    yield shared_world
    shared_world.hold(False)
    shared_world.cut(False)


@pytest.fixture
def visit(browser: Browser, world: World) -> Iterator[Callable[..., Page]]:
    """Open the site as a new visitor, whose browser has these options."""
    contexts = []

    def open_site(*, panel: bool = True, **options: Any) -> Page:
        context = browser.new_context(locale="nl-NL", **{"viewport": {"width": 1100, "height": 760}, **options})
        contexts.append(context)
        page = context.new_page()
        page.goto(world.site)
        if panel:
            open_panel(page)
        return page

    yield open_site
    for context in contexts:
        context.close()


def open_panel(page: Page) -> None:
    page.get_by_test_id("launcher").click()
    expect(bot(page).first).to_be_visible(timeout=SOON)


def bot(page: Page) -> Locator:
    return page.get_by_test_id("message-bot")


def own(page: Page) -> Locator:
    return page.get_by_test_id("message-user")


def say(page: Page, text: str) -> None:
    page.get_by_test_id("input").fill(text)
    page.get_by_test_id("send").click()


def until(condition: Callable[[], bool], otherwise: str, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, otherwise
        time.sleep(0.05)
