"""The newest turn of a conversation, read from its events: what was typed, what it answers, what was said before."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.interruptions import interrupts
from bot.hearing.partner import Partner, partner_in

# What Rasa does by itself between a message and the action that answers it.
_HOUSEKEEPING = frozenset({"action_listen", "action_extract_slots", "action_session_start"})
_YES = re.compile(
    r"\W*(?:ja+|jawel|jep|jo|yes|ok(?:é|e|ay)?|prima|(?:is |da's )?goed|doe maar|graag|akkoord|klopt|lees (?:het )?(?:maar )?na|zeker|tuurlijk)\b",
    re.IGNORECASE,
)
_NO = re.compile(r"\W*(?:nee+|neen|nope|niet echt|liever niet|nu niet|nog niet|hoeft niet)\b", re.IGNORECASE)
_UNSURE = re.compile(
    r"\W*(?:(?:ik |'?k )?(?:zou het |weet (?:het |da |dat )?)(?:echt |ook |eigenlijk )?(?:niet|nie)\b|geen (?:idee|flauw\w* idee)|weet ik (?:het )?(?:niet|nie)|"
    r"(?:dat |da )?vind ik (?:heel |erg )?(?:moeilijk|lastig)|moeilijk|lastig|(?:sla (?:dit |dat |het |deze )?over|overslaan|skip|volgende vraag|pas))\W*(?:hoor|eigenlijk|zo)?\W*$",
    re.IGNORECASE,
)
_SKIPS = re.compile(r"\W*(?:sla (?:dit |dat |het |deze )?over|overslaan|skip|volgende vraag|pas)\b", re.IGNORECASE)
_CORRECTS = re.compile(
    r"\W*(?:(?:nee|neen)[, ]+(?:wacht|toch|ik bedoel|liever)|wacht(?: even)?\b|(?:ik )?corrigeer|correctie|ik bedoel(?:de)?\b|toch (?:liever|niet|maar)|eigenlijk toch|maak (?:er|daar) .*van|doe (?:toch|maar))",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"\W*(?:(?:ja+|jawel|jep|yes|ok(?:é|e|ay)?|oke|prima|(?:dat )?(?:is )?goed|doe maar|graag|zeker|klopt|akkoord|natuurlijk|tuurlijk|begrepen|snap ik|top|fijn|mooi|"
    r"dag|hoi+|hallo+|hey+|h[eé]+|hi|goede?(?:morgen|middag|avond)|dank(?: ?je| ?u)?(?: ?wel)?|bedankt|merci|eu+h*m*|eh+m*|uh+m*|h+m+|tja|nou|mwah?|even (?:denken|kijken)|"
    r"wacht(?: even)?|momentje|geen idee|(?:dat )?weet (?:ik )?(?:het |dat )?(?:nog )?(?:niet|nie)|(?:ik )?weet (?:het )?(?:niet|nie)|misschien|goh|pff+|zucht|test)\b\W*)+",
    re.IGNORECASE,
)
LONGEST_YES = 5
MOST_QUOTED_WORDS = 14


@dataclass(frozen=True)
class Turn:
    """The newest message. `answers`: it was said in reply to the question of the running form, and nothing else answered it yet.

    `after`: the last response before it; `confidence`: of the intent, 0 to 1.
    """

    text: str
    intent: str
    answers: bool
    after: str | None
    confidence: float = 1.0

    @property
    def is_button(self) -> bool:
        """Whether a button was pressed that says an intent."""
        return self.text.startswith("/")

    def interrupts(self, also: frozenset[str] = frozenset()) -> bool:
        """Whether it is no answer to the form's question, but something that a rule answers; `also`: more intents for which it has rules."""
        return self.answers and interrupts(self.text, self.intent, self.confidence, also)

    @property
    def yes(self) -> bool:
        """A short yes, typed or pressed."""
        return self.text == "/affirm" or (len(self.text.split()) <= LONGEST_YES and bool(_YES.match(self.text)))

    @property
    def no(self) -> bool:
        """A short no, typed or pressed."""
        return self.text == "/deny" or (len(self.text.split()) <= LONGEST_YES and bool(_NO.match(self.text)))

    @property
    def unsure(self) -> bool:
        """'Geen idee', 'sla over': nothing that answers."""
        return bool(_UNSURE.match(self.text))

    @property
    def empty(self) -> bool:
        """'Ja', 'oké', 'dag', 'euh', 'weet ik niet': nothing of what was asked for."""
        return bool(_FILLER.fullmatch(self.text))

    @property
    def skips(self) -> bool:
        """'Sla over'."""
        return bool(_SKIPS.match(self.text))

    @property
    def corrects(self) -> bool:
        """'Nee wacht, het was …': takes back what was said before."""
        return bool(_CORRECTS.match(self.text))


