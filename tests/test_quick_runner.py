"""A turn's steps give the same whoever runs them, and what reads a conversation the quick way changes nothing in it."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.events import ActionExecuted, Event, SlotSet, UserUttered
from rasa.shared.core.slots import ListSlot, Slot, TextSlot
from rasa.shared.core.trackers import DialogueStateTracker

from bot.quick_conversations import make_conversations_quick
from bot.quick_runner import QuickGraphRunner
from bot.training import fitting_model

SAID = [
    "haar woorden doen me nog steeds pijn",
    "ik wil mijn gegevens laten wissen",
    "hij heeft me gisteren geslagen",
    "hoe laat is het",
    "ja",
]


@pytest.fixture(scope="module")
def agent() -> Agent:
    return Agent.load(str(fitting_model()))


def run_by(kind: type, agent: Agent) -> Any:
    """The same steps, run by this runner."""
    twin = copy.copy(agent.processor)
    twin.graph_runner = copy.copy(agent.processor.graph_runner)
    twin.graph_runner.__class__ = kind
    return twin


@pytest.mark.parametrize("text", SAID)
async def test_both_runners_understand_and_choose_the_same(agent: Agent, text: str) -> None:
    found = []
    for kind in (DaskGraphRunner, QuickGraphRunner):
        processor = run_by(kind, agent)
        tracker = DialogueStateTracker.from_events("c", [ActionExecuted("action_listen")], agent.domain.slots, domain=agent.domain)
        parsed = await processor.parse_message(UserMessage(text))
        tracker.update(UserUttered(text, parsed["intent"], parse_data=parsed))
        chosen = processor._predict_next_with_tracker(tracker)
        found.append((parsed, chosen.probabilities, chosen.policy_name))
    assert found[0] == found[1]
    assert max(found[0][1]) > 0


def test_a_copied_slot_is_one_of_its_own() -> None:
    make_conversations_quick()
    slots: list[Slot] = [TextSlot("naam", [{}], initial_value="Anna"), ListSlot("namen", [{}], value_reset_delay=3)]
    for slot in slots:
        twin = copy.copy(slot)
        assert type(twin) is type(slot)
        assert vars(twin) == vars(slot)
        twin.value = ["Bea"]
        assert slot.value != ["Bea"]


def test_each_kind_of_event_is_found_by_its_name() -> None:
    make_conversations_quick()
    make_conversations_quick()
    for event in (SlotSet("naam", "Anna"), ActionExecuted("utter_greet"), UserUttered("hoi")):
        assert Event.from_parameters(event.as_dict()) == event
    with pytest.raises(ValueError, match="Unknown event"):
        Event.from_parameters({"event": "what nobody knows"})
