"""What the wound is about."""

from __future__ import annotations

import json

import pytest

from bot.hearing.learned import FEELINGS_FILE
from bot.hearing.wounds import WOUNDS, wound

SAID = [
    ("hij noemde me een zeurkous", "words"),
    ("ze lachte me uit voor haar vriendinnen", "words"),
    ("hij heeft tegen mij gelogen over zijn werk", "lie"),
    ("ze heeft verzwegen dat ze ontslagen was", "lie"),
    ("ik ben vreemdgegaan", "affair"),
    ("zij heeft met een ander gezoend", "affair"),
    ("hij luistert nooit naar mij", "neglect"),
    ("ik heb haar te weinig aandacht gegeven", "neglect"),
    ("hij had beloofd te komen", "promise"),
    ("ze heeft op het laatste moment afgezegd", "promise"),
    ("hij heeft ons spaargeld vergokt", "money"),
    ("er is een lening waar ik niets van wist", "money"),
    ("mijn schoonmoeder bemoeit zich overal mee", "family"),
    ("hij zit heel de avond op zijn gsm", "phone"),
    ("ik was alleen bij de operatie", "absent"),
    ("hij ging niet mee naar de begrafenis", "absent"),
    ("we hebben al een jaar geen seks meer", "intimacy"),
]
NOT_SAID = [
    "hij heeft niet tegen mij gelogen",
    "ze is nooit vreemdgegaan",
    "het was een mooie bevalling samen",
    "we gaan morgen wandelen",
    "goedenavond",
]


@pytest.mark.parametrize(("text", "kind"), SAID)
def test_a_wound_is_heard(text: str, kind: str) -> None:
    assert wound(text) == kind


@pytest.mark.parametrize("text", NOT_SAID)
def test_none_is_heard_where_there_is_none(text: str) -> None:
    assert wound(text) is None


def test_every_kind_has_its_words() -> None:
    assert {kind for _, kind in SAID} == set(WOUNDS)


def test_a_wound_that_is_heard_is_seldom_another_one() -> None:
    rows = [json.loads(line) for line in FEELINGS_FILE.read_text("utf-8").splitlines()]
    pairs = [(row["wound"], wound(row["text"])) for row in rows]
    heard = [(wanted, got) for wanted, got in pairs if wanted and got]
    assert len(heard) > 150
    assert sum(wanted != got for wanted, got in heard) / len(heard) < 0.12
