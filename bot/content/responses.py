"""The sentences that the coach says, in `domain.yml`: reading and rewriting them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import yaml

from bot.content.files import DOMAIN, Content, ContentError
from bot.content.yaml_text import (
    Splice,
    after_line,
    apply,
    child,
    content_end,
    ended,
    keys,
    render_item,
    scalar,
    tree,
    value_of,
    write_items,
)

# `text`, and where it has them `buttons` (each `title` and `payload`), `condition`, `metadata`, `custom`.
Variant = dict[str, Any]
UNUSUAL = "Dit stuk is anders opgeschreven dan gewoonlijk en kan niet worden veranderd. Vraag het aan je beheerder."


@lru_cache(maxsize=16)
def _responses(domain: str) -> Mapping[str, list[Variant]]:
    node = child(tree(domain, DOMAIN), "responses")
    if not isinstance(node, yaml.MappingNode):
        raise ContentError("In domain.yml staat geen lijst met zinnen ('responses').")
    found: dict[str, list[Variant]] = {}
    for name, value in keys(node):
        variants = value_of(value)
        fits = isinstance(variants, list) and variants
        if not fits or not all(isinstance(variant, dict) and isinstance(variant.get("text"), str) for variant in variants):
            raise ContentError(f"Bij '{name}' in domain.yml hoort een lijst met minstens één zin, elk met 'text:'.")
        if not all(_buttons_fit(variant.get("buttons", [])) for variant in variants):
            raise ContentError(f"Bij '{name}' in domain.yml hoort elke knop een 'title:' en een 'payload:' te hebben.")
        found[name] = variants
    return found


def responses(content: Content) -> Mapping[str, list[Variant]]:
    """Every response by its name, with its variants. Not to be changed by the caller.

    Raises `ContentError` when `domain.yml` can't be read or has another shape.
    """
    return _responses(content.get(DOMAIN, ""))


def with_response(content: Content, name: str, variants: list[Variant]) -> Content:
    """The content with other variants of a response that is there already; only what changed is written anew."""
    if not variants:
        raise ContentError("De coach moet minstens één zin overhouden om te zeggen.")
    text = ended(content[DOMAIN])
    node = child(child(tree(text, DOMAIN), "responses"), name)
    if node is None:
        raise ContentError(f"'{name}' is er niet (meer).")
    return _written(content, name, variants, write_items(text, node, variants, lambda item, old, new: _finer(text, item, old, new)))


def with_new_response(content: Content, name: str, variants: list[Variant], after: str) -> Content:
    """The content with one response more, behind `after`."""
    text = ended(content[DOMAIN])
    parent = child(tree(text, DOMAIN), "responses")
    previous = child(parent, after)
    if parent is None or previous is None or child(parent, name) is not None:
        raise ContentError(f"'{name}' bestaat al.")
    indent = " " * parent.start_mark.column
    place = after_line(text, content_end(text, previous))
    block = f"\n{indent}{name}:\n" + "".join(render_item(variant, indent + "  ") for variant in variants)
    return _written(content, name, variants, apply(text, [Splice(place, place, block)]))


def without_response(content: Content, name: str) -> Content:
    """The content without a response. Whether anything needs it is for the caller to know (`validity.problems`)."""
    text = ended(content[DOMAIN])
    parent = child(tree(text, DOMAIN), "responses")
    pairs = parent.value if isinstance(parent, yaml.MappingNode) else []
    found = next((pair for pair in pairs if pair[0].value == name), None)
    if found is None:
        raise ContentError(f"'{name}' is er niet (meer).")
    start = text.rfind("\n", 0, found[0].start_mark.index) + 1
    if text[:start].endswith("\n\n"):
        start -= 1
    return {**content, DOMAIN: apply(text, [Splice(start, after_line(text, content_end(text, found[1])), "")])}


def said(variant: Variant) -> str:
    """A variant's text as a person reads it."""
    return str(variant["text"]).strip()


def with_text(variant: Variant, text: str) -> Variant:
    """The variant with another text; all else is kept. Of several lines, each ends with a line break, as the project writes them."""
    if text == said(variant):
        return variant
    return {**variant, "text": text + "\n" if "\n" in text else text}


def _finer(domain: str, item: Any, old: Variant, new: Variant) -> list[Splice] | None:
    """Only the text and the buttons' titles, where nothing else changed."""
    titles_old, titles_new = old.get("buttons", []), new.get("buttons", [])
    rest_same = {**old, "text": "", "buttons": ""} == {**new, "text": "", "buttons": ""} and ("buttons" in old) == ("buttons" in new)
    if not rest_same or [{**b, "title": ""} for b in titles_old] != [{**b, "title": ""} for b in titles_new]:
        return None
    splices = []
    node = child(item, "text")
    if node is not None and old["text"] != new["text"]:
        splices.append(_scalar_splice(domain, node, new["text"], item.start_mark.column + 2, bool(item.flow_style)))
    buttons = child(item, "buttons")
    for button, was, title in zip(buttons.value if buttons else [], titles_old, (b["title"] for b in titles_new), strict=True):
        node = child(button, "title")
        if node is not None and was["title"] != title:
            splices.append(_scalar_splice(domain, node, title, 0, True))
    return splices


def _scalar_splice(text: str, node: yaml.Node, value: str, indent: int, flow: bool) -> Splice:
    written = scalar(value, indent, flow)
    return Splice(node.start_mark.index, content_end(text, node), written)


def _written(content: Content, name: str, variants: list[Variant], domain: str) -> Content:
    """The content with this domain, once it was read back and says what it should: nothing else changed."""
    changed = {**content, DOMAIN: domain}
    try:
        fits = responses(changed) == {**responses(content), name: variants}
    except ContentError:
        fits = False
    if not fits:
        raise ContentError(UNUSUAL)
    return changed


def _buttons_fit(buttons: Any) -> bool:
    return isinstance(buttons, list) and all(
        isinstance(button, dict) and isinstance(button.get("title"), str) and isinstance(button.get("payload"), str) for button in buttons
    )
