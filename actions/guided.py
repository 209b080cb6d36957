"""What holds in every guided exercise: who was offered a person in the middle of it, and says yes, gets there; a no goes on."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from rasa_sdk import FormValidationAction, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.turns import newest_turn

OFFERS = ("utter_human", "utter_intake")


class GuidedForm(FormValidationAction, ABC):  # type: ignore[misc]
    """Validates a form's answers, after it has seen to it that they are answers to the form."""

    @abstractmethod
    def name(self) -> str:
        """Name that Rasa expects for the form: `validate_` and the form's own."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """A yes or no to an offer of a person is no answer to the form's question (see parent class for all others)."""
        turn = newest_turn(tracker, self.name().removeprefix("validate_"))
        asked = tracker.get_slot("requested_slot")
        if asked and turn.answers and turn.after in OFFERS and (turn.yes or turn.no):
            if turn.no:
                return [SlotSet(asked, None)]
            dispatcher.utter_message(response="utter_intake_start")
            return [SlotSet(asked, None), SlotSet("requested_slot", None), FollowupAction("intake_form")]
        events: list[dict[str, Any]] = await super().run(dispatcher, tracker, domain)
        return events
