"""While a person has taken a conversation over, the coach keeps what is said and says nothing."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
import sqlalchemy as sa
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.lock_store import InMemoryLockStore
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.alarm.helplines import PLAIN_MESSAGE
from bot.channels.cleaning import Kind
from bot.channels.rest import NO_TEXT, CoachRest, take_turn
from bot.handoff.takeover import release, take_over
from bot.store.database import session
from bot.store.tables import Handoff, Notice
from bot.studio.accounts import add_therapist, therapists
from tests.conftest import free_port
from tests.databases import Database

ALARM = {"category": "threat_stalking", "level": "acute", "score": 0.9, "layer": "both", "spans": [[3, 6]]}


class FakeAgent:
    """An agent whose coach says 'hoor ik' to everything; `alarm` is what the pipeline would find."""

    def __init__(self) -> None:
        self.lock_store = InMemoryLockStore()
        self.tracker_store = self
        self.processor = self
        self.alarm: dict[str, Any] | None = None
        self.answered: list[str] = []
        self.kept: list[str] = []

    async def retrieve(self, sender: str) -> None:
        return None

    async def handle_message(self, message: UserMessage) -> None:
        self.answered.append(str(message.text))
        await message.output_channel.send_text_message(message.sender_id, "hoor ik")

    async def log_message(self, message: UserMessage) -> DialogueStateTracker:
        self.kept.append(str(message.text))
        return DialogueStateTracker.from_events(message.sender_id, [UserUttered(message.text, parse_data={"alarm": self.alarm})])


@pytest.fixture
def lilia(database: Database) -> str:
    add_therapist("lilia", "Lilia", "een lang wachtwoord", totp=False)
    return str(therapists()[0].id)


async def answer(agent: FakeAgent, text: str) -> list[dict[str, Any]]:
    return await CoachRest()._answer(agent, "web-c", text, "website")


def rows(table: Any) -> list[Any]:
    with session() as db:
        return list(db.scalars(sa.select(table)))


async def test_the_coach_is_silent_while_a_person_has_it(lilia: str) -> None:
    agent = FakeAgent()
    assert [m["text"] for m in await answer(agent, "hoi")] == ["hoor ik"]
    take_over("web-c", lilia, "Lilia")
    assert await answer(agent, "ben je er nog") == []
    # A person does understand a heart; a message without anything is still nothing.
    assert await answer(agent, "❤️") == []
    assert [m["text"] for m in await answer(agent, "  ")] == [NO_TEXT[Kind.NOTHING]]
    assert (agent.answered, agent.kept) == (["hoi"], ["ben je er nog", "❤️"])
    release("web-c", lilia)
    assert [m["text"] for m in await answer(agent, "en nu")] == ["hoor ik"]
    assert [m["text"] for m in await answer(agent, "❤️")] == [NO_TEXT[Kind.NO_WORDS]]


async def test_an_alarm_meanwhile_is_kept_and_told(lilia: str) -> None:
    agent = FakeAgent()
    take_over("web-c", lilia, "Lilia")
    await answer(agent, "gewoon iets")
    assert rows(Handoff) == []
    agent.alarm = ALARM
    assert await answer(agent, "nu mes in zijn hand") == []
    (handoff,), (notice,) = rows(Handoff), rows(Notice)
    assert (handoff.category, handoff.level, handoff.words) == ("threat_stalking", "acute", ["mes"])
    assert notice.subject_id == handoff.id


async def test_nobody_begins_in_the_middle_of_an_answer(lilia: str) -> None:
    agent = FakeAgent()
    message = UserMessage("hoi", CollectingOutputChannel(), "web-c")
    async with agent.lock_store.lock("web-c"):
        turn = asyncio.create_task(take_turn(agent, message))
        await asyncio.sleep(0.1)
        take_over("web-c", lilia, "Lilia")
    assert await turn is False
    assert agent.answered == []


async def test_without_a_database_the_coach_answers(lilia: str, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    take_over("web-c", lilia, "Lilia")
    database.move(monkeypatch, f"postgresql://c@127.0.0.1:{free_port()}/x" if database.kind == "postgresql" else "sqlite:////none/x.db")
    assert [m["text"] for m in await answer(FakeAgent(), "help")] == ["hoor ik"]


async def test_a_fault_is_no_silence(lilia: str, monkeypatch: pytest.MonkeyPatch) -> None:
    agent = FakeAgent()

    async def fail(_: UserMessage) -> DialogueStateTracker:
        raise ValueError

    take_over("web-c", lilia, "Lilia")
    monkeypatch.setattr(agent, "log_message", fail)
    assert [m["text"] for m in await answer(agent, "help")] == [PLAIN_MESSAGE]
