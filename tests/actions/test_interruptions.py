"""What in the middle of a form is an answer, and what is something else."""

from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.interruptions import SWITCHES, answered, interrupts


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("stop maar", "stop"),
        ("ik hou ermee op", "stop"),
        ("doei", "goodbye"),
        ("ik ga slapen", "goodbye"),
        ("dankjewel", "thank"),
        ("wis mijn gesprek", "delete_data"),
        ("ik wil met iemand praten", "ask_human"),
        ("/stop", "stop"),
    ],
)
def test_something_else_is_heard(text: str, intent: str) -> None:
    assert interrupts(text, intent, 0.9)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("8", "greet"),
        ("boos", "goodbye"),
        ("ik ga mee naar haar ouders", "goodbye"),
        ("ik leg voortaan alles op tafel", "stop"),
        ("ik wil het bewaren", "delete_data"),
        ("ik stop met drinken en dan ga ik naar haar toe en zeg het", "stop"),
        ("hij was stil", "express_hurt"),
        ("met een collega", "ask_human"),
    ],
)
def test_an_answer_stays_one_whatever_the_classifier_reads(text: str, intent: str) -> None:
    assert not interrupts(text, intent, 0.99)


def test_a_switch_counts_only_where_the_form_has_rules_for_it() -> None:
    assert not interrupts("/start_checkup", "start_checkup", 1.0)
    assert interrupts("/start_checkup", "start_checkup", 1.0, SWITCHES)


def test_after_thanks_the_form_waits_and_asks_nothing_more() -> None:
    dispatcher = CollectingDispatcher()
    kept: list[dict[str, Any]] = [{"event": "slot", "name": "step_when", "value": None}]
    events = answered("thank", "step_when_again", kept, dispatcher)
    assert [message["response"] for message in dispatcher.messages] == ["utter_thank"]
    assert events[0] == kept[0]
    assert (events[-1]["name"], events[-1]["value"]) == ("requested_slot", "step_when_again")
    assert answered("stop", "step_when", kept, dispatcher) == []


def test_a_word_of_a_person_in_a_story_is_no_wish_to_speak_with_one() -> None:
    assert not interrupts("ik wilde niet met haar praten", "ask_human", 0.7)
