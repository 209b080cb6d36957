"""What in the middle of a form is no answer to its question: the form answers it itself and waits, or a rule does (data/rules/guided.yml and others).

In few words the classifier guesses: '8' looks like a greeting, 'boos' like a goodbye. So a short reading counts only where a word of it is there.
"""

from __future__ import annotations

from typing import Any

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.hearing import short_answers
from bot.hearing.named import names_itself

ALWAYS = frozenset(
    {"ask_privacy", "bot_challenge", "ask_human", "ask_intake", "delete_data", "stop", "greet", "resume", "thank", "goodbye"}
)
# What is said after these ends the turn: the form waits, and reads what comes next as an answer.
WAITS = {"ask_human": "utter_human", "ask_intake": "utter_intake", "thank": "utter_thank", "goodbye": "utter_goodbye"}
# Behind the name of a requested slot: something was said that asks for it already, or asks nothing, so the form does not ask for it.
AGAIN = "_again"
# Only where a form has rules for them, too.
SWITCHES = frozenset({"ask_first_step", "start_checkup"})
# Heard only in forms that have a rule for it.
GOOD_NEWS = frozenset({short_answers.GOOD_NEWS})
# In a whole story these readings are mistakes ('ik stop met drinken en dan ga ik naar haar toe').
_ONLY_IN_SHORT = frozenset({"stop", "greet", "resume", "thank", "goodbye"}) | SWITCHES
LONGEST = 8
SURE = 0.8


def interrupts(text: str, intent: str, confidence: float, also: frozenset[str] = frozenset()) -> bool:
    """Whether a message is something that a rule answers. `also`: more intents for which the form has rules; `confidence` is 0 to 1."""
    if intent not in ALWAYS | also:
        return False
    if text.startswith("/"):
        # A button says what it means.
        return True
    if intent in _ONLY_IN_SHORT and len(text.split()) > LONGEST:
        return False
    named = names_itself(text, intent)
    # Words such as 'praten' stand in many stories.
    return confidence >= SURE if named is None or (named and intent == "ask_human") else named


def answered(intent: str, asked: str, unchanged: list[dict[str, Any]], dispatcher: CollectingDispatcher) -> list[dict[str, Any]]:
    """The events of a form's turn in which the visitor said something else; without any, Rasa lets the rules answer.

    `asked`: the requested slot; `unchanged`: events that set at least one slot of the form to what it is. A form that filled nothing would be
    out of the turn, and stay out of the next ones.
    """
    if intent not in WAITS:
        return []
    dispatcher.utter_message(response=WAITS[intent])
    return [*unchanged, SlotSet("requested_slot", asked.removesuffix(AGAIN) + AGAIN)]
