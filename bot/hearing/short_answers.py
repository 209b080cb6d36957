"""What a short answer means beside the question that it answers: 'weet ik niet' is no 'no', 'boos' no goodbye.

Words alone do not tell it, so no messages are learned for these intents: they are heard in a conversation only (`bot/channels/processor.py`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.hearing.clauses import NEGATIONS, clauses, listed, speaks_of
from bot.hearing.deeds import regrets, tells_deed
from bot.hearing.feelings import feeling, goes_on_about_other
from bot.hearing.good_news import tells_good_news
from bot.hearing.moments import only_when_or_where
from bot.hearing.named import names_itself
from bot.hearing.sorry import sorry_wanted, wants_letter_read
from bot.hearing.topics import TOPICS
from bot.hearing.words import ADJECTIVES, FILLERS

UNSURE, FEELING, RELIEF, ONLY_YES = "unsure", "name_feeling", "name_relief", "only_yes"
CHANGE_SUBJECT, REFUSES_FORGIVING, CHANGE_PLAN = "change_subject", "refuse_forgiveness", "change_plan"
GOOD_NEWS, NOT_UNDERSTOOD = "good_news", "not_understood"
# Heard in a conversation, not learned from messages.
IN_CONTEXT = frozenset({UNSURE, FEELING, RELIEF, ONLY_YES, CHANGE_SUBJECT, REFUSES_FORGIVING, CHANGE_PLAN, GOOD_NEWS, NOT_UNDERSTOOD})
# After this action the question before it still stands open.
STAY = "action_stay"
PLAN = "utter_first_step_plan"
LONGEST = 10
# In these it may turn out that all is well.
MAY_END_WELL = ("apology_form", "first_step_form")
# Another subject than the one that is talked about: in the middle of a topic it has to be likely, and more than a few words after two
# possibilities were given.
SUBJECTS = frozenset(
    [
        "received_apology",
        "partner_unwilling",
        "involve_others",
        "express_shame",
        "express_distance",
        "express_apology",
        "minimise_harm",
        "ask_trust",
        "ask_forgiveness",
        "ask_listening",
        "ask_first_step",
        "resist_first_step",
        "start_checkup",
        "share_apology_draft",
        "ask_help",
        "out_of_scope",
    ]
)
# What a wish to say sorry, or to be forgiven, is taken for: a sorry that was received, a duty to forgive, or nothing of the coach's.
TAKEN_FOR_SORRY = frozenset({"received_apology", "ask_forgiveness", "out_of_scope", "ask_help", "nlu_fallback"})
# Asks whether it is about a deed or a pain of the visitor's: said to whom tells no deed where one was understood, or one amid their pain.
WHOSE = "utter_whose_pain"
# In a sentence, these are guessed where no word of them is there: 'ik ga naar mijn zus', 'ik wil geen ruzie meer'.
ENDS = frozenset({"goodbye", "stop"})
FEWEST_WORDS_OF_STORY = 4
LIKELY = 0.6
MOST_WORDS_OF_CHOICE = 4
MOST_WORDS_OF_YES, MOST_WORDS_OF_FEELING = 2, 6

_VERY = r"(?:echt|eerlijk gezegd|eigenlijk|gewoon|helemaal|ook|nog|zelf|even|nu|zo|zomaar|goed|precies|hoor|niet)"
_UNSURE = re.compile(
    rf"\W*(?:(?:ja|nee|tja|pff+|hm+|euh|uh)\W+)?(?:(?:dat |da |het )?(?:ik |'k )?(?:zou |kan )?(?:het |dat |da )?(?:{_VERY} )*weet(?:en)? (?:ik )?(?:het |dat |da |er )?(?:{_VERY} )*(?:niet|nie)(?: {_VERY})*"
    rf"|(?:ik |'k )(?:zou het|weet het) (?:{_VERY} )*(?:niet|nie)(?: weten)?|(?:ik heb )?(?:{_VERY} )*geen (?:flauw\w* )?(?:idee|benul)(?: {_VERY})*"
    r"|(?:moeilijk|lastig)(?: te zeggen)?|(?:dat |da )?(?:vind ik |is )(?:heel |erg |best )?(?:moeilijk|lastig)(?: te zeggen)?"
    r"|misschien(?: wel)?|tja+|mwah*|hm+|pff+|euh+|(?:daar |hier )?(?:kom|ben) ik (?:nog )?niet (?:uit|op)|twijfel|ik twijfel)[\W_]*",
    re.IGNORECASE,
)
_REFUSES = re.compile(
    r"\W*(?:(?:nee+n?|neen|maar)\W+)*(?:(?:dat|dit|da) (?:wil|ga|doe|hoef) ik (?:echt |helemaal |gewoon |nu |ook )*(?:niet|nie|nooit)(?: doen)?"
    r"|ik (?:wil|ga|doe|hoef) (?:(?:dat|dit|het|er|hem|haar|echt|helemaal|gewoon|nu|eigenlijk|ook|daar) )*(?:niet|nie|nooit|niks|niets)"
    r"(?: (?:meer|vertrouwen|praten|doen|proberen|luisteren|verder|over|mee|aan|meedoen|beginnen))*"
    r"|(?:ik )?(?:heb )?(?:daar |hier )?(?:heb ik )?(?:echt |helemaal )?geen (?:zin|behoefte)(?: in| aan| dat| meer)*|nooit(?: meer| van mijn leven)?|echt niet"
    r"|vergeet het(?: maar)?|(?:dat )?weiger ik|ik weiger(?: dat)?)\W*",
    re.IGNORECASE,
)
_FORGIVE = r"(?:vergeven|vergeef|vergiffenis)"
_REFUSES_FORGIVING = re.compile(
    rf"\b(?:ik|'k) (?:wil|ga|zal|hoef|weiger)\b[^.?]{{0,40}}\b(?:niet|nie|nooit|niks|geen|weiger)\b[^.?]{{0,25}}{_FORGIVE}"
    rf"|\b(?:wil|ga|zal|hoef) ik\b[^.?]{{0,30}}\b(?:niet|nie|nooit|geen)\b[^.?]{{0,25}}{_FORGIVE}|\bik (?:vergeef|weiger)\b[^.?]{{0,30}}(?:\bnooit\b|{_FORGIVE})"
    rf"|\b{_FORGIVE} (?:wil|ga|zal|doe) ik\b[^.?]{{0,25}}\b(?:niet|nie|nooit)\b",
    re.IGNORECASE,
)
_ELSE = r"(?:iets|wat|een) (?:heel |helemaal )?anders"
_CHANGES_SUBJECT = re.compile(
    rf"\W*(?:(?:nee|neen|ja|ok|oké|laat maar|nou)\W+)*(?:(?:kunnen|zullen|laten|mogen) we |(?:kan|mag|wil) ik |ik wil |ik zou )?(?:het )?(?:toch |liever |graag |nu |even |eigenlijk )*"
    rf"(?:het )?(?:(?:over )?{_ELSE}|ergens anders over|(?:over )?(?:een |van )?(?:ander )(?:onderwerp|thema))(?: (?:over )?(?:hebben|praten|doen|bespreken|beginnen|graag|aub|alsjeblieft))*\W*",
    re.IGNORECASE,
)
_YES_BUT = re.compile(r"\W*(?:ja+|jawel|nee+|ok(?:é|e)?|tja)?\W*maar (?:hij|zij|ze|die|mijn|zijn|haar|m'n)\b", re.IGNORECASE)
_NOT_UNDERSTOOD = re.compile(
    r"\W*(?:(?:nee|neen|ach|pff+|maar|wat|ja|huh)\W+)*(?:jij|je|ge|gij|u|jullie) (?:snap|snapt|begrijp|begrijpt|luister|luistert|hoort|leest|verstaat) (?:(?:me|mij|het|dat|er|mijn punt|echt|gewoon|helemaal|precies|toch) )*(?:niet|nie|ni|niks|niets)(?: goed| echt| van| hoor| wat ik bedoel| wat ik zeg)*\W*"
    r"|\W*(?:(?:nee|neen|maar)\W+)*(?:dat|da|zo) (?:bedoel|bedoelde|vroeg|zei|zeg|is|was) (?:ik )?(?:(?:helemaal|echt|gewoon|toch|juist) )*(?:niet|nie|ni)(?: wat ik (?:bedoel|bedoelde|zei|vroeg|zeg))?\W*"
    r"|\W*(?:(?:nee|neen|maar)\W+)*(?:dat slaat nergens op|daar gaat het (?:\w+ )?(?:niet|nie) (?:over|om)|dat was mijn vraag niet|daar vraag ik niet naar)\W*",
    re.IGNORECASE,
)
_PLAN_PART = r"(?:plan|dag|moment|tijd|tijdstip|uur|plek|plaats|locatie|zin|openingszin)"
_CHANGES_PLAN = re.compile(
    rf"\b(?:verander\w*|wijzig\w*|aanpassen|verzet\w*|anders)\b.{{0,30}}\b{_PLAN_PART}\b|\b{_PLAN_PART}\b.{{0,25}}\b(?:veranderen|wijzigen|aanpassen|anders|verzetten)\b"
    rf"|\bander[e]? {_PLAN_PART}\b|\bpas\b.{{0,15}}\b{_PLAN_PART} aan\b",
    re.IGNORECASE,
)
# 'Nee zondag', after the plan.
_OTHERWISE = re.compile(r"\W*(?:nee|neen|toch|liever|wacht|doe)\b", re.IGNORECASE)
_SEES_PLAN = re.compile(
    r"\W*(?:(?:mag|kan|wil|wou) ik |kun je |kan je |graag |nog eens |en )*(?:toon|tonen|laat|geef|bekijk|zie|zien|lees|lezen|waar (?:is|staat)|wat (?:is|was))?(?: (?:me|mij|nog|nog eens|eens|even|opnieuw|weer))*"
    r" ?(?:het|mijn|m'n|ons)? ?plan(?: (?:nog|nog eens|eens|even|opnieuw|weer|zien|tonen|lezen|bekijken|alsjeblieft|aub|graag|ook al|nu))*\W*",
    re.IGNORECASE,
)
_OF_A_PLAN = re.compile(r"\b(?:plan\w*|stap\w*|moment|dag|gesprek\w*)\b", re.IGNORECASE)
_THEIR_PAIN = re.compile(r"\b(?:huilt|huilde|weende|gehuild|tranen|gekwetst|verdrietig|stil)\b", re.IGNORECASE)
_OWN_DEED = re.compile(r"\b(?:eerste|ik deed|wat ik (?:zelf )?(?:deed|heb gedaan)|mijn (?:deel|daad|kant|fout))\b", re.IGNORECASE)
_OWN_HURT = re.compile(r"\b(?:tweede|laatste|mij pijn|(?:mijn|eigen) pijn|gekwetst|wat (?:hij|zij|ze) deed)\b", re.IGNORECASE)
_OF_A_FEELING = FILLERS | listed("ik en een beetje wel denk vooral wat iets toch meer")
_GOOD = listed("opgelucht blij rustig rustiger kalm kalmer beter fijn lichter hoopvol dankbaar")
# They offer an intake.
_OFFERS = ("utter_human", "utter_intake", "utter_about_offer", "utter_checkup_low")
# Where these were said last, a short answer is what it looks like: their questions weigh too much.
_WEIGHTY = ("utter_concern_", "utter_alarm_", "utter_ask_erase", "utter_check_in")


@dataclass(frozen=True)
class Asked:
    """What a message answers.

    `response`: the coach's last question, `choice`: whether it has buttons for yes or no, `again`: whether it was made easier in the turn before;
    `form`: the form that runs, `planned`: whether a plan is finished, `before`: the visitor's message before it; `concerned`: danger was asked about before.
    """

    response: str | None = None
    choice: bool = False
    again: bool = False
    form: str | None = None
    planned: bool = False
    before: str = ""
    concerned: bool = False

    @property
    def in_topic(self) -> bool:
        """Whether the question belongs to a topic."""
        return bool(self.response) and str(self.response).startswith(TOPICS)

    @property
    def offers_intake(self) -> bool:
        """Whether the coach offered to pass on that somebody wants to talk."""
        return self.form is None and self.response in _OFFERS


def meant(text: str, intent: str, asked: Asked, confidence: float = 1.0) -> str | None:
    """The intent that a short message has in answer to a question; None where the classifier's holds, with its `confidence` (0 to 1)."""
    words = re.findall(r"[\w'’]+", text.lower())
    if text.startswith("/") or not words or (asked.response or "").startswith(_WEIGHTY):
        return None
    if (
        asked.form in (None, "reminder_form")
        and asked.planned
        and len(words) <= LONGEST
        and (_CHANGES_PLAN.search(text) or sees_plan(text))
    ):
        return CHANGE_PLAN
    if asked.form is None and asked.planned and _OTHERWISE.match(text) and only_when_or_where(text):
        return CHANGE_PLAN
    if _CHANGES_SUBJECT.fullmatch(text):
        return _in_form("stop", asked) if asked.form else CHANGE_SUBJECT
    # Calm after danger is no good news: then what is said takes its ordinary course.
    if (
        asked.form in (None, *MAY_END_WELL)
        and not asked.concerned
        and tells_good_news(text, answers=asked.in_topic or asked.form is not None)
    ):
        return GOOD_NEWS
    if asked.form:
        return None
    if _REFUSES_FORGIVING.search(text):
        return REFUSES_FORGIVING
    if wants_letter_read(text):
        return "share_apology_draft"
    if (intent in TAKEN_FOR_SORRY or (intent == "ask_first_step" and not _OF_A_PLAN.search(text))) and sorry_wanted(text):
        return "express_apology"
    if asked.response == WHOSE:
        return _whose(text, intent)
    found = _short(text, words, intent, asked) if len(words) <= LONGEST else None
    if found is None and intent in ENDS and len(words) >= FEWEST_WORDS_OF_STORY and names_itself(text, intent) is False:
        return "nlu_fallback"
    return "nlu_fallback" if found is None and asked.in_topic and _guessed(text, words, intent, asked, confidence) else found


