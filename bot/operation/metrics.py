"""What an operator can count and measure, in Prometheus' words. Nothing of a visitor: no text, no name, no id.

The web server counts for all: what it can't see itself, the Rasa server tells it with each answer. So each web server serves its own part,
and Prometheus adds them up; what is waiting comes from the database, and is the same on every one of them (take the `max`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from sqlalchemy.exc import SQLAlchemyError

from bot.store.database import session
from bot.store.tables import Handoff, Intake, Notice, utc_now

# Seconds. A visitor notices one, and doubts at five.
_REPLY = (0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10, 20, 30)
_PART = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20)
PARTS = ("waiting", "storing", "understanding", "answering")
FALLBACK = "nlu_fallback"

messages = Counter(
    "coach_messages_total",
    "Messages of visitors by channel, and what came of them: answered, kept for a person, repeated, or failed",
    ["channel", "outcome"],
)
reply_seconds = Histogram("coach_reply_seconds", "From a message to its answer, as the web server sees it", ["channel"], buckets=_REPLY)
turn_seconds = Histogram("coach_turn_seconds", "The parts of a turn in the Rasa server", ["part"], buckets=_PART)
confidence = Histogram(
    "coach_intent_confidence", "How sure the coach was of the intent of what was written", buckets=[n / 10 for n in range(1, 10)]
)
not_understood = Counter("coach_not_understood_total", "Messages that the coach asked back about, or could not read")
alarms = Counter("coach_alarms_total", "Messages that sounded an alarm or a concern", ["category", "level"])
connections = Gauge("coach_widget_connections", "Widgets that are connected to this web server")
part_up = Gauge("coach_part_up", "Whether a part answers (1) or not (0), at the last look", ["part"])
model_info = Gauge("coach_model_info", "The model that the Rasa server runs", ["model"])


def count_turn(channel: str, seconds: float, turn: dict[str, Any] | None) -> str:
    """Count one message and its answer; `turn` is what the Rasa server told of it (`bot.channels.rest.summary`), None when it failed.

    Returns what came of it, as the metrics name it.
    """
    outcome = _outcome(turn)
    reply_seconds.labels(channel).observe(seconds)
    messages.labels(channel, outcome).inc()
    if not turn or turn.get("repeated"):
        return outcome
    for part in PARTS:
        if part in turn.get("seconds", {}):
            turn_seconds.labels(part).observe(turn["seconds"][part])
    if turn.get("confidence") is not None:
        confidence.observe(turn["confidence"])
    if turn.get("intent") == FALLBACK:
        not_understood.inc()
    if alarm := turn.get("alarm"):
        alarms.labels(alarm["category"], alarm["level"]).inc()
    return outcome


def _outcome(turn: dict[str, Any] | None) -> str:
    if not turn or not turn.get("kept"):
        return "failed"
    if turn.get("repeated"):
        return "repeated"
    return "answered" if turn.get("answered") else "for_a_person"


def waiting_metrics() -> bytes:
    """What waits in the database for somebody to see to it, as Prometheus reads it; only that the database is down where it can't be read."""
    registry = CollectorRegistry()
    up = Gauge("coach_database_up", "Whether the database could be read (1) or not (0)", registry=registry)
    try:
        for name, what, value in _waiting():
            Gauge(name, what, registry=registry).set(value)
        up.set(1)
    except SQLAlchemyError:
        up.set(0)
    return generate_latest(registry)


def _waiting() -> Iterator[tuple[str, str, float]]:
    now = utc_now()
    with session() as db:
        for name, what, table, waits in (
            ("coach_handoffs_waiting", "Alarms that nobody has taken", Handoff, Handoff.status == "open"),
            ("coach_intakes_waiting", "Intakes that nobody has taken", Intake, Intake.status == "open"),
            ("coach_notices_waiting", "Notices to the practice that have not arrived", Notice, Notice.sent_at.is_(None)),
        ):
            count, oldest = db.execute(sa.select(sa.func.count(), sa.func.min(table.created_at)).where(waits)).one()
            yield name, what, count
            yield f"{name.removesuffix('_waiting')}_oldest_seconds", f"{what}: age of the oldest", _age(oldest, now)


def _age(oldest: datetime | None, now: datetime) -> float:
    return 0.0 if oldest is None else max(0.0, (now - oldest).total_seconds())
