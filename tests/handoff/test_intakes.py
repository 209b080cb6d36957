"""Intakes and alarms are kept whole or not at all, once, and can be erased."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.handoff.intakes import IntakeDraft, NotSaved, add_details, erase_conversation_records, save_handoff, save_intake
from bot.store.database import engine, session
from bot.store.encryption import key_file
from bot.store.tables import Audit, Handoff, Intake, Notice, utc_now
from tests.conftest import free_port
from tests.databases import Database

DRAFT = IntakeDraft("web-c", "Annelies", "+31612345678", "na zessen")


def alarm(level: str, category: str = "suicidality") -> dict[str, Any]:
    return {"category": category, "level": level, "score": 0.8, "layer": "classifier", "spans": []}


def rows(table: Any) -> list[Any]:
    with session() as db:
        return list(db.scalars(sa.select(table).order_by(table.id)))


def test_an_intake_and_its_notice(database: Database) -> None:
    intake_id = save_intake(replace(DRAFT, category="suicidality", level="acute"))
    (intake,), (notice,) = rows(Intake), rows(Notice)
    assert (intake.id, intake.conversation, intake.name, intake.contact) == (intake_id, "web-c", "Annelies", "+31612345678")
    assert (intake.contact_kind, intake.reach, intake.status, intake.after_alarm) == ("phone", "na zessen", "open", True)
    assert (intake.together, intake.about) == (None, None)
    assert abs(utc_now() - intake.created_at) < timedelta(minutes=1)
    assert (notice.kind, notice.subject_id, notice.category, notice.level) == ("intake", intake_id, "suicidality", "acute")
    assert (notice.tries, notice.sent_at) == (0, None)


def test_without_an_alarm_and_by_mail(database: Database) -> None:
    save_intake(replace(DRAFT, contact="annelies@example.org"))
    (intake,) = rows(Intake)
    assert (intake.contact_kind, intake.after_alarm, intake.category, intake.level) == ("email", False, None, None)


def test_a_double_click_saves_once(database: Database) -> None:
    clicks = 8
    together = threading.Barrier(clicks)

    def click(_: int) -> str:
        together.wait()
        return save_intake(DRAFT)

    with ThreadPoolExecutor(clicks) as pool:
        ids = set(pool.map(click, range(clicks)))
    assert len(ids) == 1
    add_details(next(iter(ids)), together="alleen", about="ruzie")
    assert save_intake(DRAFT) in ids
    assert len(rows(Intake)) == len(rows(Notice)) == 1


@pytest.mark.parametrize("change", [{"reach": "'s ochtends"}, {"conversation": "web-d"}, {"level": "alarm"}, {"about": "iets"}])
def test_something_else_is_another_intake(database: Database, change: dict[str, str]) -> None:
    first = save_intake(DRAFT)
    assert save_intake(replace(DRAFT, **change)) != first
    assert len(rows(Intake)) == len(rows(Notice)) == 2


def test_the_same_again_much_later_is_another_intake(database: Database) -> None:
    first = save_intake(DRAFT)
    with session() as db:
        db.execute(sa.update(Intake).values(created_at=utc_now() - timedelta(minutes=9)))
    assert save_intake(DRAFT) == first
    with session() as db:
        db.execute(sa.update(Intake).values(created_at=utc_now() - timedelta(minutes=11)))
    assert save_intake(DRAFT) != first


def test_details_are_added(database: Database) -> None:
    intake_id = save_intake(DRAFT)
    add_details(intake_id, together="alleen")
    add_details(intake_id, about="ruzie")
    (intake,) = rows(Intake)
    assert (intake.together, intake.about) == ("alleen", "ruzie")
    with pytest.raises(NotSaved):
        add_details("no such intake", about="ruzie")


def test_both_or_neither(database: Database) -> None:
    with engine().begin() as connection:
        connection.execute(sa.text("DROP TABLE notices"))
    with pytest.raises(NotSaved):
        save_intake(DRAFT)
    with pytest.raises(NotSaved):
        save_handoff("web-c", alarm("alarm"), [])
    assert rows(Intake) == rows(Handoff) == []


def test_a_database_that_is_down(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    intake_id = save_intake(DRAFT)
    port = free_port()
    database.move(monkeypatch, f"postgresql://c@127.0.0.1:{port}/x" if database.kind == "postgresql" else "sqlite:////none/x.db")
    calls = [
        lambda: save_intake(DRAFT),
        lambda: add_details(intake_id, about="ruzie"),
        lambda: save_handoff("web-c", alarm("alarm"), ["woorden"]),
        lambda: erase_conversation_records("web-c"),
    ]
    for call in calls:
        with pytest.raises(NotSaved) as problem:
            call()
        assert problem.value.__suppress_context__
        assert "OperationalError" in str(problem.value)
        for personal in ("Annelies", "612345678", "ruzie", "woorden", "web-c"):
            assert personal not in str(problem.value)


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_database_that_came_back(database: Database) -> None:
    save_intake(DRAFT)
    outside = sa.create_engine(engine().url, poolclass=sa.pool.NullPool)
    with outside.connect() as connection:
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid != pg_backend_pid() AND datname = current_database()"
        assert connection.execute(sa.text(others)).all()
    save_intake(replace(DRAFT, conversation="web-d"))
    assert len(rows(Intake)) == 2


def test_a_key_that_can_not_be_kept(database: Database) -> None:
    key_file().parent.write_text("a file where the folder should be")
    with pytest.raises(NotSaved):
        save_intake(DRAFT)


def test_one_open_alarm_per_conversation(database: Database) -> None:
    first = save_handoff("web-c", alarm("concern"), ["weg wezen"])
    assert save_handoff("web-c", alarm("acute", "partner_violence"), ["mes", "weg wezen"]) == first
    assert save_handoff("web-c", alarm("alarm"), ["nog iets"]) == first
    other = save_handoff("web-d", alarm("alarm"), [])
    assert other != first
    with session() as db:
        kept = db.get(Handoff, first)
        notices = list(db.scalars(sa.select(Notice).where(Notice.subject_id == first).order_by(Notice.created_at)))
    assert (kept.category, kept.level, kept.words) == ("partner_violence", "acute", ["weg wezen", "mes", "nog iets"])
    assert [(n.kind, n.level, n.category) for n in notices] == [
        ("alarm", "concern", "suicidality"),
        ("alarm", "acute", "partner_violence"),
    ]


def test_an_alarm_after_a_closed_one_is_new(database: Database) -> None:
    first = save_handoff("web-c", alarm("acute"), [])
    with session() as db:
        db.execute(sa.update(Handoff).values(status="closed"))
    assert save_handoff("web-c", alarm("concern"), []) != first
    assert len(rows(Notice)) == 2


def test_alarms_at_once_make_one(database: Database) -> None:
    with ThreadPoolExecutor(6) as pool:
        ids = set(pool.map(lambda number: save_handoff("web-c", alarm("alarm"), [f"woord {number}"]), range(6)))
    assert len(ids) == len(rows(Notice)) == 1
    assert sorted(rows(Handoff)[0].words) == [f"woord {number}" for number in range(6)]


def test_alarm_and_intake_know_each_other_in_either_order(database: Database) -> None:
    handoff = save_handoff("web-c", alarm("alarm"), [])
    intake = save_intake(DRAFT)
    later_intake = save_intake(replace(DRAFT, conversation="web-d"))
    later_handoff = save_handoff("web-d", alarm("alarm"), [])
    with session() as db:
        assert db.get(Handoff, handoff).intake_id == intake
        assert db.get(Handoff, later_handoff).intake_id == later_intake


def test_erasing_takes_all_of_one_conversation(database: Database) -> None:
    save_handoff("web-c", alarm("alarm"), ["woorden"])
    intake = save_intake(DRAFT)
    kept = save_intake(replace(DRAFT, conversation="web-d"))
    with session() as db:
        db.add(Audit(who="therapist", what="read", subject_id=intake))
    assert erase_conversation_records("web-c") == 4
    assert [row.id for row in rows(Intake)] == [kept]
    assert rows(Handoff) == []
    assert [row.subject_id for row in rows(Notice)] == [kept]
    assert len(rows(Audit)) == 1
    assert erase_conversation_records("web-c") == 0


def test_a_draft_does_not_show_itself() -> None:
    assert "Annelies" not in repr(DRAFT)
    assert "612345678" not in repr(DRAFT)
