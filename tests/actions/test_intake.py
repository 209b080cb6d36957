"""How answers to the intake's questions are read."""

from __future__ import annotations

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.intake import _NO, _SKIP, ValidateIntakeForm, _corrected, alarm_said, clear_yes

TRACKER = Tracker("x", {}, {}, [], False, None, {}, "action_listen")


@pytest.mark.parametrize(
    "answer", ["ja verstuur", "Ja, dat mag", "ok doe maar", "oké", "is goed", "akkoord", "prima", "graag", "jo", "klopt helemaal"]
)
def test_a_yes(answer: str) -> None:
    assert not _corrected(answer)
    assert not _NO.match(answer)
    assert clear_yes(answer)


@pytest.mark.parametrize("answer", ["nee", "Nee, liever niet", "toch niet", "neen", "laat maar", "nee doe maar niet"])
def test_a_no(answer: str) -> None:
    assert not _corrected(answer)
    assert _NO.match(answer)


@pytest.mark.parametrize(
    "answer",
    [
        "misschien",
        "wat gebeurt er dan?",
        "ik weet het niet zeker",
        "iets veranderen",
        "klopt niet",
        "doe maar niet",
        "ok laat maar",
        "graag niet",
        "ja nee toch niet",
        "ja maar bel niet op donderdag, dan is hij thuis",
        "prima, maar geef het nog niet door",
        "ja, ik wil nog iets veranderen",
    ],
)
def test_neither_is_asked_again(answer: str) -> None:
    assert not _corrected(answer)
    assert not clear_yes(answer)
    assert not _NO.match(answer)


@pytest.mark.parametrize(
    ("answer", "changes"),
    [
        ("nee wacht, mijn nummer is 06 48765432", {"intake_contact": "+31648765432"}),
        ("ja maar gebruik an@voorbeeld.org", {"intake_contact": "an@voorbeeld.org"}),
        ("ja, maar het nummer is fout", {"intake_contact": None}),
        ("de naam klopt niet", {"intake_name": None}),
        ("de naam is niet goed", {"intake_name": None}),
        ("nee, mijn naam is Anna", {"intake_name": "Anna"}),
        ("noem me maar Jo.", {"intake_name": "Jo"}),
        ("een ander moment graag", {"intake_reach": None}),
        ("het moment en het mailadres zijn verkeerd", {"intake_contact": None, "intake_reach": None}),
    ],
)
def test_a_correction_changes_that_answer_only(answer: str, changes: dict[str, str | None]) -> None:
    assert _corrected(answer) == changes


@pytest.mark.parametrize("answer", ["sla over", "Overslaan", "liever niet", "weet ik nog niet", "geen idee", "nee"])
def test_a_skip(answer: str) -> None:
    assert _SKIP.match(answer)


def action(name: str) -> dict[str, str]:
    return {"event": "action", "name": name}


def test_the_last_alarm_that_stands() -> None:
    assert alarm_said([]) is None
    assert alarm_said([action("utter_alarm_suicidality_acute")]) == ("suicidality", "acute")
    assert alarm_said([action("utter_alarm_own_violence"), action("utter_alarm_again_danger")]) == ("own_violence", "alarm")
    assert alarm_said([action("utter_alarm_own_violence"), action("utter_alarm_misread")]) is None


@pytest.mark.parametrize(
    ("text", "reach"),
    [
        ("0612345678 maar niet bellen 's avonds, mijn man is dan thuis", "0612345678 maar niet bellen 's avonds, mijn man is dan thuis"),
        ("mijn nummer is 0612345678", None),
        ("voor mij is het 0612345678", None),
    ],
)
def test_what_is_said_beside_the_number_is_not_lost(text: str, reach: str | None) -> None:
    found = ValidateIntakeForm().validate_intake_contact(text, CollectingDispatcher(), TRACKER, {})
    assert found == {"intake_contact": "+31612345678", **({"intake_reach": reach} if reach else {})}
