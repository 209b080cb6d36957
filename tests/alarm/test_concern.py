"""Messages that the coach has to ask about (S4), through the trained model."""

import pytest

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
