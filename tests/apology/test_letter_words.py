"""What short and dialect answers become in the draft, and what is heard in them."""

from __future__ import annotations

import pytest

from bot.apology import review_apology
from bot.apology.letter import letter, to_partner
from bot.apology.telling import counter_accuses, told


@pytest.mark.parametrize(
    ("text", "element"),
    [
        ("heb zijn auto geleend en een deuk gereden en niks gezegd", "responsibility"),
        ("kheb een ander gekust", "responsibility"),
        ("hij huilde", "acknowledge_pain"),
        ("ze lachte mee maar keek naar de grond", "acknowledge_pain"),
        ("ze zei niks heel de dag", "acknowledge_pain"),
        ("niet meer drinken op haar feestjes", "no_repeat"),
    ],
)
def test_a_right_answer_in_few_words_is_heard_as_what_it_is(text: str, element: str) -> None:
    assert list(told(text)) == [element]


def test_the_draft_completes_what_was_left_out_and_turns_it_to_the_partner() -> None:
    draft = letter(
        {
            "responsibility": "Ok. heb zijn auto geleend en een deuk gereden",
            "acknowledge_pain": "teleurgesteld",
            "regret": "spijt",
            "repair": "'k wil de garage betalen",
        }
    )
    assert draft == "Ik heb je auto geleend en een deuk gereden. Je voelde je teleurgesteld. Ik heb spijt. Ik wil de garage betalen."


def test_whose_it_is_stands_there_once() -> None:
    assert to_partner("ik heb mijn vrouw haar feest verpest") == "ik heb je feest verpest"


@pytest.mark.parametrize(
    "text", ["Ja maar mijn baas deed lastig.", "Zij appt ook met haar ex. Gelijk heb ik.", "ze drinkt zelf ook", "jamaar hij begon"]
)
def test_blame_laid_elsewhere_is_heard(text: str) -> None:
    assert counter_accuses(text)


@pytest.mark.parametrize("text", ["ze moest ook huilen", "ja maar ik wil het goedmaken", "hij was ook verdrietig", "ik had het mis"])
def test_the_pain_of_the_other_and_a_wish_are_no_blame(text: str) -> None:
    assert not counter_accuses(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ik heb je uitgelachen. Ja maar mijn baas deed lastig. Het spijt me.",
        "Ik heb met een ander geappt. Je appt ook met je ex. Gelijk heb ik.",
    ],
)
def test_a_text_with_blame_in_it_is_not_without_fault(text: str) -> None:
    assert review_apology(text).faults


def test_what_was_only_told_to_the_coach_stays_out_and_a_deed_never_does() -> None:
    told = {
        "responsibility": "ik heb gelogen over de motor",
        "regret": "Ik wil sorry zeggen. Ik heb spijt",
        "repair": "Een brief misschien.",
    }
    assert letter(told) == "Ik heb gelogen over de motor. Ik heb spijt."
    to_coach = "ik heb het contact verbroken, haar nummer geblokkeerd en jij mag mijn telefoon zien. hoe zet ik dat erin?"
    asked = {"no_repeat": to_coach, "repair": "ik ga mee naar de controle. en nu? geef je de hele tekst nog"}
    whole = "Ik heb het contact verbroken, haar nummer geblokkeerd en jij mag mijn telefoon zien. Ik ga mee naar de controle."
    assert letter(asked) == whole
    assert letter({"responsibility": "ik heb haar gezegd dat jij dom bent"}) == "Ik heb je gezegd dat jij dom bent."
    for deed in ("Ik wil sorry zeggen omdat ik heb gelogen", "Ik weet niet hoe ik zo gemeen kon zijn"):
        assert letter({"regret": deed}) == f"{deed}."


def test_what_the_partner_says_is_said_to_them() -> None:
    assert letter({"acknowledge_pain": "Ze zegt dat ze mij niet meer vertrouwt"}) == "Je zegt dat je mij niet meer vertrouwt."
    assert letter({"repair": "verkoop ik de motor"}) == "Dan verkoop ik de motor."
