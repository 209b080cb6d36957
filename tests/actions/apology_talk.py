"""A talk with the action of the apology: what it says and keeps, turn by turn."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.apology_flow import Apology, Course
from actions.apology_form import ValidateApologyForm
from actions.turns import Turn
from bot.hearing.partner import partner_in
from bot.settings import ROOT

RESPONSES = yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))["responses"]


TEXT = "Ik heb tegen je gelogen. Je lag er nachten wakker van. Het spijt me zo. Ik zal nooit meer iets verzwijgen. Ik wil het goedmaken met een brief."


class Talk:
    """A conversation with the flow alone: what is said, and the responses that answer it."""

    def __init__(self) -> None:
        self.apology = Apology()
        self.messages: list[str] = []
        self.course: Course | None = None

    def say(self, text: str, intent: str = "express_apology") -> list[str]:
        self.messages.append(text)
        after = self.course.replies[-1].response if self.course and self.course.replies else None
        course = Course(self.apology, RESPONSES, partner_in(self.messages))
        turn = Turn(text, intent, self.course is not None, after)
        course.answer(turn) if self.course else course.open(turn)
        self.course, self.apology = course, course.apology
        return [reply.response for reply in course.replies]


@pytest.fixture
def talk() -> Talk:
    return Talk()


def told_all(talk: Talk) -> None:
    for text in (
        "ik heb haar moeder een heks genoemd",
        "ze werd stil",
        "ik schaam me",
        "ik tel voortaan eerst tot tien",
        "bloemen op het graf leggen",
    ):
        talk.say(text, "out_of_scope" if "graf" in text else "express_apology")


def run(events: list[dict[str, Any]], slots: dict[str, Any], loop: str | None) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What the action says and its events."""
    latest = next(event for event in reversed(events) if event["event"] == "user")
    tracker = Tracker("s", slots, latest, events, False, None, {"name": loop} if loop else {}, "action_listen")
    dispatcher = CollectingDispatcher()
    found = ValidateApologyForm().run(dispatcher, tracker, {"responses": RESPONSES})
    return dispatcher.messages, found
