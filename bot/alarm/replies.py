"""Which response comes next when an alarm sounded: one table, no story can change it."""

from __future__ import annotations

import re
from collections.abc import Container

from rasa.shared.core.events import UserUttered

from bot.alarm.answers import (
    comes_home,
    denies,
    goes_there,
    is_figurative,
    is_unsure,
    is_watched,
    names_child,
    names_hit_child,
    names_throat,
    names_time,
    refuses_people,
    safe_now,
    takes_leave,
)
from bot.alarm.asked import FOR_ALL, asked_in_danger, asks_what_to_do, wants_coaching
from bot.alarm.lock import MISREAD_ACTION, TOLD_WHEN, Lock, answer_of, answer_to_concern, says_misread, tone
from bot.alarm.worded import asks_about_text

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
# Facts and pain sound like these to the classifier: without words of a wish they are listened to.
LISTENED = frozenset(
    {
        "express_apology",
        "minimise_harm",
        "received_apology",
        "resist_first_step",
        "partner_unwilling",
        "involve_others",
        "express_distance",
    }
)
# What somebody asks for, in however few words.
ASKS = frozenset({"ask_human", "ask_intake", "ask_help", "ask_privacy", "delete_data", "bot_challenge", "thank"})
# Coaching itself: said plainly that it is closed, and why.
CLOSED = "utter_locked_coaching"
# Answers to the question whether they are safe now, which the safety message ended with.
SAFE_NOW = {"yes": "utter_safe_yes", "no": "utter_safe_no", "unsure": "utter_safe_unsure"}
# The partner comes before long; and who says that they will call.
SOON, CALLING, LEAVING = "utter_safe_soon", "utter_stay_calling", "utter_locked_asked_leaving"
# A few words after the question about safety or a plan, which mean no goodbye and no change of heart: 'bang', '3'.
FEW = 3
# Asked openly when somebody denies what only the classifier heard; and what is said when patterns heard it, too.
ASKED_AGAIN = "utter_locked_recheck_"
DENIED = "utter_locked_denied"
WATCHED = "utter_locked_watched"
# 'Verkeerd begrepen' takes something back; 'je begrijpt het niet' complains.
_OUTRIGHT = re.compile(r"\b(?:verkeerd|fout|mis|bedoel\w*)\b", re.IGNORECASE)
_LEAVING = frozenset({"goodbye", "stop"})
_COMING = frozenset({"greet", "resume"})
_GREETS = re.compile(
    r"\b(?:hoi+|hallo+|hey|hee|hi|heej|dag|yo|goede?(?:n|m)? ?(?:morgen|middag|avond|dag|nacht)?|terug|weer|verder|opnieuw|doorgaan|ga door|verdergaan)\b",
    re.IGNORECASE,
)


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
    if last_action and last_action.startswith(ASKED_AGAIN) and answer_to_concern(message, lock.category):
        return _after_asking_again(lock, message)
    asked_safe = bool(last_action) and str(last_action).startswith(("utter_alarm_", SAFE_NOW["unsure"]))
    if spoken == "danger" and is_watched(text) and not (asked_safe and answer):
        return WATCHED
    if says_misread(text) or (denies(text, spoken) and not text.startswith("/")):
        return _denied(lock, text, said)
    named = _named(lock.category, text)
    if named and named not in said:
        return named
    special, child = _asked_or_refused(text, spoken), names_child(text)
    if special and not child:
        return special
    if staying := _stays(lock, message, last_action or "", asked_safe):
        return staying
    children = f"utter_locked_children_{spoken}"
    if child and spoken != "suicidality" and lock.category != "child_safety" and children not in said:
        return children
    if special:
        return special
    if last_action == DENIED and answer == "affirm":
        return PERSON
    if _says_otherwise(text, intent, answer):
        intent = "nlu_fallback"
    if asks_what_to_do(text) or (intent == "ask_help" and lock.level == "acute"):
        return SAFE_NOW["no"] if spoken == "danger" else f"utter_stay_{spoken}"
    reply = OPEN.get(intent, CLOSED)
    return f"{reply}_{spoken}" if reply == "utter_locked_listen" else reply


