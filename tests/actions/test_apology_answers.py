"""What comes into the text of an apology and what stays out: questions, orders, blame; and a deed is in it or named as missing."""

from __future__ import annotations

import pytest

from actions.about_talk import is_question
from actions.apology_edits import edit_in
from actions.apology_form import FORM, SLOT
from actions.apology_text import is_order, writes_it_all
from tests.actions.apology_talk import Talk, run, talk

__all__ = ["talk"]

DEED = "ik heb haar uitgelachen waar iedereen bij was"


def to_repair(talk: Talk) -> None:
    for text in (DEED, "ze werd stil", "ik schaam me", "ik doe het nooit meer"):
        talk.say(text)
    assert talk.apology.asked == "repair"


@pytest.mark.parametrize("text", ["en als ze niet antwoord", "is da goed genoeg.", "wat als hij boos wordt", "wat denk je, is dat genoeg"])
def test_a_question_without_its_mark(text: str) -> None:
    assert is_question(text)


@pytest.mark.parametrize("text", ["en als ze roept ga ik even weg", "als ze wil praten luister ik"])
def test_what_somebody_will_do_is_no_question(text: str) -> None:
    assert not is_question(text)


def test_orders_and_button_titles_are_said_to_the_coach() -> None:
    assert is_order("Bewaar dit.") and not is_order("ik bewaar voortaan alle bonnetjes in een map")
    assert writes_it_all("Ik schrijf het zelf.") and not writes_it_all("ik moet zelf veranderen")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("en als ze niet antwoord", "utter_apology_no_answer"),
        ("Is da goed genoeg.", "utter_apology_still_open"),
        ("Zelf geven of opsturen.", "utter_apology_giving"),
        ("hoe geef ik het", "utter_apology_giving"),
        ("Misschien. Morgen. Keuken.", "utter_apology_hint_repair"),
        ("Bewaar dit.", "utter_apology_text_now"),
        ("Ik schrijf het zelf.", "utter_draft_ask"),
        ("Ja maar mijn baas deed lastig.", "utter_apology_own_hurt"),
        ("Zij appt ook met haar ex. Gelijk heb ik.", "utter_apology_own_hurt"),
    ],
)
def test_what_is_no_answer_stays_out_of_the_text(talk: Talk, text: str, said: str) -> None:
    to_repair(talk)
    assert talk.say(text, "nlu_fallback")[0] == said
    assert "repair" not in talk.apology.told


def test_a_question_about_the_text_is_answered_with_what_weakens_it_or_is_missing(talk: Talk) -> None:
    assert talk.say("wil je mijn sorry brief lezen", "share_apology_draft") == ["utter_draft_ask"]
    talk.say("Lieve Jan, sorry dat ik je uitlachte maar jij begon. Het spijt me.", "share_apology_draft")
    assert talk.say("wat moet er beter", "out_of_scope")[0] == "utter_review_weakens"
    assert talk.say("wat ontbreekt er", "nlu_fallback") == ["utter_review_missing_acknowledge_pain"]


def test_a_right_answer_gets_no_lecture(talk: Talk) -> None:
    talk.say("kheb een ander gekust")
    assert talk.say("hij huilde", "express_hurt") == ["utter_apology_feel"]
    assert talk.say("ik schaam me", "express_shame") == ["utter_apology_repeat"]
    assert talk.say("niet meer drinken op haar feestjes", "resist_first_step") == ["utter_apology_repair"]


def test_the_word_that_was_said_is_the_deed(talk: Talk) -> None:
    talk.say("ik wil sorry zeggen")
    talk.say("we hadden ruzie over de afwas")
    assert talk.say("stomme trut") == ["utter_apology_pain"]
    assert talk.apology.told["responsibility"] == "ik noemde je een stomme trut"


def test_a_text_without_a_deed_is_never_called_ready(talk: Talk) -> None:
    talk.say("ik wil sorry zeggen")
    for text in (
        "het was op het feest",
        "geen idee",
        "sla over",
        "ze was verdrietig",
        "ik schaam me",
        "ik let voortaan op",
        "ik kook voor haar",
    ):
        talk.say(text, "nlu_fallback")
    assert talk.say("lees het na")[-1] == "utter_review_missing_responsibility"
    said = talk.say("weet ik niet", "nlu_fallback")
    assert said[-1] == "utter_apology_without" and "utter_review_ready" not in said
    assert talk.course is not None and talk.course.replies[-1].parts == "wat je precies deed"
    assert talk.say("is het zo goed?", "nlu_fallback") == ["utter_apology_without"]


def test_the_second_sentence_goes_and_no_other(talk: Talk) -> None:
    to_repair(talk)
    talk.say("ik nodig haar uit")
    talk.say("zin 2 weg", "nlu_fallback")
    assert talk.apology.draft == "Ik heb je uitgelachen waar iedereen bij was. Ik schaam me. Ik doe het nooit meer. Ik nodig je uit."
    assert talk.apology.told["regret"] == "ik schaam me"
    edit = edit_in("doe mijn sorry korter")
    assert edit is not None and edit.new is None


@pytest.mark.parametrize(
    ("text", "intent", "asked", "said"),
    [
        ("hoe zeg ik dat dan", "ask_first_step", "regret", "utter_apology_example_regret"),
        ("ik stop ermee", "stop", "no_repeat", "utter_apology_repair"),
    ],
)
def test_what_sounds_like_another_task_is_of_the_apology(text: str, intent: str, asked: str, said: str) -> None:
    told = {"story": "x", "responsibility": DEED, "acknowledge_pain": "ze werd stil"}
    if asked == "no_repeat":
        told["regret"] = "ik schaam me"
    message = {"event": "user", "text": text, "intent": {"name": intent, "confidence": 0.95}}
    messages, _ = run(
        [{"event": "action", "name": "action_listen"}, message], {SLOT: {"told": told, "asked": asked}, "requested_slot": SLOT}, FORM
    )
    assert messages and messages[0]["response"] == said
