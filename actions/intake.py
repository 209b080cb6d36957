"""The intake: who wants to speak a person of the practice, and how they can be reached safely. Nothing is stored before a clear yes."""

from __future__ import annotations

import re
from typing import Any

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.alarm.helplines import CATEGORIES
from bot.handoff.contact import read_contact
from bot.handoff.intakes import IntakeDraft, NotSaved, add_details, save_intake
from bot.settings import settings

ASKED = ("intake_name", "intake_contact", "intake_reach", "intake_consent")
SLOTS = (*ASKED, "intake_together", "intake_about")
LONGEST_NAME = 80
LONGEST_TEXT = 2000
SKIPPED = "-"
ALONE = "alleen"
_TOGETHER = {
    ALONE: re.compile(r"\b(alleen|ik|mezelf|mijzelf)\b", re.IGNORECASE),
    "samen": re.compile(r"\b(samen|wij|ons|allebei|twee(ën)?|met z'n twee\w*)\b", re.IGNORECASE),
}
# Words up to which 'nee, liever niet' is no more than a refusal; 'nee, we zijn nog samen maar …' tells something.
LONGEST_SKIP = 6
_YES = re.compile(
    r"\W*(ja|jawel|jep|jo|yes|ok(é|e|ay)?|akkoord|klopt|correct|prima|(is )?goed|doe maar|verstuur|stuur maar|graag)\b", re.IGNORECASE
)
_NO = re.compile(r"\W*(nee|neen|niet|nope|liever niet|toch niet|laat maar)\b", re.IGNORECASE)
_SKIP = re.compile(
    r"\W*(sla (dat |het |dit )?over|overslaan|skip|liever niet|nee|neen|geen idee|weet (ik )?(het )?(nog )?niet)\b", re.IGNORECASE
)
# Words with which a visitor says which answer has to change.
_CHANGES = {
    "intake_name": re.compile(r"\b(naam|heet|noem)\b", re.IGNORECASE),
    "intake_contact": re.compile(r"\b(nummer|telefoon\w*|mail\w*|e-?mail\w*|adres|gsm)\b", re.IGNORECASE),
    "intake_reach": re.compile(r"\b(moment|tijd\w*|wanneer|bereik\w*|inspreken|voicemail)\b", re.IGNORECASE),
}
# A yes with any of these in it is no clear yes.
_BUT = re.compile(r"\b(maar|fout|ander\w*|verander\w*|verkeerd|wacht|niet|nie|nee|neen|nog|geen|behalve|alleen)\b|\?", re.IGNORECASE)
_HARMLESS = re.compile(r"\b(doe|stuur|ga|verstuur) (het )?maar\W*$", re.IGNORECASE)
_NEW_NAME = re.compile(r"\b(?:ik heet|naam is|noem me(?: maar)?)\s+(?P<name>(?!niet|fout|verkeerd|anders|onjuist).+)$", re.IGNORECASE)
_LEAD_IN = re.compile(r"^\W*(ik heet|mijn naam is|m'n naam is|mijn naam|noem me( maar)?|zeg maar|ik ben|het is)\s+", re.IGNORECASE)


class ActionClearIntake(Action):  # type: ignore[misc]
    """Forgets what was filled in, so that stopping or refusing leaves nothing behind."""

    def name(self) -> str:
        """Name in the rules."""
        return "action_clear_intake"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Empty the slots."""
        return [SlotSet(name, None) for name in SLOTS]


class ActionFinishIntake(Action):  # type: ignore[misc]
    """Says that the intake was sent and goes on to what may be added; or, after a no, that nothing was kept."""

    def name(self) -> str:
        """Name in the rules."""
        return "action_finish_intake"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Choose by the answer to the question for consent."""
        if tracker.get_slot("intake_consent") == "yes":
            dispatcher.utter_message(response="utter_intake_sent")
            # The answers were used: filled slots would send a second intake when the form starts again.
            return [*(SlotSet(name, None) for name in ASKED), FollowupAction("intake_details_form")]
        dispatcher.utter_message(response="utter_intake_refused")
        return [SlotSet(name, None) for name in SLOTS]


