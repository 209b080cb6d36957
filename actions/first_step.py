"""The first-step plan: when, where, and an opening sentence that does not accuse; answers in any order, and taken back at will."""

from __future__ import annotations

import re
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.about_talk import answered_about_talk, is_question
from actions.interruptions import AGAIN, GOOD_NEWS, answered
from actions.reminder import remind_after_plan
from actions.turns import Turn, messages_of, newest_turn, quoted, times_said
from bot.hearing.accusing import accusations
from bot.hearing.moments import only_when_or_where, when_and_where
from bot.hearing.short_answers import sees_plan

FORM = "first_step_form"
WHEN, WHERE, SENTENCE = SLOTS = ("step_when", "step_where", "step_sentence")
# Stands in the plan for what the visitor leaves open.
OPEN = "nog te kiezen"
LONGEST = 300
# How somebody names a part of the finished plan.
_PARTS = {
    SENTENCE: re.compile(r"\b(?:openings)?zin\b", re.IGNORECASE),
    WHERE: re.compile(r"\b(?:plek|plaats|locatie)\b", re.IGNORECASE),
    WHEN: re.compile(r"\b(?:dag|moment|tijd|tijdstip|uur)\b", re.IGNORECASE),
}
_PARTS_NAMED = re.compile(r"\b(?:een )?(?:andere? )(?:dag|moment|tijd|tijdstip|uur|plek|plaats|locatie)\b", re.IGNORECASE)
# So often a sentence that accuses is asked again; then it is the visitor's.
MOST_ACCUSED = 2
# After so many times of help a question is left open.
MOST_HINTS = 1
# 'Ik wil haar bloemen geven', 'sorry zeggen': what to do, and no moment or place.
_DEED = re.compile(
    r"\W*(?:(?:ik|'k) (?:wil|wou|zou|ga|zal|mis|hou|heb|ben|voel|vind|kan|moet|geef|zeg|koop|breng)\b|(?:haar|hem) \w+|help\w*|sorry\b|(?:een )?(?:bloemen|bloemetje|brief|cadeau\w*)\b)",
    re.IGNORECASE,
)
# What happened before is told, and no moment or place chosen.
_TOLD = re.compile(r"\W*(?:en |maar )?(?:toen|hij|ie|ze|zij|ik|we|over)\b", re.IGNORECASE)
MOST_WORDS_WITHOUT_TIME = 3
# 'Ja maar als ik begin …', 'weet ni, vanavond werkt hij': speaks about the question; 'maar zaterdag dan' answers it.
FEWEST_OF_OBJECTION = 5
_OBJECTS = re.compile(r"\W*(?:(?:ja|nee|neen|en)\W+)*(?:ma(?:ar)?\b|(?:ik |'?k ?)?weet (?:het |'?t |ik )?(?:niet|nie|ni)\b)", re.IGNORECASE)
# 'Het moment klopt niet, het is zaterdag.'
_WRONG = re.compile(
    r"\b(?:dag|moment|tijd|tijdstip|uur|plek|plaats) (?:klopt|is) (?:niet|nie|fout|verkeerd)\b[^\w]*(?:juist )?", re.IGNORECASE
)
_OF_TIME = re.compile(
    r"\b(?:als|wanneer|zodra|nadat|voordat|na|tijdens|straks|later|nu|gauw|snel|morgen|\w*dag|week\w*|weekend|\w*avond|\w*ochtend|\w*middag|uur|weken|maand\w*|dagen|vakantie|\d+)\b",
    re.IGNORECASE,
)
_TAKEN_BACK = re.compile(
    r"^\W*(?:(?:nee|neen|wacht(?: even)?|ik bedoel(?:de)?|toch|eigenlijk|liever|doe (?:toch |maar )?(?:liever )?|maak (?:er|daar))\b[, ]*)+",
    re.IGNORECASE,
)
_LEAD_IN = re.compile(
    r"^\W*(?:(?:dan )?(?:zeg|begin) ik(?: met)?|ik (?:zou|ga|wil) (?:zeggen|beginnen met)|(?:mijn )?(?:eerste )?zin(?: is)?|misschien|zoiets als|iets als)\s*:?\s*(?=\S{2})",
    re.IGNORECASE,
)
_PARTNER = r"(?:hij|ie|zij|ze|(?:mijn|m'n|mn|mijne) (?:man|vrouw|vriendin|vriend|partner|lief|ex))"
# Somebody wants no contact. A plan to go to them would be a plan to cross that line.
_LEFT_ALONE = re.compile(
    rf"\b(?:{_PARTNER} (?:heeft|had)|(?:heeft|had) {_PARTNER}) (?:me|mij|mijn nummer|m'n nummer)\b[^.!?]{{0,20}}\bgeblokkeerd\b|\b{_PARTNER} blokkeert (?:me|mij)\b|"
    rf"\bik (?:ben|word) (?:overal )?(?:door (?:hem|haar) )?geblokkeerd\b|\b{_PARTNER}\b[^.!?]{{0,15}}\b(?:zei|zegt|schreef|appte|riep|vroeg|wil|wilt|wou|wilde)\b[^.!?]{{0,25}}\bmet rust\b|"
    rf"\b{_PARTNER} (?:wil|wilt|wou|wilde)\b[^.!?]{{0,20}}\b(?:geen (?:enkel )?contact|(?:niet|nie|nooit|niets|niks) meer (?:zien|horen|spreken|met (?:me|mij)))\b|\b(?:contact|straat)verbod\b",
    re.IGNORECASE,
)
_NO_LONGER = re.compile(
    r"\b(?:gedeblokkeerd|(?:niet|nie) meer geblokkeerd|weer contact|wil(?:t)? (?:weer|toch) (?:\w+ )?(?:praten|afspreken))\b", re.IGNORECASE
)
# A wound, or a temper that somebody waits for: never a moment, a place or a first sentence.
_MAY_BE_HARM = re.compile(
    r"\b(?:in (?:het|de|een) gips|hechting\w*|blauwe? plek\w*|blauw oog|gebroken (?:pols|arm|neus|vinger|rib\w*)|striemen|(?:verloor|verliest) (?:hij|ze|zij) (?:zijn|haar) geduld|"
    r"(?:mij|me) (?:\w+ ){0,2}?(?:wat|iets|eens) (?:laten|laat|doen|liet) voelen|ontplof\w*|flipt\w*|uit (?:zijn|haar) (?:dak|vel))\b",
    re.IGNORECASE,
)
_ASKS_ABOUT_HARM, _NUMBERS, _LEAVE_ALONE = "utter_concern_partner_violence", "utter_concern_numbers", "utter_step_left_alone"


