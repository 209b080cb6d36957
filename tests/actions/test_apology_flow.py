"""The way to an apology, turn by turn, with the texts of domain.yml and the real reading of apologies."""

from __future__ import annotations

import pytest

from actions.apology_flow import Course
from actions.apology_form import FORM, SLOT
from actions.apology_questions import ASIDES, ORDER, QUESTIONS
from actions.turns import Turn
from tests.actions.apology_talk import RESPONSES, Talk, run, talk, told_all

__all__ = ["talk"]


def test_one_part_after_the_other_until_it_can_be_given(talk: Talk) -> None:
    assert talk.say("ik heb iets gedaan waar ik spijt van heb") == ["utter_apology_story"]
    assert talk.say("we waren bij haar ouders en er werd gelachen") == ["utter_apology_hear"]
    assert talk.say("ik heb haar voor schut gezet") == ["utter_apology_pain"]
    assert talk.say("ze werd helemaal stil") == ["utter_apology_feel"]
    assert talk.say("ik voel me er rot over") == ["utter_apology_repeat"]
    assert talk.say("ik maak geen grapjes meer over haar werk") == ["utter_apology_repair"]
    assert talk.say("ik wil haar ouders bellen") == ["utter_apology_draft"]
    assert talk.apology.draft == (
        "Ik heb je voor schut gezet. Je werd helemaal stil. Ik voel me er rot over. Ik maak geen grapjes meer over je werk. Ik wil je ouders bellen."
    )
    assert talk.say("lees het na") == ["utter_review_read", "utter_apology_keep", "utter_review_ready"]
    assert talk.say("zaterdag") == ["utter_apology_say"]
    assert talk.say("dat ik begin te huilen") == ["utter_apology_angry"]
    assert talk.say("gewoon luisteren") == ["utter_apology_done"]
    assert talk.apology.done


def test_who_told_three_parts_at_once_is_not_asked_for_them(talk: Talk) -> None:
    said = talk.say("ik heb gelogen tegen mijn vrouw over geld, ze lag er nachten wakker van en ik ga voortaan alles laten zien")
    assert said == ["utter_apology_feel"]
    assert talk.say("ik schaam me kapot", "express_shame") == ["utter_apology_repair"]


def test_what_belongs_to_another_part_is_kept_there_and_the_question_comes_again(talk: Talk) -> None:
    talk.say("ik heb tegen haar gelogen over geld")
    assert talk.say("ik ga voortaan alles laten zien") == ["utter_apology_pain"]
    assert talk.apology.told["no_repeat"] == "ik ga voortaan alles laten zien"
    assert "acknowledge_pain" not in talk.apology.told


def test_a_softened_deed_is_quoted_and_asked_again_but_not_without_end(talk: Talk) -> None:
    talk.say("ik wil sorry zeggen")
    talk.say("we hadden ruzie over de afwas")
    for _ in range(2):
        assert talk.say("ik heb geroepen maar zij begon") == ["utter_apology_soft"]
        assert talk.course is not None and "'maar zij begon'" in talk.course.replies[0].parts
    assert talk.say("ik heb geroepen maar zij begon") == ["utter_apology_pain"]


def test_the_visitor_changes_their_mind(talk: Talk) -> None:
    talk.say("ik heb een keer tegen haar gelogen over geld")
    assert talk.say("nee wacht, ik heb maanden tegen haar gelogen over geld") == ["utter_apology_changed", "utter_apology_pain"]
    assert "maanden" in talk.apology.told["responsibility"] and "een keer" not in talk.apology.told["responsibility"]


@pytest.mark.parametrize(
    ("text", "intent", "first"),
    [
        ("zo erg was het nou ook weer niet", "minimise_harm", "utter_apology_not_smaller"),
        ("moet ik hem om vergeving vragen?", "ask_forgiveness", "utter_apology_no_asking"),
        ("wat voor weer wordt het morgen", "out_of_scope", "utter_apology_elsewhere"),
        ("kun jij het niet voor me schrijven?", "ask_help", "utter_apology_yours"),
    ],
)
def test_a_word_beside_the_question_is_answered_and_the_thread_offered_again(talk: Talk, text: str, intent: str, first: str) -> None:
    talk.say("ik heb mijn man bedrogen met een collega")
    assert talk.say(text, intent) == [first, "utter_apology_pain"]
    assert "acknowledge_pain" not in talk.apology.told


def test_no_idea_gets_help_first_and_may_be_left_open_then(talk: Talk) -> None:
    talk.say("ik heb mijn man bedrogen met een collega")
    assert talk.say("geen idee") == ["utter_apology_hint_acknowledge_pain"]
    assert talk.say("weet ik niet") == ["utter_apology_feel"]
    assert talk.say("sla over") == ["utter_apology_repeat"]


def test_a_letter_at_the_start_is_read_at_once(talk: Talk) -> None:
    said = talk.say("Lieve Sam,\nhet spijt me dat ik tegen je loog over het geld, maar jij gaf ook zoveel uit.")
    assert said == ["utter_review_read", "utter_review_weakens", "utter_review_missing_acknowledge_pain"]


