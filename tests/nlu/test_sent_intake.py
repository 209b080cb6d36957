"""What is heard of an intake that was sent: taking it back, and what has to change; and what is about something else."""

from __future__ import annotations

import pytest
from rasa.shared.core.events import ActiveLoop, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.nlu.sent_intake import DETAILS_FORM, SENT, Wish, speaks_of_sent_intake, wish_in, wrong_fields


@pytest.mark.parametrize(
    "text",
    [
        "trek mijn aanvraag in",
        "ik wil mijn aanvraag intrekken",
        "annuleer mijn aanvraag maar",
        "verwijder mijn aanvraag",
        "mijn aanvraag mag weg",
        "ik wil toch niet dat jullie bellen",
        "ik wil niet meer gebeld worden",
        "bel me toch maar niet",
        "jullie hoeven me niet meer te bellen",
        "toch geen gesprek",
    ],
)
def test_it_is_taken_back(text: str) -> None:
    assert speaks_of_sent_intake(text, True) is Wish.WITHDRAW


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("ik heb mijn nummer fout getypt", ["intake_contact"]),
        ("mijn nummer klopt niet", ["intake_contact"]),
        ("er zit een typfout in mijn mailadres", ["intake_contact"]),
        ("de naam is fout", ["intake_name"]),
        ("mijn nieuwe nummer is 0612345678", ["intake_contact"]),
        ("ik wil het moment veranderen", ["intake_reach"]),
        ("kan ik mijn naam nog wijzigen", ["intake_name"]),
    ],
)
def test_what_has_to_change(text: str, fields: list[str]) -> None:
    assert wrong_fields(text) == fields
    assert speaks_of_sent_intake(text, True) is Wish.CHANGE
    assert speaks_of_sent_intake(text, False) is None


@pytest.mark.parametrize(
    "text", ["iets veranderen", "ik wil mijn aanvraag aanpassen", "bel me alleen overdag", "niet bellen als hij thuis is"]
)
def test_something_has_to_change(text: str) -> None:
    assert speaks_of_sent_intake(text, True) is Wish.CHANGE


@pytest.mark.parametrize(
    "text",
    [
        "wis mijn gesprek",
        "hij heeft een ander nummer",
        "zijn nummer klopt niet",
        "ik wil niet dat hij belt",
        "ik trek me terug",
        "zij wil geen gesprek",
        "ik wil dat er iets verandert",
        "het klopt niet wat hij zegt",
        "ik heb een fout gemaakt",
        "ik wil mezelf veranderen",
        "geen zin meer",
        "de tijd heelt niet alles",
        "ik wil niet bellen met haar",
    ],
)
def test_what_is_about_something_else(text: str) -> None:
    assert speaks_of_sent_intake(text, True) is None


@pytest.mark.parametrize(
    "text", ["trek maar in", "trek het toch maar terug", "nee, annuleer het maar", "ik wil het intrekken", "annuleren"]
)
def test_right_after_it_was_sent_it_needs_no_name(text: str) -> None:
    def heard(*before: object) -> Wish | None:
        return wish_in(DialogueStateTracker.from_events("x", [*before, UserUttered(text)]))  # type: ignore[list-item]

    assert heard(SlotSet(SENT, "1"), ActiveLoop(DETAILS_FORM)) is Wish.WITHDRAW
    assert heard(SlotSet(SENT, "1"), ActiveLoop("plan_form")) is None
    assert heard(ActiveLoop(DETAILS_FORM)) is None


@pytest.mark.parametrize("text", ["trek je niks aan van hem", "hij trok aan mijn haar", "samen", "ik wil dat niet intrekken"])
def test_what_is_no_withdrawal_at_the_questions_after_it(text: str) -> None:
    tracker = DialogueStateTracker.from_events("x", [SlotSet(SENT, "1"), ActiveLoop(DETAILS_FORM), UserUttered(text)])
    assert wish_in(tracker) is None
