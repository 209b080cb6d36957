"""What is added to a letter stands before its greeting; scolding is seen; what was told twice stands there once."""

from __future__ import annotations

import pytest

from bot.apology.closing import with_sentence
from bot.apology.insults import insults_in
from bot.apology.letter import letter
from bot.apology.review import review_apology


@pytest.mark.parametrize(
    ("text", "longer"),
    [
        ("Lieve Anna, het spijt me. Liefs, Tom", "Lieve Anna, het spijt me. Nieuw. Liefs, Tom"),
        ("Het spijt me.\nLiefs,\nTom", "Het spijt me. Nieuw.\nLiefs,\nTom"),
        ("Sorry schat.\n\nVeel liefs\ntom", "Sorry schat. Nieuw.\nVeel liefs\ntom"),
        ("Het spijt me. X", "Het spijt me. Nieuw. X"),
        ("Het spijt me.\nTom", "Het spijt me. Nieuw.\nTom"),
        ("Het spijt me. Groetjes van je man", "Het spijt me. Nieuw. Groetjes van je man"),
        ("Het spijt me. Dikke kus, je Sarah xxx", "Het spijt me. Nieuw. Dikke kus, je Sarah xxx"),
        ("het spijt me", "het spijt me. Nieuw."),
        ("Het spijt me. Ik hou van je", "Het spijt me. Ik hou van je. Nieuw."),
        ("Het spijt me. Sorry", "Het spijt me. Sorry. Nieuw."),
    ],
)
def test_before_the_greeting(text: str, longer: str) -> None:
    assert with_sentence(text, "Nieuw.") == longer


@pytest.mark.parametrize("text", ["sorry dat je zo'n trut was", "jij bent een egoïst", "het spijt me, stomme koe", "sorry trut"])
def test_an_insult_is_a_fault(text: str) -> None:
    assert list(insults_in(text))
    fault = next(fault for fault in review_apology(text).faults if fault.kind == "insult")
    assert text[fault.start : fault.end] == fault.text


@pytest.mark.parametrize(
    "text",
    [
        "Je voelde je een idioot en dat komt door mij.",
        "ik noemde je een trut",
        "ik heb je een bitch genoemd",
        "sorry dat ik zo'n klootzak was",
        "ik was een eikel",
    ],
)
def test_telling_what_one_said_or_was_is_none(text: str) -> None:
    assert not list(insults_in(text))


def test_what_was_told_twice_stands_there_once() -> None:
    told = {
        "responsibility": "ik heb tegen haar gelogen over geld",
        "regret": "het spijt me dat ik tegen haar gelogen heb",
        "repair": "ik heb gelogen tegen haar over het geld",
    }
    assert letter(told) == "Ik heb tegen je gelogen over geld. Het spijt me dat ik tegen je gelogen heb."


def test_the_partner_is_spoken_to_by_name_too() -> None:
    assert letter({"acknowledge_pain": "Anna was verdrietig"}, "Anna") == "Je was verdrietig."
