"""Edits of conversations: they reach every story that shares the turn, and what is fixed stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings, strategies
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.generator import TrainingDataGenerator
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.core.training_data.structures import StoryGraph

from bot.content.files import Content, ContentError, shipped
from bot.content.flow_edits import Place, go_on, link, move, new_flow, new_intent, new_response, remove, say_less, say_more
from bot.content.stories import Step, stories, story
from bot.content.turns import conversation, turns
from bot.content.validity import problems

BASE = shipped()
YES = "gekwetst, ja op oefenen"
PAIN = [one for one in stories(BASE) if one.flow == "hurt"]


def at(number: int, name: str = YES) -> Place:
    return Place("hurt", name, number)


def with_rest() -> tuple[Content, str]:
    return new_response(BASE, "Even rust", [{"text": "Neem even rust."}], "utter_hurt_need")


def steps_of(content: Content, name: str, flow: str = "hurt") -> list[Step]:
    return list(story(content, flow, name).steps)


def test_stories_that_begin_alike_are_one_conversation_with_branches() -> None:
    first, second = conversation(PAIN)
    assert len(first.stories) == 3
    assert first.branches[0].branches[0].branches[0].turn.said == ["utter_hurt_message"]
    assert [branch.turn.intents for branch in first.branches[0].branches[0].branches[0].branches] == [
        ["express_hurt"],
        ["affirm"],
        ["deny"],
    ]
    assert second.turn.intents == ["express_blame"]


def test_choices_and_links_are_part_of_their_turn() -> None:
    steps: list[Step] = [{"or": [{"intent": "affirm"}, {"intent": "thank"}]}, {"action": "utter_a"}, {"checkpoint": "x"}]
    (one,) = turns(steps)
    assert (one.intents, one.said) == (["affirm", "thank"], ["utter_a"])
    assert [turn.intents for turn in turns([{"checkpoint": "x"}, *steps])] == [[], ["affirm", "thank"]]


def test_one_more_sentence_reaches_all_that_share_the_turn() -> None:
    content, name = with_rest()
    content = say_more(content, at(1), name)
    assert [{"action": name} in one.steps for one in stories(content) if one.flow == "hurt"] == [True] * 3 + [False] * 2
    assert problems(content, BASE) == []
    assert say_less(content, at(1), name)["data/stories/hurt.yml"] == BASE["data/stories/hurt.yml"]


def test_a_leaf_grows_and_a_turn_in_the_middle_branches() -> None:
    content, name = with_rest()
    grown = go_on(content, at(4), "express_shame", name)
    assert steps_of(grown, YES)[-2:] == [{"intent": "express_shame"}, {"action": name}]
    branched = go_on(content, at(1), "express_shame", name)
    assert steps_of(branched, "gekwetst, schaamt zich") == [*steps_of(BASE, YES)[:4], {"intent": "express_shame"}, {"action": name}]
    assert problems(grown, BASE) == problems(branched, BASE) == []


def test_moving_there_and_back_changes_nothing() -> None:
    moved = move(BASE, at(2), up=True)
    assert [turn.said for turn in turns(steps_of(moved, YES))][1:3] == [["utter_hurt_need"], ["utter_hurt_deepen"]]
    assert moved != BASE
    assert move(moved, at(1), up=False) == BASE


def test_a_turn_goes_and_with_it_what_is_left_of_no_use() -> None:
    gone = remove(BASE, at(4), with_rest=False)
    assert YES not in [one.name for one in stories(gone)], "it would only repeat the beginning of another story"
    cut = remove(BASE, at(1), with_rest=True)
    assert [one.name for one in stories(cut) if one.flow == "hurt"][-1] == "gekwetst, eerst boos, nee op oefenen"
    assert problems(gone, BASE) == problems(cut, BASE) == []


@pytest.mark.parametrize(
    "work",
    [
        lambda content, name: say_more(content, Place("practice", "een mens spreken, nu niet", 0), name),
        lambda content, name: say_more(content, Place("checkup", "relatie-apk", 0), name),
        lambda content, name: move(content, Place("practice", "een mens spreken, ja", 1), up=True),
        lambda content, name: remove(content, Place("practice", "kennismaken, ja", 1), with_rest=True),
        lambda content, name: move(content, at(0), up=True),
        lambda content, name: say_less(content, at(1), "utter_hurt_deepen"),
        lambda content, name: go_on(content, at(3), "affirm", name),
        lambda content, name: go_on(content, at(99), "affirm", name),
        lambda content, name: go_on(content, at(3, "nix"), "affirm", name),
        lambda content, name: remove(content, Place("yes_and_no", "ja zonder vraag", 5), with_rest=True),
        lambda content, name: link(content, at(3), "deny", ("hurt", YES)),
        lambda content, name: new_flow(content, "Pijn", [{"intent": "affirm"}], []),
        lambda content, name: new_flow(content, "😀", [{"intent": "affirm"}], []),
    ],
)
def test_what_can_not_be_done_is_refused(work: Callable[[Content, str], Any]) -> None:
    with pytest.raises(ContentError):
        work(*with_rest())


def paths_in_rasa(content: Content) -> list[list[str]]:
    """The intents and actions of every way through the stories, as Rasa trains on them."""
    import yaml

    domain = Domain.from_yaml(content["domain.yml"])
    reader = YAMLStoryReader()
    read = [
        reader.read_from_parsed_yaml({"stories": yaml.safe_load(text)["stories"]}) for path, text in content.items() if "stories/" in path
    ]
    graph = StoryGraph([step for steps in read for step in steps])
    trackers = TrainingDataGenerator(graph, domain, remove_duplicates=True, augmentation_factor=0).generate()
    found = []
    for tracker in trackers:
        names = [
            event.intent_name if isinstance(event, UserUttered) else event.action_name
            for event in tracker.events
            if isinstance(event, UserUttered | ActionExecuted)
        ]
        found.append([str(name) for name in names if name != "action_listen"])
    return found


def test_rasa_follows_a_link_into_the_other_conversation() -> None:
    content = link(BASE, at(3), "ask_forgiveness", ("forgiveness_and_trust", "vergeven"))
    assert problems(content, BASE) == []
    before, after = paths_in_rasa(BASE), paths_in_rasa(content)
    assert [
        "ask_forgiveness",
        "utter_forgiveness_is",
        "ask_forgiveness",
        "utter_forgiveness_steps",
        "ask_forgiveness",
        "utter_forgiveness_alone",
    ] in after
    pain = [name for step in steps_of(BASE, YES)[:8] for name in step.values()]
    joined = [
        *pain,
        "ask_forgiveness",
        "utter_forgiveness_is",
        "ask_forgiveness",
        "utter_forgiveness_steps",
        "ask_forgiveness",
        "utter_forgiveness_alone",
    ]
    assert joined in after
    assert sorted(before) == sorted(path for path in after if path != joined)
    again = link(content, at(2), "ask_forgiveness", ("forgiveness_and_trust", "vergeven"))
    assert problems(again, BASE) == []


def test_a_new_kind_of_message_and_a_conversation_about_it() -> None:
    content, intent = new_intent(BASE, "Vreemd gaan", [f"ze ging vreemd, voor de {number}e keer" for number in range(20)])
    content, name = new_response(content, "vreemdgaan: begin", [{"text": "Wat is er gebeurd?"}])
    content, flow = new_flow(content, "Vreemd gaan", [{"intent": intent}], [("vreemdgaan", [{"action": name}])])
    assert (intent, name, flow) == ("eigen_vreemd_gaan", "utter_eigen_vreemdgaan_begin", "vreemd_gaan")
    assert problems(content, BASE) == []
    unheard = {path: text for path, text in content.items() if "stories/vreemd_gaan" not in path}
    assert "heeft de coach geen antwoord" in problems(unheard, BASE)[0]
    gone = remove(content, Place(flow, "vreemdgaan", 0), with_rest=True)
    assert {path for path in gone if gone[path] != BASE.get(path)} == {"domain.yml"}, "only the sentence is left"


@given(strategies.data())
@settings(max_examples=40, deadline=None)
def test_whatever_is_done_in_a_row_can_be_read_and_agrees_or_is_refused(data: Any) -> None:
    content, name = with_rest()
    for _ in range(data.draw(strategies.integers(1, 4))):
        one = data.draw(strategies.sampled_from([one for one in stories(content) if not one.rule]))
        place = Place(one.flow, one.name, data.draw(strategies.integers(0, len(turns(one.steps)))))
        intent = data.draw(strategies.sampled_from(["affirm", "deny", "express_shame", "ask_trust"]))
        work: Callable[[Content], Content] = data.draw(
            strategies.sampled_from(
                [
                    lambda one, p=place: say_more(one, p, name),
                    lambda one, p=place, i=intent: go_on(one, p, i, name),
                    lambda one, p=place: move(one, p, up=True),
                    lambda one, p=place: remove(one, p, with_rest=False),
                    lambda one, p=place: remove(one, p, with_rest=True),
                    lambda one, p=place, i=intent: link(one, p, i, ("forgiveness_and_trust", "vertrouwen")),
                ]
            )
        )
        try:
            changed = work(content)
        except ContentError:
            continue
        if problems(changed, BASE) == []:
            content = changed
    fixed = [one for one in stories(BASE) if one.fixed]
    assert [one for one in stories(content) if one.fixed] == fixed
