"""The reminder after a plan: offered, chosen, ended, asked, and never where it must not be."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import pytest

from tests.conftest import Coach
from tests.conversations.test_telegram import actions as telegram_actions
from tests.conversations.test_telegram import answer, visitor
from tests.conversations.test_telegram import sender as telegram_sender
from tests.fake_telegram import Person, until
from tests.kept import long_ago, reminders

__all__ = ["visitor"]
PLAN = ["hoe begin ik er met hem over?", "morgenavond na het eten", "aan de keukentafel", "ik voel me alleen in het huishouden"]
SECONDS = 60


@pytest.fixture
def plan(talk: Callable[[str], str]) -> str:
    """A plan was made. What is said at its end."""
    said = ""
    for line in PLAN:
        said = talk(line)
    return said


def test_a_day_is_chosen_and_ended_again(coach: Coach, sender: str, plan: str, talk: Callable[[str], str]) -> None:
    assert "aan de keukentafel" in plan
    assert coach.actions(sender)[-3:] == ["utter_first_step_plan", "action_remind_after_plan", "reminder_form"]
    assert reminders(coach, sender) == []
    talk("ja graag")
    assert coach.actions(sender)[-1] == "reminder_form", "which day?"
    talk("doe over vier maanden maar")
    assert reminders(coach, sender) == [], "not so late"
    assert "geen herinnering meer" in talk("doe maar over drie dagen")
    assert len(reminders(coach, sender)) == 1
    talk("zet de herinnering toch op morgen")
    assert coach.actions(sender)[-1] == "action_change_reminder"
    assert len(reminders(coach, sender)) == 1
    talk("geen herinnering meer")
    assert coach.actions(sender)[-1] == "action_change_reminder"
    assert reminders(coach, sender) == []


def test_a_no_is_a_no(coach: Coach, sender: str, plan: str, talk: Callable[[str], str]) -> None:
    talk("nee, dank je")
    assert coach.actions(sender)[-1] == "action_finish_reminder"
    assert reminders(coach, sender) == []


def test_who_talks_of_something_else_gets_an_answer_to_that(coach: Coach, sender: str, plan: str, talk: Callable[[str], str]) -> None:
    talk("het is altijd zijn schuld, hij denkt alleen aan zichzelf")
    assert coach.actions(sender)[-1] == "utter_blame_hear"
    talk("hij is gewoon lui en egoïstisch, nooit doet hij iets in huis")
    assert coach.actions(sender)[-1] == "utter_blame_feeling", "and the story goes on"


def test_a_question_in_between_is_answered_and_the_offer_stands(coach: Coach, sender: str, plan: str, talk: Callable[[str], str]) -> None:
    talk("wie kan dit lezen?")
    assert coach.actions(sender)[-2:] == ["utter_privacy", "reminder_form"]
    talk("morgen")
    assert len(reminders(coach, sender)) == 1


def test_ended_in_the_middle_of_another_form_the_form_goes_on(coach: Coach, sender: str, plan: str, talk: Callable[[str], str]) -> None:
    talk("morgen")
    talk("hoe begin ik er met haar over?")
    assert coach.actions(sender)[-1] == "first_step_form"
    talk("geen herinnering meer")
    assert coach.actions(sender)[-2:] == ["action_change_reminder", "first_step_form"]
    assert reminders(coach, sender) == []
    assert "zondag na het eten" in [talk(line) for line in ("zondag na het eten", "op de bank", "ik wil graag met je praten")][-1]


def test_an_alarm_ends_it(coach: Coach, sender: str, plan: str, talk: Callable[[str], str]) -> None:
    talk("morgen")
    assert len(reminders(coach, sender)) == 1
    talk("hij heeft me gisteren geslagen")
    assert coach.actions(sender)[-1].startswith("utter_alarm_partner_violence")
    assert reminders(coach, sender) == []


def test_an_alarm_instead_of_a_day_comes_first(coach: Coach, sender: str, plan: str, talk: Callable[[str], str]) -> None:
    talk("morgen kan niet, hij heeft me gisteren geslagen")
    assert any(action.startswith("utter_alarm_partner_violence") for action in coach.actions(sender)[-2:])
    assert reminders(coach, sender) == []


def test_erasing_takes_it_along(coach: Coach, sender: str, plan: str, talk: Callable[[str], str]) -> None:
    talk("morgen")
    talk("wis mijn gesprek")
    talk("/affirm")
    assert reminders(coach, sender) == []


def test_on_that_day_the_coach_asks_and_listens(coach: Coach, sender: str, plan: str, talk: Callable[[str], str]) -> None:
    talk("morgen")
    long_ago(coach, sender, 24)
    deadline = time.monotonic() + SECONDS
    # First it is said, then the reminder goes.
    while reminders(coach, sender):
        assert time.monotonic() < deadline, "nobody asked"
        time.sleep(1)
    assert "utter_check_in" in coach.actions(sender)
    events = coach.http.get(f"{coach.rasa}/conversations/{sender}/tracker").json()["events"]
    asked = [event for event in events if event["event"] == "bot"][-1]
    assert "partner" not in asked["text"] and "stap" not in asked["text"], "nothing of it for who looks at the screen"
    talk("/affirm")
    assert coach.actions(sender)[-1] == "utter_check_in_well"


async def test_in_telegram_it_comes_as_a_message_with_buttons(coach: Coach, visitor: Person) -> None:
    for line in (*PLAN, "morgen"):
        before = len(visitor.chat)
        visitor.writes(line)
        said = await answer(visitor, before)
    assert any(word in said[-1] for word in ("meekijkt", "oplichten", "zien")), "who looks at the phone can see it"
    before = len(visitor.chat)
    long_ago(coach, telegram_sender(coach, visitor), 24)
    await until(lambda: len(visitor.chat) > before, SECONDS, lambda: f"nobody asked; so far {visitor.heard()}")
    # As a person does: the buttons of a message are remembered once Telegram took it.
    await asyncio.sleep(2)
    before = len(visitor.chat)
    visitor.presses("Het viel tegen")
    await answer(visitor, before)
    assert telegram_actions(coach, visitor)[-1] == "utter_check_in_hard"
