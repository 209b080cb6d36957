"""What intents, flows, responses and steps are called for a therapist (`names.yml`); what they added themselves is called as they called it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bot.content.stories import Step

# Responses that were made in the studio.
OWN = "utter_eigen_"
# And intents.
OWN_INTENT = "eigen_"


@lru_cache(maxsize=1)
def names() -> dict[str, dict[str, str]]:
    """The names of the project's own `intents`, `flows` and `responses`."""
    found: dict[str, dict[str, str]] = yaml.safe_load((Path(__file__).parent / "names.yml").read_text("utf-8"))
    return found


def intent_name(intent: str) -> str:
    """What a visitor does, as in 'de bezoeker …'."""
    if intent.startswith(OWN_INTENT):
        return f"praat over {_words(intent.removeprefix(OWN_INTENT))}"
    return names()["intents"].get(intent, _words(intent))


def flow_name(flow: str) -> str:
    """A conversation's name."""
    return names()["flows"].get(flow, _words(flow).capitalize())


def response_name(response: str) -> str:
    """What the coach says, by its subject."""
    return names()["responses"].get(response, _words(response.removeprefix(OWN).removeprefix("utter_")))


def step_name(step: Step) -> str:
    """A step of a story in words."""
    if "intent" in step:
        return f"de bezoeker {intent_name(step['intent'])}"
    if "action" in step:
        action = str(step["action"])
        return f"de coach zegt “{response_name(action)}”" if action.startswith("utter_") else f"de coach werkt zelf ({_words(action)})"
    if "or" in step:
        return " of ".join(step_name(choice) for choice in step["or"])
    if "checkpoint" in step:
        return "hier kan een ander gesprek verdergaan"
    return "de coach houdt een lijst met vragen bij" if "active_loop" in step else "de coach onthoudt iets"


def id_of(name: str) -> str:
    """A name as it can stand in a file: lower-case letters, digits and '_'. Empty when nothing of it can."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:40].strip("_")


def _words(name: Any) -> str:
    return str(name).replace("_", " ")
