"""A sent intake is changed or withdrawn: the practice is told, in a notice without a word of the visitor, and no other conversation is touched."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from bot.handoff.intakes import IntakeDraft, NotSaved, add_details, save_handoff, save_intake
from bot.handoff.notices import text_of
from bot.handoff.sent import change_intake, newest_intake, withdraw_intake
from bot.store.database import session
from bot.store.tables import Handoff, Intake, Notice
from tests.databases import Database

ALARM = {"category": "suicidality", "level": "alarm", "score": 0.8, "layer": "both"}


def draft(conversation: str = "web-c", contact: str = "+31612345678") -> IntakeDraft:
    return IntakeDraft(conversation, "Annelies", contact, "na zessen", "alleen", "een ruzie")


def rows(table: Any) -> list[Any]:
    with session() as db:
        return list(db.scalars(sa.select(table).order_by(table.created_at)))


def test_a_change_takes_the_place_of_what_was_sent(database: Database) -> None:
    intake = save_intake(draft())
    with session() as db:
        db.execute(sa.update(Intake).values(status="closed"))
    change_intake("web-c", intake, "Annelies", "an@example.org", "na zessen")
    (row,) = rows(Intake)
    assert (row.contact, row.contact_kind, row.about, row.status) == ("an@example.org", "email", "een ruzie", "open")
    notices = rows(Notice)
    assert [notice.kind for notice in notices] == ["intake", "changed"]
    title, text = text_of(notices[-1])
    assert "gewijzigd" in title and intake in text
    assert not [word for word in ("Annelies", "an@example.org", "zessen", "web-c") if word in title + text]


def test_the_same_again_is_no_change(database: Database) -> None:
    intake = save_intake(draft())
    change_intake("web-c", intake, "Annelies", "+31612345678", "na zessen")
    assert len(rows(Notice)) == 1


def test_a_withdrawn_one_is_empty_and_told_of(database: Database) -> None:
    intake = save_intake(draft())
    save_handoff("web-c", ALARM, ["klaar"])
    other = save_intake(draft("web-d"))
    assert withdraw_intake("web-c")
    kept = {row.id: row for row in rows(Intake)}
    gone = kept[intake]
    assert (gone.status, gone.name, gone.contact, gone.reach, gone.about) == ("withdrawn", "", "", "", None)
    assert kept[other].contact == "+31612345678"
    assert [row.intake_id for row in rows(Handoff)] == [None]
    withdrawn = rows(Notice)[-1]
    assert (withdrawn.kind, withdrawn.subject_id) == ("withdrawn", intake)
    assert "niet meer" in text_of(withdrawn)[1]
    assert not withdraw_intake("web-c")
    assert newest_intake("web-c") is None


def test_only_the_newest_is_withdrawn_and_an_older_one_does_not_come_back(database: Database) -> None:
    save_intake(draft(contact="oud@example.org"))
    newest = save_intake(draft(contact="nieuw@example.org"))
    found = newest_intake("web-c")
    assert found is not None and (found.id, found.contact) == (newest, "nieuw@example.org")
    withdraw_intake("web-c")
    assert newest_intake("web-c") is None


def test_what_is_withdrawn_can_be_asked_for_again(database: Database) -> None:
    first = save_intake(draft())
    withdraw_intake("web-c")
    assert save_intake(draft()) != first
    assert newest_intake("web-c") is not None


def test_another_conversations_intake_can_not_be_changed(database: Database) -> None:
    intake = save_intake(draft())
    save_intake(draft("web-d"))
    with pytest.raises(NotSaved):
        change_intake("web-d", intake, "Kwaad", "kwaad@example.org", "nooit")
    assert not withdraw_intake("web-e")
    assert [row.name for row in rows(Intake)] == ["Annelies", "Annelies"]


def test_nothing_is_added_to_a_withdrawn_one(database: Database) -> None:
    intake = save_intake(draft())
    withdraw_intake("web-c")
    with pytest.raises(NotSaved):
        add_details(intake, about="toch nog iets")
