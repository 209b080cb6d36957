"""The policy above every other: an alarm is answered at once (S1), and coaching stays locked after it (S2).

Rasa lets a running form beat every rule and every policy of higher priority; only a prediction marked `is_no_user_prediction`
wins. So this policy, when it has something to say, plans the whole turn itself: response, end of any form, wait.
"""

from __future__ import annotations

import re
from typing import Any

from rasa.core.policies.policy import PolicyPrediction
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import ACTION_DEACTIVATE_LOOP_NAME, ACTION_LISTEN_NAME, REQUESTED_SLOT
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.alarm.answers import denies
from bot.alarm.asked import WITH_NUMBERS, asked_in_danger, asks_why
from bot.alarm.lock import (
    HOUSEKEEPING,
    MISREAD_ACTION,
    TOLD_WHEN,
    Lock,
    alarm_of,
    alarm_to_answer,
    answer_to_concern,
    asked_after,
    concern_asked,
    lock_of,
    sounds,
    takes_back,
    tone,
    turns_round,
)
from bot.alarm.replies import BEGINS_INTAKE, RESUME, SAFE_NOW, locked_reply, safety_message
from bot.alarm.worded import points_to_partner, worded_concern
from bot.nlu.other_language import note_due
from bot.nlu.sent_intake import wish_in
from bot.policies import CodePolicy, actions_since_message

INTAKE = "intake_form"
REACH = "intake_reach"
# For a second unclear signal, and how likely it has to be.
NUMBERS, LIKELY = "utter_concern_numbers", 0.6
# What only the classifier doubts is asked about so often in one conversation; after that it has to be this sure.
# Thoughts of suicide are asked about whatever was asked before: to be asked does no harm.
MOST_ASKED, SURE_AGAIN = 2, 0.85
DENIED, OF_PARTNER = "utter_concern_denied", "utter_concern_partner_violence"
INTAKE_FORMS = frozenset({INTAKE, "intake_details_form"})
# The check-up asks about safety, and goes on with the marks it has when the answer is no alarm.
CHECKUP, CHECKUP_RESULT = "checkup_form", "action_checkup_result"
AFTER_CONCERN = "utter_checkup_after_concern"
# A mark, or 'sla over', in answer to it.
_MARK = re.compile(r"\d|\b(?:nul|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|sla\b.*\bover|overslaan)\b", re.IGNORECASE)
# What a rule answers, also in place of an answer to that question.
ANSWERED_BY_RULES = frozenset({"stop", "delete_data", "ask_human", "ask_intake", "ask_privacy", "bot_challenge", "goodbye", "resume"})


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class AlarmPolicy(CodePolicy):
    """Answers alarms, asks on at a concern, and keeps coaching locked after an alarm."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Above every other policy."""
        return {"priority": 1000, "max_history": None}

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        """The next action of a turn that this policy owns; else no opinion."""
        reply = turn_reply(tracker)
        done = actions_since_message(tracker)
        if reply is None:
            if concern_asked(next(iter(done), None)):
                # The check-up asks it too, after a low mark for feeling safe: no story knows of that, and the coach has to wait.
                return self._certain(ACTION_LISTEN_NAME, domain)
            return self._prediction(self._default_predictions(domain))
        if reply not in done:
            return self._certain(reply, domain, _kept_for_intake(tracker))
        if tracker.active_loop_name and ACTION_DEACTIVATE_LOOP_NAME not in done:
            return self._certain(ACTION_DEACTIVATE_LOOP_NAME, domain)
        if reply in BEGINS_INTAKE:
            return self._certain(INTAKE, domain)
        if (note := note_due(tracker)) and note not in done:
            return self._certain(note, domain)
        if reply == AFTER_CONCERN:
            return self._certain(_rest_of_checkup(tracker, domain), domain)
        return self._certain(ACTION_LISTEN_NAME, domain)

    def _certain(self, action: str, domain: Domain, events: list[Event] | None = None) -> PolicyPrediction:
        chances = self._default_predictions(domain)
        chances[domain.index_for_action(action)] = 1.0
        return self._prediction(chances, events=events, is_no_user_prediction=True)


