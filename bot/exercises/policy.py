"""The policy for 'kunnen we de afspraak op een kaartje zetten': the card with an agreement, at any moment, without the talk on trust before it."""

from __future__ import annotations

import re
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.events import ActiveLoop, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.policies import AnytimePolicy

ACTION = "action_start_agreement"
# Where the agreement would be one with the practice, or is being made.
NOT_IN = frozenset({"intake_form", "intake_details_form", "agreement_form"})
LONGEST = 16
_DOWN = r"(?:kaart(?:je)?|(?:op|neer)(?:ge)?schr[ie]\w+|schrijf\w* (?:op|neer)|vast ?(?:te )?leg\w*|op papier|noteren)"
_WANTS = re.compile(
    rf"\bafspra(?:ak|ken)\b.{{0,30}}\b{_DOWN}|\b{_DOWN}\b.{{0,30}}\bafspra(?:ak|ken)\b|\bafsprakenkaart\w*"
    # 'Een afspraak maken over de gsm aan tafel': who makes one with the practice names no subject, or the relation itself.
    r"|\bafspra(?:ak|ken) (?:(?:te )?maken )?(?:over|rond|omtrent) (?!(?:\w+ )?(?:relatie|huwelijk|probleem|problemen|situatie|therapie|intake|kennismaking|gesprek)\b)\w+",
    re.IGNORECASE,
)
_WITH_PRACTICE = re.compile(r"\bafspra(?:ak|ken) (?:bij|met) (?:jullie|de praktijk|een)\b|\b(?:hij|ze|zij|niet|nooit)\b", re.IGNORECASE)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class AgreementPolicy(AnytimePolicy):
    """Begins the questions for the card."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Just below the reminder's policy (see parent class)."""
        return {**AnytimePolicy.get_default_config(), "priority": 890}

    def heard(self, tracker: DialogueStateTracker) -> str | None:
        """The action that begins it (see parent class)."""
        form: str | None = None
        text, form_at_message = "", None
        for event in tracker.events:
            if isinstance(event, ActiveLoop):
                form = event.name
            elif isinstance(event, UserUttered):
                text, form_at_message = event.text or "", form
        return ACTION if form_at_message not in NOT_IN and wants_card(text) else None


def wants_card(text: str) -> bool:
    """Whether somebody wants their agreement written down."""
    return len(text.split()) <= LONGEST and bool(_WANTS.search(text)) and not _WITH_PRACTICE.search(text)
