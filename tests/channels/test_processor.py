"""An action that fails ends the turn, and messages that answer an alarm are known among others."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from rasa.core.actions.action import Action, ActionExecutionRejection
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.policies.policy import PolicyPrediction
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.channels.processor import ActionFailed, CoachProcessor, Collector, after_greeting
from bot.nlu.encoder import Reading, read
from bot.training import fitting_model

DOMAIN = Domain.from_dict(
    {
        "intents": ["affirm"],
        "slots": {"naam": {"type": "text", "influence_conversation": False, "mappings": [{"type": "custom"}]}},
        "actions": ["action_a", "action_b"],
    }
)


class Does(Action):  # type: ignore[misc]
    """An action that answers with events, or raises."""

    def __init__(self, name: str, result: list[Event] | Exception) -> None:
        self._name, self._result = name, result

    def name(self) -> str:
        return self._name

    async def run(self, *_: Any) -> list[Event]:
        if isinstance(self._result, Exception):
            raise self._result
        return self._result


@pytest.fixture
def processor() -> CoachProcessor:
    made: CoachProcessor = CoachProcessor.__new__(CoachProcessor)
    made.domain = DOMAIN
    return made


@pytest.fixture
def tracker() -> DialogueStateTracker:
    events = [ActionExecuted("action_listen"), UserUttered("Anna", intent={"name": "affirm"})]
    return DialogueStateTracker.from_events("c", events, DOMAIN.slots, domain=DOMAIN)


async def run(processor: CoachProcessor, tracker: DialogueStateTracker, action: Action) -> tuple[bool, Collector]:
    collector = Collector()
    prediction = PolicyPrediction.for_action_name(DOMAIN, action.name())
    return await processor._run_action(action, tracker, collector, None, prediction), collector


async def test_a_failing_action_ends_the_turn_and_quotes_nobody(processor: CoachProcessor, tracker: DialogueStateTracker) -> None:
    assert (await run(processor, tracker, Does("action_a", [SlotSet("naam", "Anna")])))[0]
    assert tracker.get_slot("naam") == "Anna"
    with pytest.raises(ActionFailed) as problem:
        await run(processor, tracker, Does("action_b", ValueError("Anna")))
    assert str(problem.value) == "action_b"


async def test_a_form_that_passes_a_message_on_has_not_failed(processor: CoachProcessor, tracker: DialogueStateTracker) -> None:
    assert (await run(processor, tracker, Does("action_a", ActionExecutionRejection("action_a"))))[0]


async def test_safety_messages_are_known_among_others(processor: CoachProcessor, tracker: DialogueStateTracker) -> None:
    said = [
        BotUttered("Dat is erg.\n\nBel 112.", {"custom": {"helplines": []}}, {"utter_action": "utter_alarm_partner_violence_acute"}),
        BotUttered("Iets anders.", {}, {"utter_action": "utter_greet"}),
    ]
    _, collector = await run(processor, tracker, Does("action_a", said))
    assert [message.get("text") for message in collector.messages] == ["Dat is erg.", "Bel 112.", None, "Iets anders."]
    assert collector.safety_messages == collector.messages[:3]


async def test_a_message_is_encoded_once_and_beside_the_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    agent = Agent.load(str(fitting_model()))
    agent.processor.__class__ = CoachProcessor
    threads: list[int] = []

    def watched(text: str) -> Reading:
        threads.append(threading.get_ident())
        return read(text)

    monkeypatch.setattr("bot.channels.processor.read", watched)
    before = read.cache_info().misses
    parsed = await agent.processor.parse_message(UserMessage("zijn zwijgen sinds zondag doet me pijn, en dat weet hij"))
    assert parsed["intent"]["name"] == "express_hurt"
    assert read.cache_info().misses == before + 1
    assert len(threads) == 1
    assert threads[0] != threading.get_ident()


async def test_what_comes_after_a_greeting_counts() -> None:
    agent = Agent.load(str(fitting_model()))
    agent.processor.__class__ = CoachProcessor
    tracker = DialogueStateTracker.from_events("c", [ActionExecuted("action_listen")], agent.domain.slots, domain=agent.domain)
    for text in ("hoi, ik heb gisteren tegen mijn man gelogen", "goedemorgen, mijn lief zegt al drie dagen niks meer tegen mij"):
        alone = await agent.processor.parse_message(UserMessage(text))
        assert alone["intent"]["name"] in ("greet", "nlu_fallback")
        assert (await agent.processor.parse_message(UserMessage(text), tracker))["intent"]["name"] not in ("greet", "nlu_fallback")
    assert after_greeting("dag") is after_greeting("hallo daar") is after_greeting("mijn man zegt nooit dag tegen mij") is None


async def test_only_what_is_likely_stays_in_the_conversation() -> None:
    agent = Agent.load(str(fitting_model()))
    agent.processor.__class__ = CoachProcessor
    message = UserMessage("haar woorden doen me nog steeds pijn")
    tracker = DialogueStateTracker.from_events("c", [ActionExecuted("action_listen")], agent.domain.slots, domain=agent.domain)
    whole = (await agent.processor.parse_message(message))["intent_ranking"]
    kept = (await agent.processor.parse_message(message, tracker))["intent_ranking"]
    assert kept == [row for row in whole if row["confidence"] >= 0.01]
    assert 0 < len(kept) < len(whole)
