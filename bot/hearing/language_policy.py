"""The policy for who writes in another language than Dutch."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.trackers import DialogueStateTracker

from bot.nlu.other_language import note_due
from bot.policies import AnytimePolicy


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class OtherLanguagePolicy(AnytimePolicy):
    """Says once that the coach knows Dutch only; after an alarm, the alarm policy does (`bot/alarm/policy.py`)."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Just below the policy for agreements (see parent class)."""
        return {**AnytimePolicy.get_default_config(), "priority": 880}

    def heard(self, tracker: DialogueStateTracker) -> str | None:
        """The action with the note (see parent class)."""
        return note_due(tracker)
