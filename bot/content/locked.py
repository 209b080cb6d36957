"""What of the content no therapist changes: what is said in danger, about privacy and consent, and what keeps forms at work."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from bot.content.files import DOMAIN, Content, shipped
from bot.content.names import OWN_INTENT, response_name
from bot.content.responses import Variant, responses, with_new_response, with_response
from bot.content.stories import Story, stories
from bot.content.yaml_text import child, ended, keys, tree, value_of, write_items
from bot.hearing.filling import PLACEHOLDERS

LOCKED_PREFIXES = ("utter_alarm_", "utter_concern_", "utter_locked_", "utter_safe_", "utter_stay_")
LOCKED_RESPONSES = frozenset(
    {
        # That this is a computer program, and when it is a person.
        "utter_disclosure",
        "utter_bot_challenge",
        "utter_person_here",
        "utter_person_gone",
        # Said beside a person, at acute danger; and what a reminder promises, in words that tell nobody who looks along anything.
        "utter_person_acute",
        "utter_person_not_erased",
        "utter_reminder_set",
        "utter_reminder_set_telegram",
        "utter_check_in",
        # Said around a low mark for safety.
        "utter_checkup_unsafe",
        "utter_checkup_after_concern",
        "utter_checkup_small_safety",
        # What is kept, erased and passed on, and with whose consent.
        "utter_privacy",
        "utter_ask_erase",
        "utter_erased",
        "utter_not_erased",
        "utter_ask_intake_contact",
        "utter_ask_intake_reach",
        "utter_intake_start",
        "utter_intake_start_safe",
        "utter_intake_resume",
        "utter_intake_summary",
        "utter_intake_consent_again",
        "utter_intake_sent",
        "utter_intake_refused",
        "utter_intake_stopped",
        "utter_intake_not_saved",
        "utter_intake_details_not_saved",
        "utter_intake_change_what",
        "utter_intake_changed",
        "utter_intake_unchanged",
        "utter_intake_withdrawn",
        "utter_intake_none",
        "utter_intake_not_reached",
        "utter_about_read",
        "utter_about_kept",
        "utter_about_device",
        "utter_about_device_app",
        "utter_about_police",
        "utter_about_why",
    }
)
# Filled from what the visitor said (`bot/hearing/`); a wording without them has to be there as well.
HEARD = frozenset(PLACEHOLDERS)
PLACEHOLDER = re.compile(r"\{(\w+)\}")


def is_locked(response: str) -> bool:
    """Whether a response is said as the project wrote it."""
    return response.startswith(LOCKED_PREFIXES) or response in LOCKED_RESPONSES or response in _with_helplines()


def with_project_parts(content: Content) -> Content:
    """The content with every locked part as the project has it now: what an older version kept of them is replaced.

    Its own sentences, messages and stories stay. Raises `ContentError` when the content can't be read.
    """
    ours = dict(shipped())
    result: Content = {**content, DOMAIN: ours[DOMAIN]}
    last = last_unlocked(result)
    for name, variants in responses(content).items():
        if is_locked(name):
            continue
        if name in responses(result):
            result = with_response(result, name, variants)
        else:
            result, last = with_new_response(result, name, variants, last), name
    for intent in own_intents(content):
        result = with_intent(result, intent)
    return result


def with_intent(content: Content, intent: str) -> Content:
    """The content with one more intent in the domain's list; the same where it is there already."""
    return content if intent in intents(content) else _with_intents(content, [*intents(content), intent])


def without_intent(content: Content, intent: str) -> Content:
    """The content with one intent fewer in the domain's list."""
    return _with_intents(content, [one for one in intents(content) if one != intent])


def heard_intents(content: Content) -> frozenset[str]:
    """The intents that some story listens to."""
    steps = (choice for story in stories(content) for step in story.steps for choice in step.get("or", [step]))
    return frozenset(str(step["intent"]) for step in steps if "intent" in step)


def own_intents(content: Content) -> list[str]:
    """Intents that were made in the studio."""
    return [intent for intent in intents(content) if intent.startswith(OWN_INTENT)]


def intents(content: Content) -> list[str]:
    """Every intent of the domain; empty when there is no such list."""
    found = value_of(child(tree(content.get(DOMAIN, ""), DOMAIN), "intents"))
    return [str(intent) for intent in found] if isinstance(found, list) else []


def last_unlocked(content: Content) -> str:
    """The last response that is not locked: new ones are written behind it."""
    return [name for name in responses(content) if not is_locked(name)][-1]


def changes_of_locked(content: Content, base: Content) -> list[str]:
    """Which locked parts differ from those of `base`, one Dutch line each."""
    found = []
    before, after = responses(base), responses(content)
    for name in before:
        if is_locked(name) and after.get(name) != before[name]:
            found.append(f'"{response_name(name)}" is vast en blijft zoals het is.')
    found += [
        f"'{name}' is een naam die de coach zelf gebruikt. Kies een andere." for name in after if is_locked(name) and name not in before
    ]
    parts_before, parts_after = _other_parts(base), _other_parts(content)
    for part in sorted({*parts_before, *parts_after}):
        if parts_before.get(part) != parts_after.get(part):
            found.append(f"'{part}' in domain.yml is vast en blijft zoals het is.")
    fixed_before, fixed_after = _fixed(base), _fixed(content)
    for key in sorted({*fixed_before, *fixed_after}):
        if fixed_before.get(key) != fixed_after.get(key):
            found.append(f"Het verhaal '{key[1]}' is vast en blijft zoals het is.")
    return found


def machinery(variants: list[Variant]) -> frozenset[str]:
    """Placeholders that every variant of a response has and that the coach fills while it works; they have to stay."""
    each = [frozenset(PLACEHOLDER.findall(variant["text"])) for variant in variants]
    return frozenset(name for name in frozenset.intersection(*each) if not name.startswith("practice_")) - HEARD


def _with_intents(content: Content, wanted: list[str]) -> Content:
    text = ended(content[DOMAIN])
    return {**content, DOMAIN: write_items(text, child(tree(text, DOMAIN), "intents"), wanted)}


def _other_parts(content: Content) -> dict[str, Any]:
    """All of the domain but its responses, and but the intents of the studio."""
    parts = {key: value_of(node) for key, node in keys(tree(content.get(DOMAIN, ""), DOMAIN)) if key != "responses"}
    return {**parts, "intents": [intent for intent in intents(content) if not intent.startswith(OWN_INTENT)]}


def _fixed(content: Content) -> dict[tuple[str, str, bool], Story]:
    return {(story.flow, story.name, story.rule): story for story in stories(content) if story.fixed}


@lru_cache(maxsize=1)
def _with_helplines() -> frozenset[str]:
    known = responses(shipped())
    return frozenset(name for name, variants in known.items() if any("{helplines}" in variant["text"] for variant in variants))
