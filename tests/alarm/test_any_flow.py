"""S1 and S2 as properties: in whatever flow and at whatever turn an alarm sounds, the next words are the safety message, and coaching stays shut."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings, strategies
from rasa.core.agent import Agent
from rasa.shared.core.constants import ACTION_DEACTIVATE_LOOP_NAME, ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, ActiveLoop, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.settings import ROOT
from bot.training import fitting_model

CATEGORIES = (
    "partner_violence",
    "threat_stalking",
    "coercive_control",
    "sexual_violence",
    "child_safety",
    "suicidality",
    "own_violence",
)
# All that may be said while coaching is locked.
OPEN = (
    "utter_alarm_",
    "utter_locked_",
    "utter_safe_",
    "utter_stay_",
    "utter_intake_",
    "utter_privacy",
    "utter_ask_erase",
    "utter_erased",
    "utter_not_erased",
)
HUNDREDS = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _flows() -> list[list[dict[str, Any]]]:
    found = []
    for path in sorted((ROOT / "data" / "stories").glob("*.yml")) + sorted((ROOT / "data" / "rules").glob("*.yml")):
        content = yaml.safe_load(path.read_text("utf-8"))
        found += [flow["steps"] for kind in ("stories", "rules") for flow in content.get(kind, [])]
    return found


FLOWS = _flows()
INTENTS = [intent for intent in yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))["intents"] if intent != "alarm"]


def _said(intent: str, alarm: dict[str, Any] | None = None) -> UserUttered:
    reading = {"name": intent, "confidence": 1.0}
    return UserUttered("…", reading, parse_data={"intent": reading, "alarm": alarm})


def _events(step: dict[str, Any]) -> list[Any]:
    if "intent" in step:
        return [ActionExecuted(ACTION_LISTEN_NAME), _said(step["intent"])]
    if "action" in step:
        return [ActionExecuted(step["action"])]
    if "active_loop" in step:
        return [ActiveLoop(step["active_loop"])]
    if "slot_was_set" in step:
        return [SlotSet(name, value) for slot in step["slot_was_set"] for name, value in slot.items()]
    return [event for choice in step.get("or", [])[:1] for event in _events(choice)]


@pytest.fixture(scope="module")
def agent() -> Agent:
    return Agent.load(str(fitting_model()))


def _next(agent: Agent, tracker: DialogueStateTracker) -> str:
    scores = agent.predict_next_with_tracker(tracker)["scores"]
    return str(max(scores, key=lambda row: row["score"])["action"])


def _in_the_midst_of(agent: Agent, steps: list[dict[str, Any]]) -> DialogueStateTracker:
    tracker = DialogueStateTracker("somebody", agent.domain.slots)
    for step in steps:
        for event in _events(step):
            tracker.update(event)
    tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
    return tracker


@given(data=strategies.data())
@HUNDREDS
def test_whatever_the_flow_an_alarm_is_answered_first_and_locks_coaching(agent: Agent, data: strategies.DataObject) -> None:
    flow = data.draw(strategies.sampled_from(FLOWS))
    tracker = _in_the_midst_of(agent, flow[: data.draw(strategies.integers(0, len(flow)))])
    category = data.draw(strategies.sampled_from(CATEGORIES))
    level = data.draw(strategies.sampled_from(("alarm", "acute")))
    layer = data.draw(strategies.sampled_from(("patterns", "both")))
    tracker.update(_said("alarm", {"category": category, "level": level, "score": 0.9, "layer": layer}))

    first = _next(agent, tracker)
    assert first == f"utter_alarm_{category}" + ("_acute" if level == "acute" else "")
    tracker.update(ActionExecuted(first))
    if tracker.active_loop_name:
        assert _next(agent, tracker) == ACTION_DEACTIVATE_LOOP_NAME
        tracker.update(ActionExecuted(ACTION_DEACTIVATE_LOOP_NAME))
        tracker.update(ActiveLoop(None))
    assert _next(agent, tracker) == ACTION_LISTEN_NAME

    for intent in data.draw(strategies.lists(strategies.sampled_from(INTENTS), min_size=1, max_size=5)):
        tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
        tracker.update(_said(intent))
        reply = _next(agent, tracker)
        assert reply.startswith(OPEN) or reply == "utter_bot_challenge", f"{reply} after {intent}"
        tracker.update(ActionExecuted(reply))


@given(data=strategies.data())
@HUNDREDS
def test_a_concern_is_asked_about_once_in_any_flow(agent: Agent, data: strategies.DataObject) -> None:
    flow = data.draw(strategies.sampled_from(FLOWS))
    tracker = _in_the_midst_of(agent, flow[: data.draw(strategies.integers(0, len(flow)))])
    category = data.draw(strategies.sampled_from(CATEGORIES))
    unclear = {"category": category, "level": "concern", "score": 0.9, "layer": "classifier"}
    intent = data.draw(strategies.sampled_from([i for i in INTENTS if i not in ("affirm", "deny")]))

    tracker.update(_said(intent, unclear))
    question = f"utter_concern_{category}"
    assert _next(agent, tracker) == question
    tracker.update(ActionExecuted(question))
    if tracker.active_loop_name:
        assert _next(agent, tracker) == ACTION_DEACTIVATE_LOOP_NAME
        tracker.update(ActiveLoop(None))
    tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
    tracker.update(_said("affirm"))
    assert _next(agent, tracker) == f"utter_alarm_{category}"
