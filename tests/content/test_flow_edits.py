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
from bot.content.stories import Step, Story, stories, story, with_story
from bot.content.turns import conversation, turns
from bot.content.validity import problems

BASE = shipped()
FLOW, YES = "vreemd_gaan", "vreemdgaan, ja"


def with_own_flow() -> Content:
    """The content with a conversation that a therapist made: three stories that begin alike, and two that begin otherwise."""
    content, intent = new_intent(BASE, "Vreemd gaan", [f"ze ging vreemd, voor de {number}e keer" for number in range(20)])
    for title in ("begin", "diepst", "nodig", "zeggen", "ja", "nee", "meer"):
        content, _ = new_response(content, title, [{"text": f"Dat is het stuk over {title}."}])

    def turn(heard: str, said: str) -> list[Step]:
        return [{"intent": heard}, {"action": f"utter_eigen_{said}"}]

    shared = [*turn("express_hurt", "diepst"), *turn("express_hurt", "nodig"), *turn("express_hurt", "zeggen")]
    last = [turn("affirm", "ja"), turn("deny", "nee"), turn("express_hurt", "meer")]
    names = [YES, "vreemdgaan, nee", "vreemdgaan, meer"]
    tellings = [(name, [*shared, *end]) for name, end in zip(names, last, strict=True)]
    content, flow = new_flow(content, "Vreemd gaan", turn(intent, "begin"), tellings)
    for name, end in (("vreemdgaan, eerst boos, ja", last[0]), ("vreemdgaan, eerst boos, nee", last[1])):
        boos: list[Step] = [{"intent": "express_blame"}, {"action": "utter_blame_hear"}, *turn(intent, "nodig"), *end]
        content = with_story(content, flow, name, boos)
    return content


OWN = with_own_flow()


def at(number: int, name: str = YES) -> Place:
    return Place(FLOW, name, number)


def with_rest(base: Content = BASE) -> tuple[Content, str]:
    return new_response(base, "Even rust", [{"text": "Neem even rust."}], "utter_hurt_need")


def steps_of(content: Content, name: str, flow: str = FLOW) -> list[Step]:
    return list(story(content, flow, name).steps)


def in_flow(content: Content, flow: str) -> list[Story]:
    return [one for one in stories(content) if one.flow == flow]


def test_stories_that_begin_alike_are_one_conversation_with_branches() -> None:
    assert problems(OWN, BASE) == []
    first, second = conversation(in_flow(OWN, FLOW))
    assert len(first.stories) == 3
    assert first.branches[0].branches[0].branches[0].turn.said == ["utter_eigen_zeggen"]
    assert [branch.turn.intents for branch in first.branches[0].branches[0].branches[0].branches] == [
        ["affirm"],
        ["deny"],
        ["express_hurt"],
    ]
    assert second.turn.intents == ["express_blame"]


def test_stories_that_go_on_from_words_of_the_coach_are_branches_where_these_are_said() -> None:
    # The others begin with words that code of the project says.
    pain, *others = conversation(in_flow(BASE, "hurt"))
    assert pain.turn.intents == ["express_hurt"]
    assert all(other.turn.intents == [] for other in others)
    (deepen,) = pain.branches
    (need,) = deepen.branches
    (message,) = need.branches
    assert message.turn.said == ["utter_hurt_message"]
    assert [branch.turn.intents for branch in message.branches] == [
        ["affirm"],
        ["deny"],
        ["express_hurt", "express_blame", "express_shame", "minimise_harm", "nlu_fallback"],
    ]
    assert message.fixed and not pain.fixed, "only what is fixed itself"


def test_choices_and_links_are_part_of_their_turn() -> None:
    steps: list[Step] = [{"or": [{"intent": "affirm"}, {"intent": "thank"}]}, {"action": "utter_a"}, {"checkpoint": "x"}]
    (one,) = turns(steps)
    assert (one.intents, one.said) == (["affirm", "thank"], ["utter_a"])
    assert [turn.intents for turn in turns([{"checkpoint": "x"}, *steps])] == [[], ["affirm", "thank"]]


