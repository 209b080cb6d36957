"""The intake: who wants to speak a person of the practice, and how they can be reached safely. Nothing is stored before a clear yes."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from typing import Any

from rasa_sdk import FormValidationAction, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.intake_answers import (
    ANONYMOUS,
    LONGEST_NAME,
    clear_yes,
    corrected,
    corrected_on_the_way,
    introduced,
    no,
    read_name,
    refuses,
)
from actions.interruptions import interrupts
from actions.turns import Turn, newest_turn, times_said
from bot.alarm.helplines import CATEGORIES
from bot.handoff.contact import read_contact
from bot.handoff.intakes import IntakeDraft, NotSaved, add_details, save_intake
from bot.handoff.sent import change_intake
from bot.nlu.asked import asked_about, asks, response_about
from bot.nlu.sent_intake import SENT, wants_something_changed
from bot.settings import settings

ASKED = ("intake_name", "intake_contact", "intake_reach", "intake_consent")
# The number of the sent intake that is being changed.
CHANGING = "intake_changing"
SLOTS = (*ASKED, "intake_together", "intake_about", CHANGING)
LONGEST_TEXT = 2000
SKIPPED = "-"
ALONE = "alleen"
ALIAS, WHAT = "utter_intake_alias", "utter_intake_change_what"
_TOGETHER = {
    ALONE: re.compile(r"\b(alleen|ik|mezelf|mijzelf)\b", re.IGNORECASE),
    "samen": re.compile(r"\b(samen|wij|ons|allebei|twee(ën)?|met z'n twee\w*)\b", re.IGNORECASE),
}
# At the question after it: 'toch samen', 'nee wacht, alleen'.
_OTHERWISE = re.compile(
    r"\W*(?:(?:nee|neen|wacht|toch|liever|oh?|eigenlijk|doe|maar)\W+)+(?:met z'n twee\w*|samen|alleen)\W*", re.IGNORECASE
)
# Words up to which 'nee, liever niet' is no more than a refusal; 'nee, we zijn nog samen maar …' tells something.
LONGEST_SKIP = 6
_SKIP = re.compile(
    r"\W*(sla (dat |het |dit )?over|overslaan|skip|liever niet|nee|neen|geen idee|weet (ik )?(het )?(nog )?niet)\b", re.IGNORECASE
)
_SAYS_HOW = re.compile(
    r"\b(?:niet|nie|nooit|alleen|enkel|overdag|'?s (?:morgens|middags|avonds)|spreek\w*|voicemail|app\w*|sms\w*|thuis|meele\w*)\b",
    re.IGNORECASE,
)
_AS_IT_WAS = re.compile(
    r"\W*(?:nee|neen|(?:toch )?(?:niet|niets|niks)|laat (?:het )?(?:maar )?zo|(?:het )?klopt (?:wel|toch))\b", re.IGNORECASE
)
# Rules answer these (data/rules/intake.yml).
_BY_RULE = frozenset({"stop", "delete_data", "ask_privacy", "bot_challenge"})
# Where no rule of a form is asked, these say more than a word that merely fits an intent.
_ONLY_AS_QUESTION = frozenset({"ask_privacy", "bot_challenge"})

Events = list[dict[str, Any]]


class IntakeQuestions(FormValidationAction, ABC):  # type: ignore[misc]
    """Validates the answers, after it has seen to it that they are answers: a question is answered, and asked again is what was asked."""

    @abstractmethod
    def name(self) -> str:
        """Name that Rasa expects for the form: `validate_` and the form's own."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """See class; with nothing filled in, the form asks, or a rule answers."""
        turn = newest_turn(tracker, self.name().removeprefix("validate_"))
        asked = tracker.get_slot("requested_slot")
        if not asked or not turn.answers or _answered_by_rule(turn, asked):
            return []
        if said := self.no_answer(turn, asked, tracker):
            dispatcher.utter_message(response=said)
            return [SlotSet(asked, None)]
        tracker.add_slots([SlotSet(asked, turn.text)])
        events: Events = await super().run(dispatcher, tracker, domain)
        return events

    def no_answer(self, turn: Turn, asked: str, tracker: Tracker) -> str | None:
        """What is said where a message answers nothing that was asked; None where it is an answer."""
        topic = asked_about(turn.text)
        # 'Na zes uur, kan dat?' is a moment, and a story may end in a question: those answers are free.
        unknown = asked in ("intake_name", "intake_contact", "intake_together") and asks(turn.text)
        if (topic is None and not unknown) or read_contact(turn.text, settings().country) is not None:
            return None
        return response_about(topic or "unknown", tracker.get_latest_input_channel())


