"""What is kept on a visitor: shown, erased, and deleted when it was kept long enough."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SessionStarted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.checkup.kept import keep
from bot.handoff.intakes import IntakeDraft, save_handoff, save_intake
from bot.privacy.erase import erase, promised
from bot.privacy.export import conversations_of, export
from bot.privacy.retention import expire
from bot.store.conversations import ConversationStore
from bot.store.database import engine, session
from bot.store.rotation import rotate_keys
from bot.store.tables import EVENTS, Checkup, Handoff, Intake, Notice, utc_now
from tests.databases import Database

WORDS = "hij lachte me uit waar mijn zus bij zat"
ALARM = {"category": "partner_violence", "level": "alarm", "score": 0.9, "layer": "both"}


async def fill(conversation: str) -> ConversationStore:
    store = ConversationStore(Domain.empty())
    tracker = DialogueStateTracker(conversation, [])
    for event in (SessionStarted(), ActionExecuted("action_listen"), UserUttered(WORDS, {"name": "express_hurt"})):
        tracker.update(event)
    await store.save(tracker)
    save_intake(IntakeDraft(conversation, "Annelies", "+31612345678", "overdag"))
    save_handoff(conversation, ALARM, [WORDS])
    keep(conversation, {"trust": 3.5})
    return store


def rows() -> dict[str, int]:
    with session() as db:
        return {
            t.name: db.execute(sa.select(sa.func.count()).select_from(t)).scalar()
            for t in (EVENTS, Intake.__table__, Handoff.__table__, Notice.__table__, Checkup.__table__)
        }


async def test_a_conversation_comes_back_as_it_was_and_its_words_are_not_in_the_files(database: Database) -> None:
    store = await fill("somebody")
    tracker = await store.retrieve("somebody")
    assert tracker is not None
    assert tracker.latest_message is not None
    assert tracker.latest_message.text == WORDS
    assert b"somebody" in database.bytes_on_disk()
    assert WORDS.encode() not in database.bytes_on_disk()


async def test_a_conversation_from_before_encryption_is_still_read_and_gets_encrypted(database: Database) -> None:
    store = await fill("somebody")
    plain = json.dumps(UserUttered("iets van vroeger").as_dict())
    with engine().begin() as connection:
        connection.execute(
            sa.text("INSERT INTO events (sender_id, type_name, timestamp, data) VALUES ('somebody', 'user', 1, :data)"), {"data": plain}
        )
    rotate_keys()
    assert b"iets van vroeger" not in b"".join(str(row).encode() for row in _tokens())
    tracker = await store.retrieve_full_tracker("somebody")
    assert tracker is not None
    assert [e.text for e in tracker.events if isinstance(e, UserUttered)] == [WORDS, "iets van vroeger"]


def _tokens() -> list[str]:
    with engine().connect() as connection:
        return [row[0] for row in connection.execute(sa.text("SELECT data FROM events"))]


async def test_export_shows_all_of_one_visitor_and_nothing_of_another(database: Database) -> None:
    await fill("somebody")
    await fill("somebody-else")
    found = export("somebody")
    assert [json.loads(event)["text"] for event in found["events"] if json.loads(event)["event"] == "user"] == [WORDS]
    assert [(i["name"], i["contact"], i["reach"]) for i in found["intakes"]] == [("Annelies", "+31612345678", "overdag")]
    assert [alarm["words"] for alarm in found["alarms"]] == [[WORDS]]
    assert [checkup["areas"] for checkup in found["checkups"]] == [{"trust": 3.5}]
    assert "somebody-else" not in json.dumps(found, default=str)


async def test_who_asks_is_found_by_number_however_it_is_spelled(database: Database) -> None:
    await fill("somebody")
    assert conversations_of("06 12 34 56 78") == ["somebody"]
    assert conversations_of("06 22 34 56 78") == []
    assert conversations_of("geen nummer") == []


async def test_erasing_takes_everything_of_one_visitor(database: Database) -> None:
    await fill("somebody")
    await fill("somebody-else")
    before = rows()
    assert erase("somebody") == sum(before.values()) // 2
    assert {name: 2 * count for name, count in rows().items()} == before
    assert not export("somebody")["events"]


async def test_what_was_kept_long_enough_goes_and_nothing_else(database: Database) -> None:
    await fill("somebody")
    before = rows()
    assert not any(expire(utc_now() + timedelta(days=29)).values())
    assert rows() == before
    gone = expire(utc_now() + timedelta(days=31))
    assert gone["messages and other events"] == before["events"]
    assert rows() == {**before, "events": 0}
    expire(utc_now() + timedelta(days=181))
    assert not any(rows().values())
    # Nor does it stay in SQLite's write-ahead log.
    assert not any(path.read_bytes() for path in database.files.rglob("*.db-wal"))


def test_nothing_was_promised_before_erasing_was_confirmed() -> None:
    tracker = DialogueStateTracker("somebody", [])
    tracker.update(UserUttered("wis alles"))
    tracker.update(ActionExecuted("utter_ask_erase"))
    assert not promised(tracker)
    tracker.update(UserUttered("ja"))
    tracker.update(ActionExecuted("utter_erased"))
    assert promised(tracker)


def test_rasa_still_writes_events_the_way_we_encrypt_them() -> None:
    assert SQLTrackerStore.SQLEvent.__table__.c.data.type.__class__.__name__ == "EncryptedEvent"
    assert set(EVENTS.c.keys()) <= set(SQLTrackerStore.SQLEvent.__table__.c.keys())


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_database_without_conversations_yet(database: Database) -> None:
    assert erase("nobody") == 0
    assert not any(expire(utc_now()).values())
    kinds = ("events", "intakes", "alarms", "checkups", "notes", "judgements", "reminders")
    nothing: dict[str, list[object]] = {kind: [] for kind in kinds}
    assert export("nobody") == {"conversation": "nobody", **nothing}
