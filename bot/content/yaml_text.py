"""Reads YAML strictly, and changes it in place: what is not touched stays as it was, to the letter, with its comments and order."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any

import yaml

from bot.content.files import ContentError

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DEEPEST = 12
_PLAIN = re.compile(r"[A-Za-zÀ-ÿ][^\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff#:\"`|>%@&*\\]*")
_PLAIN_IN_FLOW = re.compile(r"[A-Za-zÀ-ÿ/][^\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff#:{}\[\],\"`|>%@&*\\]*")
# Words that some reader of YAML takes for something else than text.
_NO_TEXT = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


@dataclass(frozen=True)
class Splice:
    """Put `new` in the place of the characters from `start` to `end`."""

    start: int
    end: int
    new: str


# Smaller splices for an item that changed only in part; None where it has to be written anew.
Refine = Callable[[yaml.Node, Any, Any], "list[Splice] | None"]


@lru_cache(maxsize=8)
def tree(text: str, where: str) -> yaml.Node:
    """The nodes of a YAML text, with their places in it.

    Raises `ContentError` for what is no YAML, and for what only YAML's tricks can say: anchors, aliases, tags, merge keys, a key that
    stands twice, several documents, or nesting deeper than `DEEPEST`.
    """
    try:
        _refuse_tricks(text, where)
        node = yaml.compose(text, Loader=_Loader)
    except ContentError:
        raise
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        line = f" Kijk bij regel {mark.line + 1}." if mark else ""
        raise ContentError(f"{where} is niet goed te lezen als YAML.{line}") from None
    except (ValueError, RecursionError):
        raise ContentError(f"{where} is niet goed te lezen als YAML.") from None
    if node is None:
        raise ContentError(f"{where} is leeg.")
    _refuse_double_keys(node, where)
    return node


def value_of(node: yaml.Node | None) -> Any:
    """What a node says, as plain values; None for none."""
    loader = _Loader("")
    try:
        return None if node is None else loader.construct_document(node)
    except (yaml.YAMLError, ValueError):
        raise ContentError("Hier staat een waarde die niet te lezen is, zoals een datum die niet bestaat.") from None
    finally:
        loader.dispose()


def child(node: yaml.Node | None, key: str) -> yaml.Node | None:
    """The node under a key of a mapping; None where there is none."""
    if not isinstance(node, yaml.MappingNode):
        return None
    return next((value for name, value in node.value if name.value == key), None)


def keys(node: yaml.Node) -> list[tuple[str, yaml.Node]]:
    """Key and node of each entry of a mapping, in order."""
    return [(str(name.value), value) for name, value in node.value] if isinstance(node, yaml.MappingNode) else []


def apply(text: str, splices: Iterable[Splice]) -> str:
    """The text with all of them done; they must not overlap."""
    for splice in sorted(splices, key=lambda one: (one.start, one.end), reverse=True):
        text = text[: splice.start] + splice.new + text[splice.end :]
    return text


def content_end(text: str, node: yaml.Node) -> int:
    """Where what a node says ends: before comments and blank lines that follow it."""
    if isinstance(node, yaml.ScalarNode):
        end = int(node.end_mark.index)
        return node.start_mark.index + len(text[node.start_mark.index : end].rstrip()) if node.style in ("|", ">") else end
    if getattr(node, "flow_style", False) or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return content_end(text, last[1] if isinstance(node, yaml.MappingNode) else last)


def after_line(text: str, index: int) -> int:
    """Where the line after that of a character begins; at least one line break is there (see `ended`)."""
    return text.index("\n", index) + 1


def ended(text: str) -> str:
    """The text with a line break at its end."""
    return text if text.endswith("\n") else text + "\n"


def item_lines(text: str, sequence: Any, number: int) -> tuple[int, int]:
    """Where the lines of an item of a block sequence begin and end, its dash included."""
    item = sequence.value[number]
    before = content_end(text, sequence.value[number - 1]) if number else sequence.start_mark.index
    dash = text.rfind("-", before, max(item.start_mark.index, before + 1))
    dash = dash if dash >= 0 else sequence.start_mark.index
    return text.rfind("\n", 0, dash) + 1, after_line(text, max(content_end(text, item), item.start_mark.index))


def write_items(text: str, sequence: Any, new: list[Any], refine: Refine | None = None) -> str:
    """Have a block sequence hold other items: those that stay keep their lines as they are, and the comments between them stay.

    The text must end with a line break, and there must be at least one item before and after.
    """
    old = [value_of(item) for item in sequence.value]
    indent = " " * sequence.start_mark.column
    if sequence.flow_style:
        start = len(text[: sequence.start_mark.index].rstrip(" "))
        block = "\n" + "".join(render_item(item, indent + "  ") for item in new)
        return apply(text, [Splice(start, sequence.end_mark.index, block.rstrip("\n"))])
    splices: list[Splice] = []
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(None, _marks(old), _marks(new), autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        pairs = min(old_to - old_from, new_to - new_from)
        for at in range(pairs):
            number, item = old_from + at, new[new_from + at]
            finer = refine(sequence.value[number], old[number], item) if refine else None
            splices += [Splice(*item_lines(text, sequence, number), render_item(item, indent))] if finer is None else finer
        splices += [Splice(*item_lines(text, sequence, number), "") for number in range(old_from + pairs, old_to)]
        added = "".join(render_item(item, indent) for item in new[new_from + pairs : new_to])
        if added:
            after = old_from + pairs
            place = item_lines(text, sequence, after - 1)[1] if after else item_lines(text, sequence, 0)[0]
            splices.append(Splice(place, place, added))
    return apply(text, splices)


def render_item(item: Any, indent: str) -> str:
    """An item of a block sequence as lines: short lists within it stand on one line, as the project writes them."""
    if not isinstance(item, dict):
        return f"{indent}- {_flow(item)}\n"
    lines = []
    for key, value in item.items():
        if isinstance(value, str):
            lines.append(f"{key}: {scalar(value, len(indent) + 4)}\n")
        elif isinstance(value, list) and all(isinstance(part, dict) for part in value) and key == "steps":
            lines.append(f"{key}:\n" + "".join(render_item(part, indent + "  ") for part in value))
        else:
            lines.append(f"{key}: {_flow(value)}\n")
    return f"{indent}- " + f"{indent}  ".join(lines)


def scalar(value: str, indent: int, flow: bool = False) -> str:
    """A text as YAML: plain where that is safe, several lines as a block `indent` columns in, else in double quotes."""
    lines = value.split("\n")
    if not flow and len(lines) > 1 and lines[-1] == "" and lines[-2] and not lines[0].startswith((" ", "\t")) and _fits_block(lines):
        return "|\n" + "\n".join(" " * indent + line if line else "" for line in lines[:-1])
    pattern = _PLAIN_IN_FLOW if flow else _PLAIN
    if pattern.fullmatch(value) and not value.endswith(" ") and value.lower() not in _NO_TEXT and yaml.safe_load(value) == value:
        return value
    return json.dumps(value, ensure_ascii=False).translate(_ESCAPED)


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(str(key), 0, True)}: {_flow(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return scalar(value, 0, True) if isinstance(value, str) else json.dumps(value)


def _fits_block(lines: list[str]) -> bool:
    return all(
        line == line.rstrip() and not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]", line) for line in lines
    )


_ESCAPED = {code: f"\\u{code:04x}" for code in (*range(0x7F, 0xA1), 0x2028, 0x2029, 0xFEFF)}


def _marks(items: list[Any]) -> list[str]:
    return [json.dumps(item, sort_keys=True, default=str) for item in items]


def _refuse_tricks(text: str, where: str) -> None:
    depth = documents = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise ContentError(f"{where} gebruikt verwijzingen (& of *). Schrijf voluit wat er moet staan.")
        if getattr(event, "tag", None):
            raise ContentError(f"{where} gebruikt een YAML-label (met !). Dat kan hier niet.")
        documents += isinstance(event, yaml.DocumentStartEvent)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if documents > 1 or depth > DEEPEST:
            raise ContentError(f"{where} zit anders in elkaar dan de coach kan lezen.")


def _refuse_double_keys(node: yaml.Node, where: str) -> None:
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _refuse_double_keys(item, where)
    elif isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else ""
            if name in seen or not name or name == "<<":
                raise ContentError(
                    f"In {where} staat '{name}' twee keer, of op een plek waar dat niet kan (regel {key.start_mark.line + 1})."
                )
            seen.add(name)
            _refuse_double_keys(value, where)
