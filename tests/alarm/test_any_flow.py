"""S1, S2 and S4 as properties: in whatever flow and at whatever turn an alarm sounds, the next words are the safety message, and coaching stays shut.

What is tried here at random, `bot/publishing/safety.py` tries on every draft, turn by turn, before it is published.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings, strategies
from rasa.core.agent import Agent

from bot.alarm.helplines import CATEGORIES
from bot.content.files import shipped
from bot.content.locked import intents
from bot.publishing.safety import breaks_after_alarm, breaks_after_concern, flows, in_the_midst_of, not_as_written, story_test_findings
from bot.training import fitting_model

FLOWS = [steps for _, steps in flows(shipped())]
INTENTS = [intent for intent in intents(shipped()) if intent != "alarm"]
HUNDREDS = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def agent() -> Agent:
    return Agent.load(str(fitting_model()))


@given(data=strategies.data())
@HUNDREDS
def test_whatever_the_flow_an_alarm_is_answered_first_and_locks_coaching(agent: Agent, data: strategies.DataObject) -> None:
    flow = data.draw(strategies.sampled_from(FLOWS))
    tracker = in_the_midst_of(agent, flow[: data.draw(strategies.integers(0, len(flow)))])
    alarm = {
        "category": data.draw(strategies.sampled_from(sorted(CATEGORIES))),
        "level": data.draw(strategies.sampled_from(("alarm", "acute"))),
        "score": 0.9,
        "layer": data.draw(strategies.sampled_from(("patterns", "both"))),
    }
    later = data.draw(strategies.lists(strategies.sampled_from(INTENTS), min_size=1, max_size=5))
    assert breaks_after_alarm(agent, tracker, alarm, later) is None


@given(data=strategies.data())
@HUNDREDS
def test_a_concern_is_asked_about_once_in_any_flow(agent: Agent, data: strategies.DataObject) -> None:
    flow = data.draw(strategies.sampled_from(FLOWS))
    tracker = in_the_midst_of(agent, flow[: data.draw(strategies.integers(0, len(flow)))])
    category = data.draw(strategies.sampled_from(sorted(CATEGORIES)))
    intent = data.draw(strategies.sampled_from([i for i in INTENTS if i not in ("affirm", "deny")]))
    assert breaks_after_concern(agent, tracker, category, intent) is None


def test_what_ships_runs_as_it_is_written(agent: Agent) -> None:
    # Else no draft can be published: it is checked in the same way.
    assert not_as_written(agent, shipped()) == []
    assert story_test_findings(agent) == []
