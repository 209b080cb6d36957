"""Everything that a therapist sees has a Dutch name of its own."""

from __future__ import annotations

from bot.content.examples import examples
from bot.content.files import shipped
from bot.content.names import flow_name, id_of, intent_name, names, response_name, step_name
from bot.content.responses import responses
from bot.content.stories import project_rules, stories
from bot.hearing.short_answers import IN_CONTEXT


def test_names_are_complete_and_nothing_is_named_that_is_gone() -> None:
    content = shipped()
    assert set(names()["responses"]) == set(responses(content))
    assert set(names()["intents"]) == {*examples(content), *IN_CONTEXT, "alarm", "nlu_fallback"}
    assert set(names()["flows"]) == {story.flow for story in [*stories(content), *project_rules()]}


def test_no_name_stands_for_two_things() -> None:
    for kind in names().values():
        assert len(set(kind.values())) == len(kind)


def test_names_are_plain_dutch() -> None:
    for kind in names().values():
        assert not [name for name in kind.values() if "_" in name or name != name.strip()]
    assert not [step_name(step) for story in stories(shipped()) for step in story.steps if "_" in step_name(step)]


def test_what_a_therapist_made_is_called_as_they_called_it() -> None:
    assert response_name("utter_eigen_even_rust") == "even rust"
    assert flow_name("na_de_ruzie") == "Na de ruzie"
    assert intent_name("iets_nieuws") == "iets nieuws"
    assert id_of("Na dé ruzie: 'écht' 😀!") == "na_de_ruzie_echt"
    assert id_of("😀") == ""
