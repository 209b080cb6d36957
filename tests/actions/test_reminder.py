"""What becomes of a promised day when the plan changes, as the action server runs it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from actions.reminder import FORM, ActionRemindAfterPlan
from bot.reminders.reminders import day_of, remind, today
from tests.actions.turns import run, tracker_of
from tests.databases import Database


async def test_without_a_day_it_is_offered(database: Database) -> None:
    assert (await run(ActionRemindAfterPlan(), tracker_of({"step_when": "morgen"})))[0] == [FORM]


@pytest.mark.parametrize(
    ("planned", "days", "said"),
    [
        ("over een week", 8, "utter_reminder_moved"),
        ("over twee dagen", 3, "utter_reminder_stays"),
        ("na het eten", 3, "utter_reminder_stays"),
    ],
)
async def test_a_day_moves_along_with_a_plan_that_was_put_off(database: Database, planned: str, days: int, said: str) -> None:
    remind("somebody", today() + timedelta(days=3))
    assert (await run(ActionRemindAfterPlan(), tracker_of({"step_when": planned})))[0] == [said]
    assert day_of("somebody") == today() + timedelta(days=days)


async def test_a_database_that_is_down_is_said(no_database: None) -> None:
    assert (await run(ActionRemindAfterPlan(), tracker_of({"step_when": "morgen"})))[0] == ["utter_reminder_not_saved"]
