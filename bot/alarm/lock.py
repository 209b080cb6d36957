"""What an alarm does to the rest of a conversation (S1, S2): read from the tracker, so that no action, slot or story can undo it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, NamedTuple

from rasa.shared.core.constants import REQUESTED_SLOT
from rasa.shared.core.events import ActionExecuted, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.alarm.about_other import of_other
from bot.alarm.answers import denies, only_denies
from bot.alarm.secrecy import expected_secrecy
from bot.alarm.told import tells_deed, tells_harm
from bot.alarm.whose import is_victim, same_danger
from bot.alarm.worded import answers_otherwise, misheard_sorry, points_to_partner

MISREAD_ACTION = "utter_alarm_misread"
# Said to who thinks of dying and names a moment: from then on it is acute.
TOLD_WHEN = "utter_alarm_suicidality_acute"
UNLOCK_SLOT = "coaching_unlocked"
# A therapist may lock coaching where no alarm sounded: the helplines are then those for anybody who needs an ear.
NO_CATEGORY = "listening"
# In the midst of a form a concern that only the classifier sees has to be this likely.
SURE_IN_FORM = 0.8
# From this score of an alarm on, 'you misread me' is asked about before it unlocks.
VERY_SURE = 0.95
BY_THERAPIST = "therapist"
# Behind a category: it is about somebody else's death.
ABOUT_OTHER = "_other"
# The open questions of S4, one for each category: 'utter_concern_denied' asks nothing.
_CONCERN = re.compile(
    r"utter_concern_(partner_violence|threat_stalking|coercive_control|sexual_violence|child_safety|suicidality|own_violence)"
)
# What happens between a message and its answer without a word being said: the last action other than these is what the visitor answers to.
HOUSEKEEPING = frozenset({"action_listen", "action_extract_slots", "action_deactivate_loop", "action_session_start"})
# 'You (the coach) misunderstood me', in either order of words, and 'that is not what I meant'.
_YOU = r"(?:je|jij|u|ge|gij|dit programma|de computer|de coach)"
_UNDERSTAND = r"(?:begrijp\w*|begreep|versta\w*|verstond|snap\w*|lees|leest|las)"
_WRONG = r"\b(?:verkeerd|fout|mis|niet|nie)\b"
_MISREAD = re.compile(
    rf"\b{_YOU}\s+(?:\w+\s+){{0,2}}?{_UNDERSTAND}\b.{{0,20}}{_WRONG}|\b{_UNDERSTAND}\s+{_YOU}\b.{{0,20}}{_WRONG}|"
    rf"\b{_YOU} (?:hebt|heb|heeft) (?:(?:me|mij|dat|dit|het) )?(?:helemaal )?(?:verkeerd|fout|mis|niet) (?:goed )?(?:begrepen|verstaan|gelezen)\b",
    re.IGNORECASE,
)
_NOT_MEANT = re.compile(
    r"\b(?:dat|zo) bedoel(?:de)? ik (?:helemaal |echt )?(?:niet|nie)\b|\bniet wat ik bedoel(?:de)?\b|\bverkeerd begrepen\b", re.IGNORECASE
)
_SOMEBODY_ELSE = re.compile(r"\b(?:hij|ie|zij|ze|hem|haar|(?:mijn|m'n) (?:man|vrouw|vriend\w*|partner|lief|ex))\b", re.IGNORECASE)
_YES = re.compile(
    r"\s*(ja+|jawel|jazeker|jep|yep|jo|yes|soms|weleens|af en toe|klopt|inderdaad|helaas wel|"
    r"(?:zeker|tuurlijk|natuurlijk|absoluut|graag|ok(?:é|e|ay)?|prima|doe maar|(?:is )?goed)(?!\W+(?:niet|nie|nooit|geen)\b))\b",
    re.IGNORECASE,
)
# What else the classifier may take for a yes or no: 'bang', '3' and 'vind ik niet eerlijk' are neither.
_LIKE_YES = re.compile(r"\b(?:ja|wel|vaak|weleens|denk (?:ik|het)|precies|juist|exact)\b", re.IGNORECASE)
_LIKE_NO = re.compile(r"\b(?:nee|niet|nie|ni|nooit|geen|niks)\b", re.IGNORECASE)
_NEITHER = re.compile(r"\b(?:weet|snap|vind|hoort|zegt|eerlijk|idee)\b", re.IGNORECASE)
LONGEST_LIKE = 4
# After 'do you think of suicide?' these are no 'no'.
_UNSURE = re.compile(
    r"\s*(misschien|(ik )?(weet|durf) (het |dat |ik )?(het )?(zelf )?(niet|nie)|geen idee|een beetje|beetje|elke dag|met momenten|af en toe|vaak|soms|wel ?eens|helaas|nog (niet|nie)|"
    r"(liever )?niet over|daar praat ik)\b",
    re.IGNORECASE,
)
_NO = re.compile(
    r"\W*(?:(?:wat|huh|pardon|sorry|oei|h[eè]+|euh|oh?|amai|allee|zeg|maar|ma|hoezo|wablief|watte?|wadde|wtf|hoe bedoel je)\b\W*)*(nee+n?|neuh?|nah|welnee|nooit|nope|niet dat ik weet|(?:niet|nie) echt|(?:gelukkig|helemaal|totaal|zeker|absoluut|natuurlijk|tuurlijk|liever) (?:niet|nie))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Lock:
    """Coaching is locked. `category` is of the newest alarm, `level` the worst so far; `alarms` counts those of that category.

    `of_other`: it is about suicide, and all that was said of it is about somebody else, as in a partner's threat.
    `sure`: the classifier was, in one of them. `told`: the visitor told of a deed. `spoken`: all that patterns heard is a threat in words.
    """

    category: str
    level: str
    alarms: int
    only_classifier: bool
    already_unlocked: bool
    of_other: bool = False
    sure: bool = False
    told: bool = False
    spoken: bool = False

    @property
    def named(self) -> str:
        """What the words are chosen by: the category, and whether it is about somebody else."""
        return self.category + ABOUT_OTHER if self.of_other else self.category


def alarm_of(event: UserUttered) -> dict[str, Any] | None:
    """The detector's answer on one message: category, level, score, layer."""
    alarm = (event.parse_data or {}).get("alarm")
    return alarm if isinstance(alarm, dict) else None


