"""What accuses in a first sentence, and what doesn't."""

from __future__ import annotations

import pytest

from bot.hearing.accusing import accusations


@pytest.mark.parametrize(
    ("sentence", "kind", "words"),
    [
        ("jij luistert nooit naar mij", "general", "jij luistert nooit naar mij"),
        ("ik was boos omdat je nooit belt", "general", "je nooit belt"),
        ("altijd moet ik alles doen", "general", "altijd moet ik alles doen"),
        ("gij doet nooit iets in huis", "general", "gij doet nooit iets in huis"),
        ("ik vind dat jij te weinig doet", "verdict", "ik vind dat jij te weinig doet"),
        ("ik voel dat je me niet meer ziet staan", "verdict", "ik voel dat je me niet meer ziet staan"),
        ("ik heb het gevoel dat je liegt", "verdict", "ik heb het gevoel dat je liegt"),
        ("ik vind je lui", "verdict", "ik vind je lui"),
        ("je bent egoïstisch", "you", "je bent egoïstisch"),
        ("Je hebt me pijn gedaan.", "you", "Je hebt me pijn gedaan"),
        ("het is jouw schuld", "you", "het is jouw schuld"),
        ("waarom doe je dat", "why", "waarom doe je dat"),
    ],
)
def test_these_accuse(sentence: str, kind: str, words: str) -> None:
    found = accusations(sentence)
    assert [(accusation.kind, accusation.text) for accusation in found] == [(kind, words)]


@pytest.mark.parametrize(
    "sentence",
    [
        "ik voel me alleen als je laat thuiskomt, en ik heb je nodig",
        "ik voel me alleen in het huishouden en ik heb je hulp nodig",
        "ik vind het moeilijk, en ik wil het goedmaken",
        "ik voelde me gekwetst toen je lachte. Wil je naar me luisteren?",
        "ik schrik als je schreeuwt",
        "ik ben verdrietig omdat we zo weinig samen zijn",
        "ik hou altijd van jou",
        "ik wil je nooit meer kwijt",
        "ik zou graag willen dat je luistert",
        "heb je even tijd voor mij vanavond",
        "sorry dat ik zo uitviel, ik mis je",
    ],
)
def test_an_ik_boodschap_does_not(sentence: str) -> None:
    assert accusations(sentence) == ()
