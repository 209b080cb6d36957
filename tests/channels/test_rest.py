"""While a person has taken a conversation over, the coach keeps what is said, and says only what can't wait; a fault is no silence."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
import sqlalchemy as sa
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.alarm.helplines import plain_message
from bot.channels import rest
from bot.channels.cleaning import Kind
from bot.channels.processor import ActionFailed, Collector
from bot.channels.rest import NO_TEXT, Said
from bot.channels.turn import take_turn
from bot.handoff.takeover import person_in, release, take_over
from bot.store.database import session
from bot.store.locks import ConversationLocks
from bot.store.tables import Handoff, Notice, Takeover
from bot.studio.accounts import add_therapist, therapists
from tests.conftest import free_port
from tests.databases import Database

ALARM = {"category": "threat_stalking", "level": "acute", "score": 0.9, "layer": "both", "spans": [[3, 6]]}


class FakeAgent:
    """An agent whose coach says 'hoor ik' to everything; `alarm` is what the pipeline would find."""

    def __init__(self) -> None:
        self.lock_store = ConversationLocks()
        self.processor = self
        self.domain = Domain.from_dict({"actions": ["utter_person_acute", "utter_person_not_erased", "utter_ask_erase", "utter_erased"]})
        self.nlg = None
        self.alarm: dict[str, Any] | None = None
        self.intent = "express_hurt"
        self.answered: list[str] = []
        self.said: list[str] = []
        self.saved: dict[str, list[Event]] = {}
        self.fails = False

    async def fetch_tracker_and_update_session(self, sender: str, *_: Any) -> DialogueStateTracker:
        return DialogueStateTracker.from_events(sender, self.saved.get(sender, []))

    async def _handle_message_with_tracker(self, message: UserMessage, tracker: DialogueStateTracker) -> None:
        intent = {"name": self.intent}
        heard = UserUttered(message.text, intent, parse_data={"intent": intent, "alarm": self.alarm}, message_id=message.message_id)
        tracker.update(heard, self.domain)

    async def run_action_extract_slots(self, *_: Any) -> None:
        pass

    async def _run_prediction_loop(self, channel: Collector, tracker: DialogueStateTracker) -> None:
        if self.fails:
            raise ValueError
        self.answered.append(str(tracker.latest_message.text))
        tracker.update(BotUttered("hoor ik"), self.domain)
        await channel.send_text_message(tracker.sender_id, "hoor ik")

    def _get_action(self, name: str) -> str:
        return name

    async def _run_action(self, name: str, tracker: DialogueStateTracker, channel: Collector, *_: Any) -> None:
        self.said.append(name)
        tracker.update_with_events([ActionExecuted(name), BotUttered(f"dit is {name}", metadata={"utter_action": name})], self.domain)
        await channel.send_response(tracker.sender_id, {"text": f"dit is {name}", "utter_action": name})

    async def save_tracker(self, tracker: DialogueStateTracker) -> None:
        self.saved[tracker.sender_id] = list(tracker.events)

    def texts(self) -> list[tuple[str, str]]:
        return [(event.type_name, event.text) for event in self.saved["web-c"] if isinstance(event, UserUttered | BotUttered)]


@pytest.fixture
def lilia(database: Database) -> str:
    add_therapist("lilia", "Lilia", "een lang wachtwoord", totp=False)
    return str(therapists()[0].id)


async def answer(agent: FakeAgent, text: str, message_id: str | None = None) -> list[dict[str, Any]]:
    return (await rest.answer(agent, Said("web-c", text, "website", message_id))).messages


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
    assert agent.answered == ["hoi"]
    assert agent.texts() == [("user", "hoi"), ("bot", "hoor ik"), ("user", "ben je er nog"), ("user", "❤️")]
    release("web-c", lilia)
    assert [m["text"] for m in await answer(agent, "en nu")] == ["hoor ik"]
    assert [m["text"] for m in await answer(agent, "❤️")] == [NO_TEXT[Kind.NO_WORDS]]


async def test_an_alarm_meanwhile_is_kept_and_told(lilia: str) -> None:
    agent = FakeAgent()
    take_over("web-c", lilia, "Lilia")
    await answer(agent, "gewoon iets")
    assert rows(Handoff) == []
    agent.alarm = {**ALARM, "level": "alarm"}
    assert await answer(agent, "nu mes in zijn hand") == []
    (handoff,), (notice,) = rows(Handoff), rows(Notice)
    assert (handoff.category, handoff.level, handoff.words) == ("threat_stalking", "alarm", ["mes"])
    assert notice.subject_id == handoff.id


async def test_nobody_begins_in_the_middle_of_an_answer(lilia: str) -> None:
    agent = FakeAgent()
    message = UserMessage("hoi", Collector(), "web-c")
    async with agent.lock_store.lock("web-c"):
        turn = asyncio.create_task(take_turn(agent, message))
        await asyncio.sleep(0.1)
        take_over("web-c", lilia, "Lilia")
    assert not (await turn).answered
    assert agent.answered == []


async def test_without_a_database_the_coach_answers(lilia: str, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    take_over("web-c", lilia, "Lilia")
    database.move(monkeypatch, f"postgresql://c@127.0.0.1:{free_port()}/x" if database.kind == "postgresql" else "sqlite:////none/x.db")
    assert [m["text"] for m in await answer(FakeAgent(), "help")] == ["hoor ik"]


async def test_what_can_not_be_kept_is_said_to_be_so(lilia: str, monkeypatch: pytest.MonkeyPatch) -> None:
    agent = FakeAgent()

    async def fail(*_: Any) -> None:
        raise OSError

    monkeypatch.setattr(agent, "save_tracker", fail)
    turn = await rest.answer(agent, Said("web-c", "help", "website", "m1"))
    assert ([m["text"] for m in turn.messages], turn.kept) == ([plain_message()], False)
    monkeypatch.undo()
    assert await answer(agent, "help", "m1") == [{"recipient_id": "web-c", "text": "hoor ik"}]


async def test_what_was_said_stays_when_its_answer_fails(lilia: str) -> None:
    agent = FakeAgent()
    agent.alarm, agent.fails = ALARM, True
    assert [m["text"] for m in await answer(agent, "een mes in zijn hand", "m1")] == [plain_message()]
    assert agent.texts() == [("user", "een mes in zijn hand"), ("bot", plain_message())]
    (handoff,) = rows(Handoff)
    assert handoff.category == "threat_stalking"


async def test_the_same_message_again_is_answered_the_same_and_heard_once(lilia: str) -> None:
    agent = FakeAgent()
    first = await answer(agent, "hoi", "m1")
    await answer(agent, "en toen", "m2")
    assert await answer(agent, "hoi", "m1") == first
    assert agent.answered == ["hoi", "en toen"]
    # The same words in a message of their own are said again.
    await answer(agent, "hoi", "m3")
    assert agent.answered == ["hoi", "en toen", "hoi"]


async def test_at_acute_danger_the_helplines_come_although_a_person_has_it(lilia: str) -> None:
    agent = FakeAgent()
    take_over("web-c", lilia, "Lilia")
    agent.alarm = ALARM
    assert [m["text"] for m in await answer(agent, "nu mes in zijn hand")] == ["dit is utter_person_acute"]
    assert await answer(agent, "hij komt nu de trap op") == [], "not in between every line"
    agent.alarm = {**ALARM, "category": "suicidality"}
    assert [m["text"] for m in await answer(agent, "nu pillen genomen")] == ["dit is utter_person_acute"], "other helplines"
    assert len(rows(Handoff)) == 1


async def test_erasing_works_although_a_person_has_it(lilia: str) -> None:
    agent = FakeAgent()
    take_over("web-c", lilia, "Lilia")
    agent.intent = "delete_data"
    assert [m["text"] for m in await answer(agent, "verwijder mijn gegevens")] == ["dit is utter_ask_erase"]
    agent.intent = "deny"
    await answer(agent, "nee")
    agent.intent = "affirm"
    assert await answer(agent, "ja") == [], "that was no answer to the question whether to erase"
    assert agent.said == ["utter_ask_erase", "utter_person_not_erased"]
    assert person_in("web-c") is not None
    agent.intent = "delete_data"
    await answer(agent, "verwijder mijn gegevens")
    agent.intent = "affirm"
    await answer(agent, "ja")
    assert agent.said[-1] == "utter_erased"
    assert person_in("web-c") is None
    assert rows(Takeover) == []


async def test_a_yes_to_the_person_erases_nothing(lilia: str) -> None:
    agent = FakeAgent()
    take_over("web-c", lilia, "Lilia")
    agent.intent = "delete_data"
    await answer(agent, "verwijder mijn gegevens")
    agent.saved["web-c"].append(BotUttered("Zal ik je bellen?", metadata={"therapist": "Lilia"}))
    agent.intent = "affirm"
    assert await answer(agent, "ja") == []
    assert person_in("web-c") is not None


async def test_what_is_said_to_a_person_is_cleaned_too(lilia: str) -> None:
    agent = FakeAgent()
    take_over("web-c", lilia, "Lilia")
    await answer(agent, "\u202e?!\u202c\x07\u200b")
    assert agent.texts() == [("user", "?!")]
    assert [m["text"] for m in await answer(agent, "?" * 5000)] == [NO_TEXT[Kind.TOO_LONG]]


async def test_a_turn_that_can_not_be_kept_after_an_alarm_still_shows_its_helplines(lilia: str, monkeypatch: pytest.MonkeyPatch) -> None:
    agent = FakeAgent()

    async def say(channel: Collector, tracker: DialogueStateTracker) -> None:
        await channel.send_response("web-c", {"text": "Bel nu", "utter_action": "utter_alarm_suicidality_acute"})
        await channel.send_response("web-c", {"text": "Bewaard.", "utter_action": "utter_intake_sent"})

    async def fail(*_: Any) -> None:
        raise OSError

    monkeypatch.setattr(agent, "_run_prediction_loop", say)
    monkeypatch.setattr(agent, "save_tracker", fail)
    assert [m["text"] for m in await answer(agent, "help")] == ["Bel nu", plain_message()]


async def test_an_action_that_fails_after_words_were_said_is_no_silence(lilia: str, monkeypatch: pytest.MonkeyPatch) -> None:
    agent = FakeAgent()

    async def half_an_answer(channel: Collector, tracker: DialogueStateTracker) -> None:
        await channel.send_response("web-c", {"text": "Een paar vragen.", "utter_action": "utter_intake_start"})
        tracker.update_with_events([ActionExecuted("utter_intake_start"), BotUttered("Een paar vragen.")], agent.domain)
        raise ActionFailed("intake_form")

    monkeypatch.setattr(agent, "_run_prediction_loop", half_an_answer)
    assert [m["text"] for m in await answer(agent, "ja")] == [plain_message()]
    assert agent.texts() == [("user", "ja"), ("bot", plain_message())], "what was heard is kept, half an answer is not"
    kept = DialogueStateTracker.from_events("web-c", agent.saved["web-c"])
    assert not [event for event in kept.applied_events() if isinstance(event, UserUttered)], (
        "said again, it is answered as if for the first time"
    )
    monkeypatch.undo()
    assert [m["text"] for m in await answer(agent, "ja")] == ["hoor ik"]
