"""What an operator reads at /health, /ready and /metrics is true, and says nothing of a visitor."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.testclient import TestClient

from bot.channels.health import Health, may_read_metrics
from bot.handoff.intakes import save_handoff
from bot.operation.metrics import waiting_metrics
from tests.conftest import Coach, free_port
from tests.databases import Database
from tests.operation.visitors import Visitor

ALARM = {"category": "suicidality", "level": "alarm", "score": 0.9, "layer": "both"}


def read(text: str) -> dict[str, float]:
    return {m[1]: float(m[2]) for m in re.finditer(r"^(coach_\S+) (\S+)$", text, re.MULTILINE)}


async def test_what_happens_is_counted_and_followed_through_the_logs(coach: Coach) -> None:
    before = read(coach.http.get(f"{coach.web}/metrics").text)
    visitor = Visitor(coach.web)
    await visitor.come()
    await visitor.say("hij heeft me gisteren geslagen")
    await visitor.say("blorp fnarg zwiebel kwakkel Annemiek")
    other = Visitor(coach.web)
    await other.come()
    await other.say("ik wil de relatie-apk doen")
    text = coach.http.get(f"{coach.web}/metrics").text
    after = read(text)

    def more(name: str) -> float:
        return after[name] - before.get(name, 0)

    # The two greetings are turns too.
    assert more('coach_messages_total{channel="website",outcome="answered"}') == 5
    assert more('coach_reply_seconds_count{channel="website"}') == 5
    assert more('coach_alarms_total{category="partner_violence",level="alarm"}') == 1
    assert more('coach_turn_seconds_count{part="understanding"}') == 5
    # Of what was written, not of buttons.
    assert more("coach_intent_confidence_count") == 3
    assert more("coach_handoffs_waiting") == 1
    assert after["coach_handoffs_oldest_seconds"] > 0
    assert after["coach_widget_connections"] >= 2
    assert after['coach_part_up{part="rasa"}'] == after["coach_database_up"] == 1
    assert 'coach_model_info{model="eerste-stap-' in text
    await visitor.leave()
    await other.leave()

    logs = {part: (coach.folder / "logs" / f"{part}.log").read_text() for part in ("web", "rasa", "actions")}
    for said in ("Annemiek", "blorp", "apk", "web-"):
        assert said not in text
        assert all(said not in log for log in logs.values())
    lines = {part: [json.loads(line) for line in log.splitlines() if line.startswith("{")] for part, log in logs.items()}
    newest = [line for line in lines["web"] if line.get("outcome")][-1]["request"]
    for part in ("web", "rasa", "actions"):
        assert newest in {line.get("request") for line in lines[part]}, part


def test_health_names_the_parts(coach: Coach) -> None:
    answer = coach.http.get(f"{coach.web}/health")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "parts": {"rasa": True, "actions": True, "database": True}})
    assert coach.http.get(f"{coach.web}/ready").json() == {"ready": True}


class NoCoach:
    async def model(self) -> str | None:
        return None

    async def actions_ready(self) -> bool:
        return True


@pytest.fixture
def lonely(database: Database) -> Iterator[TestClient]:
    app = Starlette(routes=Health(NoCoach()).routes())  # type: ignore[arg-type]
    with TestClient(app, client=("127.0.0.1", 5000)) as client:
        yield client


def test_without_a_coach_it_is_not_ready(lonely: TestClient) -> None:
    assert lonely.get("/ready").status_code == 503
    answer = lonely.get("/health")
    assert (answer.status_code, answer.json()["parts"]) == (503, {"rasa": False, "actions": True, "database": True})
    assert 'coach_part_up{part="rasa"} 0.0' in lonely.get("/metrics").text


def test_what_waits_is_counted_and_a_dead_database_is_said(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    save_handoff("web-1", ALARM, [])
    found = read(waiting_metrics().decode())
    assert (found["coach_handoffs_waiting"], found["coach_notices_waiting"], found["coach_database_up"]) == (1, 1, 1)
    database.move(monkeypatch, f"postgresql://c@127.0.0.1:{free_port()}/x" if database.kind == "postgresql" else "sqlite:////none/x.db")
    assert read(waiting_metrics().decode()) == {"coach_database_up": 0}


@pytest.mark.parametrize(
    ("token", "client", "headers", "may"),
    [
        ("", "127.0.0.1", {}, True),
        ("", "::1", {}, True),
        ("", "192.0.2.1", {}, False),
        # Through a proxy on this machine.
        ("", "127.0.0.1", {"X-Forwarded-For": "192.0.2.1"}, False),
        ("secret", "127.0.0.1", {}, False),
        ("secret", "192.0.2.1", {"Authorization": "Bearer secret"}, True),
        ("secret", "192.0.2.1", {"Authorization": "Bearer secre"}, False),
        ("secret", "192.0.2.1", {"Authorization": "Bearer geheim\u00e9"}, False),
    ],
)
def test_who_may_read_the_metrics(  # noqa: PLR0917
    token: str, client: str, headers: dict[str, str], may: bool, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    database.set(monkeypatch, COACH_METRICS_TOKEN=token)
    raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    scope: dict[str, Any] = {"type": "http", "method": "GET", "path": "/metrics", "client": (client, 5000), "headers": raw}
    assert may_read_metrics(Request(scope)) is may
