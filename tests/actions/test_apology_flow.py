"""The way to an apology, turn by turn, with the texts of domain.yml and the real reading of apologies."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.apology_flow import Apology, Course
from actions.apology_form import FORM, SLOT, ValidateApologyForm
from actions.apology_questions import ASIDES, ORDER, QUESTIONS
from actions.turns import Turn
from bot.hearing.partner import partner_in
from bot.settings import ROOT

RESPONSES = yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))["responses"]
TEXT = "Ik heb tegen je gelogen. Je lag er nachten wakker van. Het spijt me zo. Ik zal nooit meer iets verzwijgen. Ik wil het goedmaken met een brief."


class Talk:
    """A conversation with the flow alone: what is said, and the responses that answer it."""

    def __init__(self) -> None:
        self.apology = Apology()
        self.messages: list[str] = []
        self.course: Course | None = None

    def say(self, text: str, intent: str = "express_apology") -> list[str]:
        self.messages.append(text)
        after = self.course.replies[-1].response if self.course and self.course.replies else None
        course = Course(self.apology, RESPONSES, partner_in(self.messages))
        turn = Turn(text, intent, self.course is not None, after)
        course.answer(turn) if self.course else course.open(turn)
        self.course, self.apology = course, course.apology
        return [reply.response for reply in course.replies]


@pytest.fixture
def talk() -> Talk:
    return Talk()


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


def test_a_question_or_protest_about_a_text_that_was_read_leaves_it_as_it_is(talk: Talk) -> None:
    talk.say("Lieve Sam, het spijt me dat ik tegen je loog over het geld. Je hebt er nachten van wakker gelegen.", "share_apology_draft")
    draft = talk.apology.draft
    for text in ("en nu?", "wat mis je", "toch vind ik dat ze ook begon", "dat heb ik niet gezegd"):
        assert talk.say(text)[-1] in ("utter_review_missing_no_repeat", "utter_apology_hint_no_repeat")
        assert talk.apology.draft == draft


def told_all(talk: Talk) -> None:
    for text in (
        "ik heb haar moeder een heks genoemd",
        "ze werd stil",
        "ik schaam me",
        "ik tel voortaan eerst tot tien",
        "bloemen op het graf leggen",
    ):
        talk.say(text, "out_of_scope" if "graf" in text else "express_apology")


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


def run(events: list[dict[str, Any]], slots: dict[str, Any], loop: str | None) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What the action says and its events."""
    latest = next(event for event in reversed(events) if event["event"] == "user")
    tracker = Tracker("s", slots, latest, events, False, None, {"name": loop} if loop else {}, "action_listen")
    dispatcher = CollectingDispatcher()
    found = ValidateApologyForm().run(dispatcher, tracker, {"responses": RESPONSES})
    return dispatcher.messages, found


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
