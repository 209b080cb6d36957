"""What people say, in `data/nlu/`: the messages of each intent, and adding and removing them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import yaml

from bot.content.files import MESSAGES, Content, ContentError
from bot.content.yaml_text import Splice, apply, child, content_end, ended, keys, tree, value_of

LONGEST = 500


@lru_cache(maxsize=64)
def _of_file(text: str, where: str) -> Mapping[str, tuple[str, ...]]:
    blocks = child(tree(text, where), "nlu")
    if not isinstance(blocks, yaml.SequenceNode):
        raise ContentError(f"In {where} staat geen lijst onder 'nlu:'.")
    found: dict[str, tuple[str, ...]] = {}
    for block in blocks.value:
        intent, lines = child(block, "intent"), child(block, "examples")
        if {key for key, _ in keys(block)} != {"intent", "examples"} or not isinstance(intent, yaml.ScalarNode):
            raise ContentError(f"In {where} hoort bij elk blok alleen 'intent:' en 'examples:' (regel {block.start_mark.line + 1}).")
        if not isinstance(lines, yaml.ScalarNode) or intent.value in found:
            raise ContentError(f"In {where} staan de voorbeelden van '{intent.value}' niet op gewone regels, of staan ze er twee keer.")
        found[intent.value] = tuple(_message(line, intent.value, where) for line in lines.value.split("\n") if line.strip())
    return found


def examples(content: Content) -> Mapping[str, list[str]]:
    """The messages of each intent, in order.

    Raises `ContentError` when a file can't be read or has another shape.
    """
    found: dict[str, list[str]] = {}
    for path in _paths(content):
        for intent, messages in _of_file(content[path], path).items():
            found.setdefault(intent, []).extend(messages)
    return found


def cleaned(message: str) -> str:
    """A message as it can stand in the data: on one line, without invisible characters."""
    # Most are plain: looking at each character of thousands of messages takes a second.
    visible = message.isprintable()
    kept = (c for c in message if c.isspace() or c in "\u200d\ufe0f" or not unicodedata.category(c).startswith("C"))
    joined = message if visible else "".join(kept)
    return " ".join(joined.split()).removeprefix("- ").strip()


def same(message: str) -> str:
    """What two messages share that are the same but for capitals and spaces."""
    return cleaned(message).casefold()


def with_examples(content: Content, intent: str, add: Iterable[str] = (), remove: Iterable[str] = ()) -> Content:
    """The content with some messages of an intent more and some fewer; all other lines stay as they are.

    Messages are `cleaned`. Raises `ContentError` when the intent is not there.
    """
    gone, new = set(remove), [message for message in map(cleaned, add) if message]
    changed: dict[str, str] = {}
    for path in _paths(content):
        if intent in _of_file(content[path], path):
            changed[path] = _rewritten(content[path], path, intent, gone, [] if changed else new)
    if not changed:
        raise ContentError(f"'{intent}' is er niet (meer).")
    return {**content, **changed}


def _rewritten(text: str, path: str, intent: str, gone: set[str], new: list[str]) -> str:
    text = ended(text)
    blocks: Any = child(tree(text, path), "nlu")
    node: Any = next(child(block, "examples") for block in blocks.value if value_of(child(block, "intent")) == intent)
    start, end = node.start_mark.index, content_end(text, node)
    head, *lines = text[start:end].split("\n")
    if node.style != "|":
        head, lines = "|", ["    - " + _message(line, intent, path) for line in node.value.split("\n") if line.strip()]
    kept = [line for line in lines if not line.strip() or _message(line.strip(), intent, path) not in gone]
    indent = next((line[: len(line) - len(line.lstrip())] for line in lines if line.strip()), "    ")
    return apply(text, [Splice(start, end, "\n".join([head, *kept, *(f"{indent}- {message}" for message in new)]))])


def _message(line: str, intent: str, where: str) -> str:
    text = line.strip()
    if not text.startswith("- ") or not text.removeprefix("- ").strip():
        raise ContentError(f"In {where} begint elk voorbeeld van '{intent}' met '- '.")
    return text.removeprefix("- ").strip()


def _paths(content: Content) -> list[str]:
    return [path for path in sorted(content) if path.startswith(f"{MESSAGES}/")]
