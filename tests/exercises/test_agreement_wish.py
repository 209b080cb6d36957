"""Who wants an agreement with the partner, and who wants one with the practice."""

from __future__ import annotations

import pytest

from bot.exercises.policy import wants_card


@pytest.mark.parametrize(
    "text",
    [
        "afspraak maken over de gsm aan tafel",
        "kunnen we een afspraak maken over schermtijd",
        "een afspraak over geld",
        "onze afspraak op een kaartje zetten",
    ],
)
def test_an_agreement_with_the_partner(text: str) -> None:
    assert wants_card(text)


@pytest.mark.parametrize(
    "text",
    [
        "ik wil een afspraak maken",
        "ik wil een afspraak maken over mijn relatie",
        "een afspraak over ons huwelijk graag",
        "afspraak bij jullie over geld",
    ],
)
def test_an_appointment_with_the_practice(text: str) -> None:
    assert not wants_card(text)
