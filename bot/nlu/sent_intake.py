"""What a visitor says of the intake that was sent: that it is withdrawn, or what in it has to change. Read from words, as nothing may be guessed here."""

from __future__ import annotations

import re
from enum import Enum

from rasa.shared.core.events import ActiveLoop, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

# The slot with the number of the intake that was sent; empty when none was, or it was withdrawn.
SENT = "intake_id"
# While it runs, it reads corrections itself.
FORM = "intake_form"
# What it asks once it was sent.
DETAILS_FORM = "intake_details_form"
LONGEST = 25
FIELDS = {
    "intake_name": r"(?:voor|roep|bij)?naam",
    "intake_contact": r"(?:telefoon|gsm-?|mobiele? ?)?nummer|telefoon|gsm|(?:e-?)?mail(?: ?-?adres)?|adres",
    "intake_reach": r"moment|tijdstip|tijd|uren|dag(?:en)?",
}
_FIELD = "|".join(FIELDS.values())
_INTAKE = r"(?:aanvraag|aanmelding|intake|kennismaking(?:sgesprek)?)"
_WRONG = (
    r"(?:fout\w*|verkeerd\w*|typfout\w*|typefout\w*|vergist|(?:klopt|is) (?:toch |wel |helemaal )?(?:niet|nie)(?: meer)?(?: goed| juist)?|onjuist|"
    r"verander\w*|wijzig\w*|aanpas\w*|pas\b.{0,20}\baan|verbeter\w*|corrigeer\w*|corrigeren)"
)
_MINE = r"(?:mijn|m'n|m’n|me|het|de|een (?:ander|nieuw)e?|dat|die)"
_OTHERS = re.compile(r"\b(?:hij|zij|ze|zijn|haar|hem|z'n|d'r)\b", re.IGNORECASE)
_WITHDRAWS = re.compile(
    rf"\b(?:trek\w*|intrek\w*|annul\w*|cancel\w*|schrap\w*|verwijder\w*|wis|stop|zeg|haal|verscheur)\b.{{0,30}}\b{_INTAKE}\b|"
    rf"\b{_INTAKE}\b.{{0,25}}\b(?:in ?trekken|in|annuleren|cancelen|schrappen|verwijderen|wissen|stoppen|weghalen|(?:mag|moet|kan) weg)\b(?! (?:mijn|die|dat|het|deze)\b)|"
    rf"\bgeen {_INTAKE} meer\b|\bzie\b.{{0,12}}\baf van (?:de|het|mijn|dat) (?:{_INTAKE}|gesprek)\b",
    re.IGNORECASE,
)
# Right after an intake was sent, 'trek maar in' needs no name for it.
_IT = r"(?:het|dat|hem|ze|die|dit|alles|maar|toch|weer|liever)"
_WITHDRAWS_IT = re.compile(
    rf"^\W*(?:(?:nee|neen|oh?|wacht|ik wil|kan ik|mag ik|{_IT})\W+)*"
    rf"(?:trek(?:\W+{_IT})*\W+(?:in|terug)|(?:in ?trekken|annul\w*|cancel\w*)(?:\W+{_IT})*)\W*$",
    re.IGNORECASE,
)
_NO_CALL = re.compile(
    r"(?:\bik |^\W*)wil (?:toch |liever |eigenlijk |nu )*(?:niet|nie)(?: meer)? dat (?:jullie|ze|zij|iemand|de praktijk|er iemand)\b.{0,15}\b(?:bel\w*|mail\w*|contact\w*|schrijv\w*|bereik\w*)\b|"
    r"(?:\bik |^\W*)wil (?:toch |liever |eigenlijk )*(?:niet|nie|geen)(?: meer)?(?: door jullie)? (?:gebeld|gemaild|gecontacteerd|contact|gesprek|afspraak)\b|"
    r"\b(?:bel|mail|contacteer)(?:en|t)? (?:me|mij) (?:toch |maar |alsjeblieft )*(?:niet|nie)(?: meer)?\W*$|"
    r"\b(?:jullie|ze|je) (?:hoeven|moeten|mogen|hoeft|moet|mag) (?:me |mij |mij toch |toch )*(?:niet|nie)(?: meer)?(?: te)? (?:bellen|mailen|contacteren)\b|"
    r"\b(?:neem|neemt) (?:toch |maar )*geen contact\b|\btoch geen (?:gesprek|afspraak|contact)\b",
    re.IGNORECASE,
)
# 'Not when he is at home' is a moment, and takes nothing back.
_WHEN = re.compile(
    r"\b(?:als|wanneer|terwijl|voor|na|tussen|tot|overdag|alleen|enkel|pas|'?s (?:ochtends|morgens|middags|avonds|nachts)|thuis|\w+dag(?:en)?|weekend|op het werk|nu)\b",
    re.IGNORECASE,
)
_REACH = re.compile(
    r"^\W*(?:en |maar |toch |oh? |ja,? )*(?:(?:bel|mail|app|sms|schrijf)(?:t|en)?\b.{0,12}\b(?:niet|nie|alleen|enkel|liever|pas|nooit)\b|"
    r"(?:(?:ze|jullie) (?:mogen|moeten|kunnen) )?(?:me |mij )?(?:niet|nie|alleen|enkel|liever|pas|nooit) (?:bellen|mailen|appen|sms'?en|inspreken)\b)",
    re.IGNORECASE,
)
_FIELD_FIRST = re.compile(rf"\b{_MINE} (?:{_FIELD})\b.{{0,30}}\b{_WRONG}\b", re.IGNORECASE)
_WRONG_FIRST = re.compile(rf"\b{_WRONG}\b.{{0,20}}\b{_MINE} (?:{_FIELD})\b", re.IGNORECASE)
_OTHER_FIELD = re.compile(
    rf"\b(?:een |met een )?(?:ander|nieuw)e? (?:{_FIELD})\b|\bmijn (?:juiste |nieuwe |echte )?(?:{_FIELD}) (?:is|moet zijn)\b",
    re.IGNORECASE,
)
_SOMETHING = re.compile(
    rf"^\W*(?:(?:ik wil |kan ik |mag ik )?(?:toch |nog |graag |even )*(?:iets|wat) (?:veranderen|wijzigen|aanpassen|verbeteren)|veranderen|wijzigen|aanpassen)\W*$|"
    rf"\b{_INTAKE}\b.{{0,15}}\b(?:veranderen|wijzigen|aanpassen|verbeteren)\b|\b(?:verander|wijzig|pas)\w*\b.{{0,15}}\b{_INTAKE}\b",
    re.IGNORECASE,
)


