"""The topics that the coach talks through, by the beginning of the names of their responses."""

from __future__ import annotations

TOPICS = (
    "utter_hurt",
    "utter_blame",
    "utter_resist",
    "utter_forgiveness",
    "utter_trust",
    "utter_received",
    "utter_unwilling",
    "utter_others",
    "utter_distance",
    "utter_conflict",
    "utter_shame",
    "utter_minimise",
    "utter_listening_offer",
    "utter_need_heard",
)
EASIER = "utter_easier"


def easier_for(question: str) -> str:
    """The response that makes a topic's question easier; the general one where the topic has none of its own.

    >>> easier_for("utter_trust_signs"), easier_for("utter_resist_hear")
    ('utter_easier_trust', 'utter_easier')
    """
    topic = question.split("_")[1]
    topic = {"conflict": "distance", "listening": "unwilling"}.get(topic, topic)
    return EASIER if topic in ("resist", "need") else f"{EASIER}_{topic}"
