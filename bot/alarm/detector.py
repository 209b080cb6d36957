"""The alarm detector: the last component of the pipeline.

Sets `alarm` on every message and, where it sounds, puts the intent `alarm` above whatever the classifier said.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import joblib
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import SPACY_DOCS
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.alarm.answers import LONGEST_DENIAL, denies_violence
from bot.alarm.classifier import NONE, AlarmClassifier, AlarmExample, Opinion
from bot.alarm.idioms import without_idioms
from bot.alarm.lock import tone
from bot.alarm.patterns import AlarmPatterns, PatternHit
from bot.alarm.whose import with_roles_right
from bot.nlu.messages import LEARNED
from bot.nlu.spacy_model import DutchSpacyNLP
from bot.settings import ROOT

FILE = "alarm.joblib"
DATA = ROOT / "data" / "alarm"
PAYLOAD_PREFIX = "/"
_CLAUSE_END = re.compile(r"[,.;:!?\n]+")
# The sources whose objects are kept in the model.
TRAINED_WITH = ("classifier.py", "detector.py", "sentences.py")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class AlarmDetector(GraphComponent):  # type: ignore[misc]
    """Two independent layers, patterns and a classifier; either one sounds the alarm."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Chances (0 to 1) from which the classifier alone counts as an alarm, as acute; and of an alarm or a concern, from which the coach asks."""
        return {"alarm_threshold": 0.35, "acute_threshold": 0.5, "asked_threshold": 0.2, "concern_threshold": 0.6}

    @classmethod
    def required_components(cls) -> list[type]:
        """The patterns need spaCy's tokens."""
        return [DutchSpacyNLP]

    @staticmethod
    def required_packages() -> list[str]:
        """Packages that have to be installed."""
        return ["sklearn", "spacy"]

    @staticmethod
    def fingerprint_addon(config: dict[str, Any]) -> str:
        """The extra data and these sources are part of what is trained."""
        return digest([*sorted(DATA.glob("*.jsonl")), *(Path(__file__).with_name(name) for name in TRAINED_WITH)])

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._classifier: AlarmClassifier | None = None
        self._patterns: AlarmPatterns | None = None

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> AlarmDetector:
        """Create an untrained detector (see parent class)."""
        return cls({**cls.get_default_config(), **config}, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> AlarmDetector:
        """Load a trained detector (see parent class)."""
        component = cls.create(config, model_storage, resource, execution_context)
        with model_storage.read_from(resource) as folder:
            component._classifier = joblib.load(folder / FILE)
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Train the classifier on the messages of the intent `alarm`, all other intents, and `data/alarm/`."""
        self._classifier = AlarmClassifier().fit(examples_of(training_data) + extra_examples())
        with self._model_storage.write_to(self._resource) as folder:
            joblib.dump(self._classifier, folder / FILE)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set `alarm` (None or category, level, score, layer, spans) and the intent on each message."""
        for message in messages:
            text = message.get(TEXT) or ""
            # A button's payload was checked by the channel against the buttons that exist; it is no visitor's text.
            typed = bool(text) and not text.startswith(PAYLOAD_PREFIX)
            opinion = self._judge(text) if typed else None
            hits = self._hits(message) if typed else []
            alarm = decide(hits, opinion, self._config)
            if alarm is not None and self._only_denied(text, alarm):
                alarm = None
            if alarm is not None:
                alarm = with_roles_right(alarm, {hit.category for hit in hits}, text)
            message.set("alarm", alarm, add_to_output=True)
            # What the classifier alone thinks, below its threshold too: for measuring.
            message.set("alarm_score", opinion.alarm if opinion else 0.0, add_to_output=True)
            _set_intent(message, alarm)
        return messages

    def _hits(self, message: Message) -> list[PatternHit]:
        doc = message.get(SPACY_DOCS[TEXT])
        if doc is None:
            return []
        if self._patterns is None:
            self._patterns = AlarmPatterns(doc.vocab)
        return self._patterns.hits(doc)

    def _judge(self, text: str) -> Opinion | None:
        return self._classifier.judge_whole(without_idioms(text)) if self._classifier else None

    def _only_denied(self, text: str, alarm: dict[str, Any]) -> bool:
        """Whether the classifier heard danger in words that deny it ('hij slaat me nooit hoor'), and in the rest of the message there is none."""
        if alarm["layer"] != "classifier" or alarm["level"] == "acute" or tone(alarm["category"]) != "danger":
            return False
        if len(text.split()) > LONGEST_DENIAL:
            # In a longer message what comes after the denial is a story of its own, and may be the danger.
            return False
        clauses = [clause for clause in _CLAUSE_END.split(text) if clause.strip()]
        rest = [clause for clause in clauses if not denies_violence(clause)]
        if len(rest) == len(clauses):
            return False
        opinion = self._judge(", ".join(rest)) if rest else None
        return opinion is None or opinion.alarm < self._config["asked_threshold"]


def decide(hits: list[PatternHit], opinion: Opinion | None, least: Mapping[str, Any]) -> dict[str, Any] | None:
    """What both layers make of a message together: category, level, score, layer and spans, or None.

    `least`: the chances (0 to 1) of the pipeline's configuration, from which the classifier's opinion counts.
    """
    sure = opinion is not None and opinion.alarm >= least["alarm_threshold"]
    acute = sure and opinion is not None and opinion.acute >= least["acute_threshold"]
    spans = [[hit.start, hit.end] for hit in hits]
    if hits and hits[0].level != "concern":
        level = "acute" if acute or hits[0].level == "acute" else "alarm"
        score = max(0.95, opinion.alarm if opinion else 0.0)
        # A pattern says who does what to whom; the classifier mixes up the roles in short sentences.
        category = hits[0].category
        return _answer(category, level, score, "both" if sure else "patterns", spans)
    if opinion is None:
        return None
    if sure:
        return _answer(opinion.category, "acute" if acute else "alarm", opinion.alarm, "classifier", spans)
    if opinion.concern >= least["concern_threshold"]:
        if hits:
            return _answer(hits[0].category, "concern", opinion.concern, "both", spans)
        return _answer(opinion.category, "concern", opinion.concern, "classifier", spans)
    # What may be an alarm, but too seldom is one to lock coaching, is asked about openly, too (docs/decisions/0007).
    if opinion.alarm >= least["asked_threshold"]:
        return _answer(opinion.category, "concern", opinion.alarm, "classifier", spans)
    if hits:
        return _answer(hits[0].category, "concern", max(opinion.concern, least["concern_threshold"]), "patterns", spans)
    return None


def digest(paths: list[Path]) -> str:
    """Hash of the contents of files, in the order given."""
    total = hashlib.sha256()
    for path in paths:
        total.update(path.read_bytes())
    return total.hexdigest()


def examples_of(training_data: TrainingData) -> list[AlarmExample]:
    """The labelled messages of `data/nlu/` as the classifier wants them."""
    examples = []
    for message in training_data.intent_examples:
        if message.get(INTENT) != "alarm":
            examples.append(AlarmExample(message.get(TEXT), "", NONE))
            continue
        labels = message.get("metadata", {}).get("example", {})
        examples.append(AlarmExample(message.get(TEXT), labels["category"], labels["level"]))
    return examples


def extra_examples() -> list[AlarmExample]:
    """Unclear signals and harmless look-alikes, which belong to no intent; of the look-alikes some."""
    concern = [json.loads(line) for line in (DATA / "concern.jsonl").read_text("utf-8").splitlines()]
    harmless = [json.loads(line) for line in (DATA / "harmless.jsonl").read_text("utf-8").splitlines()]
    return [AlarmExample(row["text"], row["category"], "concern") for row in concern] + [
        AlarmExample(row["text"], "", NONE) for row in harmless[::LEARNED]
    ]


def _answer(category: str, level: str, score: float, layer: str, spans: list[list[int]]) -> dict[str, Any]:
    return {"category": category, "level": level, "score": round(score, 4), "layer": layer, "spans": spans}


def _set_intent(message: Message, alarm: dict[str, Any] | None) -> None:
    ranking = [row for row in message.get("intent_ranking") or [] if row["name"] != "alarm"]
    current = message.get(INTENT) or {"name": None, "confidence": 0.0}
    if alarm and alarm["level"] in ("alarm", "acute"):
        intent = {"name": "alarm", "confidence": alarm["score"]}
        ranking = [intent, *ranking]
    elif current["name"] == "alarm" and ranking:
        # The detector alone decides on alarms: without one, the next likely reading stands.
        intent = ranking[0]
    else:
        return
    message.set(INTENT, intent, add_to_output=True)
    message.set("intent_ranking", ranking, add_to_output=True)