def test_waar_waren_we_asks_again_and_loses_no_text(talk: Talk) -> None:
    talk.say("Lieve Sam, het spijt me dat ik tegen je loog over het geld. Je hebt er nachten van wakker gelegen.", "share_apology_draft")
    draft = talk.apology.draft
    back = Course(talk.apology, RESPONSES)
    back.open(Turn("waar waren we?", "resume", False, "utter_stopped"))
    assert [reply.response for reply in back.replies] == ["utter_review_missing_no_repeat"]
    assert back.apology.draft == draft


def test_a_person_who_was_asked_for_comes_first(talk: Talk) -> None:
    talk.say("ik heb mijn man bedrogen met een collega")
    course = Course(talk.apology, RESPONSES)
    course.answer(Turn("/affirm", "affirm", True, "utter_human"))
    assert course.to_person and [reply.response for reply in course.replies] == ["utter_intake_start"]
    course = Course(talk.apology, RESPONSES)
    course.answer(Turn("nu niet", "deny", True, "utter_human"))
    assert [reply.response for reply in course.replies] == ["utter_intake_not_now", "utter_apology_pain"]


def test_a_new_apology_begins_anew_and_an_unfinished_one_goes_on(talk: Talk) -> None:
    talk.say("ik heb tegen haar gelogen over geld")
    again = Course(talk.apology, RESPONSES)
    again.open(Turn("ik heb er zo'n spijt van", "express_apology", False, None))
    assert again.apology.told["responsibility"] and again.replies[-1].response == "utter_apology_pain"
    talk.apology.done = True
    anew = Course(talk.apology, RESPONSES)
    anew.open(Turn("ik wil sorry zeggen", "express_apology", False, None))
    assert not anew.apology.told


@pytest.mark.parametrize(
    ("text", "intent", "first"),
    [
        ("Huh verdriet? Ik wil gewoon sorry zeggen.", "share_apology_draft", "utter_apology_misheard"),
        ("je begrijpt me niet", "express_hurt", "utter_apology_misheard"),
        ("Hoe geef ik het best", "share_apology_draft", "utter_apology_giving"),
        ("Per whatsapp?", "express_hurt", "utter_apology_giving"),
        ("en nu?", "express_hurt", "utter_apology_pain"),
        ("toch vind ik dat ze ook begon", "express_hurt", "utter_apology_own_hurt"),
        ("super", "affirm", "utter_apology_pain"),
    ],
)
def test_a_question_a_protest_or_a_blow_back_never_comes_into_the_text(talk: Talk, text: str, intent: str, first: str) -> None:
    talk.say("ik heb tegen haar gelogen over geld")
    before = dict(talk.apology.told)
    assert talk.say(text, intent)[0] == first
    assert talk.apology.told == before and talk.apology.draft == ""


def test_a_plan_that_sounds_like_nothing_else_is_the_answer(talk: Talk) -> None:
    told_all(talk)
    assert talk.apology.draft == (
        "Ik heb je moeder een heks genoemd. Je werd stil. Ik schaam me. Ik tel voortaan eerst tot tien. Bloemen op het graf leggen."
    )


def test_a_text_without_a_promise_is_not_called_complete(talk: Talk) -> None:
    for text in (
        "ik heb tegen haar gelogen over geld",
        "ze lag er wakker van",
        "ik schaam me",
        "weet nie",
        "weet nie",
        "ik wil haar elke maand de rekening laten zien",
    ):
        talk.say(text)
    assert talk.say("lees het na")[-1] == "utter_review_missing_no_repeat"
    assert talk.say("weet nie") == ["utter_apology_keep", "utter_apology_without"]
    assert talk.course is not None and talk.course.replies[-1].parts == "wat je voortaan anders doet"
    assert talk.say("wat mis je") == ["utter_apology_without"]


def test_a_question_in_between_is_no_answer() -> None:
    told = {"told": {"story": "x", "responsibility": "ik loog"}, "asked": "acknowledge_pain"}
    asks = {"event": "user", "text": "wie leest dit mee?", "intent": {"name": "ask_privacy"}}
    between = [
        {"event": "action", "name": "action_listen"},
        asks,
        {"event": "action", "name": "utter_privacy"},
        {"event": "action", "name": FORM},
    ]
    messages, events = run(between, {SLOT: told, "requested_slot": SLOT}, FORM)
    assert [message["response"] for message in messages] == ["utter_apology_pain"]
    assert events[0]["value"]["told"] == told["told"]
    assert events[1] == {"event": "slot", "timestamp": None, "name": "requested_slot", "value": SLOT}


def test_all_that_it_says_stands_in_the_domain() -> None:
    hints = {f"utter_apology_hint_{part}" for part in ORDER}
    assert {*QUESTIONS.values(), *ASIDES.values(), *hints} <= set(RESPONSES)
    for name in {*ASIDES.values(), "utter_apology_yours", "utter_apology_changed"}:
        assert not [row for row in RESPONSES[name] if "?" in row["text"]], f"{name} stands before a question"


def test_what_was_done_so_that_it_does_not_happen_again_is_an_answer(talk: Talk) -> None:
    for text in ("ik heb met een ander gezoend", "ze huilde de hele avond", "ik schaam me"):
        talk.say(text)
    assert talk.say("contact verbroken met die ander", "express_hurt") == ["utter_apology_repair"]
    assert talk.apology.told["no_repeat"] == "contact verbroken met die ander"
    assert "verbroken" not in talk.apology.told["responsibility"]
