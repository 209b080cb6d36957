"""An apology that the visitor received: the partner's own words, held against what an apology needs."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.turns import quoted, times_said
from bot.apology import review_apology
from bot.exercises.received import partner_words, speaks_of_sorry, tells_of_sorry

# The mirror: an apology sees the pain, feels it, and does not want to do it again.
MIRROR = ("acknowledge_pain", "regret", "no_repeat")
# In one short line a weak phrase weighs too much; of more words it is named.
FEWEST_WORDS = 6

Responses = dict[str, list[dict[str, Any]]]


class ActionReceivedHear(Action):  # type: ignore[misc]
    """Asks how the apology came across; where nobody said that there was one, it asks that first, once."""

    def name(self) -> str:
        """Name in the stories."""
        return "action_received_hear"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """One response follows."""
        text = str(tracker.latest_message.get("text") or "")
        if text.startswith("/") or tells_of_sorry(text):
            # A button that says so is sure.
            return [FollowupAction("utter_received_hear")]
        # 'Hij zegt nooit sorry': there was none, and that needs no question.
        none = speaks_of_sorry(text) or times_said(tracker.events, "utter_received_unsure")
        return [FollowupAction("utter_received_none_yet" if none else "utter_received_unsure")]


class ActionReadReceived(Action):  # type: ignore[misc]
    """Holds the words that were quoted against the mirror of three parts; without a quotation it asks how they came across."""

    def name(self) -> str:
        """Name in the stories."""
        return "action_read_received"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """One message; a weak phrase goes before all else, as the visitor has felt it already. Of the partner nothing is judged."""
        words = partner_words(str(tracker.latest_message.get("text") or ""))
        review = None if words is None else review_apology(words)
        if review is None:
            dispatcher.utter_message(response="utter_received_feel")
            return []
        there = [name for name in MIRROR if name in review.elements]
        missing = [name for name in MIRROR if name not in review.elements]
        if review.faults and len((words or "").split()) >= FEWEST_WORDS:
            dispatcher.utter_message(response="utter_received_fault", quote=quoted(review.faults[0].text))
        elif not there:
            dispatcher.utter_message(response="utter_received_read_none")
        elif not missing:
            dispatcher.utter_message(response="utter_received_read_all")
        else:
            parts = {
                "there": in_words(there, domain["responses"]),
                "missing": in_words(missing, domain["responses"], "of"),
            }
            dispatcher.utter_message(response="utter_received_read", **parts)
        return []


def in_words(elements: list[str], responses: Responses, joined: str = "en") -> str:
    """Elements of an apology inside a sentence, each in its first wording."""
    names = [str(responses[f"utter_received_part_{name}"][0]["text"]).strip() for name in elements]
    return f" {joined} ".join(names)
