"""Chooses among the wordings of a response, and fills in what settings and safety decide.

- A wording that was said is not said again before all others of that response were (the same message twice never gets the same reply).
- The first thing the coach says tells that it is a computer program (`utter_disclosure`), whatever response comes first.
- `{practice_…}` comes from the settings, `{helplines}` from `data/helplines.yml`.
"""

from __future__ import annotations

import copy
import random
from typing import Any

from rasa.core.nlg.generator import ResponseVariationFilter
from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.alarm.helplines import as_payload, in_words, lines_for
from bot.alarm.lock import lock_of
from bot.settings import settings

DISCLOSURE = "utter_disclosure"
# These say it themselves.
DISCLOSING = frozenset({"utter_bot_challenge", DISCLOSURE})
HELPLINES = "{helplines}"
# These send the visitor to the emergency number, whatever the level of the alarm was.
URGENT = ("utter_safe_no", "utter_stay_")
VARIANT = "variant"


class VariedResponses(TemplatedNaturalLanguageGenerator):  # type: ignore[misc]
    """Rasa's response generator, with a memory for what was said."""

    def __init__(self, endpoint_config: EndpointConfig, domain: Domain) -> None:
        super().__init__(domain.responses)

    async def generate(
        self,
        utter_action: str,
        tracker: DialogueStateTracker,
        output_channel: str,
        **kwargs: Any,
    ) -> dict[str, Any] | None:
        """The filled response, or None when there is no such response (see parent class)."""
        if utter_action not in self.responses:
            return None
        said = [event for event in tracker.events if isinstance(event, BotUttered)]
        slots = tracker.current_slot_values()
        variants = ResponseVariationFilter(self.responses).responses_for_utter_action(utter_action, output_channel, slots)
        if not variants:
            return None
        number = _least_recent(len(variants), utter_action, said)
        response: dict[str, Any] = self._fill_response(
            copy.deepcopy(variants[number]),
            slots,
            **{**settings().practice, **kwargs, "helplines": HELPLINES},
        )
        # Rasa keeps what it does not know in the metadata of the event.
        response[VARIANT] = number
        _add_helplines(response, tracker, utter_action)
        if not said and utter_action not in DISCLOSING:
            response["text"] = self._disclosure(utter_action, response.get("text", ""))
        return response

    def _disclosure(self, utter_action: str, text: str) -> str:
        disclosure = random.choice(self.responses[DISCLOSURE])["text"]
        # Safety first (S1): an alarm message opens with what matters to somebody in danger.
        if utter_action.startswith("utter_alarm_"):
            return f"{text}\n{disclosure}"
        return f"{disclosure}\n{text}"


def _least_recent(count: int, utter_action: str, said: list[BotUttered]) -> int:
    """Number of a wording that was not said yet, chosen freely; else the one said longest ago."""
    last_said = dict.fromkeys(range(count), -1)
    for moment, event in enumerate(said):
        metadata = event.metadata or {}
        number = metadata.get(VARIANT)
        if metadata.get("utter_action") == utter_action and number in last_said:
            last_said[number] = moment
    oldest = min(last_said.values())
    return random.choice([number for number, moment in last_said.items() if moment == oldest])


def _add_helplines(response: dict[str, Any], tracker: DialogueStateTracker, utter_action: str) -> None:
    if HELPLINES not in response.get("text", ""):
        return
    lock = lock_of(tracker)
    category, acute = (lock.category, lock.level == "acute") if lock else ("listening", False)
    lines = lines_for(category, acute or utter_action.startswith(URGENT), settings().country)
    response["text"] = response["text"].replace(HELPLINES, in_words(lines))
    response["custom"] = {**response.get("custom", {}), "helplines": as_payload(lines)}
