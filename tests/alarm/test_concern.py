"""Messages that the coach has to ask about (S4), through the trained model."""

import pytest

from bot.alarm.classifier import Opinion
from bot.alarm.detector import AlarmDetector, decide
from bot.alarm.patterns import PatternHit
from bot.evaluation.parse import Pipeline
from bot.training import fitting_model


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline(fitting_model())


@pytest.mark.parametrize(
    ("text", "category"),
    [("ik kan niet meer", "suicidality"), ("ik ben soms bang voor hoe boos hij wordt", "partner_violence")],
)
def test_an_unclear_signal_is_a_concern_and_keeps_its_intent(pipeline: Pipeline, text: str, category: str) -> None:
    parsed = pipeline.parse([text])[0]
    assert parsed.alarm is not None
    assert (parsed.alarm["level"], parsed.alarm["category"]) == ("concern", category)
    assert parsed.intent != "alarm"


@pytest.mark.parametrize(
    ("alarm", "concern", "level"),
    [(0.9, 0.9, "alarm"), (0.3, 0.1, "concern"), (0.05, 0.7, "concern"), (0.1, 0.4, None)],
)
def test_what_may_be_an_alarm_is_asked_about(alarm: float, concern: float, level: str | None) -> None:
    opinion = Opinion(alarm=alarm, concern=concern, acute=0.0, category="child_safety")
    decided = decide([], opinion, AlarmDetector.get_default_config())
    assert (decided and decided["level"]) == level


def test_an_unclear_signal_in_plain_words_is_more_than_a_doubt_of_the_classifier() -> None:
    # A form leaves the classifier's doubts alone, but asks when a pattern heard it too.
    opinion = Opinion(alarm=0.1, concern=0.7, acute=0.0, category="child_safety")
    decided = decide([PatternHit("partner_violence", "concern", 0, 9)], opinion, AlarmDetector.get_default_config())
    assert decided is not None
    assert (decided["level"], decided["layer"], decided["category"]) == ("concern", "both", "partner_violence")


@pytest.mark.parametrize("text", ["hij slaat me nooit hoor, hij zwijgt alleen maar", "nee, niemand doet mij pijn of dwingt mij"])
def test_a_bare_denial_is_no_alarm(pipeline: Pipeline, text: str) -> None:
    assert pipeline.parse([text])[0].alarm is None


@pytest.mark.parametrize(
    "text", ["hij slaat me nooit als de kinderen erbij zijn, alleen 's nachts", "hij heeft me nooit geslagen, hij sluit me op in de kelder"]
)
def test_a_denial_beside_danger_hides_nothing(pipeline: Pipeline, text: str) -> None:
    assert pipeline.parse([text])[0].alarm is not None
