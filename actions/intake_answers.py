"""What a visitor's words mean as an answer to the intake's questions: a yes, a refusal, a correction, or no answer at all."""

from __future__ import annotations

import re
from typing import Any

from bot.handoff.contact import OF_INTRODUCTION, introduces, read_contact
from bot.nlu.sent_intake import FIELDS, wrong_fields
from bot.settings import settings

LONGEST_NAME = 80
# A sentence has more words than a name has.
MOST_NAME_WORDS = 5
ANONYMOUS = "Anoniem"
_YES = re.compile(
    r"\W*(ja|jawel|jep|jo|yes|ok(é|e|ay)?|akkoord|klopt|correct|prima|(is )?goed|doe maar|verstuur|stuur maar|graag)\b", re.IGNORECASE
)
_NO = re.compile(r"\W*(nee|neen|niet|nope|liever niet|toch niet|laat maar)\b", re.IGNORECASE)
# A yes with any of these in it is no clear yes.
_BUT = re.compile(r"\b(maar|fout|ander\w*|verander\w*|verkeerd|wacht|niet|nie|nee|neen|nog|geen|behalve|alleen)\b|\?", re.IGNORECASE)
_HARMLESS = re.compile(r"\b(doe|stuur|ga|verstuur) (het )?maar\W*$", re.IGNORECASE)
_NEW_NAME = re.compile(r"\b(?:ik heet|naam is|noem me(?: maar)?)\s+(?P<name>(?!niet|fout|verkeerd|anders|onjuist).+)$", re.IGNORECASE)
_LEAD_IN = re.compile(
    r"^\W*(?:(?:ja|nou|ok(?:é|e)?|goed|dag|hoi|hallo)\b[, ]+)?(?:(?:zeg|doe|schrijf|noteer) maar|ik heet|mijn naam is|m'n naam is|mijn naam|noem (?:me|mij)(?: maar)?|ik ben|het is)\s+",
    re.IGNORECASE,
)
# Words with which a visitor says, at the summary, which answer has to change.
_CHANGES = {
    "intake_name": re.compile(r"\b(naam|heet|noem)\b", re.IGNORECASE),
    "intake_contact": re.compile(r"\b(nummer|telefoon\w*|mail\w*|e-?mail\w*|adres|gsm)\b", re.IGNORECASE),
    "intake_reach": re.compile(r"\b(moment|tijd\w*|wanneer|bereik\w*|inspreken|voicemail)\b", re.IGNORECASE),
}
# 'Tom, 0486 …', 'Jan en mijn nummer is …'; or with a lead-in, anywhere before the number.
_SAID_NAME = r"(?P<name>[^\W\d_][\w'’-]*(?: [^\W\d_][\w'’-]*){0,2}?)"
_BESIDE_CONTACT = (
    re.compile(
        rf"\b(?:ik ben|ik heet|naam is|noem me(?: maar)?|dit is|met) {_SAID_NAME}(?=\s*(?:,|\.|\ben\b|\bmijn\b|\d|\+|$))", re.IGNORECASE
    ),
    # Capitals right before the number.
    re.compile(r"(?P<name>[A-ZÀ-Ý][\w'’-]+(?: [^\W\d_][\w'’-]*){0,2})\s*[,:]?\s*(?=[\d+])"),
    re.compile(rf"^\W*(?:(?:ja|graag|ok[eé]?|hoi|hallo|dag)\W+)*{_SAID_NAME}\s*(?:,|\ben\b|(?=[\d+]))", re.IGNORECASE),
)
_BARE_FIELD = {slot: re.compile(rf"\W*(?:de |het |mijn )?(?:{words})\W*", re.IGNORECASE) for slot, words in FIELDS.items()}
_TAKES_BACK = re.compile(
    r"\W*(?:(?:nee|neen)[, ]+(?:wacht|ik bedoel|toch|mijn|het)|wacht\b|sorry\b|o+h? (?:nee|sorry|wacht)|ik bedoel|foutje|correctie)",
    re.IGNORECASE,
)
_REFUSES = re.compile(
    r"\W*(?:nee+|neen|nope)\W*|.*\b(?:anoniem\w*|geheim|privé)\b.*|"
    r".*\b(?:wil|ga|zeg|geef|noem|doe|hoef)\b.{0,15}\b(?:ik|da[tn]?|je|mijn naam)?\b.{0,15}\b(?:niet|nie|geen|liever niet)\b(?: (?:zeggen|geven|noemen|kwijt|doen|vertellen|doorgeven|delen))?\W*|"
    r".*\b(?:liever|toch|zeg ik) (?:niet|nie|geen naam|geen nummer)\b.*|.*\bgaat (?:je|jou|jullie|niemand) (?:niks|niets|niet) aan\b.*|.*\bzonder (?:mijn )?naam\b.*|\W*geen (?:naam|nummer|mail\w*)\b.*",
    re.IGNORECASE | re.DOTALL,
)
# In what is left of a name these belong to a sentence.
_OF_A_SENTENCE = re.compile(
    r"\b(?:ik|jij|je|jullie|hij|mijn|niet|nie|geen|wil|kan|kun|moet|mag|weet|heb|heeft|was|word|wordt|zou|dat|omdat|waarom|want|maar|samen|alleen|vooruit|nou|graag|straks|morgen|overmorgen|week|weekend|uur|'?s ?(?:morgens|middags|avonds|nachts)|(?:maan|dins|woens|donder|vrij|zater|zon)dag)\b",
    re.IGNORECASE,
)


