"""Whoever was hurt is not asked for a deed of their own: believed at once, whatever flow was running and whatever the classifier made of it."""

from __future__ import annotations

from typing import Any

from rasa.core.policies.policy import Policy, PolicyPrediction, SupportedData
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import ACTION_DEACTIVATE_LOOP_NAME, ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, UserUttered
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker

from bot.hearing.roles import admits, done_to_visitor, says_wronged

BELIEVED, HEAR = "utter_hurt_turned", "utter_hurt_hear"
# In the course of their own pain it goes on here: near its beginning, and later.
PAIN, DEEPEN, MORE = "utter_hurt", "utter_hurt_deepen", "utter_hurt_more"
# Here the visitor's own deed is asked for or looked at.
OWN_DEED = ("utter_apology", "utter_shame", "utter_minimise", "utter_draft", "utter_review")
# Forms that ask something of the visitor that only fits when they did something, or want to begin.
FORMS = frozenset({"apology_form", "first_step_form"})
# What the classifier takes for a deed of the visitor's.
READ_AS_OWN = frozenset({"express_apology", "express_shame", "minimise_harm"})


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class WrongedPolicy(Policy):  # type: ignore[misc]
    """Ends a flow about the visitor's own deed when they say that they are the one who was hurt, and turns to that."""

    @staticmethod
    def supported_data() -> SupportedData:
        """It learns from no stories; it only has to run beside the others."""
        return SupportedData.ML_AND_RULE_DATA

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Below alarms and reminders, above rules, forms and stories."""
        return {"priority": 800, "max_history": None}

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> WrongedPolicy:
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
        """The next action of a turn in which somebody says who was hurt; else no opinion."""
        chances = self._default_predictions(domain)
        reply = turn_reply(tracker)
        if reply is None or reply not in domain.action_names_or_texts:
            return self._prediction(chances)
        done = _actions_since_message(tracker)
        if tracker.active_loop_name and ACTION_DEACTIVATE_LOOP_NAME not in done:
            # First, so that the rules go on from what is said.
            action = ACTION_DEACTIVATE_LOOP_NAME
        elif reply not in done:
            action = reply
        else:
            action = ACTION_LISTEN_NAME
        chances[domain.index_for_action(action)] = 1.0
        return self._prediction(chances, is_no_user_prediction=True)


def turn_reply(tracker: DialogueStateTracker) -> str | None:
    """What is said to somebody who was taken for the one who did harm; None where the message says no such thing."""
    events = list(tracker.events)
    at = next((place for place in range(len(events) - 1, -1, -1) if isinstance(events[place], UserUttered)), None)
    if at is None:
        return None
    message = events[at]
    text = message.text or ""
    if not text or text.startswith("/"):
        return None
    # The form is ended in the course of the turn: what counts is what ran when the message came.
    form = next((event.name for event in reversed(events[:at]) if isinstance(event, ActiveLoop)), None)
    said = next((str((event.metadata or {}).get("utter_action")) for event in reversed(events[:at]) if isinstance(event, BotUttered)), "")
    own_deed = form == "apology_form" or (form is None and said.startswith(OWN_DEED))
    if (own_deed or form in FORMS) and says_wronged(text):
        return BELIEVED
    if own_deed and not _told_a_deed(tracker) and done_to_visitor(text):
        return BELIEVED
    intent = message.intent.get("name")
    if form is None and said.startswith(PAIN) and intent == "express_apology" and not admits(text):
        # 'Dat het mijn schuld was' tells of the pain.
        return DEEPEN if said in (BELIEVED, HEAR) else MORE
    if form is None and intent in READ_AS_OWN and (done_to_visitor(text) or says_wronged(text)):
        return HEAR
    return None


def _told_a_deed(tracker: DialogueStateTracker) -> bool:
    """Whether the visitor named a deed of their own on the way to an apology: then what the partner did is a reason or an excuse."""
    apology = tracker.get_slot("apology") or {}
    return "responsibility" in apology.get("told", {}) or bool(apology.get("draft"))


def _actions_since_message(tracker: DialogueStateTracker) -> list[str]:
    names: list[str] = []
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            break
        if isinstance(event, ActionExecuted) and event.action_name:
            names.append(event.action_name)
    return names
