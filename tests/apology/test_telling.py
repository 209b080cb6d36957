"""What a message tells of an apology, and the draft that is made of it."""

from __future__ import annotations

import pytest

from bot.apology.letter import letter, to_partner
from bot.apology.telling import defends, made_smaller, told


def test_three_parts_in_one_message_are_all_heard() -> None:
    found = told("ik heb gelogen tegen mijn vrouw over geld, ze lag er nachten wakker van en ik ga voortaan alles laten zien")
    assert found == {
        "responsibility": "ik heb gelogen tegen mijn vrouw over geld",
        "acknowledge_pain": "ze lag er nachten wakker van",
        "no_repeat": "ik ga voortaan alles laten zien",
    }


@pytest.mark.parametrize(
    ("text", "elements"),
    [
        ("ik heb haar voor haar ouders voor schut gezet, en dat spijt me enorm", {"responsibility", "regret"}),
        ("hij voelde zich vernederd", {"acknowledge_pain"}),
        ("ik ga voortaan eerst een rondje lopen als ik boos word", {"no_repeat"}),
        ("ik wil haar zaterdag meenemen naar het strand waar we elkaar leerden kennen", {"repair"}),
        # Not sure, or nothing of it: it is asked.
        ("ik heb iets stoms gedaan", set()),
        ("we hebben ruzie gehad", set()),
        ("ik wil sorry zeggen", set()),
        ("ik heb iets gedaan waar ik spijt van heb", set()),
        ("we waren bij haar ouders en er werd gelachen", set()),
        ("hoe maak ik het goed met mijn vriend", set()),
        ("ik was zo moe", set()),
        ("geen idee", set()),
        ("", set()),
    ],
)
def test_only_what_is_sure_counts(text: str, elements: set[str]) -> None:
    assert set(told(text)) == elements


def test_the_deed_is_heard_and_not_the_reason_before_it() -> None:
    assert told("ik was zo moe en toen heb ik geschreeuwd") == {"responsibility": "toen heb ik geschreeuwd"}


def test_an_excuse_about_the_partner_is_quoted_in_the_visitors_words() -> None:
    faults = made_smaller("ik heb geroepen maar zij begon").faults
    assert [(fault.kind, fault.text) for fault in faults] == [("but_excuse", "maar zij begon")]
    assert defends("het was maar een grapje") and not defends("ik heb haar een trut genoemd")


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("ik heb haar uitgelachen en ze werd stil", "ik heb je uitgelachen en je werd stil"),
        ("ik heb tegen mijn vrouw Noor gelogen", "ik heb tegen je gelogen"),
        ("mijn man huilde toen ik dat zei", "je huilde toen ik dat zei"),
        ("ze heeft nachten wakker gelegen", "je hebt nachten wakker gelegen"),
        ("ik heb hem laten zitten op zijn verjaardag", "ik heb je laten zitten op je verjaardag"),
        ("ze voelde zich vernederd", "je voelde je vernederd"),
        ("ik maak geen grapjes over haar werk waar anderen bij zijn", "ik maak geen grapjes over je werk waar anderen bij zijn"),
        ("ik heb zijn vertrouwen geschaad", "ik heb je vertrouwen geschaad"),
        # Not sure: as it was typed.
        ("daardoor voelt ze zich alleen", "daardoor voelt ze zich alleen"),
        ("ze zijn daar boos om", "ze zijn daar boos om"),
    ],
)
def test_a_sentence_is_said_to_the_partner_only_where_that_is_sure(sentence: str, said: str) -> None:
    assert to_partner(sentence) == said


def test_the_draft_holds_the_visitors_own_words_in_a_fixed_order() -> None:
    draft = letter(
        {"repair": "een brief schrijven", "responsibility": "ik heb tegen haar gelogen. ik verzweeg de schuld", "regret": "en dat spijt me"}
    )
    assert draft == "Ik heb tegen je gelogen. Ik verzweeg de schuld. Dat spijt me. Een brief schrijven."


def test_with_somebody_else_in_the_story_nothing_is_turned() -> None:
    assert letter({"responsibility": "ik heb met een collega gezoend", "acknowledge_pain": "ze heeft nachten gehuild"}) == (
        "Ik heb met een collega gezoend. Ze heeft nachten gehuild."
    )
