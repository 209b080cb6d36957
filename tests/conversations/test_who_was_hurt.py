"""Whole conversations over HTTP with people who were hurt and are taken for the one who did harm."""

from __future__ import annotations

import pytest

from tests.conversations.test_exercises import Visitor, visitor

__all__ = ["visitor"]

BELIEVED = "utter_hurt_turned"


@pytest.mark.parametrize(
    ("before", "claim", "after"),
    [
        (
            [("ik wil mijn excuses aanbieden", "apology_form")],
            "ik heb niks gedaan",
            [
                ("hij is vreemdgegaan", "utter_hurt_deepen"),
                ("heel alleen", "utter_feeling_named"),
                ("omdat hij niets zegt", "utter_hurt_need"),
                ("ik voelde me zo klein", "utter_hurt_message"),
            ],
        ),
        (
            [("hoe zet ik de eerste stap", "first_step_form"), ("help me", "utter_example_step_when")],
            "ik ben degene die gekwetst is",
            [("hij lachte me uit", "utter_hurt_deepen")],
        ),
        (
            [("ik heb spijt", "apology_form")],
            "hij is vreemdgegaan, ik niet",
            [("dat ik er niet toe deed", "utter_hurt_deepen")],
        ),
    ],
    ids=["apology", "first step", "unfaithful partner"],
)
def test_they_are_believed_and_not_asked_for_a_deed(
    visitor: Visitor, before: list[tuple[str, str]], claim: str, after: list[tuple[str, str]]
) -> None:
    visitor.follow([*before, (claim, BELIEVED), *after])
    visitor.nothing_came_back()


def test_a_threat_of_suicide_by_the_partner(visitor: Visitor) -> None:
    answer = visitor.say("ze zegt dat ze zich iets aandoet als ik wegga", "utter_alarm_suicidality_other")
    assert "113" in answer and "112" in answer and "niet jouw schuld" in answer.replace("nooit jouw schuld", "niet jouw schuld")
    visitor.say("ja", "utter_safe_yes")


def test_no_sorry_is_taken_for_granted(visitor: Visitor) -> None:
    visitor.follow([("hij zegt nooit sorry", "utter_received_none_yet"), ("dat hij ziet dat het me pijn doet", "utter_hurt_message")])


def test_who_thinks_of_leaving_is_heard_without_an_apology(visitor: Visitor) -> None:
    visitor.follow(
        [
            ("ik wil weg bij hem", "utter_hurt_leaving"),
            ("nee", "utter_hurt_deepen"),
            ("moet ik iets goedmaken", "utter_hurt_sorry_free"),
            ("hij lachte me uit", "utter_hurt_deepen"),
        ]
    )


def test_who_wants_no_sorry_leaves_the_way_to_an_apology(visitor: Visitor) -> None:
    visitor.follow([("excuses maken", "apology_form"), ("nee ik wil geen sorry zeggen", "action_hold_back"), ("nee", "utter_resist_later")])
