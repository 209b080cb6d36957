"""What is said of the talk itself in the middle of a form: asked already, and wanting help."""

from __future__ import annotations

import pytest
from rasa_sdk import Tracker

from actions.about_talk import asked_already, wants_example
from actions.first_step import FORM as STEP
from actions.first_step import ValidateFirstStepForm
from actions.own_message import FORM as MESSAGE
from actions.own_message import ValidateOwnMessageForm
from tests.actions.turns import run, tracker_of


@pytest.mark.parametrize(
    "text",
    [
        "dat vroeg je al",
        "je vraagt steeds hetzelfde",
        "dat heb ik al gezegd",
        "dat zei ik net al",
        "heb ik al verteld",
        "weer dezelfde vraag",
        "je valt in herhaling",
    ],
)
def test_asked_already(text: str) -> None:
    assert asked_already(text)


@pytest.mark.parametrize(
    "text", ["ik heb al sorry gezegd tegen haar", "zij vraagt steeds hetzelfde aan mij", "ik heb het haar al verteld", "ik heb gelogen"]
)
def test_what_happened_between_them_is_told(text: str) -> None:
    assert not asked_already(text)


@pytest.mark.parametrize(
    "text",
    [
        "dat vraag ik juist aan jou",
        "hoe begin ik zonder dat het lijkt of ik de schuldige ben",
        "wat zeg ik als eerste",
        "help me",
        "help me even",
        "kun je me helpen?",
        "heb je een voorbeeld?",
        "ik weet niet wat ik moet zeggen",
    ],
)
def test_wants_an_example(text: str) -> None:
    assert wants_example(text)


@pytest.mark.parametrize("text", ["ik ga haar helpen", "ik wil haar helpen met de kinderen", "ik help voortaan mee"])
def test_help_for_the_partner_is_an_answer(text: str) -> None:
    assert not wants_example(text)


def asked_in_plan(slot: str, text: str, **plan: str) -> Tracker:
    """The plan as Rasa hands it over: what was asked for is still empty."""
    tracker = tracker_of({"requested_slot": slot, **plan}, text, form=STEP)
    tracker.slots[slot] = None
    return tracker


@pytest.mark.parametrize("slot", ["step_when", "step_where", "step_sentence"])
async def test_a_plan_gives_an_example_and_keeps_no_cry_for_help(slot: str) -> None:
    said, slots, _ = await run(ValidateFirstStepForm(), asked_in_plan(slot, "help me even"))
    assert said == [f"utter_example_{slot}"]
    assert slots[slot] is None


async def test_a_plan_does_not_ask_again_what_was_told() -> None:
    tracker = asked_in_plan("step_where", "dat heb ik al gezegd", step_when="zondagmiddag")
    tracker.events.insert(0, {"event": "user", "text": "zondagmiddag aan de keukentafel wil ik het doen"})
    said, slots, messages = await run(ValidateFirstStepForm(), tracker)
    assert said == ["utter_asked_already", "utter_understood"]
    assert messages[1]["parts"] == "zondagmiddag"
    assert "keukentafel" in slots["step_where"]


async def test_an_own_message_is_no_cry_for_help_and_goes_on_where_it_was_told() -> None:
    said, slots, _ = await run(ValidateOwnMessageForm(), tracker_of({"requested_slot": "own_message"}, "help me", form=MESSAGE))
    assert said == ["utter_example_own_message"]
    assert slots == {"own_message": None}
    said, slots, _ = await run(ValidateOwnMessageForm(), tracker_of({"requested_slot": "own_message"}, "dat vroeg je al", form=MESSAGE))
    assert said == ["utter_asked_already"]
    assert slots == {"own_message": None, "requested_slot": None}
