"""A turn of a topic is seen by the stories, so that a branch after it is followed; an interruption is not, so that the topic goes on."""

from __future__ import annotations

import pytest
from rasa.core.agent import Agent

from bot.publishing.safety import in_the_midst_of, said
from bot.quick_policies import QuickRulePolicy
from bot.training import fitting_model
from tests.test_quick_policies import trained


@pytest.fixture(scope="module")
def agent() -> Agent:
    return Agent.load(str(fitting_model()))


@pytest.mark.parametrize(
    ("before", "intent", "answer", "hidden"),
    [
        ("utter_hurt_deepen", "express_hurt", "utter_hurt_need", False),
        ("utter_hurt_need", "affirm", "utter_hurt_message", False),
        ("utter_good_news", "affirm", "utter_good_news_kept", False),
        ("utter_hurt_need", "bot_challenge", "utter_bot_challenge", True),
    ],
)
def test_what_the_stories_see(agent: Agent, before: str, intent: str, answer: str, hidden: bool) -> None:
    tracker = in_the_midst_of(agent, [{"intent": "express_hurt"}, {"action": before}])
    tracker.update(said(intent))
    prediction = trained(agent, QuickRulePolicy).predict_action_probabilities(tracker, agent.domain)
    assert agent.domain.action_names_or_texts[prediction.probabilities.index(max(prediction.probabilities))] == answer
    assert prediction.hide_rule_turn == hidden
