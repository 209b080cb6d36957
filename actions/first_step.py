"""The first-step plan: cleared before it is made anew."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

SLOTS = ("step_when", "step_where", "step_sentence")


class ActionClearPlan(Action):  # type: ignore[misc]
    """Forgets an earlier plan, so that the form asks again."""

    def name(self) -> str:
        """Name in the stories."""
        return "action_clear_plan"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Empty the slots."""
        return [SlotSet(name, None) for name in SLOTS]
