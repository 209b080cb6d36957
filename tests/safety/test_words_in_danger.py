"""What is said to somebody in danger: S5, S6 and S7 on every wording that can come after an alarm."""

from __future__ import annotations

import re

import pytest
import yaml

from bot.alarm.helplines import PLAIN_MESSAGE
from bot.settings import ROOT

PREFIXES = ("utter_alarm", "utter_locked", "utter_safe", "utter_stay", "utter_concern")
RESPONSES = yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))["responses"]
SAID = [(name, row["text"]) for name, rows in RESPONSES.items() if name.startswith(PREFIXES) for row in rows]

# Asking why they stay, pressing to leave, to report or to confront, sharing out the blame, promising secrecy (S5).
HARMFUL = re.compile(
    r"waarom (blijf|ga) je|je (moet|zou moeten) (weggaan|bij hem weg|bij haar weg|aangifte|hem verlaten|haar verlaten|vertrekken)"
    r"|aangifte|confronteer|zeg (het )?(tegen )?(hem|haar) dat|allebei|beide kanten|jouw aandeel|jouw rol|eigen aandeel"
    r"|blijft (onder ons|geheim)|beloof|vertel het aan niemand|ik zeg het (tegen )?niemand",
    re.IGNORECASE,
)
# Coaching towards the partner (S7); naming what is closed is not coaching.
COACHING = re.compile(
    r"zeg sorry|bied .*excuses aan|vergeef (hem|haar)|zet de eerste stap|raak (hem|haar) aan|praat (het )?uit met", re.IGNORECASE
)


@pytest.mark.parametrize(("name", "text"), SAID)
def test_nothing_harmful_is_said_to_somebody_in_danger(name: str, text: str) -> None:
    assert not HARMFUL.search(text), name
    assert not COACHING.search(text), name


@pytest.mark.parametrize(
    "text", ["Waarom blijf je bij hem?", "Je moet aangifte doen.", "Jullie hebben allebei een aandeel.", "Dat blijft onder ons."]
)
def test_the_check_would_notice(text: str) -> None:
    assert HARMFUL.search(text)


def test_a_person_is_offered_alone_as_no_crisis_service_with_the_time_of_an_answer() -> None:
    for row in RESPONSES["utter_intake_start_safe"]:
        assert "{practice_name}" in row["text"] and "{practice_answer}" in row["text"]
        assert re.search(r"crisis|nood", row["text"], re.IGNORECASE)
        assert re.search(r"alleen|zonder je partner", row["text"])


def test_every_alarm_offers_a_person_at_one_tap() -> None:
    offered = {"title": "Ik wil een mens spreken", "payload": "/ask_human"}
    for name, rows in RESPONSES.items():
        if name.startswith("utter_alarm_") and name != "utter_alarm_misread":
            assert all(offered in row.get("buttons", []) for row in rows), name


def test_the_chat_never_closes_because_somebody_is_unsafe() -> None:
    ends = re.compile(r"dit gesprek (stopt|is gesloten|eindigt)|ik (stop|sluit) (hier|nu|dit)", re.IGNORECASE)
    assert not [name for name, text in SAID if ends.search(text)]


def test_the_plain_message_promises_nothing_it_cannot_do() -> None:
    assert all(number in PLAIN_MESSAGE for number in ("112", "0800-2000", "113"))
