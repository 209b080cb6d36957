"""The intent classifier: one linear layer over the sentence encoder's vector and the sparse word and character counts."""

from __future__ import annotations

from typing import Any

import joblib
import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy import sparse
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize

from bot.nlu.encoder import Vector

FILE = "intents.joblib"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(IntentClassifier, GraphComponent):  # type: ignore[misc]
    """Multinomial logistic regression on centred dense features beside tf-idf weighted sparse ones."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`dense_weight`: how much the encoder counts beside the words; `C`: inverse regularisation."""
        return {"dense_weight": 2.0, "C": 10.0}

    @classmethod
    def required_components(cls) -> list[type]:
        """Features have to be there first."""
        return [Featurizer]

    @staticmethod
    def required_packages() -> list[str]:
        """Packages that have to be installed."""
        return ["sklearn"]

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._model: dict[str, Any] | None = None

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LinearIntentClassifier:
        """Create an untrained classifier (see parent class)."""
        return cls({**cls.get_default_config(), **config}, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on the labelled messages and keep the result in the model's storage."""
        messages = [m for m in training_data.intent_examples if m.get(INTENT) and m.get(TEXT)]
        dense = _dense(messages)
        tfidf = TfidfTransformer(sublinear_tf=True).fit(_sparse(messages))
        self._model = {"mean": dense.mean(axis=0), "tfidf": tfidf}
        linear = LogisticRegression(C=self._config["C"], max_iter=400, class_weight="balanced")
        linear.fit(self._features(messages), [m.get(INTENT) for m in messages])
        self._model["linear"] = linear
        with self._model_storage.write_to(self._resource) as folder:
            joblib.dump(self._model, folder / FILE)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LinearIntentClassifier:
        """Load a trained classifier (see parent class)."""
        component = cls.create(config, model_storage, resource, execution_context)
        with model_storage.read_from(resource) as folder:
            component._model = joblib.load(folder / FILE)
        return component

    def process(self, messages: list[Message]) -> list[Message]:
        """Set `intent` and `intent_ranking` on each message that has a text."""
        with_text = [m for m in messages if m.get(TEXT)]
        if self._model is None or not with_text:
            return messages
        linear = self._model["linear"]
        for message, chances in zip(with_text, linear.predict_proba(self._features(with_text)), strict=True):
            order = np.argsort(-chances)
            ranking = [{"name": str(linear.classes_[i]), "confidence": float(chances[i])} for i in order]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages

    def _features(self, messages: list[Message]) -> sparse.csr_matrix:
        assert self._model is not None
        dense = normalize(_dense(messages) - self._model["mean"]) * self._config["dense_weight"]
        counts = self._model["tfidf"].transform(_sparse(messages))
        return sparse.hstack([sparse.csr_matrix(dense), counts], format="csr")


def _dense(messages: list[Message]) -> Vector:
    return np.vstack([m.get_dense_features(TEXT)[1].features for m in messages])


def _sparse(messages: list[Message]) -> sparse.csr_matrix:
    return sparse.vstack([m.get_sparse_features(TEXT)[1].features for m in messages], format="csr")
