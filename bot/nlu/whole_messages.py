"""Reads a few messages from their words: a yes and practical questions that are put so shortly that the classifier can only guess.

Whole messages only: a word in a story decides nothing here.
"""

from __future__ import annotations

import re
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

_TALK = r"(?:(?:gratis |eerste |vrijblijvend )*(?:kennismakings)?gesprek(?: met (?:jullie|de praktijk|een therapeut|een mens))?|kennismaking|intake(?:gesprek)?)"
_WHOLE = {
    "affirm": r"(?:heel |erg |zeer )?graag(?: zelfs| hoor)?|(?:ja )?(?:doe|regel) (?:dat |het )?maar",
    "ask_intake": rf"wanneer (?:hoor|krijg) (?:ik|je|we)(?: (?:iets|wat|antwoord|een antwoord|reactie|bericht))?(?: (?:van )?(?:jullie|hen|de praktijk))?|"
    r"hoe (?:snel|lang duurt het voor ik) (?:hoor|krijg)?(?: ?ik)? ?(?:iets|antwoord|reactie)?(?: van jullie)?(?: hoor)?|"
    r"wie (?:zijn|is) (?:jullie|de praktijk|de therapeut(?:en)?)|wie zit(?:ten)? hier ?achter|"
    r"(?:wordt|is) (?:dit|dat|het)(?: gesprek)? (?:vergoed|terugbetaald)(?: door (?:de|mijn) \w+)?|"
    rf"(?:ik (?:wil|zou) (?:graag )?)?(?:een |het )?{_TALK} (?:graag )?(?:aanvragen|inplannen|plannen|boeken|afspreken|maken)|{_TALK}",
    "ask_privacy": r"(?:ik wil |liever |alsjeblieft |alstublieft |toch |maar )*(?:geen|zonder|niet de) politie(?: (?:erbij|bellen|inschakelen|aan mijn deur|ervan|hierbij|betrekken|alsjeblieft))*|"
    r"(?:bel|belt|bellen) (?:jullie |je )?(?:alsjeblieft )?(?:de politie(?: dan)?(?: niet)?|geen politie)|(?:gaat|komt) (?:dit|de politie|hier politie)(?: (?:naar|bij) de politie)?",
}
_MESSAGES = {
    intent: re.compile(rf"\W*(?:(?:en|maar|oh?|hoi|hallo|hey|ja|nee|ok[eé])\b\W*)*(?:{words})\W*", re.IGNORECASE)
    for intent, words in _WHOLE.items()
}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class WholeMessages(GraphComponent):  # type: ignore[misc]
    """Puts the intent right where a message is, as a whole, one of these."""

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> WholeMessages:
        """Nothing is configured (see parent class)."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the intent and put it first in the ranking."""
        for message in messages:
            intent = intent_of_whole(message.get(TEXT) or "")
            if intent is not None:
                sure = {"name": intent, "confidence": 1.0}
                others = [row for row in message.get("intent_ranking") or [] if row["name"] != intent]
                message.set(INTENT, sure, add_to_output=True)
                message.set("intent_ranking", [sure, *others], add_to_output=True)
        return messages


def intent_of_whole(text: str) -> str | None:
    """The intent of a message that says one of these in so many words, else None."""
    return next((intent for intent, words in _MESSAGES.items() if words.fullmatch(text)), None)
