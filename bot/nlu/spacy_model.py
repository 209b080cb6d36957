"""The Dutch spaCy model as a Rasa component: whichever of the two known models is installed."""

from __future__ import annotations

from functools import cache
from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.utils.spacy_utils import SpacyModel, SpacyNLP
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.model_choice import installed_model, model_identity


@DefaultV1Recipe.register(
    [
        DefaultV1Recipe.ComponentType.MODEL_LOADER,
        DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER,
    ],
    is_trainable=False,
    model_from="DutchSpacyNLP",
)
class DutchSpacyNLP(SpacyNLP):  # type: ignore[misc]
    """Rasa's `SpacyNLP`, with the model found instead of named."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> DutchSpacyNLP:
        """Load the installed model (see parent class)."""
        found = {**config, "model": installed_model()}
        return super().create(found, model_storage, resource, execution_context)  # type: ignore[no-any-return]

    @staticmethod
    @cache
    def load_model(spacy_model_name: str) -> SpacyModel:
        """The model, read from disk once in a process (see parent class)."""
        return SpacyNLP.load_model(spacy_model_name)

    def process_training_data(self, training_data: TrainingData, model: SpacyModel) -> TrainingData:
        """Leave the training messages as they are: nothing that learns looks at spaCy's tokens."""
        return training_data

    @staticmethod
    def fingerprint_addon(config: dict[str, Any]) -> str:
        """Another spaCy model means training anew."""
        return model_identity()
