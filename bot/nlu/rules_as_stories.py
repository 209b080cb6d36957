"""The rules of a topic, told to the memory of stories as well.

Rasa hides turns that only rules handle from the policies that remember stories. A branch that a therapist puts after such a turn would be
trained, and never taken. What the stories know too is not hidden (`RulePolicy`, 'rules not in stories').
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml
from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.core.training_data.structures import StoryStep

# The project's own rules interrupt a topic, and are to stay hidden: after them the topic goes on.
TOPICS = "stories"


def rules_as_stories(files: Iterable[str], domain: Domain) -> list[StoryStep]:
    """Each rule of `data/stories/` that goes on from words of the coach, as a story of the same steps; those with forms and slots are left out."""
    found: list[StoryStep] = []
    for file in sorted(files):
        if Path(file).parent.name == TOPICS:
            rules = yaml.safe_load(Path(file).read_text("utf-8")).get("rules") or []
            told = [{"story": f"{rule['rule']} (als verhaal)", "steps": rule["steps"]} for rule in rules if _goes_on(rule)]
            found += YAMLStoryReader(domain, file).read_from_parsed_yaml({"version": "3.1", "stories": told})
    return found


def _goes_on(rule: dict[str, Any]) -> bool:
    steps = rule["steps"]
    plain = all(step.keys() <= {"intent", "action", "or"} for step in steps)
    return plain and "action" in steps[0] and "condition" not in rule and not rule.get("conversation_start")
