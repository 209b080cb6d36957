"""An apology that the visitor received: the partner's own words, held against what an apology needs."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.turns import quoted
from bot.apology.review import ELEMENTS
from bot.exercises.received import read_received

# So much is named at once.
MOST_THERE, MOST_MISSING = 2, 2

Responses = dict[str, list[dict[str, Any]]]


class ActionReadReceived(Action):  # type: ignore[misc]
    """Names what is in the words that were quoted, and what is not; without a quotation it asks how they came across."""

    def name(self) -> str:
        """Name in the stories."""
        return "action_read_received"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """One message; a weak phrase goes before all else, as the visitor has felt it already."""
        review = read_received(str(tracker.latest_message.get("text") or ""))
        if review is None:
            dispatcher.utter_message(response="utter_received_feel")
            return []
        there = [name for name in ELEMENTS if name in review.elements]
        missing = [name for name in ELEMENTS if name not in review.elements]
        if review.faults:
            dispatcher.utter_message(response="utter_received_fault", quote=quoted(review.faults[0].text))
        elif not there:
            dispatcher.utter_message(response="utter_received_read_none")
        elif not missing:
            dispatcher.utter_message(response="utter_received_read_all")
        else:
            parts = {
                "there": in_words(there[:MOST_THERE], domain["responses"]),
                "missing": in_words(missing[:MOST_MISSING], domain["responses"], "of"),
            }
            dispatcher.utter_message(response="utter_received_read", **parts)
        return []


def in_words(elements: list[str], responses: Responses, joined: str = "en") -> str:
    """Elements of an apology inside a sentence, each in its first wording."""
    names = [str(responses[f"utter_received_part_{name}"][0]["text"]).strip() for name in elements]
    return f" {joined} ".join(names)
