"""When the coach is not sure what was meant: asks back with two likely readings, then offers a person."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.turns import asked_in_last_turn
from bot.channels.cleaning import readings

CHOICES = 2


class ActionAskBack(Action):  # type: ignore[misc]
    """Two readings as buttons the first time; the second time in a row it says so and names the practice."""

    def name(self) -> str:
        """Name in the rules."""
        return "action_ask_back"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Choose by what happened in the turn before."""
        choices = likely_readings(tracker.latest_message.get("intent_ranking") or [])
        if asked_in_last_turn(tracker.events, self.name()) or not choices:
            dispatcher.utter_message(response="utter_not_understood")
        else:
            dispatcher.utter_message(response="utter_ask_back", buttons=choices)
        return []


def likely_readings(ranking: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Buttons for the likeliest intents that can be asked about."""
    known = readings()
    names = [row["name"] for row in ranking if row["name"] in known][:CHOICES]
    return [{"title": known[name], "payload": f"/{name}"} for name in names]
