"""How answers to the intake's questions are read."""

from __future__ import annotations

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.intake import _SKIP, ValidateIntakeDetailsForm, ValidateIntakeForm, alarm_said
from actions.intake_answers import clear_yes, corrected, corrected_on_the_way, introduced, no, read_name, refuses
from actions.turns import Turn
from tests.actions.turns import run, tracker_of

DOMAIN = {
    "forms": {
        "intake_form": {"required_slots": ["intake_name", "intake_contact", "intake_reach", "intake_consent"]},
        "intake_details_form": {"required_slots": ["intake_together", "intake_about"]},
    }
}
TRACKER = Tracker("x", {}, {}, [], False, None, {}, "action_listen")


@pytest.mark.parametrize(
    "answer", ["ja verstuur", "Ja, dat mag", "ok doe maar", "oké", "is goed", "akkoord", "prima", "graag", "jo", "klopt helemaal"]
)
def test_a_yes(answer: str) -> None:
    assert not corrected(answer)
    assert not no(answer)
    assert clear_yes(answer)


@pytest.mark.parametrize("answer", ["nee", "Nee, liever niet", "toch niet", "neen", "laat maar", "nee doe maar niet"])
def test_a_no(answer: str) -> None:
    assert not corrected(answer)
    assert no(answer)


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
    assert not corrected(answer)
    assert not clear_yes(answer)
    assert not no(answer)


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
    assert corrected(answer) == changes


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


@pytest.mark.parametrize("answer", ["ja", "Oké", "dag", "hoi", "euh", "ja graag", "is goed", "weet ik niet", "dank je", "ehm, tja"])
def test_what_answers_nothing(answer: str) -> None:
    assert Turn(answer, "", True, None).empty


@pytest.mark.parametrize("answer", ["Jo", "Noor", "Dagmar", "Jan", "altijd goed", "maakt niet uit", "hoi ik ben Sam", "Goedele"])
def test_what_does(answer: str) -> None:
    assert not Turn(answer, "", True, None).empty
    assert not refuses(answer)


@pytest.mark.parametrize(
    "answer",
    [
        "nee",
        "wil ik niet zeggen",
        "liever anoniem",
        "liever niet",
        "dat zeg ik niet",
        "ik geef mijn naam niet",
        "gaat je niks aan",
        "geen naam",
    ],
)
def test_a_refusal(answer: str) -> None:
    assert refuses(answer)


@pytest.mark.parametrize(
    ("answer", "name"),
    [
        ("ik heet Wilhelmina Oudewater", "Wilhelmina Oudewater"),
        ("hoi ik ben Sam", "Sam"),
        ("Jan van der Berg-de Vries", "Jan van der Berg-de Vries"),
        ("zeg maar Jo.", "Jo"),
        ("ik weet niet of ik dit wel durf", None),
        ("moet dat echt nu al vandaag nog", None),
        ("volgende week zondag", None),
        ("savonds", None),
        ("samen dan", None),
        ("nou vooruit", None),
        ("mijn man heeft dit gedaan", None),
    ],
)
def test_a_name_is_no_sentence(answer: str, name: str | None) -> None:
    assert read_name(answer) == name


@pytest.mark.parametrize(
    ("answer", "asked", "changes"),
    [
        ("mijn nummer klopt niet", "intake_reach", {"intake_contact": None}),
        ("wacht, mijn naam is Anna", "intake_contact", {"intake_name": "Anna"}),
        ("nee wacht, mijn nummer is 0612345679", "intake_reach", {"intake_contact": "+31612345679"}),
        ("de naam is fout", "intake_reach", {"intake_name": None}),
        ("naam", "intake_reach", {"intake_name": None}),
        ("hij kent mijn nummer niet", "intake_reach", {}),
        ("alleen als hij werkt", "intake_reach", {}),
    ],
)
def test_an_earlier_answer_is_corrected_on_the_way(answer: str, asked: str, changes: dict[str, str | None]) -> None:
    assert corrected_on_the_way(answer, asked, ["intake_name", "intake_contact"]) == changes


@pytest.mark.parametrize(
    ("asked", "text", "said"),
    [
        ("intake_name", "ja", "utter_intake_name_missing"),
        ("intake_name", "waarom moet je dat weten?", "utter_about_why"),
        ("intake_name", "kost dat iets?", "utter_about_price_open"),
        ("intake_name", "wil ik niet zeggen", "utter_intake_alias"),
        ("intake_contact", "oké", "utter_intake_contact_missing"),
        ("intake_contact", "geef ik niet", "utter_intake_contact_needed"),
        ("intake_contact", "wie belt er dan?", "utter_about_who"),
        ("intake_reach", "euh", "utter_intake_reach_missing"),
        ("intake_reach", "nee", "utter_intake_reach_missing"),
        ("intake_reach", "kan mijn man dit zien?", "utter_about_device"),
        ("intake_reach", "iets veranderen", "utter_intake_change_what"),
    ],
)
async def test_what_is_no_answer_is_answered_and_asked_again(asked: str, text: str, said: str) -> None:
    found, slots, _ = await run(ValidateIntakeForm(), tracker_of({"requested_slot": asked}, text, form="intake_form"), DOMAIN)
    assert found == [said]
    assert slots == {asked: None}