def clear_yes(answer: str) -> bool:
    """Whether an answer agrees, without a 'but', a 'not' or a question in it."""
    return bool(_YES.match(answer)) and not _BUT.search(_HARMLESS.sub("", answer))


def no(answer: str) -> bool:
    """Whether an answer begins with a no."""
    return bool(_NO.match(answer))


def refuses(answer: str) -> bool:
    """'Nee', 'wil ik niet zeggen', 'liever anoniem'."""
    return bool(_REFUSES.fullmatch(answer))


def read_name(answer: str) -> str | None:
    """The name in an answer; None where it is none, or longer than a name can be."""
    name = _LEAD_IN.sub("", " ".join(answer.split())).strip(" .,!")
    if not name or len(name) > LONGEST_NAME or len(name.split()) > MOST_NAME_WORDS or _OF_A_SENTENCE.search(name):
        return None
    return name


def introduced(answer: str, asked: bool = False) -> dict[str, Any]:
    """The slots in a message that says no more than who somebody is and how to reach them; nothing in any other.

    `asked`: the name was asked for, so a number beside other words is theirs as well ('zei ik al! Greet Pauwels 0476 …').
    """
    contact = read_contact(answer, settings().country)
    if contact is None or not (asked or introduces(answer, settings().country)):
        return {}
    name = next((found["name"] for words in _BESIDE_CONTACT if (found := words.search(answer))), None)
    if name and any(OF_INTRODUCTION.fullmatch(word) for word in name.split()):
        # 'Bel 06 …'
        name = None
    return {"intake_contact": contact.value, **({"intake_name": name} if name else {})}


def corrected(answer: str) -> dict[str, Any]:
    """The slots that an answer to the summary changes ('nee wacht, mijn nummer is …'): to the new value, or to None so that it is asked again."""
    contact = read_contact(answer, settings().country)
    if contact is not None:
        return {"intake_contact": contact.value}
    if clear_yes(answer):
        return {}
    if new_name := _new_name(answer):
        return {"intake_name": new_name}
    return {slot: None for slot, words in _CHANGES.items() if words.search(answer)}


def corrected_on_the_way(answer: str, asked: str, filled: list[str]) -> dict[str, Any]:
    """The slots among those that are `filled` already which an answer to a later question changes; nothing where it may be that answer."""
    found: dict[str, Any] = {}
    if "intake_name" in filled and (wrong_fields(answer) or _TAKES_BACK.match(answer)) and (new_name := _new_name(answer)):
        found["intake_name"] = new_name
    contact = read_contact(answer, settings().country)
    if contact is not None and "intake_contact" in filled and (wrong_fields(answer) or _TAKES_BACK.match(answer)):
        found["intake_contact"] = contact.value
    if found:
        return found
    bare = [slot for slot, words in _BARE_FIELD.items() if words.fullmatch(answer)]
    return {slot: None for slot in [*wrong_fields(answer), *bare] if slot in filled and slot != asked}


def _new_name(answer: str) -> str | None:
    found = _NEW_NAME.search(answer)
    return found["name"].strip(" .,!")[:LONGEST_NAME] if found else None
