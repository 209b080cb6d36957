"""The policy for 'geen herinnering meer', at any moment and in the middle of any form: no intent of its own has to be learned for it."""

from __future__ import annotations

import re
from typing import Any

from rasa.core.policies.policy import Policy, PolicyPrediction, SupportedData
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import ACTION_LISTEN_NAME, REQUESTED_SLOT
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker

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
class ReminderPolicy(Policy):  # type: ignore[misc]
    """Ends or moves a reminder when the visitor speaks of it, and goes on with the form that was running."""

    @staticmethod
    def supported_data() -> SupportedData:
        """It learns from no stories; it only has to run beside the others."""
        return SupportedData.ML_AND_RULE_DATA

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Below the alarm policy, above all others."""
        return {"priority": 900, "max_history": None}

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> ReminderPolicy:
        """Nothing was trained, so nothing is read."""
        return cls(config, model_storage, resource, execution_context)

    def train(self, training_trackers: list[TrackerWithCachedStates], domain: Domain, **kwargs: Any) -> Resource:
        """Rules of code: nothing to train."""
        return self._resource

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        """The next action of a turn in which the visitor speaks of the reminder; else no opinion."""
        chances = self._default_predictions(domain)
        if not speaks_of_reminder(tracker):
            return self._prediction(chances)
        done = _actions_since_message(tracker)
        form = tracker.active_loop_name
        events: list[Event] = []
        if CHANGE not in done:
            action = CHANGE
            if form and (asked := tracker.get_slot(REQUESTED_SLOT)):
                # It was no answer to the form's question.
                events = [SlotSet(asked, None)]
        else:
            action = form if form and form not in done else ACTION_LISTEN_NAME
        chances[domain.index_for_action(action)] = 1.0
        return self._prediction(chances, events=events, is_no_user_prediction=True)


def speaks_of_reminder(tracker: DialogueStateTracker) -> bool:
    """Whether the newest message is about the reminder that the coach promised in this conversation."""
    position = next((n for n, event in enumerate(reversed(tracker.events)) if isinstance(event, UserUttered)), None)
    if position is None:
        return False
    *earlier, message = list(tracker.events)[: len(tracker.events) - position]
    if not _SPEAKS.search(message.text or ""):
        return False
    return any(isinstance(event, BotUttered) and str((event.metadata or {}).get("utter_action")).startswith(SET) for event in earlier)


def _actions_since_message(tracker: DialogueStateTracker) -> list[str]:
    names: list[str] = []
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            break
        if isinstance(event, ActionExecuted) and event.action_name:
            names.append(event.action_name)
    return names