class ActionClearPlan(Action):  # type: ignore[misc]
    """Forgets an earlier plan, so that the form asks again; where somebody wants no contact, it says so, and no form begins."""

    def name(self) -> str:
        """Name in the stories."""
        return "action_clear_plan"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Empty the slots."""
        cleared = [SlotSet(name, None) for name in SLOTS]
        if wants_no_contact(messages_of(tracker.events)):
            dispatcher.utter_message(response=_LEAVE_ALONE)
            return [*cleared, FollowupAction("action_listen")]
        return cleared


class ActionChangePlan(Action):  # type: ignore[misc]
    """'Ik wil een andere dag', after the plan: that one part again, and the card anew; without a part, it asks which. 'Toon het plan': the card."""

    def name(self) -> str:
        """Name in the rules."""
        return "action_change_plan"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Empty or fill the part; the form asks for what is empty, else the card comes at once."""
        text = str(tracker.latest_message.get("text") or "")
        if sees_plan(text):
            dispatcher.utter_message(response="utter_first_step_plan", **{name: tracker.get_slot(name) or OPEN for name in SLOTS})
            return []
        new = {name: value for name, value in zip((WHEN, WHERE), when_and_where(_PARTS_NAMED.sub(" ", text)), strict=True) if value}
        if new:
            plan = {name: tracker.get_slot(name) for name in SLOTS} | new
            dispatcher.utter_message(response="utter_step_changed")
            dispatcher.utter_message(response="utter_first_step_plan", **plan)
            return [
                *(SlotSet(name, value) for name, value in new.items()),
                *remind_after_plan(dispatcher, tracker.sender_id, str(plan[WHEN])),
            ]
        part = next((name for name, words in _PARTS.items() if words.search(text)), None)
        if part is None:
            dispatcher.utter_message(response="utter_plan_change_which")
            return []
        dispatcher.utter_message(response="utter_plan_change_one")
        return [SlotSet(part, None), FollowupAction(FORM)]


