"""Reads the training messages of `data/nlu/`.

Rasa's own reader needs 40 s for 14,000 messages, most of it to check them against a general schema; this one knows the two shapes that
the project uses and needs 2 s.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.rules_as_stories import rules_as_stories

# Of the alarms and their harmless look-alikes, the layers above the encoder learn every fourth: it has learned all of them, and its vector
# tells them as much (docs/decisions/0007). A bare machine starts sooner.
LEARNED = 4


class MessagesError(ValueError):
    """A file of messages can't be read. The message names the file and the place."""


class MessagesImporter(RasaFileImporter):  # type: ignore[misc]
    """Rasa's importer, with a quick reader for the messages. What Rasa asks for several times is read once."""

    @cached_property
    def _messages(self) -> list[Message]:
        return [message for path in sorted(self._nlu_files) for message in read_messages(Path(path))]

    @cached_property
    def _domain(self) -> Domain:
        return super().get_domain()

    def get_nlu_data(self, language: str | None = "nl") -> TrainingData:
        """The messages to learn from (see parent class)."""
        alarms = [message for message in self._messages if message.get(INTENT) == "alarm"]
        return TrainingData([message for message in self._messages if message.get(INTENT) != "alarm"] + alarms[::LEARNED])

    def get_domain(self) -> Domain:
        """The domain (see parent class)."""
        return self._domain

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:
        """The stories and rules (see parent class), and the rules of the topics as stories too."""
        graph = super().get_stories(exclusion_percentage)
        return StoryGraph([*graph.story_steps, *rules_as_stories(self._story_files, self.get_domain())])


def read_messages(path: Path) -> list[Message]:
    """The messages of one file.

    Raises `MessagesError` when the file has another shape than the two of this project: an intent with lines that begin with '- ', or
    an intent with entries of `text` and `metadata`.
    """
    try:
        content = yaml.load(path.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as problem:
        raise MessagesError(f"{path.name} is no valid YAML: {problem}") from problem
    blocks = content.get("nlu") if isinstance(content, dict) else None
    if not isinstance(blocks, list):
        raise MessagesError(f"{path.name} has no list under 'nlu:'.")
    return [message for number, block in enumerate(blocks, 1) for message in _of_block(block, f"{path.name}, block {number}")]


def _of_block(block: Any, where: str) -> list[Message]:
    intent, examples = (block.get("intent"), block.get("examples")) if isinstance(block, dict) else (None, None)
    if not isinstance(intent, str) or not isinstance(examples, str | list):
        raise MessagesError(f"{where}: 'intent:' and 'examples:' are needed.")
    if isinstance(examples, str):
        return [_of_line(line.strip(), intent, where) for line in examples.splitlines() if line.strip()]
    return [_of_entry(entry, intent, where) for entry in examples]


def _of_line(line: str, intent: str, where: str) -> Message:
    text = line.removeprefix("- ").strip()
    if not line.startswith("- ") or not text:
        raise MessagesError(f"{where} ({intent}): each message is a line that begins with '- '.")
    return Message(data={TEXT: text, INTENT: intent})


def _of_entry(entry: Any, intent: str, where: str) -> Message:
    if not isinstance(entry, dict) or not isinstance(entry.get("text"), str) or not isinstance(entry.get("metadata"), dict):
        raise MessagesError(f"{where} ({intent}): each message needs 'text:' and 'metadata:'.")
    return Message(data={TEXT: entry["text"].strip(), INTENT: intent, "metadata": {"example": entry["metadata"]}})
