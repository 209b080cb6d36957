"""Whole conversations over HTTP with people in danger who take back, veil or hardly say what happens to them."""

from __future__ import annotations

import pytest

from tests.conftest import Coach
from tests.conversations.test_exercises import Visitor


@pytest.fixture
def visitor(coach: Coach, sender: str) -> Visitor:
    return Visitor(coach, sender)


def test_what_was_told_stays_told(visitor: Visitor) -> None:
    visitor.say("ze krabde mn gezicht open vorige week", "utter_alarm_partner_violence")
    denied = visitor.say("nee niemand doet me pijn", "utter_locked_denied")
    assert "0800-2000" in denied
    visitor.follow(
        [
            ("nee", "utter_locked_deny"),
            ("kan ik leren beter met haar om te gaan", "utter_locked_coaching"),
            ("had ik maar niks gezegd", "utter_locked_asked_fault"),
            # An alarm again, or told on: by the processor's eight-bit sums.
            ("vorige keer moest ik op mijn knieen sorry zeggen", ("utter_locked_listen_danger", "utter_alarm_again_danger")),
        ]
    )
    assert "112" in visitor.say("straks komt ze thuis", "utter_safe_soon")
    visitor.say("vanavond", "utter_safe_soon")


def test_few_words_of_who_thinks_of_dying_bring_a_person_nearer(visitor: Visitor) -> None:
    visitor.follow([("ik wil niet meer leven", "utter_alarm_suicidality"), ("bang", "utter_stay_suicidality")])
    for text, reply in (("ja", "utter_stay_calling"), ("vannacht", "utter_alarm_suicidality_acute"), ("3", "utter_stay_suicidality")):
        answer = visitor.say(text, reply)
        assert "113" in answer
        assert "112" in answer


def test_a_sorry_that_is_demanded_is_asked_about_and_a_veiled_answer_shows_the_lines_for_it(visitor: Visitor) -> None:
    visitor.say("ik moet altijd sorry zeggen van hem", "utter_concern_coercive_control")
    assert "0800-2000" in visitor.say("ook als ik niks gedaan heb", "utter_concern_numbers")


def test_the_mark_for_safety_in_words_is_asked_about_and_the_check_up_goes_on(visitor: Visitor) -> None:
    visitor.say("ik wil de relatie-apk doen", "checkup_form")
    for mark in ("5", "6", "4", "8", "7", "6", "7"):
        visitor.say(mark, "checkup_form")
    visitor.follow(
        [
            ("Ik let altijd goed op wat ik zeg als hij thuis is", "utter_concern_coercive_control"),
            ("nee", "utter_checkup_after_concern"),
            ("een 8", "action_checkup_result"),
        ]
    )
