"""The check-up of the relationship: marks from 0 to 10, and what they say together."""

from __future__ import annotations

import re
from typing import Any

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

# Each area as the coach names it.
AREAS = {
    "score_attention": "aandacht voor elkaar",
    "score_listening": "naar elkaar luisteren",
    "score_repair": "het weer goedmaken",
    "score_trust": "vertrouwen",
    "score_joy": "plezier samen",
}
LOW, HIGH = 5.5, 7.5
_WORDS = {
    name: number
    for number, names in enumerate(("nul", "een eentje één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien"))
    for name in names.split()
}
# 'een' is an article far more often than a mark.
_SURE_WORDS = {name: number for name, number in _WORDS.items() if name != "een"}
_NUMBER = re.compile(r"(?<![\d.,])(10|\d)(?:[.,](\d))?(?![\d])")


def read_score(text: str) -> float | None:
    """The mark from 0 to 10 in an answer such as 'praten gaat wel, een 4' or 'zeven en half'; None when there is none or more than one."""
    numbers = [float(f"{whole}.{part or 0}") for whole, part in _NUMBER.findall(text)]
    words = [float(_SURE_WORDS[w]) for w in re.findall(r"[a-zé]+", text.lower()) if w in _SURE_WORDS]
    found = numbers or words
    if not found and text.strip().lower() in ("een", "een."):
        found = [1.0]
    if not found:
        return None
    score = found[-1]
    if re.search(r"\b(en (een )?half|komma vijf|½)", text.lower()) and score == int(score):
        score += 0.5
    return score if 0 <= score <= 10 else None


def result_of(scores: dict[str, float]) -> tuple[str, str, str]:
    """Response, average in Dutch notation, and the lowest area in words."""
    average = sum(scores.values()) / len(scores)
    response = "utter_checkup_low" if average < LOW else "utter_checkup_middle" if average < HIGH else "utter_checkup_high"
    lowest = min(scores, key=lambda name: scores[name])
    return response, f"{average:.1f}".replace(".", ","), AREAS[lowest]


class ValidateCheckupForm(FormValidationAction):  # type: ignore[misc]
    """Reads each answer as a mark; asks again where there is none."""

    def name(self) -> str:
        """Name that Rasa expects for the form."""
        return "validate_checkup_form"

    async def get_validation_events(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Replace each newly given text by its mark."""
        checked = []
        for name, value in tracker.slots_to_validate().items():
            if name not in AREAS:
                continue
            score = value if isinstance(value, float) else read_score(str(value))
            if score is None:
                dispatcher.utter_message(response="utter_checkup_no_score")
            checked.append(SlotSet(name, score))
        return checked


class ActionClearCheckup(Action):  # type: ignore[misc]
    """Forgets earlier marks, so that the form asks again."""

    def name(self) -> str:
        """Name in the stories."""
        return "action_clear_checkup"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Empty the slots."""
        return [SlotSet(name, None) for name in AREAS]


class ActionCheckupResult(Action):  # type: ignore[misc]
    """Says what the marks show together."""

    def name(self) -> str:
        """Name in the stories."""
        return "action_checkup_result"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Choose the response by the average."""
        scores = {name: float(tracker.get_slot(name)) for name in AREAS if tracker.get_slot(name) is not None}
        if not scores:
            dispatcher.utter_message(response="utter_checkup_no_score")
            return []
        response, average, lowest = result_of(scores)
        dispatcher.utter_message(response=response, average=average, lowest_area=lowest)
        return []