def _whose(text: str, intent: str) -> str | None:
    """The intent of an answer to the question whether it is about a deed or a pain."""
    theirs = _THEIR_PAIN.search(text) and speaks_of(clauses(text)[-1].words) == "other"
    if regrets(text) or tells_deed(text) or theirs or _OWN_DEED.search(text):
        return "express_apology"
    return "express_hurt" if intent in ("affirm", "deny", "nlu_fallback") or _OWN_HURT.search(text) else None


def is_unsure(text: str) -> bool:
    """Whether somebody says no more than that they don't know."""
    return bool(_UNSURE.fullmatch(text))


def sees_plan(text: str) -> bool:
    """Whether somebody asks to see their plan again."""
    return bool(_SEES_PLAN.fullmatch(text))


def _short(text: str, words: list[str], intent: str, asked: Asked) -> str | None:
    if _NOT_UNDERSTOOD.fullmatch(text) and asked.response:
        return NOT_UNDERSTOOD
    if is_unsure(text):
        if asked.choice and not asked.in_topic:
            return "deny"
        return "deny" if asked.again else UNSURE
    if (only := _only_a_feeling(words)) and not goes_on_about_other(text, asked.before):
        return _once(only, "nlu_fallback", asked)
    if intent == "deny" and asked.in_topic and (felt := feeling(text, intent)) is not None and felt.own:
        # 'Nee niet verdrietig, kwaad': puts a feeling right.
        return _once(FEELING, "nlu_fallback", asked)
    if asked.in_topic and _REFUSES.fullmatch(text):
        return "deny"
    if _YES_BUT.match(text) and intent in ("affirm", "deny", "nlu_fallback"):
        return "express_blame"
    if intent == "affirm" and len(words) <= MOST_WORDS_OF_YES and asked.in_topic and not asked.choice and names_itself(text, intent):
        return _once(ONLY_YES, "nlu_fallback", asked)
    return None


