"""What the intake does between its questions: shows what was filled in, says what came of it, forgets it."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.intake import ASKED, CHANGING, SLOTS, WHAT
from bot.nlu.sent_intake import wants_something_changed

Events = list[dict[str, Any]]


class ActionClearIntake(Action):  # type: ignore[misc]
    """Forgets what was filled in, so that stopping or refusing leaves nothing behind."""

    def name(self) -> str:
        """Name in the rules."""
        return "action_clear_intake"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Empty the slots; whoever stops changing what was sent hears that it stands as it was."""
        stopped = (tracker.latest_message.get("intent") or {}).get("name") == "stop"
        stays = [FollowupAction("utter_intake_unchanged")] if stopped and tracker.get_slot(CHANGING) else []
        return [*(SlotSet(name, None) for name in SLOTS), *stays]


class ActionFinishIntake(Action):  # type: ignore[misc]
    """Says that the intake was sent and goes on to what may be added; or, after a no, that nothing was kept."""

    def name(self) -> str:
        """Name in the rules."""
        return "action_finish_intake"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Choose by the answer to the question for consent."""
        agreed, changing = tracker.get_slot("intake_consent") == "yes", tracker.get_slot(CHANGING)
        if changing:
            dispatcher.utter_message(response="utter_intake_changed" if agreed else "utter_intake_unchanged")
        else:
            dispatcher.utter_message(response="utter_intake_sent" if agreed else "utter_intake_refused")
        if (agreed or changing) and tracker.get_slot("intake_about") is None:
            # The answers were used: filled slots would send a second intake when the form starts again.
            return [*(SlotSet(name, None) for name in (*ASKED, CHANGING)), FollowupAction("intake_details_form")]
        return [SlotSet(name, None) for name in SLOTS]


class ActionAskIntakeConsent(Action):  # type: ignore[misc]
    """Shows all that will be kept, and asks whether it may be; or, after 'iets veranderen', what."""

    def name(self) -> str:
        """Name that Rasa expects for the question to a slot."""
        return "action_ask_intake_consent"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Say the summary."""
        shown = {name: tracker.get_slot(f"intake_{name}") for name in ("name", "contact", "reach")}
        if wants_something_changed(str(tracker.latest_message.get("text") or "")):
            dispatcher.utter_message(response=WHAT)
        else:
            dispatcher.utter_message(response="utter_intake_summary", **shown)
        return []
