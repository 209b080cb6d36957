"""The Dutch spaCy model as a Rasa component: whichever of the two known models is installed.

`nl_core_news_sm` is the model of choice; where set-up could not reach it, `nl_ud_sm` from `vendor/` stands in.
"""

from __future__ import annotations

from importlib import metadata, util
from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.utils.spacy_utils import SpacyNLP

MODELS = ("nl_core_news_sm", "nl_ud_sm")


class NoSpacyModelError(RuntimeError):
    """Neither Dutch spaCy model is installed."""


def installed_model() -> str:
    """Name of the Dutch spaCy model to train and run with.

    Raises `NoSpacyModelError` when there is none.
    """
    for name in MODELS:
        if util.find_spec(name) is not None:
            return name
    raise NoSpacyModelError("No Dutch spaCy model is installed. Run 'make setup'.")


def model_identity() -> str:
    """Name and version of the model, as part of what a trained model depends on."""
    name = installed_model()
    return f"{name}-{metadata.version(name)}"


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
    def fingerprint_addon(config: dict[str, Any]) -> str:
        """Another spaCy model means training anew."""
        return model_identity()
