"""What a therapist does to conversations. Stories that begin alike stay alike: an edit of a shared turn reaches every story that shares it.

All raise `ContentError` when it can't be done; whether the result may be kept is for `validity.problems`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.content.files import MESSAGES, Content, ContentError
from bot.content.locked import heard_intents, is_locked, last_unlocked, own_intents, with_intent, without_intent
from bot.content.names import OWN, OWN_INTENT, flow_name, id_of, intent_name, names
from bot.content.responses import Variant, responses, with_new_response
from bot.content.stories import (
    Step,
    Story,
    marks,
    path_of,
    plain_step,
    project_rules,
    stories,
    story,
    with_steps,
    with_story,
    without_story,
)
from bot.content.turns import Turn, turns


@dataclass(frozen=True)
class Place:
    """A turn of a story, by the flow's name, the story's name and the turn's number from 0."""

    flow: str
    story: str
    turn: int


FIXED = "Dit stuk hangt aan iets wat vast is, zoals een vragenlijst. Het kan niet worden veranderd."
NOT_HERE = "Dit stuk van het gesprek is er niet (meer)."


def new_response(content: Content, title: str, variants: list[Variant], after: str = "") -> tuple[Content, str]:
    """The content with a new response of that title, behind `after` where that is not locked, and the response's name."""
    base = OWN + (id_of(title) or "zin")
    known = responses(content)
    name = next(one for one in (base, *(f"{base}_{number}" for number in range(2, 1000))) if one not in known)
    place = after if after in known and not is_locked(after) else last_unlocked(content)
    return with_new_response(content, name, variants, place), name


def say_more(content: Content, place: Place, response: str) -> Content:
    """The coach says one thing more at the end of a turn; before its last words where others go on from these."""
    turn = _turn(content, place)
    at = turn.end - 1 if "checkpoint" in turn.steps[-1] else turn.end
    at -= bool(_going_on(content, turn))
    return _in_all(content, place, turn.end, lambda steps: [*steps[:at], {"action": response}, *steps[at:]])


def say_less(content: Content, place: Place, response: str) -> Content:
    """The coach no longer says this in a turn; something has to be left."""
    turn = _turn(content, place)
    if len(turn.said) < 2:
        raise ContentError("De coach moet hier iets zeggen. Verander de zin, of haal de hele beurt weg.")
    at = next((turn.start + n for n, step in enumerate(turn.steps) if step == {"action": response}), None)
    if at is None:
        raise ContentError(NOT_HERE)
    if turn.said.index(response) == len(turn.said) - 1 and _going_on(content, turn):
        raise ContentError("Op deze woorden gaat het gesprek verder. Verander de zin, of haal de hele beurt weg.")
    return _in_all(content, place, turn.end, lambda steps: [*steps[:at], *steps[at + 1 :]])


def go_on(content: Content, place: Place, intent: str, response: str) -> Content:
    """After a turn, the visitor may say this and the coach answers so: the story goes on, or gets a branch when it goes on already."""
    here = story(content, place.flow, place.story)
    turn = _turn(content, place)
    head = here.steps[: turn.end]
    following = [one for other in _going_on(content, turn) for one in turns(other.steps)[1:2]]
    for other in stories(content):
        following += turns(other.steps[turn.end :])[:1] if _begins_with(other, head) and len(other.steps) > turn.end else []
    if any(intent in one.intents for one in following):
        raise ContentError(f"Hier is al een vervolg voor '{intent_name(intent)}'. Verander dat, of kies iets anders.")
    new: list[Step] = [{"intent": intent}, {"action": response}]
    if len(here.steps) == turn.end and not here.fixed:
        return with_steps(content, place.flow, place.story, [*here.steps, *new])
    if not all(map(plain_step, head)):
        raise ContentError(FIXED)
    return with_story(
        content,
        place.flow,
        _free_name(content, place.flow, f"{place.story.partition(',')[0]}, {intent_name(intent)}"),
        [*_before_links(head), *new],
    )


def move(content: Content, place: Place, up: bool) -> Content:
    """A turn changes places with the one before or after it, in every story that has both."""
    here = turns(story(content, place.flow, place.story).steps)
    first = place.turn - 1 if up else place.turn
    if first < 0 or first + 1 >= len(here):
        raise ContentError("Verder kan deze beurt niet.")
    one, two = here[first], here[first + 1]
    if not one.intents or any("checkpoint" in step for step in (*one.steps, *two.steps)):
        raise ContentError(FIXED)
    return _in_all(content, place, two.end, lambda steps: [*steps[: one.start], *two.steps, *one.steps, *steps[two.end :]])


def remove(content: Content, place: Place, with_rest: bool) -> Content:
    """A turn goes; `with_rest` also all that follows it, in other stories too where nothing else leads there.

    A story in which the visitor says nothing any more, or that another one says already, goes as well.
    """
    turn = _turn(content, place)
    if with_rest:
        result = _in_all(content, place, turn.end, lambda steps: list(steps[: turn.start]))
    else:
        result = _in_all(content, place, turn.end, lambda steps: [*steps[: turn.start], *steps[turn.end :]])
    while cut_off := _cut_off(content, result):
        if not with_rest:
            raise ContentError("Hierop gaat het gesprek verder. Haal ook weg wat erop volgt.")
        if any(one.fixed for one in cut_off):
            raise ContentError(FIXED)
        for one in cut_off:
            result = without_story(result, one.flow, one.name)
    if place.flow in names()["flows"] and not any(one.flow == place.flow for one in stories(result)):
        raise ContentError("Dit is het enige wat er in dit gesprek gebeurt. Er moet iets overblijven.")
    return without_unheard_intents(result)