class ActionAskIntakeConsent(Action):  # type: ignore[misc]
    """Shows all that will be kept, and asks whether it may be."""

    def name(self) -> str:
        """Name that Rasa expects for the question to a slot."""
        return "action_ask_intake_consent"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Say the summary."""
        shown = {name: tracker.get_slot(f"intake_{name}") for name in ("name", "contact", "reach")}
        dispatcher.utter_message(response="utter_intake_summary", **shown)
        return []


_SAYS_HOW = re.compile(
    r"\b(?:niet|nie|nooit|alleen|enkel|overdag|'?s (?:morgens|middags|avonds)|spreek\w*|voicemail|app\w*|sms\w*|thuis|meele\w*)\b",
    re.IGNORECASE,
)


class ValidateIntakeForm(FormValidationAction):  # type: ignore[misc]
    """Reads each answer; after a yes it stores the intake before the visitor hears that it was sent."""

    def name(self) -> str:
        """Name that Rasa expects for the form."""
        return "validate_intake_form"

    def validate_intake_name(
        self, value: str, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        """A name or alias of at most 80 characters."""
        name = _LEAD_IN.sub("", " ".join(str(value).split())).strip(" .,!")
        if not name or len(name) > LONGEST_NAME:
            dispatcher.utter_message(response="utter_intake_name_long")
            return {"intake_name": None}
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
        return {
            "intake_contact": contact.value,
            **({"intake_reach": str(value).strip()[:LONGEST_TEXT]} if _SAYS_HOW.search(str(value)) else {}),
        }

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
        changed = _corrected(answer)
        if changed:
            return {"intake_consent": None, **changed}
        if _NO.match(answer):
            return {"intake_consent": "no"}
        if not clear_yes(answer):
            dispatcher.utter_message(response="utter_intake_consent_again")
            return {"intake_consent": None}
        try:
            intake_id = save_intake(_draft(tracker))
        except NotSaved:
            dispatcher.utter_message(response="utter_intake_not_saved")
            return {"intake_consent": None}
        # After an alarm the conversation is for this visitor alone (S6): that is no question then.
        alone = {"intake_together": ALONE} if alarm_said(tracker.events) else {}
        return {"intake_consent": "yes", "intake_id": intake_id, **alone}


class ValidateIntakeDetailsForm(FormValidationAction):  # type: ignore[misc]
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
        """What it is about, in the visitor's own words, or skipped."""
        return {"intake_about": self._keep(dispatcher, tracker, "about", str(value))}

    @staticmethod
    def _keep(dispatcher: CollectingDispatcher, tracker: Tracker, field: str, answer: str) -> str | None:
        if _SKIP.match(answer) and len(answer.split()) <= LONGEST_SKIP:
            return SKIPPED
        answer = answer.strip()[:LONGEST_TEXT]
        try:
            add_details(tracker.get_slot("intake_id"), **{field: answer})
        except NotSaved:
            dispatcher.utter_message(response="utter_intake_details_not_saved")
            return None
        return answer


def clear_yes(answer: str) -> bool:
    """Whether an answer agrees, without a 'but', a 'not' or a question in it."""
    return bool(_YES.match(answer)) and not _BUT.search(_HARMLESS.sub("", answer))


def _corrected(answer: str) -> dict[str, Any]:
    """The slots that an answer such as 'nee wacht, mijn nummer is …' changes: to the new value, or to None so that it is asked again."""
    contact = read_contact(answer, settings().country)
    if contact is not None:
        return {"intake_contact": contact.value}
    if clear_yes(answer):
        return {}
    if new_name := _NEW_NAME.search(answer):
        return {"intake_name": new_name["name"].strip(" .,!")[:LONGEST_NAME]}
    return {slot: None for slot, words in _CHANGES.items() if words.search(answer)}


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


def _draft(tracker: Tracker) -> IntakeDraft:
    category, level = alarm_said(tracker.events) or (None, None)
    return IntakeDraft(
        conversation=tracker.sender_id,
        name=tracker.get_slot("intake_name"),
        contact=tracker.get_slot("intake_contact"),
        reach=tracker.get_slot("intake_reach"),
        category=category,
        level=level,
    )
