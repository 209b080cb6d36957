"""The partner's own words, taken out of what a visitor tells."""

from __future__ import annotations

import pytest

from bot.exercises.agreements import is_vague
from bot.exercises.received import partner_words, tells_of_sorry


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("hij zei: sorry dat ik tegen je loog", "sorry dat ik tegen je loog"),
        ("'sorry als ik je gekwetst heb'", "sorry als ik je gekwetst heb"),
        (
            'Hij zei "het spijt me dat ik je pijn deed, ik zal het niet meer doen"',
            "het spijt me dat ik je pijn deed, ik zal het niet meer doen",
        ),
        ("ze appte sorry voor alles", "sorry voor alles"),
        ("sorry, ik had dat nooit mogen zeggen", "sorry, ik had dat nooit mogen zeggen"),
        ("hij zei dat het hem spijt", None),
        ("hij heeft sorry gezegd maar verder niks", None),
        ("dat weet ik niet meer", None),
        ("ze had er spijt van, zei ze", None),
        ("", None),
    ],
)
def test_quoted_or_told(text: str, words: str | None) -> None:
    assert partner_words(text) == words


@pytest.mark.parametrize(
    "text", ["meer aandacht", "respect", "eerlijkheid", "dat ze eerlijk is", "meer tijd samen", "gewoon wat meer respect voor elkaar"]
)
def test_too_general_to_be_seen(text: str) -> None:
    assert is_vague(text)


@pytest.mark.parametrize(
    "text",
    [
        "dat hij belt als hij later komt",
        "elke avond een half uur zonder telefoon",
        "een knuffel",
        "dat je zegt waar je heen gaat",
        "zondag samen koken",
    ],
)
def test_concrete_enough(text: str) -> None:
    assert not is_vague(text)


@pytest.mark.parametrize(
    "text",
    [
        "hij heeft sorry gezegd maar ik weet niet of hij het meent",
        "sorry zei ze",
        "ze bood haar excuses aan",
        "hij zegt dat het hem spijt",
        "zijn excuses voelen niet echt",
    ],
)
def test_a_sorry_that_was_said(text: str) -> None:
    assert tells_of_sorry(text)


@pytest.mark.parametrize(
    "text",
    [
        "hij zegt nooit sorry",
        "ik wacht op zijn excuses",
        "geen sorry gekregen",
        "ik wil dat hij sorry zegt",
        "hij heeft zijn excuses niet aangeboden",
        "waarom zegt hij niet gewoon sorry",
        "hij doet nu heel lief",
    ],
)
def test_a_sorry_that_was_only_wished_for(text: str) -> None:
    assert not tells_of_sorry(text)
