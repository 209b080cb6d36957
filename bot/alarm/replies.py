"""Which response comes next when an alarm sounded: one table, no story can change it."""

from __future__ import annotations

import re
from collections.abc import Container

from rasa.shared.core.events import UserUttered

from bot.alarm.answers import (
    asked_in_danger,
    denies,
    is_watched,
    names_child,
    names_hit_child,
    names_throat,
    refuses_people,
    safe_now,
    takes_leave,
)
from bot.alarm.lock import MISREAD_ACTION, Lock, answer_of, answer_to_concern, says_misread, tone

PERSON = "utter_intake_start_safe"
RESUME = "utter_intake_resume"
# After these come the questions for an intake.
BEGINS_INTAKE = frozenset({PERSON, RESUME})
# What stays open after an alarm (S2), by intent.
OPEN = {
    "ask_human": PERSON,
    "ask_intake": PERSON,
    "ask_help": "utter_locked_help",
    "ask_privacy": "utter_privacy",
    "delete_data": "utter_ask_erase",
    "bot_challenge": "utter_bot_challenge",
    "greet": "utter_locked_greet",
    "resume": "utter_locked_greet",
    "goodbye": "utter_locked_goodbye",
    "stop": "utter_locked_goodbye",
    "thank": "utter_locked_thank",
    "deny": "utter_locked_deny",
    "affirm": "utter_locked_affirm",
    "express_hurt": "utter_locked_listen",
    "express_blame": "utter_locked_listen",
    "express_shame": "utter_locked_shame",
    "nlu_fallback": "utter_locked_listen",
    "out_of_scope": "utter_locked_listen",
}
# Coaching itself: said plainly that it is closed, and why.
CLOSED = "utter_locked_coaching"
# Answers to the question whether they are safe now, which the safety message ended with.
SAFE_NOW = {"yes": "utter_safe_yes", "no": "utter_safe_no", "unsure": "utter_safe_unsure"}
# Asked openly when somebody denies what only the classifier heard; and what is said when patterns heard it, too.
ASKED_AGAIN = "utter_locked_recheck_"
DENIED = "utter_locked_denied"
WATCHED = "utter_locked_watched"
# 'Verkeerd begrepen' takes something back; 'je begrijpt het niet' complains.
_OUTRIGHT = re.compile(r"\b(?:verkeerd|fout|mis|bedoel\w*)\b", re.IGNORECASE)
_LEAVING = frozenset({"goodbye", "stop"})


def safety_message(category: str, level: str, first: bool, text: str = "", said: Container[str] = ()) -> str:
    """Response for an alarm that has just sounded.

    Args:
        category: of the alarm, with `_other` behind it where it is about somebody else's death.
        level: `alarm` or `acute`.
        first: no alarm of this category sounded before.
        text: the message, which may name what needs words of its own: a throat, one's own child.
        said: responses of earlier turns.
    """
    if level == "acute":
        return f"utter_alarm_{category}_acute"
    named = _named(category, text)
    if named and named not in said:
        return named
    return f"utter_alarm_{category}" if first else f"utter_alarm_again_{tone(category)}"


def locked_reply(lock: Lock, message: UserUttered, last_action: str | None, said: Container[str]) -> str:
    """Response to any other message while coaching is locked.

    Args:
        lock: the lock on the conversation.
        message: the newest one.
        last_action: the response that the visitor answers to.
        said: responses of earlier turns.
    """
    text, intent, answer = message.text or "", message.intent.get("name") or "", answer_of(message)
    spoken = tone(lock.named)
    if last_action == "utter_ask_erase" and answer:
        return "utter_erased" if answer == "affirm" else "utter_not_erased"
    if last_action and last_action.startswith(ASKED_AGAIN) and (answer or denies(text, spoken)):
        return _after_asking_again(lock, message)
    asked_safe = bool(last_action) and str(last_action).startswith(("utter_alarm_", SAFE_NOW["unsure"]))
    if spoken == "danger" and is_watched(text) and not (asked_safe and answer):
        return WATCHED
    if says_misread(text) or (denies(text, spoken) and not text.startswith("/")):
        return _denied(lock, text, said)
    named = _named(lock.category, text)
    if named and named not in said:
        return named
    if asked_safe:
        safe = safe_now(text, answer)
        if spoken == "danger" and safe:
            return SAFE_NOW[safe]
        if spoken != "danger" and answer:
            return f"utter_stay_{spoken}"
    children = f"utter_locked_children_{spoken}"
    if names_child(text) and spoken != "suicidality" and lock.category != "child_safety" and children not in said:
        return children
    if special := _asked_or_refused(text, spoken):
        return special
    if (intent in _LEAVING and not takes_leave(text)) or (intent in ("affirm", "deny") and answer is None):
        intent = "nlu_fallback"
    if intent == "ask_help" and lock.level == "acute":
        return SAFE_NOW["no"] if spoken == "danger" else f"utter_stay_{spoken}"
    reply = OPEN.get(intent, CLOSED)
    return f"{reply}_{spoken}" if reply == "utter_locked_listen" else reply


def _denied(lock: Lock, text: str, said: Container[str]) -> str:
    """What only the classifier heard is taken back when the visitor says outright that they were misread; a denial, a complaint ('je snapt me

    niet'), or what the classifier was very sure of, is asked about first.

    What patterns heard, and what sounded again after it was taken back once, stays with a therapist (S2).
    """
    if not lock.only_classifier or lock.already_unlocked:
        return DENIED if DENIED not in said else OPEN["deny"]
    outright = says_misread(text) and bool(_OUTRIGHT.search(text)) and not lock.sure
    return MISREAD_ACTION if outright else ASKED_AGAIN + tone(lock.named)


def _asked_or_refused(text: str, spoken: str) -> str | None:
    """The answer to what people ask in danger, and to who wants nobody called."""
    asked = asked_in_danger(text)
    if asked in ("chat", "told"):
        return f"utter_locked_asked_{asked}"
    if asked and spoken == "danger":
        return f"utter_locked_asked_{asked}"
    return f"utter_locked_refuse_{spoken}" if refuses_people(text) else None


def _after_asking_again(lock: Lock, message: UserUttered) -> str:
    no = answer_to_concern(message, lock.category) == "deny"
    return MISREAD_ACTION if no else f"utter_alarm_again_{tone(lock.named)}"


def _named(category: str, text: str) -> str | None:
    """The safety message for something in the text that needs words of its own."""
    if category in ("partner_violence", "own_violence") and names_throat(text):
        return f"utter_alarm_{category}_throat"
    return "utter_alarm_own_violence_child" if category == "own_violence" and names_hit_child(text) else None
