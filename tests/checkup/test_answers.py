"""Marks as people give them, and what they say instead."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.checkup.answers import Wish, read_answer, read_score
from bot.checkup.questions import QUESTIONS, corrected_question


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("7", 7),
        ("10", 10),
        ("0", 0),
        ("7,5", 7.5),
        ("praten gaat wel, een 4", 4),
        ("een 7 of zo", 7),
        ("acht", 8),
        ("ik zou zeggen een zes", 6),
        ("zeven en een half", 7.5),
        ("zesenhalf", 6.5),
        ("vijf komma vijf", 5.5),
        ("7½", 7.5),
        ("8.5 denk ik", 8.5),
        ("7/10", 7),
        ("een 7 op 10", 7),
        ("7 van de 10", 7),
        ("7 van 10", 7),
        ("tussen de 6 en de 7", 6.5),
        ("6 of 7", 6.5),
        ("een 6 à 7", 6.5),
        ("vroeger een 8, nu een 4", 4),
        ("geen 10 maar een 6", 6),
        ("we zijn 12 jaar samen, een 6", 6),
        ("een", 1),
        ("nul", 0),
        ("al 3 jaar niet", None),
        ("wij twee doen ons best", None),
        ("drie keer niks", None),
        ("een 11", None),
        ("-3", None),
        ("12", None),
        ("100", None),
        ("06-12345678", None),
        ("heel goed", None),
        ("nee", None),
    ],
)
def test_a_mark_among_words(text: str, score: float | None) -> None:
    assert read_score(text) == score


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("terug", Wish.BACK),
        ("ga even terug", Wish.BACK),
        ("vorige vraag", Wish.BACK),
        ("sla over", Wish.SKIP),
        ("sla deze vraag maar over", Wish.SKIP),
        ("geen idee", Wish.SKIP),
        ("weet ik niet", Wish.SKIP),
        ("dat weet ik nie", Wish.SKIP),
        ("liever niet", Wish.SKIP),
        ("wat valt er tot nu toe op?", Wish.SO_FAR),
        ("hoe is de tussenstand", Wish.SO_FAR),
        ("weet ik niet, een 5", 5.0),
    ],
)
def test_what_is_said_instead(text: str, wish: Wish | float | None) -> None:
    assert read_answer(text) == wish


@given(st.integers(0, 10), st.sampled_from(["{}", "een {}", "een {} denk ik", "ik zeg {}.", "{}!", "doe maar een {}", "nou, {} ofzo"]))
def test_every_mark_is_read_in_every_frame(mark: int, frame: str) -> None:
    assert read_score(frame.format(mark)) == mark


@given(st.text(max_size=80))
def test_whatever_is_written_a_mark_lies_between_nought_and_ten(text: str) -> None:
    score = read_score(text)
    assert score is None or 0 <= score <= 10


@pytest.mark.parametrize(
    ("text", "corrected"),
    [
        ("nee wacht, luisteren moest een 6 zijn", "score_listening"),
        ("o nee, maak van aandacht een 3", "score_attention"),
        ("nee wacht, doe maar een 5", "score_heard"),
        ("een 5", None),
        ("toch een 5", None),
        ("nee wacht, het goedmaken is een 5", None),
    ],
)
def test_an_earlier_mark_can_be_corrected(text: str, corrected: str | None) -> None:
    assert corrected_question(text, "score_repair", list(QUESTIONS[:4])) == corrected


def test_nothing_can_be_corrected_before_the_first_answer() -> None:
    assert corrected_question("nee wacht, een 5", QUESTIONS[0], []) is None
