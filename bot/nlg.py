"""Chooses among the wordings of a response, and fills in what settings, safety and the visitor's own words decide.

- A wording that was said is not said again before all others of that response were (the same message twice never gets the same reply); of
  those, one goes first of which no sentence was said in the last turns, by whatever response.
- 'Je partner' becomes what the visitor calls them (`bot/hearing/partner.py`), as do `{he}` and `{him}`; not after an alarm.
- `{feeling}`, `{wound}` and `{mirror}` are filled from the newest message (`bot/hearing/`); a wording is left out when one of its own can't
  be, and comes before the generic ones when all can. After an alarm only the visitor's own word for a feeling is said back.
- The first thing the coach says tells that it is a computer program (`utter_disclosure`), whatever response comes first.
- A practical question ('wat kost het', 'kan mijn man dit lezen') is answered to the point, in place of what is said of the practice or of privacy
  in general (`bot/nlu/asked.py`).
- `{practice_…}` comes from the settings, `{helplines}` from `data/helplines.yml`.
"""

from __future__ import annotations

import random
import re
from collections import OrderedDict
from itertools import cycle
from typing import Any

from rasa.core.nlg.generator import ResponseVariationFilter
from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.alarm.helplines import Helpline, as_payload, in_words, lines_for
from bot.alarm.lock import alarm_of, last_concern, lock_of
from bot.hearing import fillable, for_interpolation, heard, placeholders, prepare
from bot.hearing.feelings import goes_on_about_other
from bot.hearing.partner import UNKNOWN, Partner, partner_in, with_partner
from bot.hearing.region import named_country, sounds_belgian
from bot.nlu.asked import asked_about, response_about
from bot.nlu.sent_intake import SENT
from bot.placeholders import fill
from bot.settings import settings

DISCLOSURE = "utter_disclosure"
# These say it themselves.
DISCLOSING = frozenset({"utter_bot_challenge", DISCLOSURE})
HELPLINES = "{helplines}"
MOST_REMEMBERED = 1000
# These send the visitor to the emergency number, whatever the level of the alarm was.
URGENT = re.compile(
    r"utter_safe_(no|unsure|soon)$|utter_locked_(watched|asked_(back|papers|language|seen))$|utter_stay_|_throat$|_violence_child$|_suicidality_other|^utter_alarm_\w+_acute$"
)
NUMBERS = "utter_concern_numbers"
VARIANT = "variant"
# In so many turns of the visitor no sentence comes back, where there is another.
TURNS_WITHOUT_REPETITION = 15
# Here the visitor's own deed is spoken of: nothing else is said back.
ABOUT_OWN_DEED = ("utter_apology_", "utter_minimise_", "utter_shame_")
# Here their pain is spoken of, and read as such.
ABOUT_HURT, HURT = "utter_hurt", "express_hurt"
# Said on a practical question too, in general words.
OFFERING, OFFER = "utter_intake", "utter_about_offer"
ASKED_OF = frozenset({OFFERING, "utter_privacy"})
_SENTENCE = re.compile(r"[^.?\n]+[.?]?")


