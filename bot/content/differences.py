"""What differs between two contents, as sentences for a therapist."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any

from bot.content.examples import examples
from bot.content.files import DOMAIN, MESSAGES, STORIES, Content
from bot.content.names import OWN_INTENT, flow_name, intent_name, response_name, step_name
from bot.content.responses import Variant, responses, said
from bot.content.stories import Story, stories
from bot.content.yaml_text import keys, tree, value_of

# So many messages are named one by one.
NAMED = 3


def differences(old: Content, new: Content) -> list[str]:
    """Every difference that changes what the coach says or understands, one sentence each: sentences, messages, stories, then the rest.

    Raises `ContentError` when one of the two can't be read.
    """
    found = [*_in_responses(old, new), *_in_examples(old, new), *_in_stories(old, new)]
    return found + _in_the_rest(old, new)


def _in_responses(old: Content, new: Content) -> list[str]:
    before, after = responses(old), responses(new)
    found = []
    for name in [*after, *(name for name in before if name not in after)]:
        title = response_name(name)
        if name not in before:
            found.append(f'Nieuw: "{title}". De coach zegt: {_any_of(after[name])}.')
        elif name not in after:
            found.append(f'"{title}" is weg. De coach zei: {_any_of(before[name])}.')
        elif before[name] != after[name]:
            found += _in_variants(title, before[name], after[name])
    return found


def _in_variants(title: str, before: list[Variant], after: list[Variant]) -> list[str]:
    found = []
    texts_before, texts_after = [said(one) for one in before], [said(one) for one in after]
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(None, texts_before, texts_after, autojunk=False).get_opcodes():
        if tag == "equal":
            pairs = zip(before[old_from:old_to], after[new_from:new_to], strict=True)
            found += [line for was, now in pairs for line in _in_variant(title, was, now)]
            continue
        both = min(old_to - old_from, new_to - new_from)
        for at in range(both):
            was, now = before[old_from + at], after[new_from + at]
            found.append(f"In \"{title}\" zegt de coach nu '{said(now)}' in plaats van '{said(was)}'.")
            found += _in_variant(title, was, now)
        found += [f"In \"{title}\" zegt de coach niet meer '{text}'." for text in texts_before[old_from + both : old_to]]
        found += [f"In \"{title}\" zegt de coach nu ook '{text}'." for text in texts_after[new_from + both : new_to]]
    return found


def _in_variant(title: str, was: Variant, now: Variant) -> list[str]:
    """Differences of one sentence besides its text."""
    before, after = was.get("buttons", []), now.get("buttons", [])
    found = []
    if [button["payload"] for button in before] == [button["payload"] for button in after]:
        pairs = [(one["title"], two["title"]) for one, two in zip(before, after, strict=True) if one["title"] != two["title"]]
        found += [f"In \"{title}\" heet de knop '{one}' nu '{two}', bij '{said(now)}'." for one, two in pairs]
    else:
        buttons = ", ".join(f"'{button['title']}'" for button in after) or "geen"
        found.append(f"In \"{title}\" zijn de knoppen bij '{said(now)}' nu: {buttons}.")
    if {**was, "text": "", "buttons": ""} != {**now, "text": "", "buttons": ""}:
        found.append(f"In \"{title}\" is veranderd wanneer of hoe de coach dit zegt: '{said(now)}'.")
    return found


def _in_examples(old: Content, new: Content) -> list[str]:
    before, after = examples(old), examples(new)
    found = []
    for intent in [*after, *(intent for intent in before if intent not in after)]:
        was, now = before.get(intent, []), after.get(intent, [])
        known, kept = set(was), set(now)
        added, gone = [text for text in now if text not in known], [text for text in was if text not in kept]
        if intent not in before:
            found.append(f'Nieuw soort bericht "{intent_name(intent)}", met {len(now)} voorbeelden: {_listed(now)}.')
        elif added:
            verb, what = ("kwam", "1 voorbeeld") if len(added) == 1 else ("kwamen", f"{len(added)} voorbeelden")
            found.append(f'Bij "{intent_name(intent)}" {verb} {what} bij: {_listed(added)}.')
        if gone:
            verb, what = ("ging", "1 voorbeeld") if len(gone) == 1 else ("gingen", f"{len(gone)} voorbeelden")
            found.append(f'Bij "{intent_name(intent)}" {verb} {what} weg: {_listed(gone)}.')
    return found


def _in_stories(old: Content, new: Content) -> list[str]:
    before, after = ({(one.flow, one.name): one for one in stories(content)} for content in (old, new))
    found = []
    for key in [*after, *(key for key in before if key not in after)]:
        where = f'"{key[1]}" ({flow_name(key[0])})'
        if key not in before:
            found.append(f"Nieuw verhaal {where}: {_told(after[key])}.")
        elif key not in after:
            found.append(f"Verhaal {where} is weg. Het ging zo: {_told(before[key])}.")
        elif before[key] != after[key]:
            found += _in_steps(where, before[key], after[key])
    return found


def _in_steps(where: str, before: Story, after: Story) -> list[str]:
    was, now = ([step_name(step) for step in story.steps] for story in (before, after))
    if sorted(was) == sorted(now):
        return [f"In verhaal {where} is de volgorde anders: {_told(after)}."]
    found = []
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        place = f"na {now[new_from - 1]}" if new_from else "aan het begin"
        if tag == "replace":
            found.append(f"In verhaal {where} staat {place} nu: {_joined(now[new_from:new_to])}. Dat was: {_joined(was[old_from:old_to])}.")
        elif tag == "insert":
            found.append(f"In verhaal {where} kwam {place} erbij: {_joined(now[new_from:new_to])}.")
        elif tag == "delete":
            found.append(f"In verhaal {where} ging {place} weg: {_joined(was[old_from:old_to])}.")
    return found or [f"In verhaal {where} is veranderd wanneer het geldt."]


def _in_the_rest(old: Content, new: Content) -> list[str]:
    """What no page of the studio changes: other parts of the domain, and comments and layout."""
    before, after = (_parts(content) for content in (old, new))
    found = [
        f"In domain.yml is '{key}' veranderd. Dat is iets voor de beheerder."
        for key in [*after, *(key for key in before if key not in after)]
        if before.get(key) != after.get(key)
    ]
    silent = [path for path in sorted({*old, *new}) if old.get(path) != new.get(path)]
    if silent and not found and not (_in_responses(old, new) or _in_examples(old, new) or _in_stories(old, new)):
        found.append(f"Alleen opmerkingen, volgorde of indeling zijn anders, in {', '.join(map(_file, silent))}.")
    return found


def _parts(content: Content) -> dict[str, Any]:
    """The domain without its responses, and without the intents that were made in the studio."""
    found = {key: value_of(node) for key, node in keys(tree(content.get(DOMAIN, ""), DOMAIN)) if key != "responses"}
    return {**found, "intents": [intent for intent in found.get("intents") or [] if not str(intent).startswith(OWN_INTENT)]}


def _file(path: str) -> str:
    folder, _, name = path.rpartition("/")
    return flow_name(name.removesuffix(".yml")) if folder == STORIES else name if folder == MESSAGES else path


def _any_of(variants: list[Variant]) -> str:
    return " of ".join(f"'{said(variant)}'" for variant in variants)


def _told(story: Story) -> str:
    return _joined([step_name(step) for step in story.steps])


def _joined(steps: Sequence[str]) -> str:
    return ", dan ".join(steps)


def _listed(messages: list[str]) -> str:
    named = ", ".join(f"'{message}'" for message in messages[:NAMED])
    return f"{named} en nog {len(messages) - NAMED}" if len(messages) > NAMED else named
