"""The policy for 'geen herinnering meer', at any moment and in the middle of any form: no intent of its own has to be learned for it."""

from __future__ import annotations

import re

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.policies import AnytimePolicy

CHANGE = "action_change_reminder"
SET = "utter_reminder_set"
# A 'herinnering' is a memory as well ('ik heb er geen mooie herinneringen aan'): only what is done with a reminder counts.
_IT = r"\b(?:herinnering(?:en)?|herinneringetje|check-?ins?)\b"
_SPEAKS = re.compile(
    rf"\bgeen {_IT}(?! aan\b)|"
    rf"\b(?:stop\w*|annuleer\w*|verwijder\w*|haal|wis|zet|verzet\w*|verplaats\w*|wijzig\w*|verander\w*)\b.{{0,25}}{_IT}|"
    rf"{_IT}.{{0,15}}\b(?:(?:hoeft|hoeven) niet|(?:mag|mogen|kan|kunnen) (?:weg|uit|niet)|liever niet|annuleren|verzetten|stoppen)\b|"
    rf"{_IT} (?:toch |liever |maar |dan )*op\b|"
    r"(?<!\bik )\bherinner (?:me|mij) (?:toch |liever |maar |dan )*(?:niet|op|pas|over|morgen|overmorgen|\w+dag)\b|"
    r"\bvraag (?:maar |me |dan |toch |er )*(?:niet|niets|nooit) (?:meer )?hoe het (?:ging|gaat|is gegaan)\b",
    re.IGNORECASE,
)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class ReminderPolicy(AnytimePolicy):
    """Ends or moves a reminder when the visitor speaks of it."""

    def heard(self, tracker: DialogueStateTracker) -> str | None:
        """The action for what the visitor says of the reminder (see parent class)."""
        return CHANGE if speaks_of_reminder(tracker) else None


def speaks_of_reminder(tracker: DialogueStateTracker) -> bool:
    """Whether the newest message is about the reminder that the coach promised in this conversation."""
    position = next((n for n, event in enumerate(reversed(tracker.events)) if isinstance(event, UserUttered)), None)
    if position is None:
        return False
    *earlier, message = list(tracker.events)[: len(tracker.events) - position]
    if not _SPEAKS.search(message.text or ""):
        return False
    return any(isinstance(event, BotUttered) and str((event.metadata or {}).get("utter_action")).startswith(SET) for event in earlier)
