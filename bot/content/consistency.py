"""Whether stories agree: after the same words of visitor and coach, the coach can go on in one way only, and never against a rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import takewhile

from bot.content.names import flow_name, step_name
from bot.content.stories import Step, Story, marks

# What a story does where it waits for the visitor.
_WAITS: Step = {"intent": ""}
_PLAIN: tuple[set[str], ...] = ({"intent"}, {"action"}, {"or"})
# Choices (`or`) and links multiply the ways through a story; beyond so many nobody can follow them.
MOST_PATHS = 2000


@dataclass(frozen=True)
class Path:
    """One way through a story, with every choice made, and what went before a link."""

    story: Story
    steps: tuple[Step, ...]


def disagreements(stories: list[Story], rules: list[Story]) -> list[str]:
    """Every place where two stories, or a story and a rule, want something else of the coach; one Dutch line each."""
    found: dict[str, None] = {}
    paths = list(all_paths(stories))
    seen: dict[tuple[str, ...], tuple[Step, Story]] = {}
    windows = [window for rule in rules for window in _windows(rule)]
    for path in paths:
        path_marks = marks(path.steps)
        for at in range(1, len(path.steps) + 1):
            following = path.steps[at] if at < len(path.steps) else _WAITS
            following = _WAITS if "intent" in following else following
            before, who = seen.setdefault(path_marks[:at], (following, path.story))
            if before != following:
                found[_told(path.steps[:at], (who, before), (path.story, following))] = None
            # Of two rules Rasa follows the one that looks back further.
            fitting = [one for one in windows if path_marks[max(0, at - len(one[0])) : at] == one[0]]
            furthest = max((len(context) for context, _, _ in fitting), default=0)
            for context, wanted, rule in fitting:
                if len(context) == furthest and following != wanted:
                    found[_against_rule(path.story, path.steps[at - 1], rule, wanted)] = None
    return list(found)


def all_paths(stories: list[Story]) -> Iterator[Path]:
    """Every way through every story. What comes before a link (a checkpoint at a story's beginning) is put in front."""
    count = 0
    for story in stories:
        if story.rule:
            continue
        for steps in _ways(story, stories, frozenset()):
            count += 1
            if count > MOST_PATHS:
                return
            yield Path(story, steps)


def _ways(story: Story, stories: list[Story], passed: frozenset[str]) -> list[tuple[Step, ...]]:
    ways: list[tuple[Step, ...]] = [()]
    for number, step in enumerate(story.steps):
        if "checkpoint" in step:
            if number == 0:
                ways = _before(str(step["checkpoint"]), stories, passed)
        elif "or" in step:
            ways = [(*way, choice) for way in ways for choice in step["or"]][:MOST_PATHS]
        else:
            ways = [(*way, step) for way in ways]
    return ways


def _before(checkpoint: str, stories: list[Story], passed: frozenset[str]) -> list[tuple[Step, ...]]:
    """Every way that leads to a checkpoint; those that come back to it are left out."""
    if checkpoint in passed:
        return []
    found: list[tuple[Step, ...]] = []
    for story in stories:
        for number, step in enumerate(story.steps):
            if number and step == {"checkpoint": checkpoint} and not story.rule:
                head = Story(story.flow, story.name, story.steps[:number], rule=False, fixed=story.fixed)
                found += _ways(head, stories, passed | {checkpoint})
    return found


def _windows(rule: Story) -> list[tuple[tuple[str, ...], Step, Story]]:
    """What a rule without conditions wants, up to where a form begins: after these steps, that one. A choice (`or`) makes several."""
    if rule.conditions:
        return []
    found = []
    for at, step in enumerate(takewhile(lambda one: set(one) in _PLAIN, rule.steps)):
        if at and "action" in step:
            ways = _ways(replace(rule, steps=rule.steps[:at]), [], frozenset())
            found += [(marks(way), step, rule) for way in ways]
    return found


def _told(before: tuple[Step, ...], one: tuple[Story, Step], two: tuple[Story, Step]) -> str:
    return (
        f"Twee verhalen spreken elkaar tegen. Na '{', dan '.join(step_name(step) for step in before[-2:])}' doet de coach in "
        f"{_named(one[0])} dit: {_next(one[1])}; en in {_named(two[0])} dit: {_next(two[1])}."
    )


def _against_rule(story: Story, after: Step, rule: Story, wanted: Step) -> str:
    return f"In {_named(story)} staat na '{step_name(after)}' iets anders dan de vaste regel: {step_name(wanted)}."


def _named(story: Story) -> str:
    return f"'{story.name}' ({flow_name(story.flow)})"


def _next(step: Step) -> str:
    return "wachten op de bezoeker" if step == _WAITS else step_name(step)