def _stays(lock: Lock, message: UserUttered, last_action: str, asked_safe: bool) -> str | None:
    """What keeps to safety, where the coach asked about it or a message is about what comes next; None where it is about something else."""
    text, answer, spoken = message.text or "", answer_of(message), tone(lock.named)
    if spoken == "danger":
        return _stays_safe(text, answer, last_action, asked_safe)
    if spoken == "own_violence":
        near = goes_there(text) or comes_home(text)
        return f"utter_stay_{spoken}" if near or (asked_safe and answer) else None
    to_call = last_action.startswith("utter_stay_")
    if names_time(text) and lock.level != "acute":
        return TOLD_WHEN
    if to_call and answer == "affirm" and last_action != CALLING:
        return CALLING
    if to_call and (answer == "deny" or is_unsure(text)):
        return f"utter_locked_refuse_{spoken}"
    asks = message.intent.get("name") in ASKS or text.startswith("/") or takes_leave(text)
    few = 0 < len(re.findall(r"\w+", text)) <= FEW and not asks
    return f"utter_stay_{spoken}" if (asked_safe and answer) or ((asked_safe or to_call) and few and answer is None) else None


def _stays_safe(text: str, answer: str | None, last_action: str, asked_safe: bool) -> str | None:
    """The same for somebody in danger from somebody else."""
    to_call, near = last_action in (SAFE_NOW["no"], CALLING), last_action.startswith("utter_safe_")
    if comes_home(text) or ((asked_safe or near) and names_time(text)):
        return SOON
    if asked_safe and answer == "affirm" and asks_about_text(text):
        return SAFE_NOW["unsure"]
    if asked_safe and (safe := safe_now(text, answer)):
        return SAFE_NOW[safe]
    if to_call and answer == "affirm" and last_action != CALLING:
        return CALLING
    if to_call and answer == "deny":
        return "utter_locked_asked_chat"
    # To 'can you be somewhere else until then?'.
    return {"affirm": LEAVING, "deny": SAFE_NOW["no"]}.get(answer or "") if last_action == SOON else None


def _says_otherwise(text: str, intent: str, answer: str | None) -> bool:
    """Whether the intent is a guess that the words don't bear out: no goodbye, no yes or no, no greeting, no wish to be coached."""
    if intent in _LEAVING:
        return not takes_leave(text)
    if intent in ("affirm", "deny"):
        return answer is None
    if intent in _COMING:
        return not text.startswith("/") and bool(re.search(r"\w", text)) and not _GREETS.search(text)
    return intent in LISTENED and not wants_coaching(text)


def _denied(lock: Lock, text: str, said: Container[str]) -> str:
    """What only the classifier heard is taken back when the visitor says outright that they were misread; a denial, a complaint ('je snapt me

    niet'), or what the classifier was very sure of, is asked about first.

    What patterns heard, a deed that was told, and what sounded again after it was taken back once, stay with a therapist (S2): being not afraid
    takes no blow back. A threat in words may have been a manner of speaking, and is asked about.
    """
    misread = lock.only_classifier or (lock.spoken and is_figurative(text))
    if not misread or lock.told or lock.already_unlocked:
        return DENIED if DENIED not in said else OPEN["deny"]
    outright = lock.only_classifier and says_misread(text) and bool(_OUTRIGHT.search(text)) and not lock.sure
    return MISREAD_ACTION if outright else ASKED_AGAIN + tone(lock.named)


def _asked_or_refused(text: str, spoken: str) -> str | None:
    """The answer to what people ask in danger, and to who wants nobody called."""
    asked = asked_in_danger(text)
    if asked and (spoken == "danger" or asked in FOR_ALL):
        return f"utter_locked_asked_{asked}"
    return f"utter_locked_refuse_{spoken}" if refuses_people(text) else None


def _after_asking_again(lock: Lock, message: UserUttered) -> str:
    no = answer_to_concern(message, lock.category) == "deny"
    return MISREAD_ACTION if no and not lock.told else f"utter_alarm_again_{tone(lock.named)}"


def _named(category: str, text: str) -> str | None:
    """The safety message for something in the text that needs words of its own."""
    if category in ("partner_violence", "own_violence") and names_throat(text):
        return f"utter_alarm_{category}_throat"
    return "utter_alarm_own_violence_child" if category == "own_violence" and names_hit_child(text) else None
