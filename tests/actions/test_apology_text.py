"""The text on the way to an apology: seen and changed at any moment, and nothing in it that the visitor would not want to give."""

from __future__ import annotations

import pytest

from actions.apology_flow import Apology, Course
from actions.apology_text import announces, number_named, wants_change, wants_to_see
from actions.turns import Turn
from tests.actions.apology_talk import RESPONSES, Talk

LETTER = "Lieve Anna, sorry dat ik zo tegen je tekeer ging. Het spijt me. Liefs, Tom"


@pytest.fixture
def talk() -> Talk:
    return Talk()


@pytest.mark.parametrize(
    "text", ["laat de tekst zien", "mag ik de tekst zien", "kan ik het nog eens lezen", "wat staat er nu", "lees het eens voor"]
)
def test_asks_for_the_text(text: str) -> None:
    assert wants_to_see(text)


@pytest.mark.parametrize("text", ["ik zal haar laten zien dat ik van haar hou", "ik laat voortaan de rekeningen zien", "lees het na"])
def test_showing_the_partner_something_is_an_answer(text: str) -> None:
    assert not wants_to_see(text)


@pytest.mark.parametrize("text", ["ik wil die zin veranderen", "kan ik iets aanpassen", "verander de tekst", "er staat een fout in"])
def test_asks_for_a_change(text: str) -> None:
    assert wants_change(text)


@pytest.mark.parametrize("text", ["ik wil mezelf veranderen", "ik ga het anders doen", "ik moet veranderen"])
def test_changing_oneself_is_a_promise(text: str) -> None:
    assert not wants_change(text)


def test_a_number_with_or_without_words() -> None:
    assert number_named("2: ik heb je uitgelachen", 3) == (1, "ik heb je uitgelachen")
    assert number_named("de laatste", 3) == (2, "")
    assert number_named("9 dag", 3) == (None, "dag")
    assert number_named("3 uur wachten", 3) == (None, "3 uur wachten")


def test_what_is_added_to_a_letter_speaks_to_the_partner_and_stands_before_the_greeting(talk: Talk) -> None:
    talk.say(LETTER, "share_apology_draft")
    talk.say("Anna voelde zich klein", "express_hurt")
    talk.say("ik ga voortaan eerst tot tien tellen")
    assert talk.apology.draft == (
        "Lieve Anna, sorry dat ik zo tegen je tekeer ging. Het spijt me. Je voelde je klein. Ik ga voortaan eerst tot tien tellen. Liefs, Tom"
    )


def test_the_text_is_shown_and_changed_at_any_moment(talk: Talk) -> None:
    talk.say("ik wil sorry zeggen")
    assert talk.say("laat de tekst zien", "nlu_fallback") == ["utter_apology_no_text", "utter_apology_story"]
    talk.say("we waren bij haar ouders en er werd gelachen")
    talk.say("ik heb haar uitgelachen")
    talk.say("ze was verdrietig")
    assert talk.say("laat de tekst zien", "nlu_fallback")[0] == "utter_apology_text_now"
    assert talk.course is not None and talk.course.replies[0].parts == "Ik heb je uitgelachen. Je was verdrietig."
    assert talk.say("ik wil die zin veranderen") == ["utter_apology_which"]
    assert talk.say("de eerste") == ["utter_apology_new_words"]
    assert talk.say("ik heb haar hard uitgelachen")[0] == "utter_apology_text_now"
    assert talk.apology.told["responsibility"] == "ik heb haar hard uitgelachen"


def test_a_sentence_of_a_letter_is_changed_and_the_rest_stays(talk: Talk) -> None:
    talk.say(LETTER, "share_apology_draft")
    talk.say("ik wil die zin veranderen")
    talk.say("2 het spijt me heel erg")
    assert talk.apology.draft == "Lieve Anna, sorry dat ik zo tegen je tekeer ging. Het spijt me heel erg. Liefs, Tom"
    talk.say("ik wil nog iets aanpassen", "resume")
    talk.say("de eerste")
    talk.say("Lieve Anna, sorry dat ik schreeuwde", "share_apology_draft")
    assert talk.apology.draft == "Lieve Anna, sorry dat ik schreeuwde. Het spijt me heel erg. Liefs, Tom"
    assert talk.say("ik wil nog iets aanpassen") == ["utter_apology_which"]
    talk.say("nee, laat maar", "deny")
    assert talk.apology.changing is None


def test_an_excuse_or_an_insult_does_not_count_as_what_was_missing(talk: Talk) -> None:
    talk.say("Het spijt me zo, lieve Anna. Liefs, Tom", "share_apology_draft")
    assert talk.apology.missing == "responsibility"
    assert talk.say("ik was zo moe", "minimise_harm") == ["utter_review_weakens", "utter_review_missing_responsibility"]
    assert "moe" not in talk.apology.draft
    said = talk.say("ik heb tegen je gelogen")
    assert said[0] == "utter_review_better"


def test_no_praise_for_what_is_not_in_the_text(talk: Talk) -> None:
    talk.say("Het spijt me zo, lieve Anna. Liefs, Tom", "share_apology_draft")
    assert talk.say("sla over", "deny") == ["utter_review_missing_acknowledge_pain"]
    assert talk.apology.missing == "acknowledge_pain"


def test_an_insult_is_quoted_and_asked_again(talk: Talk) -> None:
    talk.say("ik wil sorry zeggen")
    talk.say("we hadden ruzie over de afwas")
    talk.say("ik heb haar uitgelachen")
    assert talk.say("ze was zo'n trut en ze huilde")[0] == "utter_review_weakens"
    assert "acknowledge_pain" not in talk.apology.told


def test_what_was_told_already_is_not_asked_again(talk: Talk) -> None:
    talk.say("ik heb tegen mijn vrouw gelogen over geld, ze heeft er nachten van wakker gelegen en ik heb er spijt van")
    assert talk.say("dat heb ik al gezegd", "nlu_fallback") == ["utter_asked_already", "utter_understood", "utter_apology_repair"]
    assert talk.say("je vraagt steeds hetzelfde", "nlu_fallback")[-1] == "utter_apology_draft"
    assert not any(f"missing_{part}" in reply for part in ("no_repeat", "repair") for reply in talk.say("lees het na"))


def test_what_was_told_before_the_way_began_is_not_asked() -> None:
    course = Course(Apology(), RESPONSES)
    course.open(Turn("ja", "affirm", False, "utter_minimise_invite"), ["ik heb tegen mijn vrouw gelogen over geld", "/affirm"])
    assert [reply.response for reply in course.replies] == ["utter_apology_pain"]


def test_a_cry_for_help_is_no_sentence_of_the_apology(talk: Talk) -> None:
    talk.say("ik wil sorry zeggen")
    assert talk.say("help me even", "ask_help") == ["utter_apology_example_story", "utter_apology_story"]
    talk.say("we hadden ruzie over de afwas")
    assert talk.say("help me", "ask_help") == ["utter_apology_example_responsibility", "utter_apology_hear"]
    assert not {"help me", "help me even"} & set(talk.apology.told.values())


def test_saying_that_one_wants_to_apologise_is_no_text_of_it(talk: Talk) -> None:
    assert announces("ik wil mijn excuses aanbieden") and not announces("ik wil je mijn excuses aanbieden")
    assert talk.say("ik wil mijn excuses aanbieden", "share_apology_draft") == ["utter_apology_story"]
