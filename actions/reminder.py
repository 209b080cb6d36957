"""The reminder after a plan: the visitor chooses a day on which the coach asks how it went, another one, or none."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionExecutionRejected, ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.handoff.intakes import NotSaved
from bot.hearing.short_answers import CHANGE_PLAN
from bot.reminders.days import in_words, read_day
from bot.reminders.reminders import day_of, forget, last_day, remind, today

FORM, SLOT, REQUESTED = "reminder_form", "reminder_when", "requested_slot"
NO_REMINDER = "-"
TELEGRAM = "telegram"
_YES = re.compile(r"\W*(ja|jawel|jep|jo|yes|ok(é|e|ay)?|prima|(is )?goed|doe maar|graag)\b", re.IGNORECASE)
_NO = re.compile(r"\W*(nee|neen|niet|nope|liever niet|toch niet|laat maar|geen|hoeft niet)\b", re.IGNORECASE)
_NO_MORE = re.compile(r"\b(geen|niet|nie|niets|nooit|stop\w*|annuleer\w*|annuleren|haal|weg|verwijder\w*|wis|uit)\b", re.IGNORECASE)


class ValidateReminderForm(Action):  # type: ignore[misc]
    """Reads the day; whoever talks of something else gets an answer to that, and the offer lapses."""

    def name(self) -> str:
        """Name that Rasa expects for the form."""
        return "validate_reminder_form"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Keep the day, ask again, or leave the form with the message unanswered, so that the stories answer it."""
        answer = tracker.get_slot(SLOT)
        if not answer:
            return []
        intent = (tracker.latest_message.get("intent") or {}).get("name")
        day = None if intent == CHANGE_PLAN else read_day(str(answer), today())
        if day is not None and not today() < day <= last_day():
            dispatcher.utter_message(response="utter_reminder_other_day", last_day=in_words(last_day()))
            return [SlotSet(SLOT, None)]
        if day is not None:
            return [SlotSet(SLOT, day.isoformat())]
        if intent != CHANGE_PLAN and _NO.match(str(answer)):
            return [SlotSet(SLOT, NO_REMINDER)]
        if _YES.match(str(answer)) or intent == "affirm":
            return [SlotSet(SLOT, None)]
        return [SlotSet(SLOT, None), ActiveLoop(None), SlotSet(REQUESTED, None), ActionExecutionRejected(FORM)]


class ActionFinishReminder(Action):  # type: ignore[misc]
    """Keeps the day before it says so."""

    def name(self) -> str:
        """Name in the rules."""
        return "action_finish_reminder"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Say what was kept; nothing after a no."""
        chosen = tracker.get_slot(SLOT)
        if chosen == NO_REMINDER:
            dispatcher.utter_message(response="utter_reminder_refused")
        elif chosen:
            _remind(dispatcher, tracker, date.fromisoformat(chosen))
        return [SlotSet(SLOT, None)]


class ActionRemindAfterPlan(Action):  # type: ignore[misc]
    """After the plan: offers to ask how it went. A day that was promised before moves along with a plan that was put off."""

    def name(self) -> str:
        """Name in the rules."""
        return "action_remind_after_plan"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Choose by the day of the plan."""
        return remind_after_plan(dispatcher, tracker.sender_id, str(tracker.get_slot("step_when") or ""))


class ActionChangeReminder(Action):  # type: ignore[misc]
    """Ends the reminder, or moves it where the visitor names another day."""

    def name(self) -> str:
        """Name that the policy predicts (`bot/reminders/policy.py`)."""
        return "action_change_reminder"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Choose by the visitor's words."""
        text = str(tracker.latest_message.get("text") or "")
        day = read_day(text, today())
        if day is not None and not _NO_MORE.search(text):
            if today() < day <= last_day():
                _remind(dispatcher, tracker, day)
            else:
                dispatcher.utter_message(response="utter_reminder_other_day", last_day=in_words(last_day()))
            return []
        if not _NO_MORE.search(text):
            dispatcher.utter_message(response="utter_reminder_how")
            return []
        try:
            forget(tracker.sender_id)
        except NotSaved:
            dispatcher.utter_message(response="utter_reminder_not_saved")
        else:
            dispatcher.utter_message(response="utter_reminder_gone")
        return []


def remind_after_plan(dispatcher: CollectingDispatcher, conversation: str, when: str) -> list[dict[str, Any]]:
    """Say what becomes of the day that was promised, now that the plan is for `when`; without one, the visitor chooses."""
    try:
        promised = day_of(conversation)
        if promised is None or promised <= today():
            return [FollowupAction(FORM)]
        planned = read_day(when, today())
        if planned is None or planned < promised:
            dispatcher.utter_message(response="utter_reminder_stays", day=in_words(promised))
            return []
        day = min(planned + timedelta(days=1), last_day())
        remind(conversation, day)
    except NotSaved:
        dispatcher.utter_message(response="utter_reminder_not_saved")
    else:
        dispatcher.utter_message(response="utter_reminder_moved", day=in_words(day))
    return []


def _remind(dispatcher: CollectingDispatcher, tracker: Tracker, day: date) -> None:
    try:
        remind(tracker.sender_id, day)
    except NotSaved:
        dispatcher.utter_message(response="utter_reminder_not_saved")
        return
    # A message on a phone can be seen by whoever looks at it; that is said.
    on_phone = tracker.get_latest_input_channel() == TELEGRAM
    dispatcher.utter_message(response="utter_reminder_set_telegram" if on_phone else "utter_reminder_set", day=in_words(day))
