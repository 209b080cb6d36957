"""Chooses among the wordings of a response, and fills in what settings, safety and the visitor's own words decide.

- A wording that was said is not said again before all others of that response were (the same message twice never gets the same reply).
- `{feeling}`, `{wound}` and `{mirror}` are filled from the newest message (`bot/hearing/`); a wording is left out when one of its own can't
  be, and comes before the generic ones when all can. After an alarm only the visitor's own word for a feeling is said back.
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

from bot.alarm.helplines import Helpline, as_payload, in_words, lines_for
from bot.alarm.lock import alarm_of, lock_of
from bot.hearing import fillable, for_interpolation, heard, placeholders, prepare
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
        # Fitted or read from disk now, so that no visitor waits for it.
        prepare()

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
        wordings = [variant.get("text", "") for variant in variants]
        words = _words_heard(wordings, tracker)
        number = _next_wording(wordings, words, utter_action, said)
        wording, filled = for_interpolation(wordings[number], words)
        lines = _helplines(tracker, utter_action) if HELPLINES in wording else []
        # One pass over the wording: braces in what a visitor wrote stay words.
        response: dict[str, Any] = self._fill_response(
            {**copy.deepcopy(variants[number]), "text": wording},
            slots,
            **{**settings().practice, **kwargs, **filled, "helplines": in_words(lines)},
        )
        # Rasa keeps what it does not know in the metadata of the event.
        response[VARIANT] = number
        if lines:
            response["custom"] = {**response.get("custom", {}), "helplines": as_payload(lines)}
        if not said and utter_action not in DISCLOSING:
            response["text"] = self._disclosure(utter_action, response.get("text", ""))
        return response

    def _disclosure(self, utter_action: str, text: str) -> str:
        disclosure = random.choice(self.responses[DISCLOSURE])["text"]
        # Safety first (S1): an alarm message opens with what matters to somebody in danger.
        if utter_action.startswith("utter_alarm_"):
            return f"{text}\n{disclosure}"
        return f"{disclosure}\n{text}"


def _words_heard(wordings: list[str], tracker: DialogueStateTracker) -> dict[str, str]:
    """The words for the placeholders that the newest message fills, by placeholder; no message is read when no wording has any."""
    message = tracker.latest_message
    if message is None or not message.text or not any(map(placeholders, wordings)):
        return {}
    in_danger = lock_of(tracker) is not None or alarm_of(message) is not None
    return fillable(heard(message.text, message.intent.get("name")), in_danger)


def _next_wording(wordings: list[str], words: dict[str, str], utter_action: str, said: list[BotUttered]) -> int:
    """Number of a wording that can be filled: one not said yet, one with their own clause or other placeholders first; else the one said longest ago."""
    last_said = {number: -1 for number, wording in enumerate(wordings) if placeholders(wording) <= words.keys()}
    for moment, event in enumerate(said):
        metadata = event.metadata or {}
        number = metadata.get(VARIANT)
        if metadata.get("utter_action") == utter_action and number in last_said:
            last_said[number] = moment

    def turn(number: int) -> tuple[int, bool, bool]:
        # Their own clause first: a coach who says it back does not ask for what was just told.
        held = placeholders(wordings[number])
        return last_said[number], "mirror" not in held, not held

    first = min(map(turn, last_said))
    return random.choice([number for number in last_said if turn(number) == first])


def _helplines(tracker: DialogueStateTracker, utter_action: str) -> list[Helpline]:
    lock = lock_of(tracker)
    category, acute = (lock.category, lock.level == "acute") if lock else ("listening", False)
    return lines_for(category, acute or utter_action.startswith(URGENT), _country(tracker))


def _country(tracker: DialogueStateTracker) -> str:
    """The country that the widget's site says it is in, else the practice's."""
    message = tracker.latest_message
    told = message.metadata if message else None
    return str((told or {}).get("country") or settings().country)
