"""Which requests the Rasa server answers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.channels.inside import as_heard, refusal
from bot.settings import settings
from tests.conftest import Coach

HOME = {"host": "127.0.0.1:5005"}


@pytest.fixture(autouse=True)
def without_token(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("COACH_API_TOKEN", "")
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.mark.parametrize(
    "request_line",
    [
        "GET /",
        "GET /status",
        "GET /version",
        "POST /model/parse",
        "POST /webhooks/rest/webhook",
        "GET /conversations/web-x/tracker",
        "POST /conversations/web-x/tracker/events",
    ],
)
def test_what_the_project_uses_is_open(request_line: str) -> None:
    assert refusal(*request_line.split(), HOME) is None


@pytest.mark.parametrize(
    "request_line",
    [
        "PUT /model",
        "PUT /model/",
        "DELETE /model",
        "POST /model/train",
        "POST /model/test/stories",
        "POST /model/test/intents",
        "POST /conversations/web-x/execute",
        "POST /conversations/web-x/trigger_intent",
        "POST /conversations/web-x/trigger_intent/",
        "POST /conversations/a/b/execute",
        "POST /conversations/web-x/messages",
        "PUT /conversations/web-x/tracker/events",
    ],
)
def test_the_rest_of_rasas_interface_is_closed(request_line: str) -> None:
    found = refusal(*request_line.split(), HOME)
    assert found is not None
    assert found[0] == 404


@pytest.mark.parametrize(
    "headers",
    [
        {**HOME, "origin": "https://evil.example"},
        {**HOME, "origin": "null"},
        {**HOME, "sec-fetch-site": "cross-site"},
        {**HOME, "sec-fetch-site": "same-origin"},
        {"host": "evil.example:5005"},
        {"host": "127.0.0.1.evil.example"},
        {},
    ],
)
def test_no_page_of_a_browser_gets_through(headers: dict[str, str]) -> None:
    found = refusal("GET", "/conversations/web-x/tracker", headers)
    assert found is not None
    assert found[0] == 403


def test_what_is_parsed_is_what_the_coach_would_hear() -> None:
    assert as_heard({"text": "gesl\u200bagen", "message_id": "x"}) == {"text": "geslagen", "message_id": "x"}
    for body in (None, [], "x", {}, {"text": 7}):
        assert as_heard(body) == body
    with pytest.raises(ValueError):
        as_heard({"text": "x" * 20_001})


def test_the_running_server_hears_it_so(coach: Coach) -> None:
    assert coach.parse("hij heeft me gisteren gesl\u200bagen")["alarm"]["category"] == "partner_violence"
    url = f"{coach.rasa}/model/parse"
    assert coach.http.post(url, json={"text": "x" * 30_000}).status_code == 413
    for body in (b"", b"no json", b"[]", b'{"text": 7}'):
        assert coach.http.post(url, content=body).status_code in (400, 500)


def test_the_running_server_is_closed_too(coach: Coach) -> None:
    url = f"{coach.rasa}/model"
    assert coach.http.put(url, json={"model_file": "/etc/passwd"}).status_code == 404
    assert coach.http.post(f"{url}/train", content=b"").status_code == 404
    assert coach.http.post(f"{url}/parse", json={"text": "hoi"}, headers={"Origin": "https://evil.example"}).status_code == 403
    assert coach.http.get(f"{coach.rasa}/status", headers={"Host": "evil.example"}).status_code == 403
    assert coach.http.post(f"{url}/parse", content=b'{"text": "' + b"x" * 2_000_000 + b'"}').status_code == 413
    assert coach.http.get(f"{coach.rasa}/status").status_code == 200
