"""What is said to somebody in danger: S5, S6 and S7 on every wording that can come after an alarm."""

from __future__ import annotations

import re

import pytest
import yaml

from bot.alarm.helplines import plain_message
from bot.content.files import shipped
from bot.publishing.forbidden import COACHING, HARMFUL, IN_DANGER, forbidden, reasons_against
from bot.settings import ROOT

RESPONSES = yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))["responses"]
SAID = [(name, row["text"]) for name, rows in RESPONSES.items() if name.startswith(IN_DANGER) for row in rows]


@pytest.mark.parametrize(("name", "text"), SAID)
def test_nothing_harmful_is_said_to_somebody_in_danger(name: str, text: str) -> None:
    assert not HARMFUL.search(text), name
    assert not COACHING.search(text), name


@pytest.mark.parametrize(
    "text", ["Waarom blijf je bij hem?", "Je moet aangifte doen.", "Jullie hebben allebei een aandeel.", "Dat blijft onder ons."]
)
def test_the_check_would_notice(text: str) -> None:
    assert HARMFUL.search(text)


def test_nothing_that_ships_is_forbidden() -> None:
    assert forbidden(shipped()) == []


@pytest.mark.parametrize(
    "text",
    [
        "Praat er niet met anderen over.",
        "Stop met het bij je familie te zoeken.",
        "Houd het tussen jullie.",
        "Keer je niet tot je vrienden.",
        "Vergeven is niet optioneel.",
        "Je moet hem vergeven, anders gaat het niet.",
        "Vergeef haar.",
        "Neem verantwoordelijkheid, of het nu jouw schuld is of niet.",
        "Ook als het niet jouw schuld is, neem jij de verantwoordelijkheid.",
        "Raak hem aan.",
        "Gebruik aanraking. Dat helpt.",
        "Geef haar een knuffel.",
        "Waarom blijf je bij hem?",
    ],
)
def test_the_lines_of_the_article_are_said_to_nobody(text: str) -> None:
    assert reasons_against("utter_hurt_hear", f"Dat is veel. {text}")


@pytest.mark.parametrize(
    "text",
    [
        "Je mag vergeven. Het hoeft niet.",
        "Vergeven is een keuze. Die is van jou.",
        "Raak hem aan als hij dat wil.",
        "Wat fijn dat je er met je zus over praat.",
        "Je hoeft niets te vertellen aan anderen als je dat niet wilt.",
        "Wil je zelf verantwoordelijkheid nemen voor wat je zei?",
    ],
)
def test_what_may_be_said_is_let_pass(text: str) -> None:
    assert reasons_against("utter_hurt_hear", text) == []


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
    assert all(number in plain_message() for number in ("112", "0800-2000", "113"))
