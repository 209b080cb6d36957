"""The model does no worse than what the README says, but for noise between machines."""

from __future__ import annotations

import pytest

from bot.evaluation.alarms import AlarmFigures, alarm_figures
from bot.evaluation.intents import IntentFigures, intent_figures
from bot.evaluation.parse import Pipeline
from bot.evaluation.report import TALK, share
from bot.evaluation.sets import read_set
from bot.training import fitting_model


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline(fitting_model())


@pytest.fixture(scope="module")
def intents(pipeline: Pipeline) -> IntentFigures:
    rows = read_set("intents_dev")
    return intent_figures(rows, pipeline.parse([row.text for row in rows]))


@pytest.fixture(scope="module")
def alarms(pipeline: Pipeline) -> AlarmFigures:
    rows = read_set("alarm_dev")
    return alarm_figures(rows, pipeline.parse([row.text for row in rows]))


def test_intents(intents: IntentFigures) -> None:
    assert intents.accuracy >= 0.9


@pytest.mark.parametrize(
    ("intent", "least"), [("express_hurt", 0.78), ("express_blame", 0.85), ("express_apology", 0.95), ("minimise_harm", 0.88)]
)
def test_the_four_that_matter_most(intents: IntentFigures, intent: str, least: float) -> None:
    assert intents.f1[intent] >= least


def test_alarms_are_noticed(alarms: AlarmFigures) -> None:
    assert alarms.recall >= 0.83
    assert min(alarms.recall_by_category.values()) >= 0.6


def test_look_alikes_are_let_pass(alarms: AlarmFigures) -> None:
    assert alarms.false_alarms <= 0.04


# Of the 73 everyday alarms 70 were noticed on one machine, 68 on another: eight-bit sums differ between processors (docs/decisions/0006).
@pytest.mark.parametrize(("name", "least"), [("alarm_plain", 0.96), ("alarm_everyday", 0.92)])
def test_plain_words_are_told_apart(pipeline: Pipeline, name: str, least: float) -> None:
    rows = read_set(name)
    plain = alarm_figures(rows, pipeline.parse([row.text for row in rows]))
    assert plain.recall >= least
    assert plain.false_alarms <= 0.04


def test_ordinary_conversations_are_let_pass(pipeline: Pipeline) -> None:
    talk = pipeline.parse([row.text for row in read_set(TALK)])
    assert share(talk, alarmed=True) <= 0.05
    assert share(talk, alarmed=False) <= 0.07
