"""The text of an apology: what was missing goes in, what is weak goes out, and it changes on request."""

from __future__ import annotations

from actions.apology_form import FORM, SLOT
from tests.actions.apology_talk import TEXT, Talk, run, talk, told_all

__all__ = ["talk"]


def test_the_words_for_what_was_missing_go_into_the_text(talk: Talk) -> None:
    talk.say("Lieve Sam, het spijt me dat ik tegen je loog over het geld. Je hebt er nachten van wakker gelegen.", "share_apology_draft")
    assert talk.say("ik laat voortaan elke maand de rekening zien")[-1] == "utter_review_missing_repair"
    assert talk.say("ik wil elke zondag ontbijt voor je maken")[-1] == "utter_review_ready"
    assert talk.apology.draft.endswith("Ik laat voortaan elke maand de rekening zien. Ik wil elke zondag ontbijt voor je maken.")


def test_what_is_left_out_by_choice_is_not_asked_for_again(talk: Talk) -> None:
    talk.say("Lieve Sam, het spijt me dat ik tegen je loog over het geld. Je hebt er nachten van wakker gelegen.", "share_apology_draft")
    assert talk.say("sla over")[-1] == "utter_review_missing_repair"
    assert talk.say("nee")[-1] == "utter_apology_without"


def test_an_own_text_comes_in_the_place_of_the_draft(talk: Talk) -> None:
    talk.say("ik heb gelogen tegen mijn vrouw over geld, ze lag er nachten wakker van en ik ga voortaan alles laten zien")
    talk.say("ik schaam me kapot")
    assert talk.say("elke vrijdag samen koffie drinken") == ["utter_apology_draft"]
    assert talk.say("ik schrijf het zelf") == ["utter_draft_ask"]
    assert talk.say(TEXT)[0] == "utter_review_read"
    assert talk.apology.draft == TEXT


def test_a_better_sentence_goes_in_the_place_of_the_weak_one_and_nothing_else_is_lost(talk: Talk) -> None:
    talk.say(TEXT + " Maar jij begon ook altijd over geld.", "share_apology_draft")
    assert talk.apology.review and talk.apology.review["faults"]
    said = talk.say("Dat was mijn keuze, van niemand anders.")
    assert said[-1] == "utter_review_ready"
    assert talk.apology.draft == TEXT + " Dat was mijn keuze, van niemand anders."


def test_a_weak_stretch_is_left_out_on_request(talk: Talk) -> None:
    talk.say(TEXT + " Maar jij begon ook altijd over geld.", "share_apology_draft")
    assert talk.say("oké, laat dat maar weg")[-1] == "utter_review_ready"
    assert talk.apology.draft == TEXT


def test_the_text_written_anew_is_no_answer_to_what_was_missing(talk: Talk) -> None:
    talk.say("Lieve Sam, het spijt me dat ik tegen je loog over het geld, maar jij gaf ook veel uit.", "share_apology_draft")
    talk.say("het spijt me dat ik tegen je loog over het geld, je hebt er nachten van wakker gelegen")
    assert talk.apology.draft.startswith("het spijt me")


def test_a_question_or_protest_about_a_text_that_was_read_leaves_it_as_it_is(talk: Talk) -> None:
    talk.say("Lieve Sam, het spijt me dat ik tegen je loog over het geld. Je hebt er nachten van wakker gelegen.", "share_apology_draft")
    draft = talk.apology.draft
    for text in ("en nu?", "wat mis je", "toch vind ik dat ze ook begon", "dat heb ik niet gezegd"):
        assert talk.say(text)[-1] in ("utter_review_missing_no_repeat", "utter_apology_hint_no_repeat")
        assert talk.apology.draft == draft


def test_words_go_out_or_change_on_request_before_and_after_reading(talk: Talk) -> None:
    told_all(talk)
    assert talk.say("vervang heks door toverkol") == ["utter_apology_changed", "utter_apology_draft"]
    assert "toverkol" in talk.apology.draft and "heks" not in talk.apology.draft
    assert talk.say("nee die zin met tot tien weg") == ["utter_apology_changed", "utter_apology_draft"]
    assert talk.say("korter") == ["utter_apology_how_change"]
    assert talk.say("verander bloemen in een bloem") == ["utter_apology_changed", "utter_apology_draft"]
    # The promise went out: that is said, and the text is not called complete.
    assert talk.say("lees het na")[-1] == "utter_apology_without"
    talk.say("weg met die laatste zin")
    assert talk.apology.draft == "Ik heb je moeder een toverkol genoemd. Je werd stil. Ik schaam me."
    assert talk.course is not None
    assert [r.parts for r in talk.course.replies if r.response == "utter_apology_without"] == [
        "wat je voortaan anders doet en hoe je het goed wilt maken"
    ]


def test_the_text_so_far_is_shown_and_changed_while_the_questions_go_on(talk: Talk) -> None:
    talk.say("ik heb haar moeder een heks genoemd")
    talk.say("ze werd stil")
    assert talk.say("lees het na") == ["utter_apology_text_now", "utter_apology_feel"]
    assert talk.say("haal stil eruit") == ["utter_apology_text_now", "utter_apology_feel"]
    assert talk.apology.told["acknowledge_pain"] == "-"


def test_an_ok_and_a_protest_are_no_new_words_for_a_sentence(talk: Talk) -> None:
    told_all(talk)
    before = talk.apology.draft
    for text in ("Ok.", "Dat heb ik net gezegd", "hoezo?"):
        talk.say("ik wil die zin veranderen")
        talk.say("2")
        talk.say(text)
        assert talk.apology.draft == before and talk.apology.changing is None


def test_weg_met_die_zin_is_no_wish_to_erase_the_conversation() -> None:
    told = {"told": {"story": "x", "responsibility": "ik loog", "regret": "ik schaam me"}, "asked": "no_repeat"}
    for text, stays in (("weg met die laatste zin", True), ("verwijder al mijn gegevens", False)):
        event = {"event": "user", "text": text, "intent": {"name": "delete_data", "confidence": 0.9}}
        messages, events = run([{"event": "action", "name": "action_listen"}, event], {SLOT: told, "requested_slot": SLOT}, FORM)
        assert bool(messages and events) == stays