def turn_reply(tracker: DialogueStateTracker) -> str | None:
    """The response that safety prescribes for the newest message, None where there is none."""
    message = _latest_message(tracker)
    if message is None:
        return None
    last_action, done = _action_before_message(tracker), actions_since_message(tracker)
    asked, before, lock = concern_asked(last_action), lock_of(tracker, before_newest=True), lock_of(tracker)
    earlier = asked or (before.category if before else None)
    alarm = alarm_to_answer(message, _asked_at_message(tracker), earlier)
    if INTAKE_FORMS & {*_loops_at_messages(tracker)[-1:], *done} and (alarm is None or (lock is not None and not sounds(alarm))):
        # The way to a person stays open while coaching is locked (S2); the form and its rules go on.
        return None
    if AFTER_CONCERN in done and {CHECKUP, CHECKUP_RESULT} & {*done}:
        return None
    if wish_in(tracker) and not sounds(alarm):
        # Whose number must not be called any more is heard while coaching is locked, too (bot/handoff/policy.py).
        return None
    for changes_lock in (MISREAD_ACTION, TOLD_WHEN):
        # What was said in this turn has changed the lock by which it was chosen.
        if changes_lock in done:
            return changes_lock
    said, text = _said_before(tracker), message.text or ""
    if turns_round(message, earlier):
        level = alarm["level"] if alarm is not None and sounds(alarm) else "alarm"
        return safety_message("partner_violence", level, True, text, said)
    if alarm is not None and sounds(alarm) and not takes_back(message, earlier) and not _answered_with_numbers(before, alarm, text):
        first = lock is None or lock.alarms <= 1
        return safety_message(lock.named if lock else alarm["category"], alarm["level"], first, text, said)
    if lock is not None:
        if asked and answer_to_concern(message, asked) == "affirm":
            return safety_message(asked, "alarm", True, text, said)
        reply = locked_reply(lock, message, last_action, said)
        resumes = _broken_off(tracker) == INTAKE and reply != SAFE_NOW["no"]
        return RESUME if resumes else reply
    if alarm is None and (worded := worded_concern(text, _text_before(tracker), _asked_at_message(tracker))):
        alarm = {"category": worded, "level": "concern", "score": 1.0}
    return _open_reply(tracker, message, alarm, asked)


def _answered_with_numbers(before: Lock | None, alarm: dict[str, Any], text: str) -> bool:
    """Whether a message that sounds to the classifier, while coaching is locked, asks what has an answer of its own, with the helplines in it."""
    told_before = before is not None and tone(before.named) == tone(alarm["category"]) == "danger"
    return told_before and alarm.get("layer") == "classifier" and alarm["level"] != "acute" and asked_in_danger(text) in WITH_NUMBERS


def _open_reply(tracker: DialogueStateTracker, message: UserUttered, alarm: dict[str, Any] | None, asked: str | None) -> str | None:
    """The response to a concern, or to an answer to one, while coaching is open (S4).

    `alarm`: the concern in the message; `asked`: the category that the coach has just asked about.
    """
    said, text, intent = _said_before(tracker), message.text or "", message.intent.get("name")
    if asked and alarm is None and _broken_off(tracker) == INTAKE:
        return RESUME
    asked_before = [category for action in said if (category := concern_asked(action))]
    if alarm is not None and _is_faint(alarm) and len(asked_before) >= MOST_ASKED:
        alarm = None
    question = f"utter_concern_{alarm['category']}" if alarm is not None else None
    if asked == "own_violence" and points_to_partner(text) and (alarm is None or question in said):
        # Who protests is asked for what was done to them, not for their own deed once more.
        question = OF_PARTNER
    news = question is not None and question not in said
    denied = asked is not None and answer_to_concern(message, asked) == "deny"
    in_checkup = asked and not news and _broken_off(tracker) == CHECKUP and intent not in ANSWERED_BY_RULES
    if in_checkup and (denied or NUMBERS in said or _MARK.search(text)):
        return AFTER_CONCERN
    if denied and question != OF_PARTNER:
        return DENIED
    # Asked once (S4); a second time the numbers are shown, and after that the coach goes on listening as the intent says.
    if news:
        return question
    if asked:
        # 'He slams the doors', to a question about violence, is no 'no'; nor is a joke, or a question about the letter.
        elsewhere = intent in ANSWERED_BY_RULES and not asks_why(text)
        return NUMBERS if NUMBERS not in said and not elsewhere else None
    if alarm is None:
        return DENIED if any(denies(text, tone(category)) for category in asked_before if category in _denied_by(message)) else None
    likely = alarm["score"] >= LIKELY and tracker.active_loop_name is None
    return NUMBERS if likely and NUMBERS not in said else None