def test_one_more_sentence_reaches_all_that_share_the_turn() -> None:
    content, name = with_rest(OWN)
    content = say_more(content, at(1), name)
    assert [{"action": name} in one.steps for one in in_flow(content, FLOW)] == [True] * 3 + [False] * 2
    assert problems(content, BASE) == []
    assert say_less(content, at(1), name)[f"data/stories/{FLOW}.yml"] == OWN[f"data/stories/{FLOW}.yml"]


STEPS = Place("forgiveness", "vergeven, wat eerst gehoord moet worden", 1)


def test_what_others_go_on_from_stays_the_last_that_is_said() -> None:
    """Else the visitor's next answer would reach nothing."""
    content, name = with_rest()
    content = say_more(content, STEPS, name)
    assert steps_of(content, STEPS.story, "forgiveness")[2:] == [{"action": name}, {"action": "utter_forgiveness_steps"}]
    assert problems(content, BASE) == []
    assert len(conversation(in_flow(content, "forgiveness"))) == len(conversation(in_flow(BASE, "forgiveness")))
    with pytest.raises(ContentError, match="gaat het gesprek verder"):
        say_less(content, STEPS, "utter_forgiveness_steps")
    assert say_less(content, STEPS, name)["data/stories/forgiveness.yml"] == BASE["data/stories/forgiveness.yml"]


def test_a_turn_goes_only_with_the_stories_that_go_on_from_it() -> None:
    with pytest.raises(ContentError, match="wat erop volgt"):
        remove(BASE, STEPS, with_rest=False)
    gone = remove(BASE, STEPS, with_rest=True)
    left = ["vergeven", "niet willen vergeven", "vergeven, wat het moeilijk maakt", "vergeven, wat het moeilijk maakt, nee"]
    assert [one.name for one in in_flow(gone, "forgiveness")][:4] == left
    assert "vergeven, wat eerst gehoord moet worden" not in [one.name for one in in_flow(gone, "forgiveness")]
    assert {path for path in BASE if gone[path] != BASE[path]} == {"data/stories/forgiveness.yml"}
    assert problems(gone, BASE) == []
    one_way = remove(BASE, Place("forgiveness", "vergeven, er is ruimte", 1), with_rest=True)
    assert len(in_flow(BASE, "forgiveness")) - len(in_flow(one_way, "forgiveness")) == 1, "the other way still leads there"
    with pytest.raises(ContentError, match="vast"):
        remove(BASE, Place("trust", "vertrouwen, tijd", 1), with_rest=True)


def test_a_leaf_grows_and_a_turn_in_the_middle_branches() -> None:
    content, name = with_rest(OWN)
    new: list[Step] = [{"intent": "express_shame"}, {"action": name}]
    grown = go_on(content, at(4), "express_shame", name)
    assert steps_of(grown, YES)[-2:] == new
    branched = go_on(content, at(1), "express_shame", name)
    assert steps_of(branched, "vreemdgaan, schaamt zich") == [*steps_of(OWN, YES)[:4], *new]
    assert problems(grown, BASE) == problems(branched, BASE) == []


def test_a_branch_can_come_from_a_rule() -> None:
    content, name = with_rest()
    head = steps_of(BASE, "gekwetst, verder vertellen", "hurt")
    branched = go_on(content, Place("hurt", "gekwetst, verder vertellen", 1), "ask_trust", name)
    assert steps_of(branched, "gekwetst, vraagt over vertrouwen", "hurt") == [*head, {"intent": "ask_trust"}, {"action": name}]
    assert problems(branched, BASE) == []


def test_moving_there_and_back_changes_nothing() -> None:
    moved = move(OWN, at(2), up=True)
    assert [turn.said for turn in turns(steps_of(moved, YES))][1:3] == [["utter_eigen_nodig"], ["utter_eigen_diepst"]]
    assert moved != OWN
    assert move(moved, at(1), up=False) == OWN


def test_a_turn_goes_and_with_it_what_is_left_of_no_use() -> None:
    gone = remove(OWN, at(4), with_rest=False)
    assert YES not in [one.name for one in stories(gone)], "it would only repeat the beginning of another story"
    cut = remove(OWN, at(1), with_rest=True)
    assert [one.name for one in in_flow(cut, FLOW)][-2:] == ["vreemdgaan, eerst boos, ja", "vreemdgaan, eerst boos, nee"]
    assert len(in_flow(cut, FLOW)) == 3
    assert problems(gone, BASE) == problems(cut, BASE) == []


