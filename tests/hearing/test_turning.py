"""Clauses turned round: each row of `turned.tsv` was read by eye, and none of `not_turned.txt` may be said back."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.hearing import heard, turning
from bot.hearing.clauses import listed
from bot.hearing.turning import LONGEST_IN_CHARACTERS, turned
from bot.hearing.verbs import PRESENT, known_words

HERE = Path(__file__).parent
TURNED = [line.split("\t") for line in (HERE / "turned.tsv").read_text("utf-8").splitlines()]
NOT_TURNED = (HERE / "not_turned.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize(("said", "back"), TURNED)
def test_a_clause_is_turned_round(said: str, back: str) -> None:
    assert turned(said) == back


@pytest.mark.parametrize("text", NOT_TURNED)
def test_what_is_not_sure_is_not_turned(text: str) -> None:
    assert turned(text) is None


def test_there_are_enough_of_both() -> None:
    assert len(TURNED) >= 150 and len(NOT_TURNED) >= 100


@given(
    st.lists(
        st.sampled_from([*sorted(PRESENT), *sorted(listed("ik mij me mijn hij ze dat toen en te was een ons wij , man"))]), max_size=16
    )
)
def test_nothing_of_the_visitors_side_is_left(words: list[str]) -> None:
    back = turned(" ".join(words))
    if back is not None:
        assert not {"ik", "me", "mij", "mijn", "wij", "we", "ons", "onze"} & set(back.lower().replace(",", "").split())
        assert len(back) <= LONGEST_IN_CHARACTERS


def test_the_example_in_the_code_is_true() -> None:
    assert doctest.testmod(turning).failed == 0


def test_chat_spelling_is_not_among_the_known_words() -> None:
    assert not {"egt", "gwn", "gezegt", "kheb", "nie", "da", "gij", "ge", "mijne"} & known_words()


MIRRORS = [
    ("Mijn man werkt in Breda. Hij lachte me uit waar zijn vrienden bij waren.", None, "hij lachte je uit, waar zijn vrienden bij waren"),
    ("Ik heb tegen mijn vrouw gelogen. Zij huilde de hele avond.", "express_apology", "je hebt tegen je vrouw gelogen"),
    ("hij is onze trouwdag vergeten en dat doet me pijn", "express_hurt", "hij is jullie trouwdag vergeten"),
]
NO_MIRRORS = [
    "mijn man werkt bij de gemeente",
    "hij heeft mij bedrogen, denk ik",
    "ik heb haar bedrogen, zegt ze",
    "hij heeft mij bedrogen, maar niet echt",
    "heeft hij mij bedrogen?",
    "hij zei 'je bent niets waard' tegen mij",
    "ik wil het goedmaken met mijn vrouw",
    "hij is een egoïst en dat blijft hij",
    "ik ben zo opgelucht, hij heeft mij vergeven",
    "hij heeft mij geslagen met zijn riem",
    "ik wil niet meer wakker worden zonder haar",
]


@pytest.mark.parametrize(("text", "intent", "mirror"), MIRRORS)
def test_the_clause_that_says_most_is_said_back(text: str, intent: str | None, mirror: str) -> None:
    assert heard(text, intent).mirror == mirror


@pytest.mark.parametrize("text", NO_MIRRORS)
def test_no_clause_is_said_back_that_should_not_be(text: str) -> None:
    assert heard(text).mirror is None
