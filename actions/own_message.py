"""Practising an ik-boodschap: the visitor's own sentence, read for accusation, as often as they like."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.about_talk import answered_about_talk, asked_already
from actions.first_step import accuses
from actions.interruptions import SWITCHES, answered
from actions.turns import messages_of, newest_turn, times_said

FORM, SLOT = "own_message_form", "own_message"
HINT = "utter_hint_own_message"
START = "action_clear_own_message"
LONGEST = 600
# So few words tell nothing that could be said back.
FEWEST_TOLD = 4


class ActionClearOwnMessage(Action):  # type: ignore[misc]
    """Forgets an earlier sentence, so that the form asks for one."""

    def name(self) -> str:
        """Name in the stories."""
        return START

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Empty the slot."""
        return [SlotSet(SLOT, None)]


class ValidateOwnMessageForm(Action):  # type: ignore[misc]
    """Takes the sentence, or asks for it again where it accuses."""

    def name(self) -> str:
        """Name that Rasa expects for the form."""
        return "validate_own_message_form"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Read the newest message; the form asks again while there is no sentence."""
        turn = newest_turn(tracker, FORM)
        stops = SlotSet("requested_slot", None)
        if not turn.answers:
            return [SlotSet(SLOT, None)]
        if turn.interrupts(SWITCHES) or turn.intent == "express_apology":
            return answered(turn.intent, SLOT, [SlotSet(SLOT, None)], dispatcher)
        if turn.after in ("utter_human", "utter_intake") and turn.yes:
            dispatcher.utter_message(response="utter_intake_start")
            return [SlotSet(SLOT, None), stops, FollowupAction("intake_form")]
        about = answered_about_talk(turn, SLOT, _last_told(tracker), dispatcher)
        if about:
            # What was told already is not asked again: the coach goes on with the next question.
            return [SlotSet(SLOT, None), *([stops] if about == "already" else [])]
        if turn.no or turn.skips or (turn.unsure and times_said(tracker.events, HINT, since=START)):
            # It was offered, and is free.
            return [SlotSet(SLOT, None), stops]
        if turn.unsure:
            dispatcher.utter_message(response=HINT)
            return [SlotSet(SLOT, None)]
        if turn.is_button or turn.yes or accuses(turn.text, dispatcher, tracker, since=START):
            return [SlotSet(SLOT, None)]
        sentence = turn.text[:LONGEST].strip(" \"“”'‘’.")
        dispatcher.utter_message(response="utter_message_good", parts=sentence)
        return [SlotSet(SLOT, sentence)]


def _last_told(tracker: Tracker) -> str:
    """The newest message that tells something, before the present one."""
    earlier = messages_of(tracker.events)[:-1]
    return next((text for text in reversed(earlier) if len(text.split()) >= FEWEST_TOLD and not asked_already(text)), "")
