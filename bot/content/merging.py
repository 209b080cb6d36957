"""Brings a draft and a version that was published meanwhile together: per sentence, message and story, nothing overwritten.

What only one of them changed is taken over. What both changed, and differently, is a conflict with both texts, for a therapist to choose.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from bot.content.examples import examples, same, with_examples
from bot.content.files import Content
from bot.content.locked import last_unlocked, own_intents, with_intent
from bot.content.names import flow_name, intent_name, response_name, step_name
from bot.content.responses import Variant, responses, said, with_new_response, with_response, without_response
from bot.content.stories import marks, stories, with_steps, with_story, without_story

MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True)
class Conflict:
    """Something that both changed. `key` names it in `choices`; an empty text says that it was removed."""

    key: str
    title: str
    mine: str
    theirs: str


@dataclass(frozen=True)
class Merged:
    """The result, in which conflicts without a choice stand as the published version has them."""

    content: Content
    conflicts: list[Conflict]


@dataclass
class _Merge:
    choices: Mapping[str, str]
    conflicts: list[Conflict] = field(default_factory=list)

    def three(self, versions: tuple[Any, Any, Any], key: str, title: str, told: Callable[[Any], str]) -> Any:
        """What stays of `versions`, which are those of base, mine and theirs."""
        base, mine, theirs = versions
        if mine in (theirs, base):
            return theirs
        if theirs == base:
            return mine
        self.conflicts.append(Conflict(key, title, told(mine), told(theirs)))
        return mine if self.choices.get(key) == MINE else theirs


def merge(base: Content, mine: Content, theirs: Content, choices: Mapping[str, str], every_story: bool = False) -> Merged:
    """Merge two contents that were both made from `base`. `choices` says `MINE` or `THEIRS` for a conflict's key.

    With `every_story`, each story that differs is a conflict: for when stories that were each changed by one only don't go together.
    Raises `ContentError` when one of them can't be read.
    """
    work = _Merge(choices)
    result = _unshared_files(base, mine, theirs)
    for intent in own_intents(mine):
        result = with_intent(result, intent)
    result = _merge_responses(work, (base, mine, theirs), result)
    result = _merge_examples(work, (base, mine, theirs), result)
    return Merged(_merge_stories(work, (base, mine, theirs), result, every_story), work.conflicts)


def _unshared_files(base: Content, mine: Content, theirs: Content) -> Content:
    """Files that only one of them changed, as that one has them, with its comments; else as the published version has them."""
    result = {}
    for path in sorted({*base, *mine, *theirs}):
        text = mine.get(path) if theirs.get(path) == base.get(path) else theirs.get(path)
        if text is not None:
            result[path] = text
    return result


def _merge_responses(work: _Merge, contents: tuple[Content, Content, Content], result: Content) -> Content:
    before, mine, theirs = (responses(content) for content in contents)
    last = last_unlocked(result)
    for name in dict.fromkeys([*theirs, *mine, *before]):
        versions = (before.get(name), mine.get(name), theirs.get(name))
        wanted = _merged_variants(work, name, versions)
        now = responses(result).get(name)
        if wanted == now:
            continue
        if wanted is None:
            result = without_response(result, name)
        elif now is None:
            result, last = with_new_response(result, name, wanted, last), name
        else:
            result = with_response(result, name, wanted)
    return result


def _merged_variants(work: _Merge, name: str, versions: tuple[Any, Any, Any]) -> list[Variant] | None:
    base, mine, theirs = versions
    title = response_name(name)
    if base is None or mine is None or theirs is None:
        return work.three(versions, name, title, lambda variants: " / ".join(map(said, variants or [])))  # type: ignore[no-any-return]
    if mine in (theirs, base) or theirs == base:
        return theirs if mine in (theirs, base) else mine  # type: ignore[no-any-return]
    mine_kept, mine_new = _aligned(base, mine)
    theirs_kept, theirs_new = _aligned(base, theirs)
    found: list[Variant] = []
    for at in range(len(base) + 1):
        added = [*theirs_new.get(at, []), *mine_new.get(at, [])]
        found += [variant for number, variant in enumerate(added) if variant not in added[:number]]
        if at < len(base):
            one = _merged_variant(work, f"{name}#{at}", title, (base[at], mine_kept[at], theirs_kept[at]))
            found += [one] if one is not None else []
    return found or theirs


def _merged_variant(work: _Merge, key: str, title: str, versions: tuple[Variant, Variant | None, Variant | None]) -> Variant | None:
    """One sentence: its text, its buttons and all else each by itself, as long as both still have it."""
    base, mine, theirs = versions
    if mine is None or theirs is None:
        return work.three(versions, key, title, lambda variant: said(variant) if variant else "")  # type: ignore[no-any-return]
    merged = {}
    for part in dict.fromkeys([*theirs, *mine]):
        three = (base.get(part), mine.get(part), theirs.get(part))
        value = work.three(three, f"{key}.{part}", f"{title} ({_PARTS.get(part, part)})" if part != "text" else title, _told_part)
        if value is not None:
            merged[part] = value
    return merged


_PARTS = {"buttons": "knoppen"}


def _told_part(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(button.get("title", "")) for button in value)
    return str(value or "").strip()


def _aligned(base: list[Variant], side: list[Variant]) -> tuple[list[Variant | None], dict[int, list[Variant]]]:
    """What became of each variant of the base (None: gone), and what was added before each place."""
    kept: list[Variant | None] = [None] * len(base)
    added: dict[int, list[Variant]] = {}
    one, two = marks(base), marks(side)
    for tag, base_from, base_to, side_from, side_to in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        pairs = base_to - base_from if tag == "equal" else min(base_to - base_from, side_to - side_from)
        for at in range(pairs):
            kept[base_from + at] = side[side_from + at]
        if side_to - side_from > pairs:
            added.setdefault(base_from + pairs, []).extend(side[side_from + pairs : side_to])
    return kept, added


def _merge_examples(work: _Merge, contents: tuple[Content, Content, Content], result: Content) -> Content:
    """Messages that either added are there, messages that either removed are gone."""
    before, mine, theirs = (examples(content) for content in contents)
    theirs_owner = {same(message): intent for intent, messages in theirs.items() for message in messages}
    for intent, messages in mine.items():
        known = set(before.get(intent, []))
        added = [message for message in messages if message not in known]
        gone = known - set(messages)
        kept = []
        for message in added:
            other = theirs_owner.get(same(message), intent)
            if other == intent or message in before.get(other, []):
                kept.append(message)
                continue
            key, title = f"message:{same(message)}", f"Voorbeeld '{message}' hoort bij"
            chosen = work.three((None, intent, other), key, title, lambda name: intent_name(name) if name else "")
            if chosen == intent:
                result = with_examples(result, other, remove=[m for m in theirs[other] if same(m) == same(message)])
                kept.append(message)
            else:
                gone.add(message)
        now = set(examples(result).get(intent, []))
        new = [message for message in kept if message not in now]
        if new or gone & now:
            result = with_examples(result, intent, new, gone)
    return result


def _merge_stories(work: _Merge, contents: tuple[Content, Content, Content], result: Content, every: bool) -> Content:
    before, mine, theirs = ({(one.flow, one.name): one.steps for one in stories(content) if not one.rule} for content in contents)
    for key in dict.fromkeys([*theirs, *mine, *before]):
        versions: tuple[Any, Any, Any] = (before.get(key), mine.get(key), theirs.get(key))
        if every and versions[1] != versions[2]:
            # A base that neither has makes it a conflict.
            versions = ((), *versions[1:])
        title = f"Verhaal '{key[1]}' ({flow_name(key[0])})"
        wanted = work.three(versions, f"story:{key[0]}:{key[1]}", title, lambda steps: ", dan ".join(map(step_name, steps or ())))
        now = {(one.flow, one.name): one.steps for one in stories(result) if not one.rule}.get(key)
        if wanted == now:
            continue
        if wanted is None:
            result = without_story(result, *key)
        elif now is None:
            result = with_story(result, *key, wanted, title=flow_name(key[0]))
        else:
            result = with_steps(result, *key, wanted)
    return result
