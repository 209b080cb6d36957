"""The studio on a database of its own, with a stand-in for the Rasa server that keeps events as Rasa does."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from rasa.shared.core.events import Event
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from bot.channels.guard import Guard
from bot.channels.rasa_client import CoachUnreachable
from bot.studio.accounts import add_therapist
from bot.studio.app import studio
from tests.databases import Database

PASSWORD = "een heel lang wachtwoord"


class FakeRasa:
    """Conversations in memory; `down` makes it unreachable."""

    def __init__(self) -> None:
        self.conversations: dict[str, list[dict[str, Any]]] = {}
        self.down = False

    async def read_events(self, sender: str) -> list[dict[str, Any]]:
        self._reach()
        return list(self.conversations.get(sender, []))

    async def add_events(self, sender: str, events: list[dict[str, Any]]) -> None:
        self._reach()
        # Read and written as the Rasa server does, so that an event that it does not know fails here too.
        self.conversations.setdefault(sender, []).extend(Event.from_parameters(event).as_dict() for event in events)

    def said(self, sender: str, text: str, alarm: dict[str, Any] | None = None, intent: str = "express_hurt") -> float:
        """The visitor said something. Returns the moment."""
        at = time.time()
        parsed = {"text": text, "intent": {"name": intent}, "entities": [], "alarm": alarm}
        self.conversations.setdefault(sender, []).append({"event": "user", "text": text, "timestamp": at, "parse_data": parsed})
        return at

    def texts(self, sender: str) -> list[str]:
        return [event["text"] for event in self.conversations.get(sender, []) if event["event"] == "bot"]

    def _reach(self) -> None:
        if self.down:
            raise CoachUnreachable("down")


class Studio:
    """A therapist's browser, at the studio of this process or at the address of a running one."""

    def __init__(self, where: Starlette | str) -> None:
        self.http: httpx.Client
        if isinstance(where, str):
            self.http = httpx.Client(
                base_url=where, follow_redirects=False, timeout=60, event_hooks={"response": [self._trust_this_machine]}
            )
        else:
            self.http = TestClient(where, base_url="http://localhost", follow_redirects=False)

    def _trust_this_machine(self, _: httpx.Response) -> None:
        """Browsers send cookies that are for HTTPS to localhost too."""
        for cookie in self.http.cookies.jar:
            cookie.secure = False

    def log_in(self, login: str, password: str = PASSWORD, code: str = "", path: str = "/studio/inloggen") -> Any:
        form = {"login": login, "password": password, "code": code, "csrf": hidden(self.http.get(path).text, "csrf")}
        return self.http.post(path, data=form)

    def press(self, subject_id: str, action: str, **fields: str) -> Any:
        """Send the form of a button, as the page has it now."""
        page = self.http.get(f"/studio/overdracht/{subject_id}").text
        return self.send(subject_id, action, {"csrf": hidden(page, "csrf"), "form": form_id(page, action), **fields})

    def send(self, subject_id: str, action: str, fields: dict[str, str]) -> Any:
        return self.http.post(f"/studio/overdracht/{subject_id}/{action}", data=fields)


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found, f"no field {name}"
    return found.group(1)


def form_id(page: str, action: str) -> str:
    """The number of an action's form; any fresh one where the page does not show that button."""
    form = re.search(rf'/{action}" class="post">(.*?)</form>', page, re.DOTALL)
    return hidden(form.group(1), "form") if form else f"none-{time.time()}"


def alarm(level: str = "alarm", category: str = "partner_violence", **more: Any) -> dict[str, Any]:
    return {"category": category, "level": level, "score": 0.9, "layer": "both", "spans": [], **more}


@pytest.fixture
def rasa() -> FakeRasa:
    return FakeRasa()


@pytest.fixture
def app(database: Database, rasa: FakeRasa) -> Starlette:
    return Starlette(routes=[studio(rasa)], middleware=[Middleware(Guard)])  # type: ignore[arg-type]


@pytest.fixture
def open_studio(app: Starlette) -> Callable[..., Studio]:
    """A browser in which a therapist, made now, is logged in."""

    def opened(login: str = "lilia", name: str = "Lilia") -> Studio:
        add_therapist(login, name, PASSWORD, totp=False)
        browser = Studio(app)
        assert browser.log_in(login).status_code == 303
        return browser

    return opened
