"""What a message says of the text of an apology: a text, a new version, one sentence for another, or only a word about it."""

from __future__ import annotations

import re

from actions.turns import Turn
from bot.apology import review_apology
from bot.apology.draft import cut_draft

LETTER_WORDS, LETTER_ELEMENTS = 20, 3
# 'Lees het na', 'ik schrijf het zelf', 'laat dat weg': said to the coach, no text of an apology.
LONGEST_ABOUT = 8
# A message that holds so much of the words of the draft is a new version of it; one of so little of its length is a sentence for it.
VERSION_SHARE, SENTENCE_SHARE = 0.5, 0.6
_SALUTATION = re.compile(r"^\W*(?:lieve|liefste|allerliefste|beste|dag|hoi|hey)\s+\w+\s*[,\n]", re.IGNORECASE)
_GHOST = re.compile(
    r"\b(?:schrijf|maak|verzin|bedenk|formuleer|typ) (?:jij|gij|je|ge|het|'t|hem|dit|ze|een|mijn|m'n)\b.*\b(?:voor (?:me|mij)|maar|excuses?|brief\w*|tekst|sorry)\b"
    r"|\b(?:kun|kan|wil|zou) (?:jij|je|ge|gij) .*\b(?:schrijven|verzinnen|bedenken|formuleren)\b|\bwat moet ik (?:dan )?(?:zeggen|schrijven)\b",
    re.IGNORECASE,
)
_READ = re.compile(r"\b(?:lees|nalezen|nakijken|kijk (?:het )?(?:maar )?na)\b", re.IGNORECASE)
_OWN_TEXT = re.compile(r"\b(?:zelf|eigen (?:tekst|woorden)|opnieuw schrijven|anders schrijven|aanpassen|veranderen)\b", re.IGNORECASE)
_DROP = re.compile(r"\b(?:laat|haal|schrap|verwijder|gooi|doe)\b(?:.*\b(?:weg|eruit|uit)\b)?", re.IGNORECASE)
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*\s*")


def draft_in(turn: Turn, *, asked: bool) -> str | None:
    """The text of an apology in a message: offered as one, asked for, or clearly a letter."""
    short = len(turn.text.split()) <= LONGEST_ABOUT and (wants_reading(turn.text) or wants_own_text(turn.text) or wants_it_out(turn.text))
    if turn.is_button or turn.yes or turn.no or turn.unsure or short:
        return None
    draft = cut_draft(turn.text, asked=asked)
    if draft is None or asked or turn.intent == "share_apology_draft":
        return draft
    if _SALUTATION.search(draft):
        return draft
    long = len(draft.split()) >= LETTER_WORDS and not re.search(r"\b(?:hem|haar|hij|zij|ze)\b", draft, re.IGNORECASE)
    return draft if long and len(review_apology(draft).elements) >= LETTER_ELEMENTS else None


def wants_it_written(text: str) -> bool:
    """'Schrijf jij het maar.'"""
    return bool(_GHOST.search(text))


def wants_reading(text: str) -> bool:
    """'Lees het na.'"""
    return bool(_READ.search(text))


def wants_own_text(text: str) -> bool:
    """'Ik schrijf het zelf.'"""
    return bool(_OWN_TEXT.search(text))


def wants_it_out(text: str) -> bool:
    """'Laat dat stuk maar weg.'"""
    return len(text.split()) <= LONGEST_ABOUT and bool(
        _DROP.match(re.sub(r"^\W*(?:oké|ok|ja|dan|goed|prima)\b[, ]*", "", text, flags=re.IGNORECASE))
    )


def is_new_version(text: str, draft: str) -> bool:
    """Whether a text is the draft written anew."""
    before = set(re.findall(r"\w+", draft.lower()))
    return bool(before) and len(before & set(re.findall(r"\w+", text.lower()))) / len(before) >= VERSION_SHARE


def is_one_sentence_of(text: str, draft: str) -> bool:
    """Whether a text is meant for a place in the draft and not for the whole of it."""
    return len(text.split()) < SENTENCE_SHARE * len(draft.split()) and not _SALUTATION.search(text)


def with_sentence_for(draft: str, weak: str, sentence: str) -> str:
    """The draft with a sentence of the visitor in the place of the one that holds the weak words."""
    parts = _SENTENCE.findall(draft)
    new = sentence.strip()
    new = new if new[-1:] in (".", "!", "?") else new + "."
    return "".join(new + " " if weak in part else part for part in parts).strip() if weak in draft else f"{draft} {new}"


def without(draft: str, weak: str) -> str:
    """The draft without the weak words."""
    left = draft.replace(weak, "")
    left = re.sub(r"\s*[,;]?\s*(?=[.!?])", "", re.sub(r"[ ]{2,}", " ", left))
    return re.sub(r"(?:(?<=^)|(?<=[.!?] ))[.!?]+\s*", "", left).strip(" ,;")
