"""Which response comes next when an alarm sounded: one table, no story can change it."""

from __future__ import annotations

from bot.alarm.lock import Lock

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
SAFE_NOW = {"affirm": "utter_safe_yes", "deny": "utter_safe_no"}


def safety_message(category: str, level: str, first: bool) -> str:
    """Response for an alarm that has just sounded."""
    if level == "acute":
        return f"utter_alarm_{category}_acute"
    return f"utter_alarm_{category}" if first else f"utter_alarm_again_{_tone(category)}"


def locked_reply(lock: Lock, intent: str, answer: str | None, last_action: str | None) -> str:
    """Response to any other message while coaching is locked.

    Args:
        lock: the lock on the conversation.
        intent: the newest message's intent.
        answer: `affirm` or `deny` where it answers yes or no, whatever its intent.
        last_action: the response that the visitor answers to.
    """
    if last_action == "utter_ask_erase" and answer:
        return "utter_erased" if answer == "affirm" else "utter_not_erased"
    if answer and last_action and last_action.startswith("utter_alarm_"):
        if _tone(lock.category) == "danger":
            return SAFE_NOW[answer]
        return f"utter_stay_{_tone(lock.category)}"
    reply = OPEN.get(intent, CLOSED)
    if reply == "utter_locked_listen":
        return f"utter_locked_listen_{_tone(lock.category)}"
    return reply


def _tone(category: str) -> str:
    """Three ways of speaking: to somebody in danger, to somebody who wants to die, to somebody who does the harm."""
    return category if category in ("suicidality", "own_violence") else "danger"
