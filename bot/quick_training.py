"""Spares Rasa's training what takes longer than learning: copying and hashing the same messages and stories again and again."""

from __future__ import annotations

from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.training_data.training_data import TrainingData


def make_rasa_quick(*, messages: str, talks: str) -> None:
    """From now on, in this process, training data and stories are known by the hashes of their files.

    Rasa copies all messages several times and hashes each of them, and each story with all its slots: every time to drop what stands twice,
    and after every step to find out what need not be trained again. The hashes of the files tell that too, so what understands messages and
    what talks is taken from the cache while they and the code are the same.

    `messages`, `talks`: the hash of all that the messages, and that the stories, are learned from.
    """

    def merge(self: TrainingData, *others: TrainingData | None) -> TrainingData:
        parts = [self, *(other for other in others if other)]
        # Of all that training data may hold, this project has messages only.
        return TrainingData([message for part in parts for message in part.training_examples])

    TrainingData.fingerprint = lambda self: messages
    TrainingData.merge = merge
    TrainingData.sanitize_examples = staticmethod(list)
    DialogueStateTracker.fingerprint = lambda self: talks
