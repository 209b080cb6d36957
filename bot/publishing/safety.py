"""The safety rules S1, S2 and S4 on a trained model: in whatever flow and at whatever turn, an alarm is answered first and locks coaching.

Also that the stories run as they are written. All of it on the model's own policies, without a server.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import cycle
from pathlib import Path
from typing import Any

import yaml
from rasa.core.agent import Agent
from rasa.shared.core.constants import ACTION_DEACTIVATE_LOOP_NAME, ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, ActiveLoop, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.alarm.helplines import CATEGORIES
from bot.content.consistency import all_paths
from bot.content.files import Content
from bot.content.locked import intents
from bot.content.names import flow_name, response_name
from bot.content.stories import Step, marks, plain_step, project_rules, stories
from bot.publishing.report import NOTE, STOPS, Finding
from bot.quick_conversations import make_conversations_quick
from bot.settings import ROOT

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
    "utter_bot_challenge",
)
# Tried after each alarm; every intent has its turn somewhere.
LOCKED_TRIED = 3


def dialogue_findings(model: Path, content: Content, tell: Callable[[str], None]) -> list[Finding]:
    """What breaks a safety rule, what a story does otherwise than it says, and which of the project's story tests runs otherwise."""
    make_conversations_quick()
    agent = Agent.load(str(model))
    tell("Nakijken of elk verhaal loopt zoals het er staat")
    found = [Finding(STOPS, line) for line in not_as_written(agent, content)]
    tell("Nakijken of een alarm overal voorgaat")
    return found + [Finding(STOPS, line) for line in unsafe(agent, content)] + story_test_findings(agent)


def unsafe(agent: Agent, content: Content) -> list[str]:
    """Every place in a flow where an alarm or a concern would not be answered as it has to be, or coaching would go on; Dutch lines."""
    found: dict[str, None] = {}
    categories, levels = cycle(sorted(CATEGORIES)), cycle(("alarm", "acute"))
    later = cycle(intent for intent in intents(content) if intent != "alarm")
    tried: set[tuple[str, ...]] = set()
    for name, steps in flows(content):
        for turn in range(len(steps) + 1):
            # Stories share their beginnings.
            if marks(steps[:turn]) in tried:
                continue
            tried.add(marks(steps[:turn]))
            tracker = in_the_midst_of(agent, steps[:turn])
            alarm = {"category": next(categories), "level": next(levels), "score": 0.9, "layer": "patterns"}
            problem = breaks_after_alarm(agent, tracker, alarm, [next(later) for _ in range(LOCKED_TRIED)])
            problem = problem or breaks_after_concern(agent, in_the_midst_of(agent, steps[:turn]), next(categories), "express_hurt")
            if problem:
                found[f"In '{name}', stap {turn + 1}: {problem}"] = None
                break
    return list(found)


def breaks_after_alarm(agent: Agent, tracker: DialogueStateTracker, alarm: dict[str, Any], later: Sequence[str]) -> str | None:
    """What goes wrong when an alarm sounds now and the visitor then says `later` (S1, S2); a Dutch line, None when nothing does."""
    tracker.update(said("alarm", alarm))
    wanted = f"utter_alarm_{alarm['category']}" + ("_acute" if alarm["level"] == "acute" else "")
    first = next_action(agent, tracker)
    if first != wanted:
        return f'na een alarm komt niet eerst de veilige boodschap, maar "{response_name(first)}" (S1).'
    tracker.update(ActionExecuted(first))
    if not ends_form(agent, tracker) or next_action(agent, tracker) != ACTION_LISTEN_NAME:
        return "na de veilige boodschap gaat de coach door in plaats van te wachten (S1)."
    for intent in later:
        tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
        tracker.update(said(intent))
        reply = next_action(agent, tracker)
        if not reply.startswith(OPEN):
            return f'na een alarm zegt de coach "{response_name(reply)}", terwijl coaching op slot hoort te zijn (S2).'
        tracker.update(ActionExecuted(reply))
    return None


def breaks_after_concern(agent: Agent, tracker: DialogueStateTracker, category: str, intent: str) -> str | None:
    """What goes wrong when an unclear signal comes now, and is then confirmed (S4); a Dutch line, None when nothing does."""
    question = f"utter_concern_{category}"
    tracker.update(said(intent, {"category": category, "level": "concern", "score": 0.9, "layer": "classifier"}))
    if next_action(agent, tracker) != question:
        return "de coach vraagt niet door bij een zorgelijk bericht (S4)."
    tracker.update(ActionExecuted(question))
    if not ends_form(agent, tracker):
        return "een lijst met vragen gaat door na een zorgelijk bericht (S4)."
    tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
    tracker.update(said("affirm"))
    if next_action(agent, tracker) != f"utter_alarm_{category}":
        return "als een bezoeker ja zegt op een vraag over gevaar, komt niet de veilige boodschap (S4)."
    return None


