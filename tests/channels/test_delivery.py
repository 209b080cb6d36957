"""A person's words reach the visitor: once, in order, in every web process, and once in all where one process sends."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.channels import delivery
from bot.channels.delivery import GIVE_UP, NEVER_ARRIVED, REFUSED, Delivery
from bot.channels.rasa_client import NotTaken
from bot.handoff.takeover import forget_old_messages, queue_message
from bot.store.database import session
from bot.store.tables import Note, PersonMessage, new_id, utc_now
from tests.databases import Database


class Ears:
    """What a visitor got."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str]] = []
        self.missed = 0
        self.deaf = False
        self.refuses = False

    async def show(self, conversation: str, message: dict[str, Any]) -> None:
        self.heard.append((conversation, message.get("text") or f"{message['writing']} schrijft"))

    async def send_to(self, conversation: str, text: str, buttons: list[tuple[str, str]]) -> None:
        if self.deaf:
            self.missed += 1
            raise ConnectionError
        if self.refuses:
            raise NotTaken("refused")
        self.heard.append((conversation, text))


def say(conversation: str, text: str, **more: str) -> None:
    queue_message(conversation, {"from": "person", "text": text, **more}, new_id())


def process(widget: Ears, telegram: Ears) -> Delivery:
    return Delivery(None, widget.show, {"telegram-": telegram.send_to})  # type: ignore[arg-type]


async def test_each_process_shows_a_message_once(database: Database) -> None:
    say("web-c", "van voor de start")
    here, there, telegram = Ears(), Ears(), Ears()
    processes = [process(here, telegram), process(there, telegram)]
    for text in ("een", "twee"):
        say("web-c", text)
    for _ in range(3):
        for one in processes:
            await one.deliver()
    say("web-c", "drie")
    for one in processes:
        await one.deliver()
    assert here.heard == there.heard == [("web-c", "een"), ("web-c", "twee"), ("web-c", "drie")]
    assert telegram.heard == []


async def test_one_process_sends_and_tries_again(database: Database) -> None:
    widget, telegram = Ears(), Ears()
    processes = [process(widget, telegram), process(widget, telegram)]
    telegram.deaf = True
    say("telegram-c", "hallo", name="Lilia")
    for one in processes:
        await one.deliver()
    assert telegram.heard == []
    telegram.deaf = False
    await asyncio.gather(*(one.deliver() for one in processes))
    await processes[0].deliver()
    assert telegram.heard == [("telegram-c", "Lilia: hallo")]
    assert widget.heard == []


def notes() -> list[tuple[str, str]]:
    with session() as db:
        return [(note.who, note.text) for note in db.scalars(sa.select(Note))]


async def test_what_is_refused_for_good_is_told_to_the_therapist_once(database: Database) -> None:
    telegram = Ears()
    telegram.refuses = True
    one = process(Ears(), telegram)
    say("telegram-c", "ik bel je morgen", name="Lilia")
    queue_message("telegram-c", {"from": "bot", "text": "hoe ging het"}, new_id())
    for _ in range(3):
        await one.deliver()
    assert notes() == [("Eerste Stap", f"{REFUSED} Dit is niet aangekomen: “ik bel je morgen”")]


async def test_tries_come_further_and_further_apart_and_the_end_of_them_is_told(database: Database) -> None:
    telegram = Ears()
    telegram.deaf = True
    one = process(Ears(), telegram)
    say("telegram-c", "hallo", name="Lilia")
    for _ in range(10):
        await one.deliver()
    assert telegram.missed == 2, "the second try at once, the third after some seconds"
    with session() as db:
        old = sa.update(PersonMessage).values(created_at=utc_now() - GIVE_UP - timedelta(seconds=1))
        db.execute(old.execution_options(synchronize_session=False))
    one._tries.clear()
    for _ in range(3):
        await one.deliver()
    assert telegram.missed == 3
    assert [text.startswith(NEVER_ARRIVED) for _, text in notes()] == [True]


async def test_that_a_person_writes_is_seen_in_the_widget_and_sent_nowhere(database: Database) -> None:
    widget, telegram = Ears(), Ears()
    one = process(widget, telegram)
    for conversation in ("web-c", "telegram-c"):
        queue_message(conversation, {"writing": "Lilia"}, new_id())
    for _ in range(2):
        await one.deliver()
    assert widget.heard == [("web-c", "Lilia schrijft")]
    assert telegram.heard == []


async def test_a_row_that_becomes_visible_late_is_not_missed(database: Database) -> None:
    widget = Ears()
    one = process(widget, Ears())
    one._started -= timedelta(minutes=5)
    say("web-c", "nieuw")
    await one.deliver()
    say("web-c", "ouder, later te zien")
    with session() as db:
        late = sa.update(PersonMessage).where(PersonMessage.id == max(db.scalars(sa.select(PersonMessage)), key=lambda r: r.created_at).id)
        db.execute(late.values(created_at=utc_now() - timedelta(seconds=5)).execution_options(synchronize_session=False))
    await one.deliver()
    assert [text for _, text in widget.heard] == ["nieuw", "ouder, later te zien"]


async def test_a_failing_database_ends_nothing(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "LOOK_SECONDS", 0.01)
    tries = 0

    def fail(_: Any) -> Any:
        nonlocal tries
        tries += 1
        raise sa.exc.OperationalError("", {}, Exception())

    monkeypatch.setattr(delivery, "queued_messages", fail)
    task = asyncio.create_task(process(Ears(), Ears()).run())
    while tries < 3:
        await asyncio.sleep(0.01)
    assert not task.done()
    task.cancel()


def test_what_was_delivered_long_ago_goes(database: Database) -> None:
    say("web-c", "oud")
    say("web-c", "nieuw")
    with session() as db:
        oldest = min(db.scalars(sa.select(PersonMessage)), key=lambda row: row.created_at)
        oldest.created_at = utc_now() - timedelta(hours=2)
    forget_old_messages()
    with session() as db:
        assert [row.message["text"] for row in db.scalars(sa.select(PersonMessage))] == ["nieuw"]
