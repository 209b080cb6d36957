"""The three steps of listening: sum up, acknowledge, ask on. Each check names the one thing that stands most in the way, or nothing.

By surface forms only: a sentence that is fine and unusual passes; a fault is named only where it is sure.
"""

from __future__ import annotations

import re
from typing import Literal

from bot.hearing.words import ADJECTIVES

SummaryFault = Literal["but", "own", "verdict"]
QuestionFault = Literal["why", "no_question", "not_open"]

_BUT = re.compile(r"\b(?:maar|alleen was ik|omdat ik|want ik)\b", re.IGNORECASE)
_THEIRS = re.compile(r"\b(?:je|jij|jou|jouw|jullie|ge|gij|u)\b", re.IGNORECASE)
_OWN = re.compile(
    r"^\W*(?:nee|neen|nou|niet waar|dat klopt niet|onzin|ik (?:vind|wil|heb|ben|was|deed|doe|kan|moest|bedoelde|zat|had)|sorry)\b"
    r"|\b(?:niet waar|ik ben het (?:er )?niet mee eens|volgens mij)\b",
    re.IGNORECASE,
)
# 'Jij zegt dat ik altijd …' gives back the partner's own 'altijd'.
_SAID_BACK = re.compile(
    r"\b(?:je|jij) (?:zegt|vindt|bedoelt|voelt|merkt|ziet|wilt|zou|mist|hebt het gevoel)|\bik (?:hoor|begrijp|snap|merk|lees|zie)\b"
    r"|\bals ik (?:je|het) goed (?:begrijp|hoor)|\bvoor jou\b|\bhet (?:stoort|raakt|kwetst|doet) (?:je|jou)\b",
    re.IGNORECASE,
)
_VERDICT = re.compile(
    r"\b(?:overdrijf\w*|zeur\w*|zeik\w*|klaag\w*|dramatisch|aanstell\w*|stel je aan|belachelijk|onzin|hysterisch|lastig doen|moeilijk doen)\b",
    re.IGNORECASE,
)
_ABSOLUTE = re.compile(r"\b(?:jij|je) (?:\w+ )?(?:altijd|nooit|weer)\b|\b(?:jij|je) bent (?:gewoon|zo|te)\b", re.IGNORECASE)

_NOUNS = re.compile(
    r"\b(?:verdriet|pijn|angst|schrik|boosheid|woede|eenzaamheid|schaamte|teleurstelling|onmacht|machteloosheid|frustratie|zorgen|spanning|druk|onrust"
    r"|kwetst\w*|gekwetst|raakt\w*|geraakt|stoort|zeer|teleurgesteld|gezien|gehoord|gewaardeerd|onbelangrijk|genegeerd|afgewezen|klein|rot|naar|zwaar"
    r"|gestrest|overbelast|in de steek gelaten|er alleen voor)\b",
    re.IGNORECASE,
)

_QUESTION_WORD = re.compile(
    r"\b(?:wat|hoe|hoezo|welke?|wanneer|wie|waar(?:mee|aan|door|van|over|in|bij|naar|op|toe)?|vertel|in hoeverre)\b", re.IGNORECASE
)
_WHY = re.compile(r"\bwaarom\b", re.IGNORECASE)
_CLOSED = re.compile(
    r"^\W*(?:heb|ben|is|was|wil|kun|kan|ga|zal|zou|vind|voel|weet|denk|doe|mag|moet|klopt|komt|had|waren|zijn|snap|begrijp) ?(?:je|jij|dat|het|er|ik|we|wij)?\b",
    re.IGNORECASE,
)

# 'Kun je er meer over vertellen?' invites, though yes would answer it.
_TELL = re.compile(r"\b(?:vertel\w*|uitleggen|beschrijven)\b", re.IGNORECASE)


def fault_of_summary(text: str) -> SummaryFault | None:
    """What keeps a sentence from summing up the partner: a 'but' or an explanation, one's own view, a verdict.

    >>> fault_of_summary("Jij zegt dat je je alleen voelt, maar ik werk hard")
    'but'
    """
    if _VERDICT.search(text):
        return "verdict"
    if _BUT.search(text):
        return "but"
    given_back = bool(_SAID_BACK.search(text))
    if _OWN.search(text) and not given_back:
        return "own"
    if _ABSOLUTE.search(text) and not given_back:
        return "verdict"
    return None if given_back or _THEIRS.search(text) else "own"


def names_a_feeling(text: str) -> bool:
    """Whether a sentence names something that is felt."""
    words = re.findall(r"[a-zà-ÿ]+", text.lower())
    return bool(_NOUNS.search(text)) or any(word in ADJECTIVES and word != "op" for word in words)


def fault_of_question(text: str) -> QuestionFault | None:
    """What keeps a question from being open: 'waarom', no question at all, or one that yes or no answers."""
    if _WHY.search(text):
        return "why"
    last = re.split(r"(?<=[.!])\s+", text.strip())[-1]
    if _CLOSED.match(last) and "?" in last and not _TELL.search(last):
        return "not_open"
    if _QUESTION_WORD.search(last):
        return None
    return "not_open" if "?" in text else "no_question"
