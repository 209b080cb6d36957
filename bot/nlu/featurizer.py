"""The sentence encoder as a Rasa featurizer."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.encoder import Vector, encode, encoder_hash
from bot.nlu.kept_vectors import encode_and_keep


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEncoder(DenseFeaturizer, GraphComponent):  # type: ignore[misc]
    """Adds the encoder's vector to a message as its dense sentence feature."""

    @staticmethod
    def required_packages() -> list[str]:
        """Packages that have to be installed."""
        return ["onnxruntime", "tokenizers"]

    @staticmethod
    def fingerprint_addon(config: dict[str, Any]) -> str:
        """Another encoder means training anew."""
        return encoder_hash()

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceEncoder:
        """Create the component (see parent class)."""
        return cls(execution_context.node_name, config)

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """There is nothing to configure."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the vector to each message that has a text."""
        for message in messages:
            text = message.get(TEXT)
            if text:
                self._add(message, encode(text))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the vectors to the training messages."""
        messages = [m for m in training_data.training_examples if m.get(TEXT)]
        vectors = encode_and_keep([m.get(TEXT) for m in messages])
        for message, vector in zip(messages, vectors, strict=True):
            self._add(message, vector)
        return training_data

    def _add(self, message: Message, vector: Vector) -> None:
        alias = self._config[FEATURIZER_CLASS_ALIAS]
        message.add_features(Features(vector[np.newaxis, :], FEATURE_TYPE_SENTENCE, TEXT, alias))
