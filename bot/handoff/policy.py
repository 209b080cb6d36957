"""The policy for an intake that was sent: 'mijn nummer klopt niet' and 'trek mijn aanvraag in' are heard at any moment, while coaching is locked, too."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.trackers import DialogueStateTracker

from bot.nlu.sent_intake import Wish, wish_in
from bot.policies import AnytimePolicy

ACTIONS = {Wish.WITHDRAW: "action_withdraw_intake", Wish.CHANGE: "action_change_intake"}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class SentIntakePolicy(AnytimePolicy):
    """Withdraws or changes the newest intake of a conversation."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Just above the reminder's policy (see parent class)."""
        return {**AnytimePolicy.get_default_config(), "priority": 910}

    def heard(self, tracker: DialogueStateTracker) -> str | None:
        """The action for what the visitor wants of it (see parent class)."""
        wish = wish_in(tracker)
        return ACTIONS[wish] if wish else None
