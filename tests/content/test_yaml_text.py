"""YAML is read strictly, and changed in place without loss."""

from __future__ import annotations

import difflib
from typing import Any

import pytest
import yaml
from hypothesis import given, settings, strategies
from rasa.shared.utils.io import read_yaml

from bot.content.examples import cleaned, examples, with_examples
from bot.content.files import Content, ContentError, shipped
from bot.content.responses import responses, said, with_new_response, with_response, with_text, without_response
from bot.content.stories import stories, story, with_steps, with_story, without_story
from bot.content.yaml_text import scalar, tree, value_of

BASE = shipped()
NEED = "utter_hurt_need"
# All that can be typed into a page, also what YAML, Excel or a terminal would take for something else.
TEXTS = (
    strategies.text(strategies.characters(blacklist_categories=("Cs", "Cc", "Cn", "Co")), min_size=1, max_size=60)
    .map(str.strip)
    .filter(bool)
)
HARD = strategies.sampled_from(
    [
        "yes",
        "null",
        "~",
        "1",
        "1.0",
        "2020-01-01",
        "- x",
        "a: b",
        "a #b",
        "'",
        '"',
        "{a}",
        "[a]",
        "&a",
        "*a",
        "!a",
        "%a",
        "@a",
        "`a",
        "|",
        ">",
        "\\n",
        "😀",
        "a\u2028b",
        "a\u00a0b",
        "\ufeffa",
        "x:",
        "?a",
        "ja, 'zo' \"zo\"",
    ]
)


def touched(old: Content, new: Content) -> list[str]:
    """The lines that differ, as a diff shows them."""
    lines: list[str] = []
    for path in sorted({*old, *new}):
        lines += difflib.unified_diff(old.get(path, "").split("\n"), new.get(path, "").split("\n"), lineterm="", n=0)
    return [line for line in lines if line[:1] in "+-" and not line.startswith(("+++", "---"))]


@given(TEXTS | HARD | strategies.lists(TEXTS, min_size=2, max_size=4).map("\n".join), strategies.booleans())
@settings(max_examples=300, deadline=None)
def test_any_text_reads_back_with_every_reader(text: str, flow: bool) -> None:
    """The project's own reader, and Rasa's, which reads another version of YAML."""
    value = text + "\n" if "\n" in text else text
    source = f"é: [{{title: {scalar(value, 0, True)}}}]\n" if flow else f"é:\n  - text: {scalar(value, 6)}\n"
    for read in (yaml.safe_load, read_yaml, lambda one: value_of(tree(one, "x"))):
        assert next(iter(read(source)["é"][0].values())) == value


@given(strategies.dictionaries(strategies.integers(0, 3), TEXTS | HARD, min_size=1, max_size=4))
@settings(max_examples=60, deadline=None)
def test_only_the_touched_sentences_differ(texts: dict[int, str]) -> None:
    variants = list(responses(BASE)[NEED])
    for number, text in texts.items():
        variants[number] = with_text(variants[number], text)
    changed = with_response(BASE, NEED, variants)
    assert responses(changed)[NEED] == variants
    really = [number for number in texts if said(responses(BASE)[NEED][number]) != texts[number]]
    assert len(touched(BASE, changed)) == 2 * len(really)
    assert with_response(changed, NEED, responses(BASE)[NEED]) == BASE


@given(strategies.data())
@settings(max_examples=60, deadline=None)
def test_wordings_in_any_order_keep_their_lines(data: Any) -> None:
    variants = responses(BASE)["utter_first_step_plan"] + responses(BASE)[NEED]
    chosen = data.draw(strategies.lists(strategies.sampled_from(variants), min_size=1, max_size=8, unique_by=lambda one: one["text"]))
    changed = with_response(BASE, NEED, chosen)
    assert responses(changed)[NEED] == chosen
    assert with_response(changed, NEED, responses(BASE)[NEED]) == BASE


@given(strategies.data())
@settings(max_examples=60, deadline=None)
def test_steps_in_any_order_keep_their_lines(data: Any) -> None:
    one = data.draw(strategies.sampled_from([one for one in stories(BASE) if not one.fixed]))
    steps = data.draw(strategies.lists(strategies.sampled_from(one.steps), min_size=1, max_size=12))
    changed = with_steps(BASE, one.flow, one.name, steps)
    assert list(story(changed, one.flow, one.name).steps) == steps
    assert with_steps(changed, one.flow, one.name, one.steps) == BASE


@given(TEXTS | HARD)
@settings(max_examples=60, deadline=None)
def test_stories_and_sentences_that_come_and_go_leave_no_trace(name: str) -> None:
    steps = story(BASE, "hurt", "gekwetst, ja op oefenen").steps
    if name not in {one.name for one in stories(BASE)}:
        assert without_story(with_story(BASE, "hurt", name, steps), "hurt", name) == BASE
        assert without_story(with_story(BASE, "eigen", name, steps), "eigen", name) == BASE
    new = with_new_response(
        BASE, "utter_eigen_x", [{"text": name}, {"text": name + " b", "buttons": [{"title": name, "payload": "/affirm"}]}], NEED
    )
    assert responses(new)["utter_eigen_x"][1]["buttons"][0]["title"] == name
    assert without_response(new, "utter_eigen_x") == BASE


@given(strategies.lists(TEXTS | HARD, min_size=1, max_size=4, unique_by=cleaned))
@settings(max_examples=60, deadline=None)
def test_messages_that_come_and_go_leave_no_trace(messages: list[str]) -> None:
    new = [one for one in map(cleaned, messages) if one and one not in examples(BASE)["express_hurt"]]
    changed = with_examples(BASE, "express_hurt", new)
    assert examples(changed)["express_hurt"][-len(new) :] == new or not new
    assert with_examples(changed, "express_hurt", remove=new) == BASE


def test_conditions_and_metadata_are_kept() -> None:
    special = {
        "text": "Alleen op Telegram.",
        "condition": [{"type": "slot", "name": "coaching_unlocked", "value": True}],
        "metadata": {"wie": "Lilia", "lijst": [1, 2.5, None]},
        "channel": "telegram",
    }
    base = with_response(BASE, NEED, [special, *responses(BASE)[NEED]])
    changed = with_response(base, NEED, [with_text(special, "Anders."), *responses(BASE)[NEED]])
    assert responses(changed)[NEED][0] == {**special, "text": "Anders."}
    assert len(touched(base, changed)) == 2


@pytest.mark.parametrize(
    "source",
    [
        "a: &x 1\nb: *x\n",
        "a: !!python/object/apply:os.system ['true']\n",
        "a: !eigen 1\n",
        "a: {<<: {b: 1}}\n",
        "a: 1\na: 2\n",
        "a: 1\n---\nb: 2\n",
        "[" * 40 + "]" * 40,
        "a: [1\n",
        "\tx: 1\n",
        "",
        "? [a, b]\n: 1\n",
        "&" + "x" * 50 + " a: 1\n",
    ],
)
def test_tricks_are_refused_in_dutch(source: str) -> None:
    with pytest.raises(ContentError, match=r"hoort|staat|gebruikt|leeg|lezen"):
        tree(source, "Dit bestand")


def test_an_alias_bomb_is_refused_at_once() -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40)]
    with pytest.raises(ContentError):
        tree("\n".join(lines), "x")
