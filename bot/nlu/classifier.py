"""The intent classifier: a linear layer over the sentence encoder's vector, and one over word and character counts.

Two layers that are averaged, not one over both: the encoder was fine-tuned on the same messages, so in one layer it would explain
them all and the words would learn nothing.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
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
from scipy.special import softmax
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

from bot.nlu.encoder import Vector
from bot.nlu.linear import fitted

FILE = "intents.joblib"
ALARM = "alarm"
DENSE_SCALE = 3.0
# Words and pieces of words are weighed apart: that understood more messages than weighing them together. Rarer ones than these only cost time.
COUNTED: tuple[dict[str, Any], ...] = (
    {"analyzer": "word", "ngram_range": (1, 2), "min_df": 3},
    {"analyzer": "char_wb", "ngram_range": (3, 3), "min_df": 8},
)
# Many messages tell of danger, and on those the alarm detector decides. With all of them here, ordinary messages were
# taken for one (docs/decisions/0006).
MOST_ALARMS = 1000


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(IntentClassifier, GraphComponent):  # type: ignore[misc]
    """Two multinomial logistic regressions, on the encoder's centred vectors and on tf-idf weighted counts."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`meaning_share`: how much the encoder counts beside the words (0 to 1); `…_C`: inverse regularisation of each layer."""
        return {"meaning_share": 0.5, "meaning_C": 1.0, "words_C": 10.0}

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
        messages = _with_fewer_alarms([m for m in training_data.intent_examples if m.get(INTENT) and m.get(TEXT)])
        labels = [m.get(INTENT) for m in messages]
        counters = [TfidfVectorizer(**counted, sublinear_tf=True, dtype=np.float32) for counted in COUNTED]
        counts = sparse.hstack([counter.fit_transform(_texts(messages)) for counter in counters], format="csr")
        self._model = {"mean": _dense(messages).mean(axis=0), "counters": counters}
        with ThreadPoolExecutor(2) as pool:
            meaning = pool.submit(fitted, self._meaning(messages), labels, self._config["meaning_C"])
            words = pool.submit(fitted, counts, labels, self._config["words_C"])
            self._model |= {"meaning": meaning.result(), "words": words.result()}
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
        classes = self._model["words"].classes_
        for message, chances in zip(with_text, self._chances(with_text), strict=True):
            order = np.argsort(-chances)
            ranking = [{"name": str(classes[i]), "confidence": float(chances[i])} for i in order]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages

    def _chances(self, messages: list[Message]) -> Vector:
        """Chance of each class per message, float of shape (messages, classes): the geometric mean of both layers' chances."""
        assert self._model is not None
        meaning = self._model["meaning"].predict_log_proba(self._meaning(messages))
        words = self._model["words"].predict_log_proba(self._words(messages))
        share = self._config["meaning_share"]
        chances: Vector = softmax(share * meaning + (1 - share) * words, axis=1)
        return chances

    def _meaning(self, messages: list[Message]) -> Vector:
        assert self._model is not None
        vectors: Vector = normalize(_dense(messages) - self._model["mean"]) * DENSE_SCALE
        return vectors

    def _words(self, messages: list[Message]) -> sparse.csr_matrix:
        assert self._model is not None
        texts = _texts(messages)
        return sparse.hstack([counter.transform(texts) for counter in self._model["counters"]], format="csr")


def _with_fewer_alarms(messages: list[Message]) -> list[Message]:
    alarms = [m for m in messages if m.get(INTENT) == ALARM]
    step = max(1, len(alarms) // MOST_ALARMS)
    return [m for m in messages if m.get(INTENT) != ALARM] + alarms[::step]


def _texts(messages: list[Message]) -> list[str]:
    return [m.get(TEXT) for m in messages]


def _dense(messages: list[Message]) -> Vector:
    return np.vstack([m.get_dense_features(TEXT)[1].features for m in messages])
