"""A secret from the partner is the answer that the intake asked for, and nothing more than that is."""

from __future__ import annotations

import pytest
from rasa.shared.core.events import ActionExecuted, ActiveLoop, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.alarm.heard import alarm_of_turn
from bot.alarm.lock import lock_of
from bot.alarm.policy import turn_reply
from bot.alarm.secrecy import expected_secrecy

CONTROL = {"category": "coercive_control", "level": "alarm", "score": 0.8, "layer": "classifier"}


def asked(slot: str | None, text: str, alarm: dict[str, object]) -> DialogueStateTracker:
    """A conversation in which the intake asked for a slot, and this was said."""
    said = UserUttered(text, {"name": "alarm", "confidence": 0.8}, parse_data={"intent": {"name": "alarm"}, "alarm": alarm})
    loop = [ActiveLoop("intake_form"), SlotSet("requested_slot", slot)] if slot else []
    return DialogueStateTracker.from_events("x", [ActionExecuted("intake_form"), *loop, ActionExecuted("action_listen"), said])


@pytest.mark.parametrize("slot", ["intake_reach", "intake_contact"])
@pytest.mark.parametrize(
    "text",
    [
        "alleen overdag, hij mag het niet weten",
        "niet 's avonds, dan is hij thuis en mag het niet horen",
        "overdag als hij weg is, hij mag dit nooit te weten komen",
        "mail maar, hij weet van niets",
        "stiekem, als hij werkt",
        "mail mag altijd",
        "wanneer je wil maar niet na tienen want dan slaapt ze",
    ],
)
def test_a_secret_is_an_answer(text: str, slot: str) -> None:
    tracker = asked(slot, text, CONTROL)
    assert turn_reply(tracker) is None
    assert lock_of(tracker) is None
    assert alarm_of_turn(tracker) is None


@pytest.mark.parametrize(
    "text",
    [
        "hij mag het niet weten anders slaat hij me",
        "hij mag het niet weten, ik ben bang voor hem",
        "hij controleert mijn telefoon, hij mag het niet zien",
        "hij mag het niet weten, ik mag niet bellen van hem",
        "hij leest al mijn berichten",
        "mail niet, hij leest altijd al mijn mails",
        "bel niet, hij staat altijd voor mijn deur",
    ],
)
def test_more_than_a_secret_sounds_the_alarm(text: str) -> None:
    tracker = asked("intake_reach", text, CONTROL)
    assert turn_reply(tracker) == "utter_alarm_coercive_control"
    assert lock_of(tracker) is not None
    assert alarm_of_turn(tracker) is not None


@pytest.mark.parametrize(
    "other",
    [
        {"category": "suicidality"},
        {"category": "child_safety"},
        {"category": "own_violence"},
        {"level": "acute"},
        {"layer": "both"},
        {"layer": "patterns"},
    ],
)
def test_another_alarm_sounds_whatever_the_words(other: dict[str, str]) -> None:
    tracker = asked("intake_reach", "alleen overdag, hij mag het niet weten", {**CONTROL, **other})
    assert (turn_reply(tracker) or "").startswith("utter_alarm_")


@pytest.mark.parametrize("slot", [None, "intake_name", "intake_consent"])
def test_elsewhere_it_sounds(slot: str | None) -> None:
    tracker = asked(slot, "hij mag het niet weten", CONTROL)
    assert turn_reply(tracker) == "utter_alarm_coercive_control"


def test_no_alarm_is_none() -> None:
    assert not expected_secrecy("hij mag het niet weten", None, "intake_reach")


def test_a_concern_about_the_same_is_not_asked_about() -> None:
    concern = {**CONTROL, "level": "concern", "category": "partner_violence"}
    assert turn_reply(asked("intake_reach", "alleen overdag, hij mag het niet weten", concern)) is None
    assert turn_reply(asked("intake_reach", "ik ben bang, hij mag het niet weten", concern)) == "utter_concern_partner_violence"


def test_what_was_locked_stays_locked() -> None:
    before = UserUttered("x", {"name": "alarm"}, parse_data={"intent": {"name": "alarm"}, "alarm": {**CONTROL, "layer": "both"}})
    events = [before, ActionExecuted("utter_alarm_coercive_control"), *asked("intake_reach", "hij mag het niet weten", CONTROL).events]
    tracker = DialogueStateTracker.from_events("x", events)
    assert turn_reply(tracker) is None, "the intake goes on"
    assert lock_of(tracker) is not None
