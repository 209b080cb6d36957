"""Whether a content can be kept as a draft: nothing locked changed, nothing that is needed is missing, and the coach can read all of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise

import yaml

from bot.content.consistency import disagreements
from bot.content.examples import LONGEST as LONGEST_MESSAGE
from bot.content.examples import cleaned, examples, same
from bot.content.files import DOMAIN, Content, ContentError, may_change
from bot.content.locked import HEARD, PLACEHOLDER, changes_of_locked, heard_intents, intents, is_locked, machinery
from bot.content.names import OWN, OWN_INTENT, intent_name, response_name
from bot.content.responses import Variant, responses, said
from bot.content.stories import Story, plain_step, project_rules, stories
from bot.hearing.short_answers import IN_CONTEXT
from bot.settings import ROOT, read_settings

# What Rasa calls a message of which the intent is not sure.
UNCLEAR = "nlu_fallback"
# With fewer messages the coach guesses.
LEAST_MESSAGES = 20
# An alarm has its own data; what only a conversation tells is learned from no message.
NEEDS_NONE = IN_CONTEXT | {"alarm"}
LONGEST_SENTENCE = 1000
LONGEST_TITLE = 60
MOST_VARIANTS = 30
MOST_STEPS = 60
# So many lines are read by a person.
SHOWN = 8


def refuse_unless_valid(content: Content, base: Content) -> None:
    """Raises `ContentError` with the first lines of `problems` when there are any."""
    found = problems(content, base)
    if found:
        more = [f"En nog {len(found) - SHOWN} andere."] if len(found) > SHOWN else []
        raise ContentError(" ".join([*found[:SHOWN], *more]))


def problems(content: Content, base: Content) -> list[str]:
    """Why a content can't be kept beside `base`, the version that it was made from; Dutch lines, empty when it can.

    Wording and safety are judged when it is published, not here.
    """
    strange = [path for path in content if not may_change(path)]
    if strange:
        return [f"'{path[:80]}' is geen bestand dat je mag veranderen." for path in strange]
    if DOMAIN not in content:
        return ["domain.yml ontbreekt: daarin staat alles wat de coach zegt."]
    try:
        in_data = (_in_intents(content, base), _in_examples(content, base), _in_stories(content, base))
        checks = (changes_of_locked(content, base), _in_responses(content, base), *in_data)
        return [*_unreadable(content, base), *(line for found in checks for line in found)]
    except ContentError as problem:
        return [str(problem)]


def _unreadable(content: Content, base: Content) -> Iterator[str]:
    """What some reader of YAML would take for something else: settings of the server ('${…}'), and invisible characters."""
    for path, text in content.items():
        if text == base.get(path):
            continue
        if "${" in text:
            yield f"In {path} staat '${{'. Dat kan de coach niet zeggen: haal het dollarteken weg."
        if any(unicodedata.category(character) in ("Cs", "Co") for character in text):
            yield f"In {path} staan tekens die niet te lezen zijn."


def _in_responses(content: Content, base: Content) -> Iterator[str]:
    known, before = responses(content), responses(base)
    needed = {str(step["action"]) for story in [*stories(content), *project_rules()] for step in story.steps if "action" in step}
    missing = [name for name in before if name not in known and not name.startswith(OWN)]
    missing += [name for name in needed if name.startswith("utter_") and name not in known and name not in missing]
    for name in missing:
        where = next((story.name for story in stories(content) if {"action": name} in story.steps), "")
        yield f'"{response_name(name)}" is weg, maar de coach heeft die zin nodig{f" in {where!r}" if where else ""}.'
    payloads = _payloads(before) | {f"/{intent}" for intent in intents(content) if intent.startswith(OWN_INTENT)}
    for name, variants in known.items():
        if name in before and before[name] == variants:
            continue
        if not re.fullmatch(r"utter_[a-z0-9_]{1,60}", name):
            yield f"'{name[:80]}' kan geen naam zijn van wat de coach zegt."
        elif not is_locked(name):
            yield from _in_response(name, variants, before.get(name, []), payloads)


def _in_response(name: str, variants: list[Variant], before: list[Variant], payloads: set[str]) -> Iterator[str]:
    title = response_name(name)
    found_before = {place for variant in before for place in PLACEHOLDER.findall(variant["text"])}
    allowed = set(read_settings({}).practice) | found_before
    allowed |= HEARD if name.startswith(OWN) or found_before & HEARD else set()
    stay = machinery(before) if before else frozenset()
    if len(variants) > MOST_VARIANTS:
        yield f'"{title}" heeft meer dan {MOST_VARIANTS} zinnen.'
    if all(HEARD & set(PLACEHOLDER.findall(variant["text"])) for variant in variants):
        yield f'"{title}" heeft minstens één zin nodig zonder {{feeling}}, {{wound}} of {{mirror}}: die zijn niet altijd in te vullen.'
    for variant in variants:
        text = said(variant)
        places = set(PLACEHOLDER.findall(text))
        if not text:
            yield f'In "{title}" is een zin leeg.'
        if len(text) > LONGEST_SENTENCE:
            yield f'In "{title}" is een zin langer dan {LONGEST_SENTENCE} tekens.'
        if places - allowed or re.search(r"[{}]", PLACEHOLDER.sub("", text)):
            wrong = ", ".join(f"{{{place}}}" for place in sorted(places - allowed)) or "een losse accolade"
            yield f"In \"{title}\" staat {wrong}. Dat kan de coach hier niet invullen: '{text[:80]}'."
        if stay - places:
            yield f"In \"{title}\" hoort {', '.join(f'{{{place}}}' for place in sorted(stay - places))} te blijven staan: '{text[:80]}'."
        extra = {key for key in variant if key not in ("text", "buttons")} - {key for one in before for key in one}
        if extra:
            yield f"In \"{title}\" staat '{sorted(extra)[0]}'. Dat kan hier niet."
        for button in variant.get("buttons", []):
            if not 0 < len(button["title"].strip()) <= LONGEST_TITLE or re.search(r"[{}]", button["title"]):
                yield f'In "{title}" heeft een knop geen tekst, of een die te lang is of accolades heeft.'
            if button["payload"] not in payloads or set(button) - {"title", "payload"}:
                yield f"In \"{title}\" doet de knop '{button['title'][:60]}' iets wat de coach niet kent."


def _in_intents(content: Content, base: Content) -> Iterator[str]:
    found, before, known = examples(content), examples(base), intents(content)
    for intent in found:
        if intent not in known or intent == "alarm":
            yield f"'{intent[:60]}' is geen soort bericht dat de coach kent."
    for intent in known:
        if intent != "alarm" and not re.fullmatch(r"[a-z0-9_]{1,60}", intent):
            yield f"'{intent[:60]}' kan geen naam zijn van een soort bericht."
        count = len(found.get(intent, []))
        if intent not in NEEDS_NONE and count < min(LEAST_MESSAGES, len(before.get(intent, [])) or LEAST_MESSAGES):
            left = "maar 1 voorbeeld" if count == 1 else f"{count or 'geen'} voorbeelden"
            yield f'Bij "{intent_name(intent)}" blijven {left} over. Er zijn er minstens {LEAST_MESSAGES} nodig.'
    for intent in known:
        if intent.startswith(OWN_INTENT) and intent not in heard_intents(content):
            yield f'Op "{intent_name(intent)}" heeft de coach geen antwoord: er is geen verhaal mee.'


def _in_examples(content: Content, base: Content) -> Iterator[str]:
    found, before = examples(content), examples(base)
    old = {(intent, message) for intent, messages in before.items() for message in messages}
    owner: dict[str, str] = {}
    for intent, messages in found.items():
        for message in messages:
            other = owner.setdefault(same(message), intent)
            if (intent, message) in old:
                continue
            if message != cleaned(message) or len(message) > LONGEST_MESSAGE:
                yield f"Een voorbeeld bij \"{intent_name(intent)}\" is te lang of heeft vreemde tekens: '{message[:60]}'."
            if other != intent:
                yield f'\'{message[:80]}\' staat bij "{intent_name(other)}" en bij "{intent_name(intent)}". Kies er één.'
    for intent, messages in found.items():
        if len({same(message) for message in messages}) < len(messages) and messages != before.get(intent):
            yield f'Bij "{intent_name(intent)}" staat een voorbeeld twee keer.'


def _in_stories(content: Content, base: Content) -> Iterator[str]:
    found, known = stories(content), (set(intents(content)) | {UNCLEAR}) - {"alarm"}
    spoken = {str(step["action"]) for story in found for step in story.steps[1:] if "action" in step}
    # Said by an action of the project itself, which no story shows.
    spoken |= {str(story.steps[0]["action"]) for story in stories(base) if "action" in story.steps[0]}
    named: set[tuple[str, str]] = set()
    for story in found:
        if not story.rule and (story.flow, story.name) in named:
            yield f"Er zijn twee verhalen die '{story.name}' heten."
        named.add((story.flow, story.name))
        if not story.fixed:
            yield from _in_story(story, known, spoken)
    links = [step["checkpoint"] for story in found for step in story.steps[1:] if "checkpoint" in step]
    for story in found:
        if "checkpoint" in story.steps[0] and story.steps[0]["checkpoint"] not in links:
            yield f"'{story.name}' gaat verder op een plek die er niet meer is."
    yield from disagreements(found, [*project_rules(), *(story for story in found if story.rule)])


def _in_story(story: Story, known: set[str], said_elsewhere: set[str]) -> Iterator[str]:
    """`said_elsewhere`: what the coach says somewhere in the course of a story; a story may go on from there."""
    steps, name = story.steps, story.name
    if len(steps) > MOST_STEPS or len(name) > 120 or not name.strip():
        yield f"'{name[:80]}' is te lang, of heeft geen naam."
    if not all(map(plain_step, steps)):
        yield f"In '{name}' staat een stap die de coach niet kent."
    heard = [choice["intent"] for step in steps for choice in (step.get("or", [step])) if "intent" in choice]
    for intent in heard:
        if intent not in known:
            yield f"In '{name}' staat een soort bericht dat er niet is: '{intent[:60]}'."
    spoken = [step for step in steps if "checkpoint" not in step]
    begins_with_coach = bool(spoken) and "action" in spoken[0] and "checkpoint" not in steps[0]
    if not spoken or (begins_with_coach and (not heard or spoken[0]["action"] not in said_elsewhere)):
        yield f"'{name}' begint niet met iets wat de bezoeker zegt."
    if any("action" not in two and "action" not in one for one, two in pairwise(spoken)) or "action" not in spoken[-1]:
        yield f"In '{name}' zegt de bezoeker iets waar de coach niet op antwoordt."


def _payloads(known: Mapping[str, list[Variant]]) -> set[str]:
    """What buttons may stand for: what they stand for now, and the intents that the coach can ask back about."""
    here = {button["payload"] for variants in known.values() for variant in variants for button in variant.get("buttons", [])}
    return here | {f"/{intent}" for intent in _asked_back()}


@lru_cache(maxsize=1)
def _asked_back() -> frozenset[str]:
    return frozenset(yaml.safe_load((ROOT / "data" / "readings.yml").read_text("utf-8"))["readings"])
