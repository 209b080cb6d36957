"""What comes of an intake that was sent: it is corrected, by the same questions and a yes, or withdrawn at once."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.intake import CHANGING, SKIPPED, SLOTS
from actions.intake_answers import corrected
from bot.handoff.intakes import NotSaved
from bot.handoff.sent import newest_intake, withdraw_intake
from bot.nlu.sent_intake import DETAILS_FORM, FORM, SENT, wants_something_changed, wrong_fields

Events = list[dict[str, Any]]


class ActionChangeIntake(Action):  # type: ignore[misc]
    """Fills the form with what was sent, but for what is wrong in it, so that the form asks for that."""

    def name(self) -> str:
        """Name that the policy predicts (`bot/handoff/policy.py`)."""
        return "action_change_intake"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Start the form; where the intake is gone, or can't be read, say so."""
        try:
            sent = newest_intake(tracker.sender_id)
        except NotSaved:
            dispatcher.utter_message(response="utter_intake_not_reached")
            return []
        if sent is None:
            dispatcher.utter_message(response="utter_intake_none")
            return [SlotSet(SENT, None)]
        text = str(tracker.latest_message.get("text") or "")
        filled: dict[str, Any] = {"intake_name": sent.name, "intake_contact": sent.contact, "intake_reach": sent.reach}
        filled |= _changes(text)
        # The extras are asked for afterwards only where this interrupted them.
        extras = [] if tracker.active_loop_name == DETAILS_FORM else [SlotSet("intake_together", SKIPPED), SlotSet("intake_about", SKIPPED)]
        return [
            ActiveLoop(None),
            SlotSet("requested_slot", None),
            *(SlotSet(name, value) for name, value in filled.items()),
            SlotSet("intake_consent", None),
            SlotSet(CHANGING, sent.id),
            *extras,
            FollowupAction(FORM),
        ]


class ActionWithdrawIntake(Action):  # type: ignore[misc]
    """Empties the intake that was sent, and lets the practice know, before the visitor hears that it is withdrawn."""

    def name(self) -> str:
        """Name that the policy predicts (`bot/handoff/policy.py`)."""
        return "action_withdraw_intake"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Withdraw it; the questions for it end as well."""
        try:
            withdrawn = withdraw_intake(tracker.sender_id)
        except NotSaved:
            dispatcher.utter_message(response="utter_intake_not_reached")
            return []
        asking = tracker.active_loop_name in (FORM, DETAILS_FORM)
        stopped = "utter_intake_stopped" if asking else "utter_intake_none"
        dispatcher.utter_message(response="utter_intake_withdrawn" if withdrawn else stopped)
        ended = [ActiveLoop(None), SlotSet("requested_slot", None)] if asking else []
        return [*ended, *(SlotSet(name, None) for name in SLOTS), SlotSet(SENT, None)]


def _changes(text: str) -> dict[str, Any]:
    """What the form has to ask for, or the new value where it was said already; at 'iets veranderen' nothing yet."""
    if wants_something_changed(text):
        return {}
    found = corrected(text)
    return found or {slot: None for slot in wrong_fields(text)} or {"intake_reach": None}