def alarm_to_answer(event: UserUttered, asked: str | None, before: str | None = None) -> dict[str, Any] | None:
    """The detector's answer on one message, put right by the conversation.

    None where it holds little beside what a form asked for: what the intake wants to know of how to reach somebody, or a faint doubt in the midst of
    any form, where people write what an exercise asks of them and a question about danger would end it.

    Args:
        event: the message.
        asked: the requested slot.
        before: the category of the alarm or open question before it, which goes on unless the words say otherwise.
    """
    alarm, text = alarm_of(event), event.text or ""
    if alarm is None or expected_secrecy(text, alarm, asked):
        return None
    if alarm.get("layer") != "classifier":
        return alarm
    acute = alarm["level"] == "acute"
    if before is None and not acute and only_denies(text, tone(alarm["category"])):
        # 'Ik denk niet aan zelfmoord', whenever it is said.
        return None
    if misheard_sorry(text, alarm["category"]) and not acute:
        return {**alarm, "category": "coercive_control", "level": "concern", "score": max(alarm["score"], SURE_IN_FORM)}
    if asked and alarm["level"] == "concern" and alarm["score"] < SURE_IN_FORM:
        return None
    if before == "own_violence" and points_to_partner(text):
        # The roles were mixed up: what the partner did counts as what it is.
        return {**alarm, "category": "partner_violence" if alarm["category"] == "own_violence" else alarm["category"]}
    return {**alarm, "category": same_danger(alarm["category"], text, before)}


def asked_after(event: Event, asked: str | None) -> str | None:
    """The slot that a form asks for after an event, given the one before it."""
    return event.value if isinstance(event, SlotSet) and event.key == REQUESTED_SLOT else asked


def sounds(alarm: dict[str, Any] | None) -> bool:
    """Whether it is an alarm, and no mere concern."""
    return bool(alarm) and alarm is not None and alarm.get("level") in ("alarm", "acute")


def tone(category: str) -> str:
    """Three ways of speaking: to somebody in danger, to somebody who wants to die, to somebody who does the harm.

    Whose partner threatens with suicide is spoken to as somebody in danger: it frightens, and it holds people where they want to leave.
    """
    return category if category in ("suicidality", "own_violence") else "danger"


def takes_back(message: UserUttered, category: str | None) -> bool:
    """Whether a message that sounds to the classifier alone denies what the coach heard or asked before ('ik ben niet suïcidaal').

    Never acute danger, nor another kind of danger than what is denied.
    """
    alarm = alarm_of(message) or {}
    if category is None or alarm.get("layer") != "classifier" or alarm.get("level") == "acute":
        return False
    return tone(alarm["category"]) == tone(category) and denies(message.text or "", tone(category))


def turns_round(message: UserUttered, category: str | None) -> bool:
    """Whether somebody who was taken for the one who does harm says that it was done to them."""
    return category == "own_violence" and is_victim(message.text or "")


def concern_asked(action_name: str | None) -> str | None:
    """The category that a question such as `utter_concern_suicidality` asked about, else None."""
    found = _CONCERN.fullmatch(action_name or "")
    return found[1] if found else None


def last_concern(tracker: DialogueStateTracker) -> str | None:
    """The category that the coach asked about last, however long ago."""
    asked = (concern_asked(event.action_name) for event in reversed(tracker.events) if isinstance(event, ActionExecuted))
    return next((category for category in asked if category), None)


