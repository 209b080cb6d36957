"""A partner's threat of suicide is not answered as if the visitor wanted to die."""

from __future__ import annotations

import pytest
from rasa.shared.core.events import ActionExecuted, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.alarm.about_other import of_other
from bot.alarm.policy import turn_reply

ALARM = {"category": "suicidality", "level": "alarm", "score": 0.98, "layer": "both"}


def said(text: str, alarm: dict[str, object] | None = ALARM, intent: str = "alarm") -> UserUttered:
    return UserUttered(text, {"name": intent, "confidence": 1.0}, parse_data={"intent": {"name": intent}, "alarm": alarm})


def reply(*events: Event) -> str | None:
    return turn_reply(DialogueStateTracker.from_events("x", list(events)))


@pytest.mark.parametrize(
    "text",
    [
        "ze zegt dat ze zich iets aandoet als ik wegga",
        "mijn man dreigt met zelfmoord als ik hem verlaat",
        "hij wil dood als ik wegga",
        "hij dreigt zich op te hangen als ik ga",
        "ze zei dat ze zich voor de trein gooit",
        "als ik weg ga maakt ze er een einde aan zegt ze",
        "ik ben bang dat hij zichzelf iets aandoet",
    ],
)
def test_somebody_else_may_die(text: str) -> None:
    assert of_other(text)
    assert reply(said(text)) == "utter_alarm_suicidality_other"
    assert reply(said(text, {**ALARM, "level": "acute"})) == "utter_alarm_suicidality_other_acute"


@pytest.mark.parametrize(
    "text",
    [
        "ik wil dood",
        "ik wil niet meer leven nu hij weg is",
        "ze is vreemdgegaan en nu denk ik aan zelfmoord",
        "hij zegt dat ik me beter iets kan aandoen",
        "ik doe mezelf iets aan als ze weggaat",
        "ze wil dat ik dood ga",
        "ik wil dood en hij ook",
        "hij wil niet meer leven en ik ook niet",
        "zelfmoord",
    ],
)
def test_whoever_speaks_of_themselves_is_answered_as_such(text: str) -> None:
    assert not of_other(text)
    assert reply(said(text)) == "utter_alarm_suicidality"


def test_afterwards_they_are_spoken_to_as_somebody_in_danger() -> None:
    threat = [
        said("ze zegt dat ze zich iets aandoet als ik wegga"),
        ActionExecuted("utter_alarm_suicidality_other"),
        ActionExecuted("action_listen"),
    ]
    assert reply(*threat, said("ja", None, "affirm")) == "utter_safe_yes"
    assert reply(*threat, said("ik ben zo moe", None, "express_hurt")) == "utter_locked_listen_danger"
    assert reply(*threat, said("hij doet zichzelf iets aan")) == "utter_alarm_again_danger"


def test_who_wants_to_die_themselves_gets_the_whole_message_whatever_came_before() -> None:
    threat = [
        said("ze zegt dat ze zich iets aandoet als ik wegga"),
        ActionExecuted("utter_alarm_suicidality_other"),
        ActionExecuted("action_listen"),
    ]
    own = [*threat, said("ik wil zelf ook dood")]
    assert reply(*own) == "utter_alarm_suicidality"
    later = [*own, ActionExecuted("utter_alarm_suicidality"), ActionExecuted("action_listen"), said("weet niet", None, "express_hurt")]
    assert reply(*later) == "utter_stay_suicidality"