def _guessed(text: str, words: list[str], intent: str, asked: Asked, confidence: float) -> bool:
    """Whether the classifier's intent leads away from an open question for too little."""
    if intent in SUBJECTS:
        return confidence < LIKELY or (asked.again and len(words) <= MOST_WORDS_OF_CHOICE)
    return len(words) <= MOST_WORDS_OF_CHOICE and names_itself(text, intent) is False


def _once(intent: str, then: str, asked: Asked) -> str:
    """The intent the first time; the second time in a row the topic goes on with what comes `then`."""
    return then if asked.again and asked.in_topic else intent


def _only_a_feeling(words: list[str]) -> str | None:
    if len(words) > MOST_WORDS_OF_FEELING or not all(word in _OF_A_FEELING | ADJECTIVES.keys() | _GOOD for word in words):
        return None
    if not NEGATIONS.isdisjoint(words):
        return None
    if not _GOOD.isdisjoint(words):
        return RELIEF
    return FEELING if any(word in ADJECTIVES for word in words) else None


def _in_form(intent: str, asked: Asked) -> str | None:
    # What somebody wants to talk about at an intake may well be 'iets anders'.
    return None if str(asked.form).startswith("intake") else intent


def has_choice(variants: list[Mapping[str, Any]]) -> bool:
    """Whether a response asks for a yes or no, with buttons."""
    return any(button.get("payload") in ("/affirm", "/deny") for variant in variants for button in variant.get("buttons") or [])
