import pytest

from actions.checkup import AREAS, read_score, result_of


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("7", 7),
        ("10", 10),
        ("0", 0),
        ("7,5", 7.5),
        ("praten gaat wel, een 4", 4),
        ("ik zou zeggen een zes", 6),
        ("zeven en een half", 7.5),
        ("8.5 denk ik", 8.5),
        ("een 11", None),
        ("geen idee", None),
        ("12", None),
        ("heel goed", None),
    ],
)
def test_reading_a_mark(text: str, score: float | None) -> None:
    assert read_score(text) == score


def test_the_result_names_the_lowest_area() -> None:
    scores = {**dict.fromkeys(AREAS, 8.0), "score_trust": 2.0}
    assert result_of(scores) == ("utter_checkup_middle", "6,8", "vertrouwen")
