"""How conversations run, in `data/stories/`: reading and rewriting the stories, and the rules that stories have to keep to."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any

import yaml

from bot.content.files import STORIES, Content, ContentError
from bot.content.responses import UNUSUAL
from bot.content.yaml_text import (
    Splice,
    after_line,
    apply,
    child,
    content_end,
    ended,
    item_lines,
    keys,
    render_item,
    tree,
    value_of,
    write_items,
)
from bot.settings import ROOT

# A step as the file has it: {intent: …}, {action: …}, {or: […]}, {checkpoint: …}, {active_loop: …}, {slot_was_set: …}.
Step = dict[str, Any]
RULES = "data/rules"


@dataclass(frozen=True)
class Story:
    """A story, or a rule. `flow` is the name of its file; `fixed` says that no therapist may change its steps."""

    flow: str
    name: str
    steps: tuple[Step, ...]
    rule: bool
    fixed: bool
    conditions: tuple[Any, ...] = ()


def marks(steps: Sequence[Step]) -> tuple[str, ...]:
    """The steps as values that can be compared and looked up."""
    return tuple(json.dumps(step, sort_keys=True, default=str) for step in steps)


def path_of(flow: str) -> str:
    """The file of a flow."""
    return f"{STORIES}/{flow}.yml"


@lru_cache(maxsize=64)
def _of_file(text: str, path: str) -> tuple[Story, ...]:
    root = tree(text, path)
    if not isinstance(root, yaml.MappingNode) or not {key for key, _ in keys(root)} <= {"version", "stories", "rules"}:
        raise ContentError(f"{path} hoort alleen 'version:', 'stories:' en 'rules:' te hebben.")
    found: list[Story] = []
    for key, kind in (("stories", "story"), ("rules", "rule")):
        node = child(root, key)
        if node is None:
            continue
        for entry in value_of(node) if isinstance(node, yaml.SequenceNode) else [None]:
            found.append(_story(entry, kind, path))
    return tuple(found)


def stories(content: Content) -> list[Story]:
    """Every story and rule of the content, file by file.

    Raises `ContentError` when a file can't be read or has another shape.
    """
    return [story for path in sorted(content) if path.startswith(f"{STORIES}/") for story in _of_file(content[path], path)]


def project_rules() -> list[Story]:
    """The rules that come from the project: they always hold, and no therapist changes them."""
    files = sorted((ROOT / RULES).glob("*.yml"))
    return [story for path in files for story in _of_file(path.read_text("utf-8"), f"{RULES}/{path.name}")]


def story(content: Content, flow: str, name: str) -> Story:
    """The story of that name. Raises `ContentError` when it is not there (any more)."""
    found = next((one for one in stories(content) if (one.flow, one.name) == (flow, name)), None)
    if found is None:
        raise ContentError(f"'{name}' is er niet (meer).")
    return found


def with_steps(content: Content, flow: str, name: str, steps: Sequence[Step]) -> Content:
    """The content with other steps in a story; those that stay keep their lines and comments."""
    path, was = path_of(flow), story(content, flow, name)
    text = ended(content[path])
    _, _, item = _place(text, path, name)
    node = child(item, "steps")
    if node is None or not steps:
        raise ContentError("Een verhaal heeft minstens één stap.")
    return _checked(content, path, write_items(text, node, list(steps)), was, tuple(steps))


def with_story(content: Content, flow: str, name: str, steps: Sequence[Step], title: str = "") -> Content:
    """The content with one story more, at the end of its flow. A flow that is not there yet begins with `title` as its first line."""
    path = path_of(flow)
    block = f"\n- story: {_plain(name)}\n  steps:\n" + "".join(render_item(step, "  ") for step in steps)
    new = Story(flow, name, tuple(steps), rule=False, fixed=False)
    if path not in content:
        return _checked(content, path, f'version: "3.1"\n\n# {" ".join((title or name).split())}\nstories:\n{block}', new, new.steps)
    text = ended(content[path])
    node: Any = child(tree(text, path), "stories")
    if node is None or node.flow_style or node.start_mark.column:
        raise ContentError(UNUSUAL)
    place = after_line(text, content_end(text, node.value[-1]))
    return _checked(content, path, apply(text, [Splice(place, place, block)]), new, new.steps)


def without_story(content: Content, flow: str, name: str) -> Content:
    """The content without a story; a flow without stories goes as well."""
    path = path_of(flow)
    text = ended(content[path])
    node, number, _ = _place(text, path, name)
    if len(node.value) == 1:
        return {file: kept for file, kept in content.items() if file != path}
    start, end = item_lines(text, node, number)
    if text[:start].endswith("\n\n"):
        start -= 1
    changed = {**content, path: apply(text, [Splice(start, end, "")])}
    if [one for one in stories(content) if (one.flow, one.name) != (flow, name)] != stories(changed):
        raise ContentError(UNUSUAL)
    return changed


def plain_step(step: Step) -> bool:
    """Whether a step is what a therapist may add, move and remove: what is heard, what is said, or a link."""
    if "or" in step:
        return all(set(choice) == {"intent"} for choice in step["or"])
    return set(step) in ({"intent"}, {"checkpoint"}) or (set(step) == {"action"} and str(step["action"]).startswith("utter_"))


def _story(entry: Any, kind: str, path: str) -> Story:
    steps = entry.get("steps") if isinstance(entry, dict) else None
    name = entry.get(kind) if isinstance(entry, dict) else None
    if not isinstance(name, str) or not isinstance(steps, list) or not steps or not all(isinstance(step, dict) and step for step in steps):
        raise ContentError(f"In {path} heeft elk verhaal een naam ('{kind}:') en een lijst met stappen ('steps:').")
    for step in steps:
        if not all(isinstance(value, str) for key, value in step.items() if key in ("intent", "action", "checkpoint")):
            raise ContentError(f"In {path} heeft '{name}' een stap die geen gewoon woord is.")
        if "or" in step and not (isinstance(step["or"], list) and all(isinstance(choice, dict) for choice in step["or"])):
            raise ContentError(f"In {path} heeft '{name}' een keuze ('or:') zonder lijst.")
    rule = kind == "rule"
    fixed = rule or not all(map(plain_step, steps))
    return Story(PurePosixPath(path).stem, name, tuple(steps), rule, fixed, tuple(entry.get("condition") or ()))


def _place(text: str, path: str, name: str) -> tuple[Any, int, Any]:
    node: Any = child(tree(text, path), "stories")
    for number, item in enumerate(node.value if node is not None else []):
        if value_of(child(item, "story")) == name:
            return node, number, item
    raise ContentError(f"'{name}' is er niet (meer).")


def _plain(name: str) -> str:
    return render_item(name, "")[2:-1]


def _checked(content: Content, path: str, text: str, was: Story, steps: tuple[Step, ...]) -> Content:
    """The content with this text, once it was read back and says what it should: no other story changed."""
    changed = {**content, path: text}
    here = (was.flow, was.name)
    others = [one for one in stories(content) if (one.flow, one.name) != here]
    if [one for one in stories(changed) if (one.flow, one.name) != here] != others or story(changed, *here).steps != steps:
        raise ContentError(UNUSUAL)
    return changed
