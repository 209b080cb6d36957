"""Asks back where the intent is not clear; where a mistake costs much (erasing, a yes, a goodbye), sooner."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.fallback_classifier import FallbackClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY
from rasa.shared.nlu.training_data.message import Message


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class CarefulFallback(FallbackClassifier):  # type: ignore[misc]
    """Rasa's own, with a threshold for each intent of `careful` beside the general one."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`careful`: the least confidence (0 to 1) by intent; see parent class for the others."""
        return {**FallbackClassifier.get_default_config(), "careful": {}}

    def _should_fallback(self, message: Message) -> bool:
        intent = message.data[INTENT]
        least = self.component_config["careful"].get(intent[INTENT_NAME_KEY], 0.0)
        return bool(intent[PREDICTED_CONFIDENCE_KEY] < least or super()._should_fallback(message))
