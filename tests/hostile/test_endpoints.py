"""Every public address takes whatever comes: an answer or a plain refusal, never an error of its own."""

from __future__ import annotations

import json
import time
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.checkup import read_score
from bot.channels.cleaning import clean
from tests.conftest import Coach

PUBLIC = (
    *("/", "/health", "/widget/eerste-stap.js", "/demo/style.css", "/studio/", "/studio/inloggen", "/studio/uitloggen", "/studio/stroom"),
    *("/studio/overdracht/x", "/studio/overdracht/x/stroom", "/studio/overdracht/x/overnemen", "/studio/static/studio.js"),
    *("/telegram/webhook", "/socket.io/"),
)
few = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
names = st.text(alphabet=st.characters(min_codepoint=33, max_codepoint=126, exclude_characters=":"), min_size=1, max_size=20)
segments = st.text(max_size=30)
jsons = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=20,
)


def send(url: str, method: str, headers: list[tuple[bytes, bytes]], body: bytes) -> httpx.Response:
    """Send a request; of an answer that does not end, only its beginning is read."""
    with httpx.Client(timeout=30) as client, client.stream(method, url, headers=headers, content=body) as answer:
        return answer


requests = st.fixed_dictionaries(
    {
        "path": st.sampled_from(PUBLIC),
        "method": st.sampled_from(["GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH"]),
        "query": st.binary(max_size=50).map(lambda raw: "".join(f"%{byte:02x}" for byte in raw)),
        "cookies": st.dictionaries(st.sampled_from(["studio", "studio_login", "x"]), names, max_size=3),
        "body": st.binary(max_size=500) | jsons.map(lambda value: json.dumps(value).encode()),
        "kind": st.sampled_from(
            [b"application/json", b"application/x-www-form-urlencoded", b"multipart/form-data; boundary=x", b"text/plain", b"\xff"]
        ),
    }
)


@few
@given(requests)
def test_any_request_to_a_page(coach: Coach, request: dict[str, Any]) -> None:
    cookie = "; ".join(f"{name}={value}" for name, value in request["cookies"].items()).encode()
    headers = [(b"cookie", cookie), (b"content-type", request["kind"])]
    answer = send(f"{coach.web}{request['path']}?{request['query']}", request["method"], headers, request["body"])
    assert answer.status_code < 500
    assert answer.headers["x-content-type-options"] == "nosniff"


@few
@given(segments=st.lists(segments, max_size=4))
def test_any_address(coach: Coach, segments: list[str]) -> None:
    escaped = "/".join("".join(f"%{byte:02x}" for byte in s.encode("utf-8", "surrogatepass")) for s in segments)
    for root in ("", "/studio", "/widget", "/demo", "/studio/overdracht", "/studio/static", "/socket.io"):
        answer = coach.http.get(f"{coach.web}{root}/{escaped}")
        assert answer.status_code < 500
        assert "COACH_" not in answer.text


@few
@given(body=jsons)
def test_any_json_to_the_rest_channel(coach: Coach, body: Any) -> None:
    assert coach.http.post(f"{coach.rasa}/webhooks/rest/webhook", json=body).status_code in (200, 400)


@settings(few, max_examples=25)
@given(st.fixed_dictionaries({"sender": st.text(min_size=1, max_size=210), "message": st.text(max_size=100)}))
def test_any_words_of_anybody_get_words(coach: Coach, body: dict[str, str]) -> None:
    answer = coach.http.post(f"{coach.rasa}/webhooks/rest/webhook", json=body)
    assert answer.status_code in (200, 400)
    if answer.status_code == 200:
        assert all(message["text"] for message in answer.json())


@given(st.text(max_size=300))
def test_no_text_breaks_the_reading_of_marks(text: str) -> None:
    score = read_score(text)
    assert score is None or 0 <= score <= 10
    cleaned = read_score(clean(text).text)
    assert cleaned is None or 0 <= cleaned <= 10


@pytest.mark.parametrize("size", [4_000, 60_000])
def test_marks_and_cleaning_take_no_longer_for_strange_texts(size: int) -> None:
    for piece in ("0", "9,", "een ", "a*", "z ", "e\u0301", "\u200b", "@", "ﷺ", "/ ", "½", "а"):
        began = time.process_time()
        read_score(piece * (size // len(piece)))
        clean(piece * (size // len(piece)))
        assert time.process_time() - began < 2, piece
