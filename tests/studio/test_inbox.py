"""What stands in the inbox, and what a case's page shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.handoff.intakes import IntakeDraft, erase_conversation_records, save_handoff, save_intake
from bot.handoff.takeover import take_over
from bot.store.database import session
from bot.store.encryption import key_file
from bot.store.tables import Audit, Handoff, Note, utc_now
from bot.studio.accounts import therapists
from bot.studio.inbox import assign, close, items
from tests.conftest import free_port
from tests.databases import Database
from tests.studio.conftest import FakeRasa, Studio, alarm, form_id, hidden

EVIL = '<script>alert("1")</script><img src=x onerror=alert(2)>'


def audited() -> list[tuple[str, str, str]]:
    with session() as db:
        return [(row.who, row.what, row.subject_id) for row in db.scalars(sa.select(Audit).order_by(Audit.at))]


def test_the_worst_and_longest_waiting_come_first(database: Database) -> None:
    intake = save_intake(IntakeDraft("web-1", "Annelies", "a@example.org", "mail"))
    closed, taken = save_handoff("web-2", alarm("acute"), []), save_handoff("web-3", alarm("acute"), [])
    late, early, acute = (save_handoff(f"web-{n}", alarm(level), []) for n, level in ((4, "alarm"), (5, "alarm"), (6, "acute")))
    with session() as db:
        db.get(Handoff, early).created_at = utc_now() - timedelta(hours=1)
    close(closed)
    assign(taken, "Lilia")
    assert [item.id for item in items()] == [acute, early, late, intake, taken, closed]


def test_a_line_tells_what_it_is_about(open_studio: Callable[..., Studio]) -> None:
    browser = open_studio()
    assert "Er staat niets" in browser.http.get("/studio/").text
    subject = save_handoff("web-c", alarm("acute"), ["met een mes"])
    with session() as db:
        db.get(Handoff, subject).created_at = utc_now() - timedelta(minutes=12)
    save_intake(IntakeDraft("web-d", "Annelies", "+31612345678", "na zessen", category="suicidality", level="alarm"))
    page = browser.http.get("/studio/").text
    for told in ("geweld door de partner", "acuut gevaar", "met een mes", "wacht 12 minuten", "Intake na alarm: gedachten aan zelfmoord"):
        assert told in page
    assert "Annelies" not in page
    assert "612345678" not in page
    take_over("web-c", therapists()[0].id, "Lilia")
    page = browser.http.get("/studio/").text
    for told in ("bij Lilia", "in behandeling", "Lilia is nu in gesprek"):
        assert told in page


def test_a_case_shows_the_intake_and_the_conversation(open_studio: Callable[..., Studio], rasa: FakeRasa) -> None:
    browser = open_studio()
    rasa.said("web-c", "hij heeft me gisteren geslagen thuis", alarm(spans=[[13, 30]]))
    handoff = save_handoff("web-c", alarm(), ["gisteren geslagen"])
    intake = save_intake(IntakeDraft("web-c", "Annelies", "+31612345678", "na zessen", "alone", "ruzie over geld"))
    for subject in (handoff, intake):
        page = browser.http.get(f"/studio/overdracht/{subject}").text
        for told in ("Annelies", "+31612345678", "na zessen", "ruzie over geld", "<mark>gisteren geslagen</mark> thuis"):
            assert told in page
        assert "op slot" in page
    assert ("lilia", "conversation_read", handoff) in audited()
    assert ("lilia", "conversation_read", intake) in audited()


def test_what_a_visitor_wrote_is_never_markup(open_studio: Callable[..., Studio], rasa: FakeRasa) -> None:
    browser = open_studio("lilia", EVIL)
    rasa.said("web-c", EVIL, alarm(spans=[[0, 8]]))
    subject = save_handoff("web-c", alarm(), [EVIL])
    save_intake(IntakeDraft("web-c", EVIL, "a@example.org", EVIL, EVIL, EVIL))
    with session() as db:
        db.add(Note(conversation="web-c", who=EVIL, text=EVIL))
    assign(subject, EVIL)
    for path in ("/studio/", f"/studio/overdracht/{subject}"):
        page = browser.http.get(path).text
        assert "alert(" in page
        assert "<img" not in page
        assert page.count("<script") == 1, "only our own file"
    refused = browser.press(subject, "schrijven", text=EVIL)
    assert refused.status_code == 409
    assert "<img" not in refused.text


def test_what_was_erased_says_so(open_studio: Callable[..., Studio]) -> None:
    browser = open_studio()
    subject = save_handoff("web-c", alarm(), [])
    page = browser.http.get(f"/studio/overdracht/{subject}")
    assert page.status_code == 200
    erase_conversation_records("web-c")
    for answer in (browser.http.get(f"/studio/overdracht/{subject}"), browser.send(subject, "overnemen", _fields(page.text))):
        assert answer.status_code == 410
        assert "laten wissen" in answer.text


def test_a_coach_that_is_away_leaves_the_rest_readable(open_studio: Callable[..., Studio], rasa: FakeRasa) -> None:
    browser = open_studio()
    intake = save_intake(IntakeDraft("web-c", "Annelies", "a@example.org", "na zessen"))
    rasa.down = True
    page = browser.http.get(f"/studio/overdracht/{intake}")
    assert page.status_code == 200
    assert "nu niet te lezen" in page.text
    assert "na zessen" in page.text


def test_a_database_that_is_away_is_said_plainly(
    open_studio: Callable[..., Studio], database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = open_studio()
    database.move(monkeypatch, f"postgresql://c@127.0.0.1:{free_port()}/x" if database.kind == "postgresql" else "sqlite:////none/x.db")
    for path in ("/studio/", "/studio/overdracht/x"):
        answer = browser.http.get(path)
        assert answer.status_code == 503
        assert "database" in answer.text
        assert "Traceback" not in answer.text


def test_keys_that_do_not_fit_are_said_plainly(open_studio: Callable[..., Studio]) -> None:
    browser = open_studio()
    subject = save_handoff("web-c", alarm(), ["woord"])
    key_file().unlink()
    answer = browser.http.get(f"/studio/overdracht/{subject}")
    assert answer.status_code == 503
    assert "sleutel" in answer.text


def _fields(page: str) -> dict[str, str]:
    return {"csrf": hidden(page, "csrf"), "form": form_id(page, "overnemen")}
