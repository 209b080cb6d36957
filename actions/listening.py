"""The listening exercise: sum up, acknowledge, ask on. Each sentence is looked at; what stands in the way is named, at most twice a step."""

from __future__ import annotations

import re
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.guided import GuidedForm
from actions.interruptions import AGAIN
from actions.turns import card, times_said
from bot.exercises.listening import fault_of_question, fault_of_summary, names_a_feeling
from bot.hearing.short_answers import is_unsure

SLOTS = ("listening_said", "listening_summary", "listening_feeling", "listening_question")
TITLE = "Zo klinkt luisteren"
LABELS = ("Samenvatten", "Erkennen", "Doorvragen")
START = "action_clear_listening"
# What is said about a sentence that is not there yet, by step.
HINTS = {
    "listening_summary": (
        "utter_listening_fault_but",
        "utter_listening_fault_own",
        "utter_listening_fault_verdict",
        "utter_listening_help_summary",
    ),
    "listening_feeling": ("utter_listening_no_feeling", "utter_listening_help_feeling"),
    "listening_question": (
        "utter_listening_why",
        "utter_listening_not_open",
        "utter_listening_no_question",
        "utter_listening_help_question",
    ),
}
MOST_HINTS = 2
# Stands on the card for a step that was left open.
OPEN = "nog te kiezen"
LONGEST = 500
_EXAMPLE = re.compile(
    r"\W*(?:geef |graag |doe )?(?:me |maar )?(?:een )?voorbeeld\w*\W*$|\W*(?:ik )?weet (?:ik )?(?:het )?(?:niet|nie)\b", re.IGNORECASE
)

Slots = dict[str, Any]


class ValidateListeningForm(GuidedForm):
    """Takes a sentence that listens and says what is good in it; else says what stands in the way, and waits for another."""

    def name(self) -> str:
        """Name that Rasa expects for the form."""
        return "validate_listening_form"

    def validate_listening_said(self, value: str, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Slots:
        """What the partner said; the coach has sentences for who has none."""
        if _EXAMPLE.match(str(value)) or is_unsure(str(value)):
            dispatcher.utter_message(response="utter_listening_example")
        return {"listening_said": _short(value)}

    def validate_listening_summary(self, value: str, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Slots:
        """The partner's words given back, without an answer to them."""
        fault = fault_of_summary(str(value))
        return _judged("listening_summary", value, f"utter_listening_fault_{fault}" if fault else None, dispatcher, tracker)

    def validate_listening_feeling(self, value: str, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Slots:
        """The partner's feeling, named."""
        hint = None if names_a_feeling(str(value)) else "utter_listening_no_feeling"
        return _judged("listening_feeling", value, hint, dispatcher, tracker)

    def validate_listening_question(self, value: str, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Slots:
        """An open question."""
        fault = fault_of_question(str(value))
        return _judged("listening_question", value, f"utter_listening_{fault}" if fault else None, dispatcher, tracker)


class ActionClearListening(Action):  # type: ignore[misc]
    """Forgets the sentences, so that the form asks again, and nothing is left of an exercise that was stopped."""

    def name(self) -> str:
        """Name in the stories."""
        return "action_clear_listening"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Empty the slots."""
        return [SlotSet(name, None) for name in SLOTS]


class ActionShowListening(Action):  # type: ignore[misc]
    """Shows the visitor's own three sentences as a card."""

    def name(self) -> str:
        """Name in the rules."""
        return "action_show_listening"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Say them, with the rows for channels that can show a card."""
        sentences = [str(tracker.get_slot(slot) or "") for slot in SLOTS[1:]]
        said = dict(zip(("summary", "feeling_said", "question"), sentences, strict=True))
        dispatcher.utter_message(
            response="utter_listening_card", json_message=card(TITLE, list(zip(LABELS, sentences, strict=True))), **said
        )
        return []


def _judged(slot: str, value: str, hint: str | None, dispatcher: CollectingDispatcher, tracker: Tracker) -> Slots:
    """The slot with the sentence, or empty after a hint: the hint is the question then, so the form's own is not asked again."""
    unsure = is_unsure(str(value)) or bool(_EXAMPLE.match(str(value)))
    if unsure:
        hint = HINTS[slot][-1]
    hinted = sum(times_said(tracker.events, said, since=START) for said in HINTS[slot])
    if hint and hinted < MOST_HINTS:
        dispatcher.utter_message(response=hint)
        return {slot: None, "requested_slot": slot + AGAIN}
    dispatcher.utter_message(response="utter_listening_enough" if hint else f"utter_good_{slot}")
    return {slot: OPEN if unsure else _short(value)}


def _short(value: object) -> str:
    return " ".join(str(value).split())[:LONGEST]
