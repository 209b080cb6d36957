"""The quick policies choose what Rasa's own choose, in whatever conversation."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies
from rasa.core.agent import Agent
from rasa.core.policies.memoization import AugmentedMemoizationPolicy
from rasa.core.policies.rule_policy import RulePolicy
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted
from rasa.shared.core.trackers import DialogueStateTracker

from bot.content.files import shipped
from bot.content.locked import intents
from bot.publishing.safety import flows, in_the_midst_of, said
from bot.quick_policies import QuickMemoryPolicy, QuickRulePolicy
from bot.training import fitting_model

FLOWS = [steps for _, steps in flows(shipped())]
INTENTS = intents(shipped())
MANY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def agent() -> Agent:
    return Agent.load(str(fitting_model()))


def trained(agent: Agent, kind: type) -> Any:
    """The policy of this kind in the model."""
    nodes = agent.processor.graph_runner._instantiated_nodes.values()
    return next(node._component for node in nodes if isinstance(node._component, kind))


def as_rasa_has_it(policy: Any, kind: type) -> Any:
    """The same policy with Rasa's own ways."""
    twin = copy.copy(policy)
    twin.__class__ = kind
    return twin


def a_conversation(agent: Agent, data: strategies.DataObject) -> DialogueStateTracker:
    """The beginnings of some flows, one after the other, some turns hidden; then a message, or the coach's next action."""
    steps = [step for flow in data.draw(strategies.lists(strategies.sampled_from(FLOWS), min_size=1, max_size=4)) for step in flow]
    tracker = in_the_midst_of(agent, steps[: data.draw(strategies.integers(0, len(steps)))])
    for event in tracker.events:
        if isinstance(event, ActionExecuted) and data.draw(strategies.integers(0, 4)) == 0:
            event.hide_rule_turn = True
    if data.draw(strategies.booleans()):
        tracker.update(said(data.draw(strategies.sampled_from(INTENTS))))
    if data.draw(strategies.booleans()):
        tracker.update(ActionExecuted(data.draw(strategies.sampled_from(["utter_hurt_hear", "utter_deny", ACTION_LISTEN_NAME]))))
    return tracker


@given(data=strategies.data())
@MANY
@pytest.mark.parametrize(("quick", "slow"), [(QuickMemoryPolicy, AugmentedMemoizationPolicy), (QuickRulePolicy, RulePolicy)])
def test_the_quick_policies_choose_as_rasas_own(agent: Agent, quick: type, slow: type, data: strategies.DataObject) -> None:
    policy = trained(agent, quick)
    tracker = a_conversation(agent, data)
    wanted = as_rasa_has_it(policy, slow).predict_action_probabilities(tracker, agent.domain)
    got = policy.predict_action_probabilities(tracker, agent.domain)
    assert (got.probabilities, got.hide_rule_turn) == (wanted.probabilities, wanted.hide_rule_turn)


def test_a_story_goes_on_after_a_turn_that_a_rule_took_and_hid(agent: Agent) -> None:
    policy, remembered = trained(agent, QuickMemoryPolicy), 0
    for steps in FLOWS:
        # What is before it is no story's, so the end of the conversation is looked for.
        tracker = in_the_midst_of(agent, [{"intent": "greet"}, {"action": "utter_deny"}, *steps[:2]])
        tracker.update(said("ask_privacy"))
        for name in ("utter_privacy", ACTION_LISTEN_NAME):
            tracker.update(ActionExecuted(name, hide_rule_turn=True))
        for step in [step for step in steps[2:] if "intent" in step][:1]:
            tracker.update(said(step["intent"]))
        wanted = as_rasa_has_it(policy, AugmentedMemoizationPolicy).predict_action_probabilities(tracker, agent.domain)
        assert policy.predict_action_probabilities(tracker, agent.domain).probabilities == wanted.probabilities
        remembered += max(wanted.probabilities) == 1.0
    assert remembered


def test_conversations_are_remembered_that_rasa_would_look_for_further_back(agent: Agent) -> None:
    # The property above holds for a policy that never knows anything, too.
    tracker = in_the_midst_of(agent, [{"intent": "greet"}, {"action": "utter_deny"}])
    tracker.update(said("express_hurt"))
    prediction = trained(agent, QuickMemoryPolicy).predict_action_probabilities(tracker, agent.domain)
    assert max(prediction.probabilities) == 1.0
