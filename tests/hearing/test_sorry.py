"""Who should say sorry and who wants to, as a message says it; and who thinks of leaving."""

from __future__ import annotations

import pytest

from bot.hearing.leaving import thinks_of_leaving
from bot.hearing.sorry import sorry_demanded, sorry_longed_for, sorry_refused, sorry_wanted

REFUSED = [
    "ik wil geen sorry zeggen",
    "ik wil niks meer met sorry te maken hebben",
    "nee geen excuus van mij",
    "ik ga mijn excuses niet aanbieden",
    "sorry zeggen doe ik niet",
    "ik hoef geen excuses te maken",
    "ik weiger sorry te zeggen",
    "hij moet eerst",
    "mijn man moet maar eerst sorry zeggen",
    "zij moet sorry zeggen",
    "sorry zeggen lukt mij niet",
    "ik krijg geen sorry over mijn lippen",
]
DEMANDED = [
    "moet ik sorry zeggen",
    "moet ik dan sorry zeggen?",
    "moet ik iets goedmaken",
    "waarom moet ik mijn excuses aanbieden",
    "hij zegt dat ik mijn excuses moet aanbieden",
    "ik moet van mijn vrouw sorry zeggen",
    "ik zou me moeten verontschuldigen zegt ze",
]
LONGED_FOR = [
    "ik wil horen dat het haar ook spijt",
    "ik wacht tot hij sorry zegt",
    "ik wil een sorry van hem",
    "ik hoop dat ze ooit spijt heeft",
]
WANTED = [
    "excuses maken",
    "sorry zeggen",
    "mijn excuses aanbieden",
    "hoe maak ik een goed excuus",
    "hoe zeg ik sorry",
    "hoe moet ik sorry zeggen",
    "ik wil sorry zeggen",
    "ik zou graag mijn excuses aanbieden",
]
KINDS = {sorry_refused: REFUSED, sorry_demanded: DEMANDED, sorry_longed_for: LONGED_FOR, sorry_wanted: WANTED}
OTHER = [
    "hij heeft sorry gezegd",
    "ze zegt nooit sorry",
    "hij wil geen sorry zeggen",
    "ik heb spijt",
    "ik heb niet goed sorry gezegd",
    "sorry dat ik het vraag",
    "ik wil niet dat hij boos is, sorry",
    "ik wil niet meer leven",
]


@pytest.mark.parametrize(("text", "kind"), [(text, kind) for kind, texts in KINDS.items() for text in texts])
def test_a_sorry_is_of_one_kind(text: str, kind: object) -> None:
    assert [heard for heard in KINDS if heard(text)] == [kind]


@pytest.mark.parametrize("text", OTHER)
def test_no_sorry_of_the_visitor_is_made_up(text: str) -> None:
    assert not [heard for heard in KINDS if heard(text)]


LEAVING = [
    "ik wil weg bij hem",
    "ik wil bij hem weg",
    "ik ga scheiden",
    "we gaan scheiden",
    "ik denk eraan om mijn man te verlaten",
    "ik overweeg een scheiding",
    "moet ik bij haar weggaan?",
    "ik ga bij hem weg",
    "zal ik hem verlaten",
    "ik denk aan scheiden",
    "ik wil het uitmaken",
    "ik twijfel of ik wil scheiden",
]


@pytest.mark.parametrize("text", LEAVING)
def test_who_thinks_of_leaving_is_heard(text: str) -> None:
    assert thinks_of_leaving(text)


@pytest.mark.parametrize(
    "text",
    [
        "ik ga",
        "ik ga weg",
        "ik ga nu maar",
        "hij wil weg bij mij",
        "ze wil scheiden",
        "ik wil niet scheiden",
        "als ik bij hem weg wil wordt hij boos",
        "hij zegt dat ik moet vertrekken",
        "ik wil dat hij weggaat",
        "ik ga naar de gokhulp",
        "mijn ouders gaan scheiden",
        "ik wil dat de pijn weggaat",
    ],
)
def test_who_stays_or_is_left_does_not(text: str) -> None:
    assert not thinks_of_leaving(text)
