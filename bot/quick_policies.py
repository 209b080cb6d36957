"""Rasa's policies for rules and for remembered stories, choosing the same as Rasa's own, but quicker.

Both are asked several times in each turn, and thousands of times when a draft is checked: docs/decisions/0019.
"""

from __future__ import annotations

import base64
import json
import re
import zlib
from functools import cache, cached_property
from typing import Any

from rasa.core.policies.memoization import AugmentedMemoizationPolicy
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import PREVIOUS_ACTION, USER
from rasa.shared.core.domain import Domain, State
from rasa.shared.core.events import ActionExecuted, Event
from rasa.shared.core.trackers import DialogueStateTracker

POLICY = DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT
# The action before a state, and the intent of the visitor's message.
_Marks = tuple[str | None, str | None]
# How a remembered state names the action before it; Rasa leaves out the quotes.
_ACTION_BEFORE = re.compile(r"prev_action: \{action_name: (\w+)\}")


@DefaultV1Recipe.register(POLICY, is_trainable=True)
class QuickRulePolicy(RulePolicy):  # type: ignore[misc]
    """Follows the rules. Rasa's own parses every rule anew for every choice, and looks twice: this project has no rules about texts."""

    @staticmethod
    @cache
    def _rule_key_to_state(rule_key: str) -> list[State]:
        return json.loads(rule_key)  # type: ignore[no-any-return]

    def _find_action_from_rules(
        self, tracker: DialogueStateTracker, domain: Domain, use_text_for_last_user_input: bool
    ) -> tuple[str | None, str | None, bool]:
        if use_text_for_last_user_input:
            return None, None, False
        return super()._find_action_from_rules(tracker, domain, False)  # type: ignore[no-any-return]

    def _get_possible_keys(self, lookup: dict[str, str], states: list[State]) -> set[str]:
        newest = _marks(states[-1]) if states else (None, None)
        near = {key: lookup[key] for marks in _less_exact(*newest) for key in self._by_marks(lookup).get(marks, ())}
        return super()._get_possible_keys(near, states)  # type: ignore[no-any-return]

    def _by_marks(self, lookup: dict[str, str]) -> dict[_Marks, list[str]]:
        """The rules by what they want of the newest state; while rules are still learned, their number tells whether they are the same."""
        known = self._indexes.get(id(lookup))
        if known is None or known[0] is not lookup or known[1] != len(lookup):
            by_marks: dict[_Marks, list[str]] = {}
            for key in lookup:
                by_marks.setdefault(_marks(self._rule_key_to_state(key)[-1]), []).append(key)
            known = self._indexes[id(lookup)] = (lookup, len(lookup), by_marks)
        return known[2]

    @cached_property
    def _indexes(self) -> dict[int, tuple[dict[str, str], int, dict[_Marks, list[str]]]]:
        return {}


@DefaultV1Recipe.register(POLICY, is_trainable=True)
class QuickMemoryPolicy(AugmentedMemoizationPolicy):  # type: ignore[misc]
    """Follows the stories. Rasa's own forgets the conversation action by action, and copies what is left each time, to find the end of it that a story knows.

    This one copies only what a story can know: the names of the actions tell.
    """

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        """The next action that the stories know (see parent class)."""
        states = self._prediction_states(tracker, domain, rule_only_data=rule_only_data)
        action = self.recall(states, tracker, domain, rule_only_data=rule_only_data)
        return self._prediction(self._prediction_result(action, tracker, domain))

    def recall(
        self, states: list[State], tracker: DialogueStateTracker, domain: Domain, rule_only_data: dict[str, Any] | None
    ) -> str | None:
        """The action of the longest end of the conversation that a story knows, None where there is none."""
        found = self._recall_states(states)
        events = tracker.applied_events()
        for start in self._starts(events):
            if found is not None:
                break
            shorter = tracker.init_copy()
            for event in events[start:]:
                shorter.update(event)
            found = self._recall_states(self._prediction_states(shorter, domain, rule_only_data=rule_only_data))
        return found  # type: ignore[no-any-return]

    def _starts(self, events: list[Event]) -> list[int]:
        """Where an end of the conversation begins whose actions stand in a story, the longest first.

        What is hidden in it Rasa leaves out, by rules about forms that are not repeated here: such an end is always tried.
        """
        actions = [number for number, event in enumerate(events) if isinstance(event, ActionExecuted)]
        names = [str(events[number].action_name) for number in actions]
        last_hidden = max((number for number in actions if events[number].hide_rule_turn), default=-1)
        return [
            number for place, number in enumerate(actions) if number <= last_hidden or tuple(names[place:][-self._longest :]) in self._known
        ]

    @cached_property
    def _longest(self) -> int:
        return int(self.config["max_history"])

    @cached_property
    def _known(self) -> set[tuple[str, ...]]:
        """The actions of everything that is remembered, in their order."""
        packed = self.config["enable_feature_string_compression"]
        return {tuple(_ACTION_BEFORE.findall(zlib.decompress(base64.b64decode(key)).decode() if packed else key)) for key in self.lookup}


def _marks(state: State) -> _Marks:
    """What a state says of the action before it and of the visitor's message."""
    action, message = state.get(PREVIOUS_ACTION) or {}, state.get(USER) or {}
    return action.get("action_name"), message.get("intent")


def _less_exact(action: str | None, intent: str | None) -> set[_Marks]:
    """All that a rule may want where the newest state is this: a rule that names less fits, too."""
    return {(action, intent), (action, None), (None, intent), (None, None)}
