"""Stories as conversations: turns of visitor and coach, and the branches where stories that begin alike go apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.content.stories import Step, Story, marks


@dataclass(frozen=True)
class Turn:
    """What the visitor says and all that the coach does then: the steps from `start` up to `end` of a story."""

    start: int
    end: int
    steps: tuple[Step, ...]

    @property
    def intents(self) -> list[str]:
        """What the visitor says; several where any of them counts, none where the turn begins with the coach or a link."""
        heard = [choice for step in self.steps for choice in step.get("or", [step])]
        return [str(choice["intent"]) for choice in heard if "intent" in choice]

    @property
    def said(self) -> list[str]:
        """The coach's responses and actions."""
        return [str(step["action"]) for step in self.steps if "action" in step]


@dataclass
class Node:
    """A turn in a conversation, and how it may go on. `story` and `number` say where it is; `stories` pass through it."""

    turn: Turn
    story: str
    number: int
    stories: list[str] = field(default_factory=list)
    fixed: bool = False
    branches: list[Node] = field(default_factory=list)


def turns(steps: Sequence[Step]) -> list[Turn]:
    """The turns of a story, in order."""
    begins = [at for at, step in enumerate(steps) if "intent" in step or "or" in step]
    if not begins or begins[0]:
        begins = [0, *begins]
    ends = [*begins[1:], len(steps)]
    return [Turn(start, end, tuple(steps[start:end])) for start, end in zip(begins, ends, strict=True)]


def conversation(stories: Sequence[Story]) -> list[Node]:
    """The stories of a flow as trees: what they share stands once, and branches follow where they differ.

    A story that begins with words of the coach goes on from where these are said, and is a branch there.
    """
    roots: list[Node] = []
    for story in stories:
        level = roots
        for number, turn in enumerate(turns(story.steps)):
            node = next((one for one in level if marks(one.turn.steps) == marks(turn.steps)), None)
            if node is None:
                node = Node(turn, story.name, number)
                level.append(node)
            node.stories.append(story.name)
            node.fixed = node.fixed or story.fixed
            level = node.branches
    return _joined(roots)


def _joined(roots: list[Node]) -> list[Node]:
    """The trees, with each that begins with words of the coach put where the others say them; what is said nowhere stays a tree."""
    going_on = [node for node in roots if not node.turn.intents and node.turn.said and "checkpoint" not in node.turn.steps[0]]
    reached = [node for node in roots if node not in going_on]
    # Breadth first: a branch stands where its words are said the soonest, and never below itself.
    for node in reached:
        for other in [one for one in going_on if node.turn.said and one.turn.said == node.turn.said[-1:]]:
            going_on.remove(other)
            node.branches += other.branches
        reached += node.branches
    return [node for node in roots if node.turn.intents or node in going_on or "checkpoint" in node.turn.steps[0]]
