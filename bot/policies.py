"""What the policies of code have in common: they learn from no stories, and read the conversation as it stands."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, TypeVar

from rasa.core.policies.policy import Policy, PolicyPrediction, SupportedData
from rasa.engine.graph import ExecutionContext
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import ACTION_LISTEN_NAME, REQUESTED_SLOT
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, SlotSet, UserUttered
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker

Self = TypeVar("Self", bound="CodePolicy")


class CodePolicy(Policy):  # type: ignore[misc]
    """A policy whose rules are written, not trained."""

    @staticmethod
    def supported_data() -> SupportedData:
        """It learns from no stories; it only has to run beside the others."""
        return SupportedData.ML_AND_RULE_DATA

    @classmethod
    def load(
        cls: type[Self],
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Self:
        """Nothing was trained, so nothing is read."""
        return cls(config, model_storage, resource, execution_context)

    def train(self, training_trackers: list[TrackerWithCachedStates], domain: Domain, **kwargs: Any) -> Resource:
        """Rules of code: nothing to train."""
        return self._resource


class AnytimePolicy(CodePolicy):
    """Runs one action for what it hears at any moment, from words alone, and goes on with the form that was running."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Below the alarm policy, above all others."""
        return {"priority": 900, "max_history": None}

    @abstractmethod
    def heard(self, tracker: DialogueStateTracker) -> str | None:
        """The action for the newest message, None where it is about something else."""

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        """The next action of a turn in which something was heard; else no opinion."""
        chances = self._default_predictions(domain)
        answer = self.heard(tracker)
        if answer is None:
            return self._prediction(chances)
        done = actions_since_message(tracker)
        form = tracker.active_loop_name
        events: list[Event] = []
        if answer not in done:
            action = answer
            if form and (asked := tracker.get_slot(REQUESTED_SLOT)):
                # It was no answer to the form's question.
                events = [SlotSet(asked, None)]
        else:
            action = form if form and form not in done else ACTION_LISTEN_NAME
        chances[domain.index_for_action(action)] = 1.0
        return self._prediction(chances, events=events, is_no_user_prediction=True)


def actions_since_message(tracker: DialogueStateTracker) -> list[str]:
    """What was done in this turn, newest first."""
    names: list[str] = []
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            break
        if isinstance(event, ActionExecuted) and event.action_name:
            names.append(event.action_name)
    return names