def link(content: Content, place: Place, intent: str, target: tuple[str, str]) -> Content:
    """After a turn, when the visitor says this, the coach goes on in another conversation: with its first answer and all that follows there.

    `target` is flow and name of a story; a link ('checkpoint') after its first turn joins the two. None is needed where the story ends
    there: what goes on from its words goes on from the same words here.
    """
    other = story(content, *target)
    first = turns(other.steps)[0]
    if other.rule or not first.intents or (place.flow, place.story) == target:
        raise ContentError("Daarheen kan dit gesprek niet verdergaan. Kies een ander gesprek.")
    answers: list[Step] = [step for step in first.steps if "action" in step]
    tied = first.steps[-1].get("checkpoint") if "checkpoint" in first.steps[-1] else None
    joint = str(tied or f"verder_{target[0]}_{id_of(target[1])}")
    result = content
    alone = tied is None and len(other.steps) == first.end
    if tied is None and not alone:
        at = first.end
        result = _in_all(result, Place(*target, 0), at, lambda steps: [*steps[:at], {"checkpoint": joint}, *steps[at:]])
    result = go_on(result, place, intent, str(answers[0]["action"]))
    added = next(
        one for one in stories(result) if one.flow == place.flow and one not in stories(content) and {"intent": intent} in one.steps
    )
    return with_steps(result, place.flow, added.name, [*added.steps, *answers[1:], *([] if alone else [{"checkpoint": joint}])])


def new_flow(content: Content, title: str, opening: Sequence[Step], tellings: Sequence[tuple[str, Sequence[Step]]]) -> tuple[Content, str]:
    """A new conversation: stories that all begin with `opening` and each go on in their own way. Returns the content and the flow's name."""
    flow = id_of(title)
    if not flow or path_of(flow) in content or flow_name(flow) in {flow_name(one.flow) for one in stories(content)}:
        raise ContentError("Geef het gesprek een naam met letters, die nog niet bestaat.")
    for name, steps in tellings:
        content = with_story(content, flow, name, [*opening, *steps], title=title)
    return content, flow


def new_intent(content: Content, title: str, messages: Sequence[str]) -> tuple[Content, str]:
    """A new kind of message with what people say then. Returns the content and the intent."""
    intent = OWN_INTENT + id_of(title)
    path = _messages_of(intent)
    if intent == OWN_INTENT or path in content:
        raise ContentError("Geef het gesprek een naam met letters, die nog niet bestaat.")
    lines = "".join(f"    - {message}\n" for message in messages)
    return {**with_intent(content, intent), path: f'version: "3.1"\n\nnlu:\n- intent: {intent}\n  examples: |\n{lines}'}, intent


def without_unheard_intents(content: Content) -> Content:
    """The content without the kinds of messages of the studio that no story listens to any more, and without their messages."""
    heard = heard_intents(content)
    for intent in own_intents(content):
        if intent not in heard:
            content = {path: text for path, text in without_intent(content, intent).items() if path != _messages_of(intent)}
    return content


def _messages_of(intent: str) -> str:
    return f"{MESSAGES}/{intent}.yml"


def _turn(content: Content, place: Place) -> Turn:
    found = turns(story(content, place.flow, place.story).steps)
    if not 0 <= place.turn < len(found):
        raise ContentError(NOT_HERE)
    return found[place.turn]


def _first_words(one: Story) -> list[str]:
    """What the coach says at the beginning of a story that goes on from there; empty where the visitor begins."""
    first = turns(one.steps)[0]
    return [] if first.intents or "checkpoint" in first.steps[0] else first.said


def _going_on(content: Content, turn: Turn) -> list[Story]:
    """The stories and rules that go on from the last words of a turn."""
    last = turn.said[-1:]
    return [one for one in [*stories(content), *project_rules()] if last and not one.conditions and _first_words(one) == last]


def _said(content: Content) -> set[str]:
    """What the coach says in the course of the stories."""
    return {str(step["action"]) for one in stories(content) for step in one.steps[1:] if "action" in step}


def _cut_off(before: Content, after: Content) -> list[Story]:
    """The stories and rules that went on from words which no story leads to any more."""
    lost = _said(before) - _said(after)
    return [one for one in stories(after) if lost & set(_first_words(one)[:1])]


def _begins_with(one: Story, head: Sequence[Step]) -> bool:
    return not one.rule and marks(one.steps)[: len(head)] == marks(head)


def _in_all(content: Content, place: Place, shared: int, change: Callable[[Sequence[Step]], Sequence[Step]]) -> Content:
    """The content with a change in every story whose first `shared` steps are those of the named one.

    A story in which the visitor says nothing any more goes, and one that then says no more than the beginning of another.
    """
    here = story(content, place.flow, place.story)
    reached = [one for one in stories(content) if _begins_with(one, here.steps[:shared])]
    if here.rule or any(one.fixed for one in reached):
        raise ContentError(FIXED)
    result = content
    for one in reached:
        steps = list(change(one.steps))
        others = [other for other in stories(result) if (other.flow, other.name) != (one.flow, one.name)]
        if all("action" in step for step in steps) or (len(steps) < len(one.steps) and any(_begins_with(other, steps) for other in others)):
            result = without_story(result, one.flow, one.name)
        else:
            result = with_steps(result, one.flow, one.name, steps)
    return result


def _before_links(steps: Sequence[Step]) -> list[Step]:
    """Steps for the beginning of a branch: links in their middle belong to the story that they were copied from."""
    return [step for number, step in enumerate(steps) if number == 0 or "checkpoint" not in step]


def _free_name(content: Content, flow: str, wanted: str) -> str:
    known = {one.name for one in stories(content) if one.flow == flow}
    return next(one for one in (wanted[:100], *(f"{wanted[:100]} ({number})" for number in range(2, 1000))) if one not in known)
