"""Cuts the wording of an apology out of a message to the coach: 'wat vind je van dit berichtje: lieve Sam, …'."""

from __future__ import annotations

import re

# So few words are no draft.
FEWEST_WORDS = 3
# What is said to the coach around a draft is short.
MOST_LEAD_WORDS = 22
# So much of a message in quotes is the draft, whatever stands around it.
QUOTED_SHARE = 0.4
# A clause of this length before a colon may well belong to the draft itself.
MOST_ASIDE_WORDS = 12

# Words in which somebody speaks with the coach about their text.
_ABOUT = re.compile(
    r"\b(?:bericht\w*|tekst\w*|app(?:je|jes|en)?|sms\w*|mail\w*|brief\w*|kaart\w*|briefje|versie|zin(?:netje)?|woorden|excuses? (?:lezen|laten|nalezen|horen)|verwoord\w*|"
    r"wat vind (?:je|jij|ge)|vind (?:je|jij)|wat denk (?:je|jij|ge)|denk je|hoe klinkt|klinkt (?:dit|dat|het)|(?:is|kan|mag|gaat|werkt|ga|zal) (?:dit|dat|het|ik dit|ik dat|ik het) ?(?:zo|goed|genoeg|beter|"
    r"de deur|sturen|te|ok)|kan dat|goed zo|zo goed|genoeg zo|zo dan|zo iets|zoiets|te (?:kort|lang|kaal|zwaar|vaag|plechtig|stijf|weinig|veel)|deur uit|meer heb ik niet|"
    r"(?:wil|zou|ga|wou|moet) (?:ik|je|jij|ge) (?:dit|dat|zo|hem|haar)\b(?: \w+){0,3} (?:sturen|appen|zeggen|lezen|schrijven)|(?:wil|kun|kan) (?:je|jij|ge) (?:\w+ ){0,3}(?:lezen|bekijken|nalezen|meelezen|meekijken|nakijken)|"
    r"dit heb ik|moet er (?:nog )?iets|zou (?:jij|je) (?:dit|dat)|klinkt|luidt|concept|voicemail|op papier|^of|"
    r"lees (?:\w+ )?mee|kijk (?:\w+ ){0,2}(?:na|mee|even|eens|ff)|check|hier is|hier komt|hardop oefenen|nieuwe|opnieuw|help\w*|laten (?:zien|lezen)|aangepast|veranderd|korter|langer|mooier|en nu|en zo|dan zo|zo dan|beter zo)\b",
    re.IGNORECASE,
)
# More of it, clear only where a colon follows.
_LEADING = re.compile(
    r"\bik (?:heb|had|wil|wou|ga|dacht|zou|lees|leg|ben van plan)\b.*\b(?:dit|zo|zoals|aan|schrijven|geschreven|sturen|appen|zeggen|brengen|gezegd|gemaakt|opgeschreven|leg|voor)\b"
    r"|\b(?:dit|zo|het)$",
    re.IGNORECASE,
)
# Words in which somebody speaks to their partner.
_TO_PARTNER = re.compile(
    r"\b(?:sorry|sry|spijt|excuus|excuses|pardon|vergeef|vergeving|lieve?|liefste|lieverd|schat\w*|beste|dag|geachte|hoi|hey|mop|ik (?:was|heb|had|zat|ben)|je|jij|jou|jouw|u|uw|ge|gij)\b",
    re.IGNORECASE,
)
_SECOND_PERSON = re.compile(
    r"\b(?:je|jij|jou|jouw|jullie|u|uw|ge|gij|lieve?|liefste|liefje|lieverd|schat\w*|beste|vergeef)\b", re.IGNORECASE
)
_THIRD_PERSON = re.compile(r"\b(?:hij|hem|zij|ze|haar|(?:mijn|m'n|mn) (?:man|vrouw|vriendin?|partner|lief))\b", re.IGNORECASE)
_QUOTED = re.compile(r"(?:^|(?<=[\s:(]))(?:\"([^\"]+)\"|“([^”]+)”|„([^”“]+)[”“]|«([^»]+)»|['‘](.+)['’](?=[\s.,;:!?)]|$))", re.DOTALL)
_COLON = re.compile(r":\s+|:\n|:(?=['\"“‘„])|\s[-–]\s")
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*[\"'”’)]*\s*|\n+")
_MARKS = " \t\r\n\"“”„«»‘'’"


def cut_draft(message: str, *, asked: bool = False) -> str | None:
    """The wording in a message, as it stands there; None when the message only speaks about one.

    `asked`: the coach has just asked for the wording, so that whatever is not said to the coach counts as one.
    """
    text = message.strip()
    if text.startswith("/"):
        return None
    draft = _quoted(text) or _without_the_coach(text)
    if len(draft.split()) < FEWEST_WORDS or not (asked or _TO_PARTNER.search(draft)):
        return None
    about_partner = _THIRD_PERSON.search(draft) and not _SECOND_PERSON.search(draft)
    return None if about_partner or _to_coach(draft) else draft


def _quoted(text: str) -> str | None:
    """The longest quoted part, when all around it is said to the coach."""
    found = max(_QUOTED.finditer(text), key=lambda match: len(match.group()), default=None)
    if found is None:
        return None
    inside = next(group for group in found.groups() if group).strip()
    before, after = text[: found.start()].strip(), text[found.end() :].strip()
    most_of_it = len(inside) >= QUOTED_SHARE * len(text) and (not before or before[-1] in ":.,?!")
    led_in = before.endswith(":") and len(before.split()) <= MOST_LEAD_WORDS
    around_it = all(_to_coach(part) for part in (before, after) if part.strip(".,:;!? "))
    return inside if len(inside.split()) >= FEWEST_WORDS and (most_of_it or led_in or around_it) else None


def _without_the_coach(text: str) -> str:
    """The text without what is said to the coach before and after it."""
    colon = _COLON.search(text)
    if colon and _leads_in(text[: colon.start()]):
        text = text[colon.end() :]
    sentences = [match.group() for match in _SENTENCE.finditer(text)]
    while sentences and (not sentences[0].strip() or _to_coach(sentences[0])):
        sentences.pop(0)
    while sentences and (not sentences[-1].strip() or _to_coach(sentences[-1])):
        sentences.pop()
    draft = "".join(sentences).strip()
    # A mark that opens or closes only one side was cut from its other half.
    return draft.strip(_MARKS) if draft[:1] in _MARKS and draft[-1:] in _MARKS else draft


def _to_coach(sentence: str) -> bool:
    """Whether a short sentence speaks about the text, not to the partner."""
    words = sentence.split()
    if len(words) > MOST_ASIDE_WORDS or re.search(
        r"\b(?:sorry|spijt|vergeef|goedmaken|goed te maken|beloof|ik zal)\b", sentence, re.IGNORECASE
    ):
        return False
    return bool(_ABOUT.search(sentence)) or (len(words) <= 4 and sentence.rstrip().endswith("?"))


def _leads_in(lead: str) -> bool:
    """Whether what stands before a colon is said to the coach: 'ik wil dit sturen:', or names what follows: 'voor mijn vrouw:'."""
    words = len(lead.split())
    if words <= MOST_LEAD_WORDS and (_ABOUT.search(lead) or _LEADING.search(lead)):
        return True
    return words <= 4 and not re.search(r"\b(?:sorry|spijt|lieve?|liefste|beste|schat|eerlijk|ik (?:heb|was|had))\b", lead, re.IGNORECASE)
