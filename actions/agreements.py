"""An agreement on a card: what each needs, what they agree, when they look back. Nothing of it is stored beside the conversation."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.guided import GuidedForm
from actions.interruptions import AGAIN
from actions.turns import card, newest_turn
from bot.exercises.agreements import is_vague, still_to_ask

SLOTS = ("agreement_mine", "agreement_theirs", "agreement_what", "agreement_review")
LABELS = ("Ik heb nodig", "Mijn partner heeft nodig", "Wij spreken af", "Wij kijken terug")
TITLE = "Onze afspraak"
STILL_TO_ASK = "dat vraag ik nog"
FORM, VAGUE, HELP = "agreement_form", "utter_agreement_vague", "utter_agreement_help"
# On the card where nothing came to mind.
OPEN = "nog te kiezen"
LONGEST = 500


class ValidateAgreementForm(GuidedForm):
    """Takes each answer as it is; what is too general to be seen is asked once more."""

    in_order = SLOTS
    changed = "utter_agreement_changed"

    def name(self) -> str:
        """Name that Rasa expects for the form."""
        return "validate_agreement_form"

    def validate_agreement_mine(
        self, value: str, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        """What the visitor needs."""
        return self._concrete("agreement_mine", value, dispatcher, tracker)

    def validate_agreement_theirs(
        self, value: str, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        """What the partner needs; it may be asked later."""
        return {"agreement_theirs": STILL_TO_ASK if still_to_ask(str(value)) else _short(value)}

    def validate_agreement_what(
        self, value: str, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        """The agreement itself."""
        return self._concrete("agreement_what", value, dispatcher, tracker)

    def validate_agreement_review(
        self, value: str, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        """When they look back."""
        return {"agreement_review": STILL_TO_ASK if still_to_ask(str(value)) else _short(value)}

    @staticmethod
    def _concrete(slot: str, value: str, dispatcher: CollectingDispatcher, tracker: Tracker) -> dict[str, Any]:
        turn = newest_turn(tracker, FORM)
        hint = HELP if turn.empty else VAGUE if is_vague(str(value)) else None
        if hint and turn.after not in (VAGUE, HELP):
            dispatcher.utter_message(response=hint)
            return {slot: None, "requested_slot": slot + AGAIN}
        return {slot: OPEN if turn.empty else _short(value)}


class ActionStartAgreement(Action):  # type: ignore[misc]
    """Begins the card; what was going on waits."""

    def name(self) -> str:
        """Name that the policy predicts (`bot/exercises/policy.py`)."""
        return "action_start_agreement"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Say what comes, and ask."""
        dispatcher.utter_message(response="utter_agreement_start")
        return [ActiveLoop(None), SlotSet("requested_slot", None), *(SlotSet(name, None) for name in SLOTS), FollowupAction(FORM)]


class ActionClearAgreement(Action):  # type: ignore[misc]
    """Forgets the answers, so that the form asks again, and nothing is left of a card that was stopped."""

    def name(self) -> str:
        """Name in the stories."""
        return "action_clear_agreement"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Empty the slots."""
        return [SlotSet(name, None) for name in SLOTS]


class ActionShowAgreement(Action):  # type: ignore[misc]
    """Shows the agreement as a card."""

    def name(self) -> str:
        """Name in the rules."""
        return "action_show_agreement"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Say it, with the rows for channels that can show a card."""
        answers = [str(tracker.get_slot(slot) or "") for slot in SLOTS]
        said = dict(zip(("mine", "theirs", "what", "review"), answers, strict=True))
        dispatcher.utter_message(response="utter_agreement_card", json_message=card(TITLE, list(zip(LABELS, answers, strict=True))), **said)
        return []


def _short(value: object) -> str:
    return " ".join(str(value).split())[:LONGEST].rstrip(".")