@dataclass(frozen=True)
class Reply:
    """One message: a response, what fills its `{parts}`, and what the widget shows with it."""

    response: str
    parts: str = ""
    custom: dict[str, Any] | None = None

    def say(self, dispatcher: CollectingDispatcher) -> None:
        """Say it."""
        dispatcher.utter_message(response=self.response, parts=self.parts, json_message=self.custom)


def card(title: str, rows: list[tuple[str, str]]) -> dict[str, Any]:
    """What the widget shows as a card to keep, from (label, text)."""
    return {"card": {"title": title, "rows": [{"label": label, "text": text} for label, text in rows]}}


def newest_turn(tracker: Tracker, form: str) -> Turn:
    """The newest message, for the form that reads it."""
    message = tracker.latest_message
    intent = message.get("intent") or {}
    done = [name for name in _actions_since_message(tracker.events) if name not in _HOUSEKEEPING | {form}]
    return Turn(
        text=str(message.get("text") or "").strip(),
        intent=str(intent.get("name") or ""),
        confidence=float(intent.get("confidence") or 0.0),
        answers=not done and tracker.active_loop_name == form and bool(tracker.get_slot("requested_slot")),
        after=_said_before_message(tracker.events),
    )


def asked_in_last_turn(events: list[dict[str, Any]], action: str) -> bool:
    """Whether an action was the coach's answer to the message before the newest one."""
    turns = 0
    for event in reversed(events):
        if event.get("event") == "user":
            turns += 1
            if turns == 2:
                return False
        elif turns == 1 and event.get("event") == "action" and event.get("name") == action:
            return True
    return False


def times_said(events: list[dict[str, Any]], response: str, *, since: str | None = None) -> int:
    """How often a response was said; `since`: after the last run of this action only."""
    times = 0
    for event in reversed(events):
        if since and event.get("event") == "action" and event.get("name") == since:
            break
        if event.get("event") == "bot" and (event.get("metadata") or {}).get("utter_action") == response:
            times += 1
    return times


def quoted(words: str) -> str:
    """The visitor's words on one line, to be quoted; long ones are cut off."""
    parts = words.split()
    cut = parts[:MOST_QUOTED_WORDS]
    return " ".join(cut) + " …" if len(cut) < len(parts) else " ".join(cut).rstrip(".!?,;")


def messages_of(events: Iterable[dict[str, Any]]) -> list[str]:
    """All that the visitor typed, oldest first."""
    return [str(event.get("text") or "") for event in events if event.get("event") == "user"]


def partner_of(tracker: Tracker) -> Partner:
    """How the visitor calls their partner."""
    return partner_in(messages_of(tracker.events))


def _actions_since_message(events: list[dict[str, Any]]) -> list[str]:
    names: list[str] = []
    for event in reversed(events):
        if event.get("event") == "user":
            break
        if event.get("event") == "action":
            names.append(str(event.get("name")))
    return names


def _said_before_message(events: list[dict[str, Any]]) -> str | None:
    """The last response before the newest message, whoever said it: an action, a form or a rule."""
    seen_message = False
    for event in reversed(events):
        if event.get("event") == "user":
            seen_message = True
        elif seen_message and event.get("event") == "bot":
            name = (event.get("metadata") or {}).get("utter_action")
            if name:
                return str(name)
    return None
