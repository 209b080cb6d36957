"""Whole conversations over HTTP with people of few words: they don't know, name one feeling, refuse, change the subject or the plan."""

from __future__ import annotations

import pytest

from tests.conftest import Coach
from tests.conversations.test_exercises import Visitor


@pytest.fixture
def visitor(coach: Coach, sender: str) -> Visitor:
    return Visitor(coach, sender)


def test_who_knows_little_and_says_little_is_followed(visitor: Visitor) -> None:
    visitor.follow(
        [
            ("moet ik hem vergeven?", "utter_forgiveness_is"),
            ("weet ik niet", "utter_easier_forgiveness"),
            ("boos", "utter_forgiveness_weight"),
            ("opgelucht", "utter_relief_named"),
            ("dat hij luistert naar wat het met me deed", "utter_forgiveness_steps"),
            ("nee", "utter_forgiveness_no_room"),
            ("ja", "utter_tell_on"),
            ("alles", "utter_forgiveness_alone"),
            ("ik wil helemaal niet vergeven", "utter_forgiveness_free"),
            ("geen idee", "utter_easier_forgiveness"),
            ("geen idee", "utter_rest"),
        ]
    )
    visitor.nothing_came_back()


def test_who_stops_or_wants_something_else_begins_anew_and_can_come_back(visitor: Visitor) -> None:
    visitor.follow(
        [
            ("hoe kan ik haar ooit weer vertrouwen", "utter_trust_hear"),
            ("wat voor weer wordt het morgen?", "utter_out_of_scope"),
            ("dat ze weer tegen me liegt", "utter_trust_signs"),
            ("iets anders", "utter_change_subject"),
            ("het is altijd haar schuld, ze denkt alleen aan zichzelf", "utter_blame_hear"),
            ("nee", "utter_blame_free"),
            ("stop", "utter_stopped"),
            ("nee", "utter_rest"),
            ("waar waren we", "utter_blame_free"),
            ("dank je, dit hielp", "utter_thank"),
        ]
    )
    assert "?" not in visitor.answers[-1]["text"], "who thanks is not asked on"
    assert "?" not in visitor.say("ik ga slapen", "utter_goodbye")
    visitor.nothing_came_back()


@pytest.mark.parametrize(
    ("first", "topic", "free"),
    [
        ("we leven langs elkaar heen", "distance", "utter_distance_free"),
        ("hij wil er niet over praten, hij klapt helemaal dicht", "unwilling", "utter_unwilling_self"),
        ("mijn zus vindt ook dat hij fout zit", "others", "utter_others_keep"),
        ("zo erg was het nou ook weer niet", "minimise", "utter_minimise_leave"),
    ],
)
def test_a_no_to_an_open_question_is_heard_in_each_topic(visitor: Visitor, first: str, topic: str, free: str) -> None:
    visitor.follow(
        [
            (first, f"utter_{topic}_hear" if topic != "minimise" else "utter_minimise_mirror"),
            ("tja", f"utter_easier_{topic}"),
            ("nee", free),
        ]
    )
    visitor.follow([("moe", "utter_feeling_named"), ("nee", "utter_rest")])


def test_a_plan_is_changed_part_by_part_and_the_reminder_moves_along(visitor: Visitor) -> None:
    visitor.follow(
        [
            ("hoe begin ik er met hem over?", "first_step_form"),
            ("morgenavond", "first_step_form"),
            ("aan de keukentafel", "first_step_form"),
            ("ik mis ons", "utter_first_step_plan"),
            ("toch liever een andere zin", "utter_plan_change_one"),
            ("ik wil graag met je praten", "utter_first_step_plan"),
            ("overmorgen", "utter_reminder_set"),
            ("ik wil een andere dag", "utter_plan_change_one"),
        ]
    )
    card = visitor.say("over twee weken", "utter_reminder_moved")
    assert "over twee weken" in card
    assert "ik wil graag met je praten" in card
    visitor.say("verander mijn plan", "utter_plan_change_which")
    assert "in het park" in visitor.say("een andere plek, in het park", "utter_reminder_stays")


def test_fear_in_the_middle_of_the_check_up_is_asked_about_and_no_mark_is_lost(visitor: Visitor) -> None:
    visitor.follow(
        [
            ("ik wil de relatie-apk doen", "checkup_form"),
            ("6", "checkup_form"),
            ("een 3, ik ben bang voor hem", "utter_concern_partner_violence"),
            ("nee", "utter_checkup_after_concern"),
        ]
    )
    for mark in ("5", "6", "4", "8", "9"):
        visitor.say(mark, "checkup_form")
    visitor.say("een 1", "utter_checkup_small_safety")
    described = visitor.custom("alt")
    assert "aandacht 4,5" in described
    assert "veiligheid 1" in described
    visitor.say("nee", "utter_checkup_low")


def test_a_low_mark_for_safety_is_followed_by_the_result_and_no_exercise(visitor: Visitor) -> None:
    visitor.say("ik wil de relatie-apk doen", "checkup_form")
    for mark in ("8", "8", "8", "8", "8", "8", "8"):
        visitor.say(mark, "checkup_form")
    visitor.say("0", "utter_checkup_unsafe")
    visitor.say("nee", "utter_checkup_small_safety")
    visitor.say("nee", "utter_checkup_low")
    visitor.say("ja", "utter_intake_start")


def test_after_a_denied_concern_a_yes_gets_an_answer(visitor: Visitor) -> None:
    visitor.follow([("ik ben bang voor hem", "utter_concern_partner_violence"), ("nee", "utter_concern_denied"), ("ja", "utter_affirm")])


def test_who_is_misunderstood_tells_it_again_and_good_news_is_shared(visitor: Visitor) -> None:
    visitor.follow(
        [
            ("mijn man lachte me uit waar iedereen bij was", "utter_hurt_hear"),
            ("jij snapt het niet", "utter_heard_wrong"),
            ("we hebben het uitgepraat en het is weer goed", "utter_good_news"),
            ("dat hij eerst naar mij luisterde", "utter_good_news_kept"),
            ("nee", "utter_rest"),
        ]
    )
    visitor.nothing_came_back()


def test_good_news_ends_the_way_to_an_apology(visitor: Visitor) -> None:
    visitor.say("ik heb tegen mijn vrouw gelogen en ik heb er spijt van", "apology_form")
    visitor.say("het is opgelost, ze heeft me vergeven", "utter_good_news")
    visitor.say("ik heb eerlijk gezegd wat ik deed", "utter_good_news_kept")