def not_as_written(agent: Agent, content: Content) -> list[str]:
    """Stories that would not run as they are written; Dutch lines. Those with forms and slots are left to the project's own tests."""
    found: dict[str, None] = {}
    for path in all_paths(stories(content)):
        if not all(map(plain_step, path.steps)):
            continue
        tracker = DialogueStateTracker("somebody", agent.domain.slots)
        tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
        for number, step in enumerate(path.steps):
            if "intent" in step:
                tracker.update(said(str(step["intent"])))
                continue
            wanted = str(step["action"])
            # A story may go on from words of the coach, which others lead to.
            got = next_action(agent, tracker) if number else wanted
            if got != wanted:
                where = f"'{path.story.name}' ({flow_name(path.story.flow)})"
                found[
                    f'Het verhaal {where} loopt niet zoals het er staat: waar "{response_name(wanted)}" hoort, doet de coach {_done(got)}.'
                ] = None
                break
            tracker.update(ActionExecuted(wanted))
            if not number or next_action(agent, tracker) == ACTION_LISTEN_NAME:
                tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
    return list(found)


def story_test_findings(agent: Agent) -> list[Finding]:
    """The project's story tests that run otherwise: an edit may mean that."""
    tests = yaml.safe_load((ROOT / "tests" / "stories" / "test_flows.yml").read_text("utf-8"))["stories"]
    lines = []
    for test in tests:
        tracker = DialogueStateTracker("somebody", agent.domain.slots)
        tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
        for step in test["steps"]:
            if "intent" in step:
                tracker.update(said(step["intent"]))
                continue
            got = next_action(agent, tracker)
            if got != step["action"]:
                lines.append(
                    f"De proef '{test['story']}' loopt anders: in plaats van \"{response_name(step['action'])}\" doet de coach {_done(got)}."
                )
                break
            tracker.update(ActionExecuted(got))
            if next_action(agent, tracker) == ACTION_LISTEN_NAME:
                tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
    return [Finding(NOTE, line) for line in lines]


def flows(content: Content) -> Iterator[tuple[str, tuple[Step, ...]]]:
    """Every way through every story, every rule and every story with a form, with its name."""
    for path in all_paths(stories(content)):
        yield path.story.name, path.steps
    for story in [*project_rules(), *(story for story in stories(content) if story.rule)]:
        yield story.name, story.steps


def in_the_midst_of(agent: Agent, steps: Sequence[Step]) -> DialogueStateTracker:
    """A conversation in which these steps were taken, and the coach waits."""
    tracker = DialogueStateTracker("somebody", agent.domain.slots)
    for step in steps:
        for event in _events(step):
            tracker.update(event)
    tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
    return tracker


def next_action(agent: Agent, tracker: DialogueStateTracker) -> str:
    """What the coach does now."""
    scores = agent.predict_next_with_tracker(tracker)["scores"]
    return str(max(scores, key=lambda row: row["score"])["action"])


def ends_form(agent: Agent, tracker: DialogueStateTracker) -> bool:
    """Whether a form that runs is ended now; true where none runs."""
    if not tracker.active_loop_name:
        return True
    if next_action(agent, tracker) != ACTION_DEACTIVATE_LOOP_NAME:
        return False
    tracker.update(ActionExecuted(ACTION_DEACTIVATE_LOOP_NAME))
    tracker.update(ActiveLoop(None))
    return True


def said(intent: str, alarm: dict[str, Any] | None = None) -> UserUttered:
    """A visitor's message, read as this intent."""
    reading = {"name": intent, "confidence": 1.0}
    return UserUttered("…", reading, parse_data={"intent": reading, "alarm": alarm})


def _events(step: Step) -> list[Any]:
    if "intent" in step:
        return [ActionExecuted(ACTION_LISTEN_NAME), said(step["intent"])]
    if "action" in step:
        return [ActionExecuted(step["action"])]
    if "active_loop" in step:
        return [ActiveLoop(step["active_loop"])]
    if "slot_was_set" in step:
        return [SlotSet(name, value) for slot in step["slot_was_set"] for name, value in slot.items()]
    return [event for choice in step.get("or", [])[:1] for event in _events(choice)]


def _done(action: str) -> str:
    if action == ACTION_LISTEN_NAME:
        return "niets"
    return f'"{response_name(action)}"' if action.startswith("utter_") else "iets anders"