class VariedResponses(TemplatedNaturalLanguageGenerator):  # type: ignore[misc]
    """Rasa's response generator, with a memory for what was said."""

    def __init__(self, endpoint_config: EndpointConfig, domain: Domain) -> None:
        super().__init__(domain.responses)
        # In which turns the visitor was told already: what else an action says in the same turn is not yet in the conversation.
        self._disclosed: OrderedDict[tuple[str, float], None] = OrderedDict()
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
        variants = self._to_the_point(utter_action, tracker, variants)
        if not variants:
            return None
        partner = _partner(tracker)
        wordings = [with_partner(variant.get("text", ""), partner) for variant in variants]
        words = _words_heard(wordings, tracker, utter_action)
        number = _next_wording(wordings, words, utter_action, said, _sentences_lately(tracker))
        wording, filled = for_interpolation(wordings[number], words)
        lines = _helplines(tracker, utter_action) if HELPLINES in wording else []
        # One pass: braces in what a visitor wrote stay words. Rasa's own way of filling stumbles over a visitor's '0['.
        values = {**slots, **settings().practice, **kwargs, **filled, "helplines": in_words(lines)}
        response: dict[str, Any] = fill({**variants[number], "text": wording}, values)
        # Rasa keeps what it does not know in the metadata of the event.
        response[VARIANT] = number
        if lines:
            response["custom"] = {**response.get("custom", {}), "helplines": as_payload(lines)}
        if not said and utter_action not in DISCLOSING and self._not_yet_disclosed(tracker):
            response["text"] = self._with_disclosure(utter_action, response.get("text", ""))
        return response

    def _to_the_point(self, utter_action: str, tracker: DialogueStateTracker, general: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The wordings for what was asked, with the offer of an intake where the general ones make it; the general ones where nothing was asked."""
        message = tracker.latest_message
        topic = asked_about(message.text or "") if message and utter_action in ASKED_OF else None
        if topic is None or message is None:
            return general
        answers: list[dict[str, Any]] = self.responses.get(response_about(topic, message.input_channel)) or []
        offers = self.responses.get(OFFER) if utter_action == OFFERING and not tracker.get_slot(SENT) else None
        if not offers:
            # Who has asked for a talk already is not offered it again.
            return answers or general
        return [{**offer, "text": f"{answer['text']} {offer['text']}"} for answer, offer in zip(answers, cycle(offers))] or general

    def _not_yet_disclosed(self, tracker: DialogueStateTracker) -> bool:
        newest = next((event.timestamp for event in reversed(tracker.events) if isinstance(event, UserUttered)), 0.0)
        turn = (tracker.sender_id, newest)
        if turn in self._disclosed:
            return False
        self._disclosed[turn] = None
        if len(self._disclosed) > MOST_REMEMBERED:
            self._disclosed.popitem(last=False)
        return True

    def _with_disclosure(self, utter_action: str, text: str) -> str:
        disclosure = fill(random.choice(self.responses[DISCLOSURE])["text"], settings().practice)
        # Safety first (S1): an alarm message opens with what matters to somebody in danger.
        if utter_action.startswith("utter_alarm_"):
            return f"{text}\n{disclosure}"
        return f"{disclosure}\n{text}"


def _partner(tracker: DialogueStateTracker) -> Partner:
    """How the visitor calls their partner. After an alarm nothing is made closer than it is."""
    if lock_of(tracker) is not None:
        return UNKNOWN
    return partner_in(event.text or "" for event in tracker.events if isinstance(event, UserUttered))


def _sentences_lately(tracker: DialogueStateTracker) -> frozenset[str]:
    """What the coach said in the last turns, sentence by sentence."""
    turns, found = 0, set()
    for event in reversed(tracker.events):
        turns += isinstance(event, UserUttered)
        if turns > TURNS_WITHOUT_REPETITION:
            break
        if isinstance(event, BotUttered):
            found |= _sentences(event.text or "")
    return frozenset(found)


def _sentences(text: str) -> set[str]:
    return {sentence.strip().lower() for sentence in _SENTENCE.findall(text)} - {""}


def _words_heard(wordings: list[str], tracker: DialogueStateTracker, utter_action: str) -> dict[str, str]:
    """The words for the placeholders that the newest message fills, by placeholder; no message is read when no wording has any."""
    message = tracker.latest_message
    if message is None or not message.text or not any(map(placeholders, wordings)):
        return {}
    in_danger = lock_of(tracker) is not None or alarm_of(message) is not None
    own_deed = utter_action.startswith(ABOUT_OWN_DEED)
    # Whoever is spoken to as hurt is not told that they feel guilty, whatever the classifier made of it.
    intent = HURT if utter_action.startswith(ABOUT_HURT) else message.intent.get("name")
    words = fillable(heard(message.text, intent, own_deed=own_deed), in_danger)
    told = [event.text for event in tracker.events if isinstance(event, UserUttered) and event.text]
    if len(told) > 1 and goes_on_about_other(message.text, told[-2]):
        words.pop("feeling", None)
    return words


def _next_wording(wordings: list[str], words: dict[str, str], utter_action: str, said: list[BotUttered], lately: frozenset[str]) -> int:
    """Number of a wording that can be filled: one not said yet, one with their own clause or other placeholders first; else the one said longest ago.

    `lately`: sentences of the last turns; of wordings as good, one with none of them goes first.
    """
    last_said = {number: -1 for number, wording in enumerate(wordings) if placeholders(wording) <= words.keys()}
    for moment, event in enumerate(said):
        metadata = event.metadata or {}
        number = metadata.get(VARIANT)
        if metadata.get("utter_action") == utter_action and number in last_said:
            last_said[number] = moment

    def turn(number: int) -> tuple[bool, int, bool, bool]:
        # Their own clause first: a coach who says it back does not ask for what was just told.
        held = placeholders(wordings[number])
        return not lately.isdisjoint(_sentences(_filled(wordings[number], words))), last_said[number], "mirror" not in held, not held

    first = min(map(turn, last_said))
    return random.choice([number for number in last_said if turn(number) == first])


def _filled(wording: str, words: dict[str, str]) -> str:
    """A wording as it will sound, but for what the settings fill in."""
    marked, values = for_interpolation(wording, words)
    for name, value in values.items():
        marked = marked.replace(f"{{{name}}}", value)
    return marked


def _helplines(tracker: DialogueStateTracker, utter_action: str) -> list[Helpline]:
    lock, message = lock_of(tracker), tracker.latest_message
    concern = alarm_of(message) if message is not None else None
    # Without an alarm the lines are for what this message, or the open question before it, is about.
    asked = last_concern(tracker) if utter_action == NUMBERS else None
    unlocked = concern["category"] if concern else asked or "listening"
    category, acute = (lock.category, lock.level == "acute") if lock else (unlocked, False)
    return _from_where_they_are(tracker, category, acute or bool(URGENT.search(utter_action)))


def _from_where_they_are(tracker: DialogueStateTracker, category: str, acute: bool) -> list[Helpline]:
    """The lines of the country that the visitor names, else of the widget's site, else of the practice.

    Who only sounds as if from Belgium gets the first Belgian line besides: in Breda, a Belgian number alone would be no help.
    """
    texts = [event.text or "" for event in tracker.events if isinstance(event, UserUttered)]
    message = tracker.latest_message
    named = named_country(texts) or ((message.metadata or {}).get("country") if message else None)
    country = str(named or settings().country)
    lines = lines_for(category, acute, country)
    if named is None and country == "nl" and sounds_belgian(texts):
        lines += [line.copy(update={"name": f"{line.name} (in België)"}) for line in lines_for(category, False, "be")[:1]]
    return lines
