"""Two therapists at once: what one changed is taken over, what both changed is shown, and nothing is overwritten."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings, strategies

from bot.content.examples import examples, with_examples
from bot.content.files import Content, shipped
from bot.content.flow_edits import Place, go_on, new_response
from bot.content.merging import MINE, THEIRS, merge
from bot.content.responses import responses, with_response, with_text
from bot.content.stories import stories, story
from bot.content.validity import problems

BASE = shipped()
NEED = "utter_hurt_need"
# A rule, from which a story of one's own can branch off.
FURTHER = "gekwetst, verder vertellen"


def changed(content: Content, name: str, **texts: str) -> Content:
    """The content with other texts; `_0="…"` is for the first variant."""
    variants = list(responses(content)[name])
    for number, text in texts.items():
        variants[int(number[1:])] = with_text(variants[int(number[1:])], text)
    return with_response(content, name, variants)


def texts(content: Content, name: str) -> list[str]:
    return [variant["text"] for variant in responses(content)[name]]


def test_sentences_beside_each_other_are_both_taken_over() -> None:
    merged = merge(BASE, changed(BASE, NEED, _0="Van mij?"), changed(BASE, NEED, _1="Van de ander?"), {})
    assert merged.conflicts == []
    assert texts(merged.content, NEED) == ["Van mij?", "Van de ander?", *texts(BASE, NEED)[2:]]


def test_what_both_changed_is_shown_with_both_texts_and_chosen_by_sentence() -> None:
    mine = changed(BASE, NEED, _0="Van mij?", _2="Ook van mij?", _3="Alleen van mij?")
    theirs = changed(BASE, NEED, _0="Van de ander?", _2="Ook van de ander?")
    merged = merge(BASE, mine, theirs, {})
    assert [(one.mine, one.theirs) for one in merged.conflicts] == [("Van mij?", "Van de ander?"), ("Ook van mij?", "Ook van de ander?")]
    first, second = (one.key for one in merged.conflicts)
    chosen = merge(BASE, mine, theirs, {first: MINE, second: THEIRS}).content
    assert texts(chosen, NEED) == ["Van mij?", texts(BASE, NEED)[1], "Ook van de ander?", "Alleen van mij?", *texts(BASE, NEED)[4:]]


def test_a_text_and_a_button_of_one_sentence_go_together() -> None:
    name = "utter_hurt_message"
    first, *rest = responses(BASE)[name]
    button = {**first, "buttons": [{**first["buttons"][0], "title": "Doe maar"}, first["buttons"][1]]}
    merged = merge(BASE, changed(BASE, name, _0="Zullen we?"), with_response(BASE, name, [button, *rest]), {})
    assert merged.conflicts == []
    assert responses(merged.content)[name][0] == {**button, "text": "Zullen we?"}


def test_one_removed_what_the_other_changed() -> None:
    mine = with_response(BASE, NEED, responses(BASE)[NEED][1:])
    theirs = changed(BASE, NEED, _0="Toch houden?")
    (conflict,) = merge(BASE, mine, theirs, {}).conflicts
    assert (conflict.mine, conflict.theirs) == ("", "Toch houden?")
    assert "Toch houden?" not in texts(merge(BASE, mine, theirs, {conflict.key: MINE}).content, NEED)
    assert texts(merge(BASE, mine, theirs, {conflict.key: THEIRS}).content, NEED)[0] == "Toch houden?"


def test_messages_of_both_are_there_and_those_that_either_removed_are_gone() -> None:
    first, second = examples(BASE)["express_hurt"][:2]
    mine = with_examples(BASE, "express_hurt", ["dat van mij deed zeer"], [first])
    theirs = with_examples(BASE, "express_hurt", ["dat van hen deed zeer"], [second])
    found = examples(merge(BASE, mine, theirs, {}).content)["express_hurt"]
    assert {"dat van mij deed zeer", "dat van hen deed zeer"} < set(found)
    assert not {first, second} & set(found)


def test_a_message_under_two_intents_is_a_conflict() -> None:
    mine = with_examples(BASE, "express_hurt", ["het steekt zo"])
    theirs = with_examples(BASE, "express_blame", ["Het steekt zo"])
    (conflict,) = merge(BASE, mine, theirs, {}).conflicts
    assert (conflict.mine, conflict.theirs) == ("vertelt over eigen pijn", "wijst naar de ander")
    for choice in (MINE, THEIRS):
        assert problems(merge(BASE, mine, theirs, {conflict.key: choice}).content, BASE) == []


def test_new_stories_and_sentences_of_both_are_there() -> None:
    mine, one = new_response(BASE, "van mij", [{"text": "Van mij."}], NEED)
    mine = go_on(mine, Place("hurt", FURTHER, 1), "involve_others", one)
    theirs, two = new_response(BASE, "van de ander", [{"text": "Van de ander."}], NEED)
    theirs = go_on(theirs, Place("hurt", FURTHER, 1), "ask_trust", two)
    merged = merge(BASE, mine, theirs, {})
    assert merged.conflicts == []
    assert problems(merged.content, BASE) == []
    assert {one, two} < {step.get("action") for telling in stories(merged.content) for step in telling.steps}


def test_stories_that_do_not_go_together_can_be_chosen_one_by_one() -> None:
    def branch(text: str) -> Content:
        content, name = new_response(BASE, text, [{"text": text}], NEED)
        return go_on(content, Place("hurt", FURTHER, 1), "ask_trust", name)

    # The same branch with another answer, under two names.
    mine = branch("van mij")
    theirs = branch("van de ander")
    key = next(one.name for one in stories(theirs) if one not in stories(BASE))
    renamed = {path: text.replace(f'"{key}"', "van de ander") for path, text in theirs.items()}
    merged = merge(BASE, mine, renamed, {})
    assert merged.conflicts == []
    assert "spreken elkaar tegen" in problems(merged.content, BASE)[0]
    conflicts = merge(BASE, mine, renamed, {}, every_story=True).conflicts
    assert len(conflicts) == 2
    theirs_only = merge(BASE, mine, renamed, {one.key: THEIRS for one in conflicts}, every_story=True).content
    assert problems(theirs_only, BASE) == []
    assert story(theirs_only, "hurt", "van de ander")


@given(data=strategies.data())
@settings(max_examples=30, deadline=None)
def test_whatever_both_do_nothing_is_lost(data: Any) -> None:
    """Each text that one wrote stands in the result, or in a conflict."""
    words = strategies.text("abcé 'ÿ\"{}:#-?😀", min_size=1, max_size=12).map(str.strip).filter(bool)
    edits = strategies.dictionaries(strategies.integers(0, 3), words, max_size=4)
    sides = []
    for sign in ("A", "B"):
        chosen = data.draw(edits)
        sides.append(changed(BASE, NEED, **{f"_{number}": f"{sign} {text}" for number, text in chosen.items()}))
    merged = merge(BASE, sides[0], sides[1], {})
    there = {*texts(merged.content, NEED)}
    shown = {text for conflict in merged.conflicts for text in (conflict.mine, conflict.theirs)}
    for side in sides:
        assert {text for text in texts(side, NEED) if text not in texts(BASE, NEED)} <= there | shown
    for path in BASE:
        assert path == "domain.yml" or merged.content[path] == BASE[path]