@pytest.mark.parametrize(
    "work",
    [
        lambda content, name: say_more(content, Place("practice", "een mens spreken, nu niet", 0), name),
        lambda content, name: say_more(content, Place("checkup", "relatie-apk", 0), name),
        lambda content, name: move(content, Place("practice", "een mens spreken, ja", 1), up=True),
        lambda content, name: remove(content, Place("practice", "kennismaken, ja", 1), with_rest=True),
        lambda content, name: move(content, at(0), up=True),
        lambda content, name: say_more(content, Place("hurt", "gekwetst, verder vertellen", 1), name),
        lambda content, name: remove(content, Place("hurt", "gekwetst, zo lang als nodig", 1), with_rest=True),
        lambda content, name: move(content, Place("forgiveness", "vergeven, de grens", 1), up=True),
        lambda content, name: say_less(content, at(1), "utter_eigen_diepst"),
        lambda content, name: go_on(content, at(3), "affirm", name),
        lambda content, name: go_on(content, STEPS, "affirm", name),
        lambda content, name: go_on(content, Place("hurt", "gekwetst", 0), "express_blame", name),
        lambda content, name: go_on(content, Place("hurt", "gekwetst, ja op oefenen", 1), "deny", name),
        lambda content, name: go_on(content, at(99), "affirm", name),
        lambda content, name: go_on(content, at(3, "nix"), "affirm", name),
        lambda content, name: remove(content, Place("yes_and_no", "ja zonder vraag", 5), with_rest=True),
        lambda content, name: link(content, at(3), "express_shame", (FLOW, YES)),
        lambda content, name: link(content, at(3), "express_shame", ("hurt", "gekwetst, verder vertellen")),
        lambda content, name: link(content, at(3), "express_shame", ("forgiveness", "vergeven, de grens")),
        lambda content, name: new_flow(content, "Pijn", [{"intent": "affirm"}], []),
        lambda content, name: new_flow(content, "😀", [{"intent": "affirm"}], []),
    ],
)
def test_what_can_not_be_done_is_refused(work: Callable[[Content, str], Any]) -> None:
    with pytest.raises(ContentError):
        work(*with_rest(OWN))


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
        found.append([str(name) for name in names[1:]])
    return found


def own_path(count: int) -> list[str]:
    """The first turns of a therapist's own story, each with the coach waiting after it."""
    return [name for turn in turns(steps_of(OWN, YES))[:count] for name in (*turn.intents, *turn.said, "action_listen")]


def test_rasa_follows_a_link_into_the_other_conversation() -> None:
    """Into one that has more turns: what follows there follows here as well."""
    target = ("forgiveness", "vergeven")
    before = go_on(OWN, Place(*target, 0), "express_shame", "utter_eigen_diepst")
    content = link(before, at(3), "ask_forgiveness", target)
    assert {"checkpoint": "verder_forgiveness_vergeven"} in steps_of(content, "vergeven", "forgiveness")
    assert problems(content, BASE) == []
    told, now = paths_in_rasa(before), paths_in_rasa(content)
    there = ["ask_forgiveness", "utter_forgiveness_is", "action_listen", "express_shame", "utter_eigen_diepst", "action_listen"]
    assert there in now
    joined = [*own_path(4), *there]
    assert joined in now
    assert sorted(told) == sorted(path for path in now if path != joined)
    again = link(content, at(2), "ask_forgiveness", target)
    assert problems(again, BASE) == []


def test_a_link_into_words_that_others_go_on_from_needs_no_joint() -> None:
    """Rasa would not learn to wait for the visitor there."""
    content = link(OWN, at(3), "ask_forgiveness", ("forgiveness", "vergeven"))
    assert problems(content, BASE) == []
    assert content["data/stories/forgiveness.yml"] == BASE["data/stories/forgiveness.yml"]
    before, after = paths_in_rasa(OWN), paths_in_rasa(content)
    assert all(path in after for path in before)
    assert [path for path in after if path not in before] == [[*own_path(4), "ask_forgiveness", "utter_forgiveness_is", "action_listen"]]


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
                    lambda one, p=place, i=intent: link(one, p, i, ("trust", "vertrouwen")),
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