class Wish(str, Enum):
    """What should happen with the intake."""

    WITHDRAW = "withdraw"
    CHANGE = "change"


def withdraws(text: str, sent: bool) -> bool:
    """Whether somebody takes the intake back; where none was `sent`, only when they name it."""
    if len(text.split()) > LONGEST:
        return False
    return bool(_WITHDRAWS.search(text)) or (sent and bool(_NO_CALL.search(text)) and not _WHEN.search(text))


def wants_something_changed(text: str) -> bool:
    """'Iets veranderen', without a word of what."""
    return bool(_SOMETHING.search(text)) and not wrong_fields(text)


def wrong_fields(text: str) -> list[str]:
    """The slots of the intake that a sentence such as 'mijn nummer klopt niet' says are wrong."""
    if len(text.split()) > LONGEST or _OTHERS.search(text):
        return []
    if not (_FIELD_FIRST.search(text) or _WRONG_FIRST.search(text) or _OTHER_FIELD.search(text)):
        return []
    return [slot for slot, words in FIELDS.items() if re.search(rf"\b(?:{words})\b", text, re.IGNORECASE)]


def other_way_to_be_reached(text: str) -> bool:
    """'Bel alleen overdag', 'niet bellen als hij thuis is'."""
    return len(text.split()) <= LONGEST and bool(_REACH.search(text)) and bool(_WHEN.search(text))


def speaks_of_sent_intake(text: str, sent: bool) -> Wish | None:
    """What somebody wants of the intake that was `sent`; without one, that there is none to withdraw is all that can be said."""
    if withdraws(text, sent):
        return Wish.WITHDRAW
    changes = sent and (wrong_fields(text) or wants_something_changed(text) or other_way_to_be_reached(text))
    return Wish.CHANGE if changes else None


def wish_in(tracker: DialogueStateTracker) -> Wish | None:
    """What the newest message wants of the intake that had been sent when it came; its own turn changes that."""
    events = list(tracker.events)
    newest = next((n for n in range(len(events) - 1, -1, -1) if isinstance(events[n], UserUttered)), None)
    if newest is None:
        return None
    sent, form = False, None
    for event in events[:newest]:
        if isinstance(event, SlotSet) and event.key == SENT:
            sent = bool(event.value)
        elif isinstance(event, ActiveLoop):
            form = event.name
    text = events[newest].text or ""
    if sent and form == DETAILS_FORM and _WITHDRAWS_IT.search(text):
        return Wish.WITHDRAW
    wish = speaks_of_sent_intake(text, sent)
    return None if wish is Wish.CHANGE and form == FORM else wish