class ValidateFirstStepForm(Action):  # type: ignore[misc]
    """Reads each answer; one message may answer two questions, or change what was said before."""

    def name(self) -> str:
        """Name that Rasa expects for the form."""
        return "validate_first_step_form"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Fill what the newest message tells; the form asks for what is left."""
        turn = newest_turn(tracker, FORM)
        plan = {name: tracker.get_slot(name) for name in SLOTS}
        asked = (tracker.get_slot("requested_slot") or "").removesuffix(AGAIN)
        if not turn.answers:
            if not asked and wants_no_contact(messages_of(tracker.events)):
                return _no_plan(_LEAVE_ALONE, dispatcher)
            if not asked and not turn.is_button:
                plan.update(_sure(turn.text, plan))
            return [SlotSet(name, value) for name, value in plan.items()]
        if wants_no_contact([turn.text]):
            return _no_plan(_LEAVE_ALONE, dispatcher)
        if _MAY_BE_HARM.search(turn.text):
            return _no_plan(_NUMBERS if times_said(tracker.events, _ASKS_ABOUT_HARM) else _ASKS_ABOUT_HARM, dispatcher)
        if turn.interrupts(GOOD_NEWS):
            return answered(turn.intent, asked, [SlotSet(name, value) for name, value in plan.items()], dispatcher)
        if turn.after in ("utter_human", "utter_intake") and turn.yes:
            dispatcher.utter_message(response="utter_intake_start")
            return [*(SlotSet(name, value) for name, value in plan.items()), SlotSet("requested_slot", None), FollowupAction("intake_form")]
        plan.update(_answered(turn, asked, plan, dispatcher, tracker))
        return [SlotSet(name, value) for name, value in plan.items()]


def wants_no_contact(messages: list[str]) -> bool:
    """Whether the visitor told that the other wants to be left alone ('ze heeft me geblokkeerd'), and not since that this is over."""
    told = [bool(_LEFT_ALONE.search(text)) for text in messages if _LEFT_ALONE.search(text) or _NO_LONGER.search(text)]
    return bool(told) and told[-1]


def _no_plan(reply: str, dispatcher: CollectingDispatcher) -> list[dict[str, Any]]:
    """The end of the form: no plan is made of harm, which is asked about openly, nor against the will of the other."""
    over = [*(SlotSet(name, None) for name in SLOTS), SlotSet("requested_slot", None)]
    if reply == _ASKS_ABOUT_HARM:
        # As an action of its own: the alarm policy knows a question by it.
        return [*over, FollowupAction(reply)]
    dispatcher.utter_message(response=reply)
    return [*over, FollowupAction("action_listen")]


def _answered(turn: Turn, asked: str, plan: dict[str, Any], dispatcher: CollectingDispatcher, tracker: Tracker) -> dict[str, str | None]:
    """The slots that a reply fills or changes; what only speaks about the question is answered, and it is asked again."""
    if (turn.corrects or _WRONG.search(turn.text)) and (changed := _changed(turn.text, plan)):
        dispatcher.utter_message(response="utter_step_changed")
        return changed
    known = ", ".join(plan[name] for name in SLOTS if plan[name] and plan[name] != OPEN)
    if about := answered_about_talk(turn, asked, known, dispatcher):
        return {asked: _told_before(tracker, asked) or OPEN} if about == "already" else {}
    if turn.unsure:
        if turn.skips or times_said(tracker.events, f"utter_hint_{asked}", since="action_clear_plan"):
            return {asked: OPEN}
        dispatcher.utter_message(response=f"utter_hint_{asked}")
        return {}
    if turn.intent == "out_of_scope" and asked != SENTENCE and when_and_where(turn.text) == (None, None):
        dispatcher.utter_message(response="utter_apology_elsewhere")
        return {}
    if turn.is_button or turn.yes or turn.no:
        return {}
    if tracker.latest_message.get("alarm") and not only_when_or_where(turn.text):
        # A faint doubt of the alarm detector, too faint to end the form with a question: only the moment and the place are kept.
        return _only_when_and_where(turn.text, asked, plan, dispatcher, tracker)
    if asked == SENTENCE and not only_when_or_where(turn.text):
        return {SENTENCE: _sentence(turn.text, dispatcher, tracker)}
    return _when_or_where(turn.text, asked, plan, dispatcher, tracker)


def _only_when_and_where(
    text: str, asked: str, plan: dict[str, Any], dispatcher: CollectingDispatcher, tracker: Tracker
) -> dict[str, str | None]:
    """The moment and the place that a message names, and no other word of it."""
    found: dict[str, str | None] = {
        name: value for name, value in zip((WHEN, WHERE), when_and_where(text), strict=True) if value and not plan[name]
    }
    if asked not in found and times_said(tracker.events, f"utter_hint_{asked}", since="action_clear_plan") > MOST_HINTS:
        return {**found, asked: OPEN}
    if asked not in found:
        dispatcher.utter_message(response=f"utter_hint_{asked}")
    return found


def _when_or_where(
    text: str, asked: str, plan: dict[str, Any], dispatcher: CollectingDispatcher, tracker: Tracker
) -> dict[str, str | None]:
    """Take a moment or a place for the question it answers; an answer of another kind is not taken."""
    when, where = when_and_where(text)
    if when and where and asked != SENTENCE:
        return {WHEN: plan[WHEN] or when, WHERE: plan[WHERE] or where}
    if asked == WHEN and where and not _OF_TIME.search(text):
        # 'Aan tafel': the place came first.
        return {WHERE: text[:LONGEST]}
    if asked == SENTENCE or (asked == WHERE and when and only_when_or_where(text)):
        return _put_where_it_belongs(when, where, asked, plan, dispatcher)
    if (not _objects(text) and (when or where)) or not _of_another_kind(text, asked):
        return {asked: text[:LONGEST]}
    if times_said(tracker.events, f"utter_hint_{asked}", since="action_clear_plan") > MOST_HINTS:
        return {asked: OPEN}
    dispatcher.utter_message(response=f"utter_hint_{asked}")
    return {}


def _put_where_it_belongs(
    when: str | None, where: str | None, asked: str, plan: dict[str, Any], dispatcher: CollectingDispatcher
) -> dict[str, str | None]:
    """Keep a moment or a place that answers another question; what was asked is asked again, with help."""
    found: dict[str, str | None] = {name: value for name, value in ((WHEN, when), (WHERE, where)) if value and name != asked}
    if any(plan[name] not in (None, OPEN, value) for name, value in found.items()):
        dispatcher.utter_message(response="utter_step_changed")
    dispatcher.utter_message(response=f"utter_hint_{asked}")
    return found


def _of_another_kind(text: str, asked: str) -> bool:
    """Whether an answer is neither a moment nor a place: a question, or what somebody wants to do or say."""
    timeless = asked == WHEN and len(text.split()) > MOST_WORDS_WITHOUT_TIME
    told = bool(_DEED.match(text) or _TOLD.match(text)) or timeless
    return is_question(text) or _objects(text) or (told and not (asked == WHEN and _OF_TIME.search(text)))


def _objects(text: str) -> bool:
    return len(text.split()) > FEWEST_OF_OBJECTION and bool(_OBJECTS.match(text))


def _told_before(tracker: Tracker, asked: str) -> str | None:
    """The day or the place in what the visitor wrote before, the newest first."""
    for text in reversed(messages_of(tracker.events)[:-1]):
        when, where = when_and_where(text)
        if found := {WHEN: when, WHERE: where}.get(asked):
            return found
    return None


def _sure(text: str, plan: dict[str, Any]) -> dict[str, str | None]:
    when, where = when_and_where(text)
    # With both in it, it is a plan; a day alone may be when it went wrong.
    return {WHEN: when, WHERE: where} if when and where and not plan[WHEN] else {}


def _changed(text: str, plan: dict[str, Any]) -> dict[str, str | None]:
    """What 'nee wacht, doe zondag' changes of the answers before; empty when it only answers the question that stands open."""
    new = _TAKEN_BACK.sub("", text)
    when, where = when_and_where(new)
    changed: dict[str, str | None] = {}
    if when and plan[WHEN]:
        changed[WHEN] = when if where or _WRONG.search(text) else new[:LONGEST]
    if where and plan[WHERE]:
        changed[WHERE] = where
    return changed


def _sentence(text: str, dispatcher: CollectingDispatcher, tracker: Tracker) -> str | None:
    """The opening sentence; None, and why, while it accuses."""
    sentence = _LEAD_IN.sub("", text).strip(" \"“”'‘’")[:LONGEST]
    return None if accuses(sentence, dispatcher, tracker, since="action_clear_plan") else sentence


def accuses(sentence: str, dispatcher: CollectingDispatcher, tracker: Tracker, *, since: str) -> bool:
    """Whether a sentence to the partner accuses; then the words are quoted, with another way. Not more than `MOST_ACCUSED` times."""
    found = accusations(sentence)
    times = sum(times_said(tracker.events, f"utter_accuses_{kind}", since=since) for kind in ("verdict", "general", "you", "why"))
    if not found or times >= MOST_ACCUSED:
        return False
    dispatcher.utter_message(response=f"utter_accuses_{found[0].kind}", parts=quoted(found[0].text))
    return True