def answer_of(message: UserUttered) -> str | None:
    """`affirm` or `deny` where a message answers a yes-no question, else None.

    'Ja, hij is nu naar zijn werk' is a yes, whatever intent the classifier hears in it.
    """
    text, intent = message.text or "", message.intent.get("name")
    if _YES.match(text):
        return "affirm"
    if _NO.match(text):
        return "deny"
    if not re.search(r"\w", text) or text.startswith("/"):
        return str(intent) if intent in ("affirm", "deny") else None
    # 'Is dat goed?' sounds like a yes to the classifier.
    if "?" in text or len(text.split()) > LONGEST_LIKE or _NEITHER.search(text):
        return None
    like = {"affirm": _LIKE_YES, "deny": _LIKE_NO}.get(str(intent))
    return str(intent) if like and like.search(text) else None


def answer_to_concern(message: UserUttered, category: str) -> str | None:
    """`affirm` or `deny` to the open question of S4. Whoever is not sure counts as a yes: the question is asked only once."""
    text = message.text or ""
    if denies(text, tone(category)):
        return "deny"
    if answers_otherwise(text):
        return None
    if tone(category) == "danger" and tells_harm(text):
        return "affirm"
    return "affirm" if _UNSURE.match(text) and not _NO.match(text) else answer_of(message)


class _Alarm(NamedTuple):
    """One that the lock rests on; `layer` also `answer` (to an open question) or `BY_THERAPIST`."""

    category: str
    level: str
    layer: str
    score: float = 1.0

    @property
    def spoken(self) -> bool:
        """Whether only words stand for it that people also say of anger: 'ze gaat me vermoorden'."""
        return self.category == "threat_stalking" and self.level == "alarm" and self.layer == "patterns"


def lock_of(tracker: DialogueStateTracker, before_newest: bool = False) -> Lock | None:
    """The lock on this conversation; None when coaching is open. With `before_newest` as it was before the newest message."""
    events = list(tracker.events)
    while before_newest and events and not isinstance(events.pop(), UserUttered):
        pass
    found: list[_Alarm] = []
    opened: list[_Alarm] = []
    unlocked_before = False
    said: list[str] = []
    last_action: str | None = None
    slot: str | None = None
    for event in events:
        slot = asked_after(event, slot)
        if isinstance(event, UserUttered):
            found += _alarms_of(event, slot, concern_asked(last_action), found)
            said.append(event.text or "")
        elif isinstance(event, ActionExecuted):
            if event.action_name == MISREAD_ACTION:
                found, unlocked_before = [], True
            if found and event.action_name == TOLD_WHEN:
                found[-1] = found[-1]._replace(level="acute")
            if event.action_name and event.action_name not in HOUSEKEEPING:
                last_action = event.action_name
        elif isinstance(event, SlotSet) and event.key == UNLOCK_SLOT:
            # Only a therapist's side sets this slot; no message can (it has no mapping).
            if event.value:
                found, opened, said = [], [*opened, *found], []
            elif event.value is False:
                found = [*opened, *found]
                found.append(_Alarm(found[-1].category if found else NO_CATEGORY, "alarm", BY_THERAPIST))
    return _lock_by(found, unlocked_before, any(map(tells_deed, said))) if found else None


def _alarms_of(message: UserUttered, slot: str | None, asked: str | None, found: list[_Alarm]) -> list[_Alarm]:
    """What one message adds to the lock: nothing, or one alarm."""
    before = asked or (found[-1].category.removesuffix(ABOUT_OTHER) if found else None)
    alarm = alarm_to_answer(message, slot, before)
    if turns_round(message, before):
        return [_Alarm("partner_violence", alarm["level"] if alarm is not None and sounds(alarm) else "alarm", "answer")]
    if alarm is not None and sounds(alarm) and not takes_back(message, before):
        about = ABOUT_OTHER if alarm["category"] == "suicidality" and of_other(message.text or "") else ""
        return [_Alarm(alarm["category"] + about, alarm["level"], alarm.get("layer", "classifier"), alarm.get("score", 1.0))]
    if asked and answer_to_concern(message, asked) == "affirm":
        return [_Alarm(asked, "alarm", "answer")]
    return []


def _lock_by(found: list[_Alarm], unlocked_before: bool, told: bool) -> Lock:
    newest = found[-1].category
    # Who spoke of their own death once is answered as such, whoever it is about in what they say next.
    own_death = any(alarm.category == "suicidality" for alarm in found)
    return Lock(
        # Who was hit and now wants to die needs the number for that; the emergency number stays as long as anything was acute.
        category=newest.removesuffix(ABOUT_OTHER),
        level="acute" if any(alarm.level == "acute" for alarm in found) else "alarm",
        alarms=sum(alarm.category == newest and alarm.layer != BY_THERAPIST for alarm in found),
        only_classifier=all(alarm.layer == "classifier" for alarm in found),
        already_unlocked=unlocked_before,
        of_other=newest.endswith(ABOUT_OTHER) and not own_death,
        sure=any(alarm.score >= VERY_SURE for alarm in found),
        told=told,
        spoken=all(alarm.spoken or alarm.layer == "classifier" for alarm in found),
    )


def says_misread(text: str) -> bool:
    """Whether the visitor says outright that the coach misunderstood them ('laat maar' does not count, nor what somebody else misunderstood)."""
    return bool(_MISREAD.search(text)) or bool(_NOT_MEANT.search(text) and not _SOMEBODY_ELSE.search(text))