def _is_faint(alarm: dict[str, Any]) -> bool:
    only_a_doubt = alarm.get("layer") == "classifier" and alarm["level"] == "concern" and bool(alarm["score"] < SURE_AGAIN)
    return only_a_doubt and alarm["category"] != "suicidality"


def _denied_by(message: UserUttered) -> frozenset[str]:
    """The category that the detector heard in a denial, which is no alarm."""
    alarm = alarm_of(message)
    return frozenset() if alarm is None or not sounds(alarm) else frozenset({alarm["category"]})


def _text_before(tracker: DialogueStateTracker) -> str:
    """The visitor's message before the newest one."""
    texts = [event.text or "" for event in tracker.events if isinstance(event, UserUttered)]
    return texts[-2] if len(texts) > 1 else ""


def _latest_message(tracker: DialogueStateTracker) -> UserUttered | None:
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            return event
    return None


def _asked_at_message(tracker: DialogueStateTracker) -> str | None:
    """The slot that a form had asked for when the newest message came."""
    asked = at_message = None
    for event in tracker.events:
        asked = asked_after(event, asked)
        if isinstance(event, UserUttered):
            at_message = asked
    return at_message


def _action_before_message(tracker: DialogueStateTracker) -> str | None:
    """What the newest message answers to: the last response, form or action before it. A 'ja' to asking back answers no older question."""
    seen_message = False
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            seen_message = True
        elif seen_message and isinstance(event, ActionExecuted) and event.action_name and event.action_name not in HOUSEKEEPING:
            return str(event.action_name)
    return None


def _kept_for_intake(tracker: DialogueStateTracker) -> list[Event]:
    """How somebody can be reached safely ('niet bellen als hij thuis is, dan slaat hij me') may sound the alarm, and is an answer all the same."""
    message = _latest_message(tracker)
    if message is None or tracker.active_loop_name != INTAKE or tracker.get_slot(REQUESTED_SLOT) != REACH:
        return []
    alarm = alarm_of(message)
    # 'He is at the door with a knife' is no way to be reached: it is asked again.
    return [] if alarm is not None and alarm["level"] == "acute" else [SlotSet(REACH, message.text)]


def _broken_off(tracker: DialogueStateTracker) -> str | None:
    """The form in the middle of which an alarm or concern came in the turn before; None where there was none."""
    loops = _loops_at_messages(tracker)
    said = _action_before_message(tracker) or ""
    return loops[-2] if len(loops) > 1 and loops[-1] is None and said.startswith(("utter_alarm_", "utter_concern_")) else None


def _rest_of_checkup(tracker: DialogueStateTracker, domain: Domain) -> str:
    """The next question of the check-up, or its result when all were answered."""
    asked = domain.required_slots_for_form(CHECKUP)
    return CHECKUP_RESULT if all(tracker.get_slot(slot) is not None for slot in asked) else CHECKUP


def _loops_at_messages(tracker: DialogueStateTracker) -> list[str | None]:
    """The form that was active when each message came, oldest first."""
    loop: str | None = None
    found: list[str | None] = []
    for event in tracker.events:
        if isinstance(event, ActiveLoop):
            loop = event.name
        elif isinstance(event, UserUttered):
            found.append(loop)
    return found


def _said_before(tracker: DialogueStateTracker) -> frozenset[str]:
    """The actions of earlier turns."""
    earlier, found = False, set()
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            earlier = True
        elif earlier and isinstance(event, ActionExecuted) and event.action_name:
            found.add(event.action_name)
    return frozenset(found)