class ValidateIntakeForm(IntakeQuestions):
    """Reads each answer; after a yes it stores the intake before the visitor hears that it was sent."""

    def name(self) -> str:
        """Name that Rasa expects for the form."""
        return "validate_intake_form"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """What was answered before can be corrected at every question (see parent class)."""
        turn = newest_turn(tracker, "intake_form")
        asked = tracker.get_slot("requested_slot")
        # Who answers the offer, or the first question, with a name and a number is asked for neither again.
        at_once = introduced(turn.text, asked=True) if asked == ASKED[0] else {} if asked else _told_before(tracker.events)
        if at_once:
            return [SlotSet(name, value) for name, value in at_once.items() if tracker.get_slot(name) is None]
        if turn.answers and asked in ASKED[1:3]:
            filled = [name for name in ASKED[:3] if tracker.get_slot(name) is not None]
            if changed := corrected_on_the_way(turn.text, asked, filled):
                return [SlotSet(asked, None), *(SlotSet(name, value) for name, value in changed.items())]
        return await super().run(dispatcher, tracker, domain)

    def no_answer(self, turn: Turn, asked: str, tracker: Tracker) -> str | None:
        """See parent class; a name may be refused, and then an alias will do."""
        if asked == "intake_consent":
            # The words of a correction or a doubt are read there.
            return None if no(turn.text) or corrected(turn.text) else super().no_answer(turn, asked, tracker)
        said = super().no_answer(turn, asked, tracker)
        if said is not None:
            return said
        if wants_something_changed(turn.text):
            return WHAT
        if asked != "intake_reach" and refuses(turn.text) and read_contact(turn.text, settings().country) is None:
            if asked == "intake_name":
                return None if times_said(tracker.events, ALIAS, since="action_clear_intake") else ALIAS
            return "utter_intake_contact_needed"
        unread = turn.empty or (asked == "intake_reach" and turn.no and len(turn.text.split()) == 1)
        return f"{asked.replace('intake', 'utter_intake')}_missing" if unread else None

    def validate_intake_name(
        self, value: str, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        """A name or alias of at most 80 characters; whoever refuses one twice has none."""
        if refuses(str(value)):
            return {"intake_name": ANONYMOUS}
        name = read_name(str(value))
        if name is None:
            long = len(str(value)) > LONGEST_NAME
            dispatcher.utter_message(response="utter_intake_name_long" if long else "utter_intake_name_missing")
        return {"intake_name": name}

    def validate_intake_contact(
        self, value: str, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        """An e-mail address or a phone number, wherever it stands in the answer."""
        contact = read_contact(str(value), settings().country)
        if contact is None:
            dispatcher.utter_message(response="utter_intake_contact_wrong")
            return {"intake_contact": None}
        # 'Maar niet bellen 's avonds' in the same breath is what the next question asks for, and must not get lost.
        beside = tracker.get_slot("intake_reach") is None and _SAYS_HOW.search(str(value))
        return {"intake_contact": contact.value, **({"intake_reach": str(value).strip()[:LONGEST_TEXT]} if beside else {})}

    def validate_intake_reach(
        self, value: str, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        """Any words of the visitor."""
        return {"intake_reach": str(value).strip()[:LONGEST_TEXT]}

    def validate_intake_consent(
        self, value: str, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        """A yes stores; a no forgets everything; a field's name asks for that field again."""
        answer = str(value)
        if newest_turn(tracker, "intake_form").after == WHAT and _AS_IT_WAS.match(answer) and not corrected(answer):
            return {"intake_consent": None}
        changed = corrected(answer)
        if changed:
            return {"intake_consent": None, **changed}
        if no(answer):
            return {"intake_consent": "no"}
        if not clear_yes(answer):
            if not wants_something_changed(answer):
                dispatcher.utter_message(response="utter_intake_consent_again")
            return {"intake_consent": None}
        try:
            intake_id = _keep(tracker)
        except NotSaved:
            dispatcher.utter_message(response="utter_intake_not_saved")
            return {"intake_consent": None}
        # After an alarm the conversation is for this visitor alone (S6): that is no question then.
        alone = {"intake_together": ALONE} if alarm_said(tracker.events) else {}
        return {"intake_consent": "yes", SENT: intake_id, **alone}


class ValidateIntakeDetailsForm(IntakeQuestions):
    """Adds to a stored intake what the visitor wants to add."""

    def name(self) -> str:
        """Name that Rasa expects for the form."""
        return "validate_intake_details_form"

    def validate_intake_together(
        self, value: str, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        """Alone, together, or skipped; asked again where it is none of them."""
        answer = str(value)
        chosen = next((choice for choice, words in _TOGETHER.items() if words.search(answer)), None)
        if chosen is None and not _SKIP.match(answer):
            return {"intake_together": None}
        return {"intake_together": self._keep(dispatcher, tracker, "together", chosen or answer)}

    def validate_intake_about(
        self, value: str, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        """What it is about, in the visitor's own words, or skipped; who comes can still be changed."""
        if _OTHERWISE.fullmatch(str(value)):
            chosen = next(choice for choice, words in _TOGETHER.items() if words.search(str(value)))
            return {"intake_about": None, "intake_together": self._keep(dispatcher, tracker, "together", chosen)}
        return {"intake_about": self._keep(dispatcher, tracker, "about", str(value))}

    @staticmethod
    def _keep(dispatcher: CollectingDispatcher, tracker: Tracker, field: str, answer: str) -> str | None:
        if _SKIP.match(answer) and len(answer.split()) <= LONGEST_SKIP:
            return SKIPPED
        answer = answer.strip()[:LONGEST_TEXT]
        try:
            add_details(tracker.get_slot(SENT), **{field: answer})
        except NotSaved:
            dispatcher.utter_message(response="utter_intake_details_not_saved")
            return None
        return answer


def _told_before(events: list[dict[str, Any]]) -> dict[str, Any]:
    """Name and number from the newest message; or from the one before it ('ik wil iemand spreken, ik ben Greet, 0476 …', and 'ja graag' to the offer)."""
    texts = [str(event.get("text") or "") for event in events if event.get("event") == "user"]
    before = introduced(texts[-2], asked=True) if len(texts) > 1 else {}
    # A number without a name may be somebody else's.
    return introduced(texts[-1] if texts else "") or (before if "intake_name" in before else {})


def alarm_said(events: list[dict[str, Any]]) -> tuple[str, str] | None:
    """Category and level of the last alarm that the coach answered in this conversation; None when none stands."""
    found: tuple[str, str] | None = None
    for event in events:
        name = str(event.get("name")) if event.get("event") == "action" else ""
        if name == "utter_alarm_misread":
            found = None
        elif name.startswith("utter_alarm_") and not name.startswith("utter_alarm_again_"):
            category = next(category for category in CATEGORIES if name.startswith(f"utter_alarm_{category}"))
            found = (category, "acute" if name.endswith("_acute") else "alarm")
    return found


def _answered_by_rule(turn: Turn, asked: str) -> bool:
    if turn.intent not in _BY_RULE or (turn.intent in _ONLY_AS_QUESTION and not turn.is_button and not asks(turn.text)):
        return False
    if asked == "intake_name" and turn.intent == "stop" and refuses(turn.text):
        return False
    return interrupts(turn.text, turn.intent, turn.confidence)


def _keep(tracker: Tracker) -> str:
    """Store the intake, or what was changed in one that was sent. Returns its number. Raises `NotSaved`."""
    given = {name: tracker.get_slot(f"intake_{name}") for name in ("name", "contact", "reach")}
    if changing := tracker.get_slot(CHANGING):
        change_intake(tracker.sender_id, changing, **given)
        return str(changing)
    category, level = alarm_said(tracker.events) or (None, None)
    return save_intake(IntakeDraft(tracker.sender_id, **given, category=category, level=level))
