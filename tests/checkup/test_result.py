"""What marks say together."""

from __future__ import annotations

import pytest

from bot.checkup.questions import AREAS, QUESTIONS, SAFETY
from bot.checkup.result import as_mark, change, in_words, result_of


def test_every_area_has_questions_and_safety_is_the_last() -> None:
    assert 6 <= len(QUESTIONS) <= 10
    assert len(AREAS) == 6
    assert all(AREAS.values())
    assert QUESTIONS[-1] == SAFETY


def test_strongest_and_weakest() -> None:
    marks = {"score_attention": 6.0, "score_curiosity": 8.0, "score_listening": 4.0, "score_repair": 7.0, "score_joy": 9.0}
    result = result_of(marks)
    assert result is not None
    assert result.areas == {"attention": 7.0, "listening": 4.0, "repair": 7.0, "joy": 9.0}
    assert (result.strongest, result.weakest) == (("joy",), ("listening",))
    assert not result.even


def test_equals_are_named_together() -> None:
    result = result_of({"score_joy": 8.0, "score_repair": 8.0, "score_trust": 3.0})
    assert result is not None
    assert in_words(result.strongest) == "het weer goedmaken en plezier samen"


def test_nothing_stands_out_when_all_is_alike() -> None:
    result = result_of(dict.fromkeys(QUESTIONS, 6.0))
    assert result is not None
    assert result.even


def test_one_answer_is_a_result_and_none_is_none() -> None:
    result = result_of({"score_joy": 7.0})
    assert result is not None
    assert result.even
    assert result_of({}) is None


@pytest.mark.parametrize(
    ("marks", "low"),
    [
        (dict.fromkeys(QUESTIONS, 8.0), False),
        (dict.fromkeys(QUESTIONS, 5.0), True),
        ({**dict.fromkeys(QUESTIONS, 9.0), "score_joy": 3.0}, True),
        (dict.fromkeys(QUESTIONS, 5.5), False),
    ],
)
def test_a_person_is_offered_where_it_is_low(marks: dict[str, float], low: bool) -> None:
    result = result_of(marks)
    assert result is not None
    assert result.low is low


def test_the_greatest_change_since_then() -> None:
    before = {"attention": 5.0, "joy": 8.0, "trust": 3.0}
    assert change(before, {"attention": 6.0, "joy": 5.0, "repair": 9.0}) == ("joy", 8.0, 5.0)
    assert change(before, {"attention": 5.25}) is None
    assert change(before, {"repair": 9.0}) is None


@pytest.mark.parametrize(("value", "said"), [(7.0, "7"), (6.5, "6,5"), (10.0, "10"), (0.0, "0"), (6.25, "6,2")])
def test_marks_in_dutch(value: float, said: str) -> None:
    assert as_mark(value) == said
