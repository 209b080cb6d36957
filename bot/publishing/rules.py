"""What can be seen without training: rules that a draft has to keep to, and ends that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from bot.content import validity, wording
from bot.content.consistency import all_paths
from bot.content.files import Content, ContentError
from bot.content.locked import is_locked
from bot.content.names import OWN, OWN_INTENT, flow_name, intent_name, response_name
from bot.content.responses import Variant, responses, said
from bot.content.stories import Step, project_rules, stories
from bot.publishing.forbidden import forbidden
from bot.publishing.report import NOTE, STOPS, Finding, findings
from bot.settings import settings

ADVICE_SHOWN = 10


def rule_findings(content: Content, base: Content) -> list[Finding]:
    """Everything that can be said of a draft beside the published content, worst first. Both can be read (`validity.problems` is empty or not)."""
    wrong = validity.problems(content, base)
    try:
        found = findings(STOPS, [*answers_to_alarms(content), *forbidden(content)])
        said_before = set(wording.all_problems(base, settings().practice))
        unfit = [line for line in wording.all_problems(content, settings().practice) if line not in said_before]
        found += findings(STOPS, [*unfit, *dead_ends(content, base)])
        found += findings(NOTE, [*unused(content), *_advice(content, base)])
    except ContentError:
        # What can't be read is among the problems.
        found = []
    known = {finding.text for finding in found}
    return findings(STOPS, (line for line in wrong if line not in known)) + found


def answers_to_alarms(content: Content) -> list[str]:
    """Stories that want to answer an alarm, or to say what is said after one; one Dutch line each."""
    found = []
    for story in stories(content):
        where = f"'{story.name}' ({flow_name(story.flow)})"
        if any(choice == {"intent": "alarm"} for step in story.steps for choice in step.get("or", [step])):
            found.append(
                f"Het verhaal {where} geeft antwoord op een alarmsignaal. Dat kan niet: na een alarm zegt de coach altijd eerst de vaste, "
                f"veilige boodschap, en daarna is coaching op slot."
            )
        spoken = [str(step["action"]) for step in story.steps if "action" in step]
        found += [
            f'Het verhaal {where} zegt "{response_name(name)}". Dat hoort alleen na een alarm.' for name in spoken if _of_danger(name)
        ]
    return found


def dead_ends(content: Content, base: Content) -> list[str]:
    """Where a visitor would get no fitting answer; one Dutch line each."""
    answered, before = _answered(content), _answered(base)
    found = [
        f'Op "{intent_name(intent)}" heeft de coach geen antwoord meer.'
        for intent in sorted(before - answered)
        if not intent.startswith(OWN_INTENT)
    ]
    known, follows = responses(content), _follows(content)
    old = responses(base)
    for name, variants in known.items():
        if variants != old.get(name) or follows.get(name) != _follows(base).get(name):
            found += _buttons_to_nowhere(name, variants, answered | follows.get(name, set()))
    return found


def unused(content: Content) -> list[str]:
    """Responses of the studio that no story says."""
    spoken = {str(step["action"]) for story in stories(content) for step in story.steps if "action" in step}
    return [
        f'"{response_name(name)}" komt in geen enkel verhaal voor.'
        for name in responses(content)
        if name.startswith(OWN) and name not in spoken
    ]


def _buttons_to_nowhere(name: str, variants: list[Variant], answered: set[str]) -> Iterator[str]:
    for title, payload in {(button["title"], button["payload"]) for variant in variants for button in variant.get("buttons", [])}:
        intent = payload.lstrip("/").partition("{")[0]
        if intent not in answered:
            yield f"De knop '{title}' bij \"{response_name(name)}\" leidt nergens heen: in geen verhaal komt daarna een antwoord."


def _answered(content: Content) -> set[str]:
    """Intents that are answered at any moment: a story or rule begins with them."""
    beginnings = [path.steps[0] for path in all_paths(stories(content)) if path.steps]
    beginnings += [story.steps[0] for story in [*project_rules(), *stories(content)] if story.rule and not story.conditions]
    return {str(step["intent"]) for step in beginnings if "intent" in step}


def _follows(content: Content) -> dict[str, set[str]]:
    """Intents that are answered after a response, in some story or rule."""
    found: dict[str, set[str]] = {}
    ways: list[tuple[Step, ...]] = [path.steps for path in all_paths(stories(content))]
    ways += [story.steps for story in [*project_rules(), *stories(content)] if story.rule]
    for steps in ways:
        for said_step, heard in pairwise(steps):
            if "action" in said_step and "intent" in heard:
                found.setdefault(str(said_step["action"]), set()).add(str(heard["intent"]))
    return found


def _advice(content: Content, base: Content) -> list[str]:
    """Advice on the sentences that are new."""
    before = {said(variant) for variants in responses(base).values() for variant in variants}
    new = [
        (name, said(variant))
        for name, variants in responses(content).items()
        for variant in variants
        if not is_locked(name) and said(variant) not in before
    ]
    lines = [f"In \"{response_name(name)}\" staat '{text}'. {line}" for name, text in new for line in wording.advice(text)]
    return lines[:ADVICE_SHOWN]


def _of_danger(response: str) -> bool:
    return response.startswith(("utter_alarm_", "utter_concern_", "utter_locked_", "utter_safe_", "utter_stay_"))