@pytest.mark.parametrize(
    ("asked", "text", "kept"),
    [
        ("intake_name", "Jo", "Jo"),
        ("intake_reach", "na zes uur, kan dat?", "na zes uur, kan dat?"),
        ("intake_reach", "hij mag het niet lezen", "hij mag het niet lezen"),
        ("intake_reach", "altijd goed", "altijd goed"),
    ],
)
async def test_what_is_an_answer_is_kept(asked: str, text: str, kept: str) -> None:
    found, slots, _ = await run(ValidateIntakeForm(), tracker_of({"requested_slot": asked}, text, form="intake_form"), DOMAIN)
    assert found == []
    assert slots == {asked: kept}


async def test_who_refuses_a_name_twice_has_none() -> None:
    tracker = tracker_of({"requested_slot": "intake_name"}, "liever anoniem", said=("utter_intake_alias",), form="intake_form")
    found, slots, _ = await run(ValidateIntakeForm(), tracker, DOMAIN)
    assert (found, slots) == ([], {"intake_name": "Anoniem"})


async def test_a_question_is_nothing_to_add() -> None:
    tracker = tracker_of({"requested_slot": "intake_about"}, "wanneer hoor ik iets?", form="intake_details_form")
    found, slots, _ = await run(ValidateIntakeDetailsForm(), tracker, DOMAIN)
    assert (found, slots) == (["utter_about_when"], {"intake_about": None})


@pytest.mark.parametrize("text", ["toch niets", "nee", "laat maar zo"])
async def test_who_wanted_a_change_and_then_none_sees_the_summary_again(text: str) -> None:
    tracker = tracker_of({"requested_slot": "intake_consent"}, text, said=("utter_intake_change_what",), form="intake_form")
    found, slots, _ = await run(ValidateIntakeForm(), tracker, DOMAIN)
    assert (found, slots) == ([], {"intake_consent": None})


@pytest.mark.parametrize(
    ("answer", "name"),
    [
        ("ja, ik ben Tom en mijn gsm is 0486 11 22 33", "Tom"),
        ("Tom, 0486 11 22 33", "Tom"),
        ("Jan de Wit en mijn nummer is 0486 11 22 33", "Jan de Wit"),
        ("mijn naam is sofie peeters, 0486 11 22 33", "sofie peeters"),
        ("bel 0486 11 22 33", None),
        ("graag, je mag me bellen op 0486 11 22 33", None),
    ],
)
def test_a_name_and_a_number_at_once(answer: str, name: str | None) -> None:
    assert introduced(answer) == {"intake_contact": "+32486112233", **({"intake_name": name} if name else {})}


def test_a_story_with_a_number_in_it_introduces_nobody() -> None:
    assert introduced("hij belt de hele dag naar 0486 11 22 33 en dat is van mijn zus") == {}
    assert introduced("ja graag") == {}


def test_who_was_asked_for_a_name_may_say_more() -> None:
    both = {"intake_contact": "+32476123398", "intake_name": "Greet Pauwels"}
    assert introduced("heb ik toch al gezegd? Greet Pauwels 0476 12 33 98") == {}
    assert introduced("heb ik toch al gezegd? Greet Pauwels 0476 12 33 98", asked=True) == both


@pytest.mark.parametrize(
    ("before", "filled"),
    [
        (
            "Ik wil iemand spreken. Mijn naam is Greet Pauwels, 0476 12 33 98",
            {"intake_contact": "+32476123398", "intake_name": "Greet Pauwels"},
        ),
        ("hij belt me de hele dag, 0476 12 33 98, ik wil iemand spreken", {}),
    ],
)
async def test_what_was_told_before_the_offer_is_not_asked_again(before: str, filled: dict[str, str]) -> None:
    events = [{"event": "user", "text": before}, {"event": "user", "text": "ja graag"}]
    slots = dict.fromkeys(["intake_name", "intake_contact", "intake_reach", "intake_consent", "requested_slot"])
    tracker = Tracker("x", slots, {"text": "ja graag", "intent": {"name": "affirm"}}, events, False, None, {}, "action_listen")
    _, found, _ = await run(ValidateIntakeForm(), tracker, DOMAIN)
    assert found == filled
