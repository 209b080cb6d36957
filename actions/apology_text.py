"""What a message says of the text of an apology: a text, a new version, one sentence for another, or only a word about it."""

from __future__ import annotations

import re

from actions.turns import Turn
from bot.apology import review_apology
from bot.apology.draft import cut_draft
from bot.hearing.sorry import wants_letter_read

LETTER_WORDS, LETTER_ELEMENTS = 20, 3
FEWEST_OF_LETTER = 12
# 'Lees het na', 'ik schrijf het zelf', 'laat dat weg': said to the coach, no text of an apology.
LONGEST_ABOUT = 8
# A message that holds so much of the words of the draft is a new version of it; one of so little of its length is a sentence for it.
VERSION_SHARE, SENTENCE_SHARE = 0.5, 0.6
_SALUTATION = re.compile(r"^\W*(?:lieve|liefste|allerliefste|beste|dag|hoi|hey)\s+\w+\s*[,\n]", re.IGNORECASE)
_GHOST = re.compile(
    r"\b(?:schrijf|maak|verzin|bedenk|formuleer|typ) (?:jij|gij|je|ge|het|'t|hem|dit|ze|een|mijn|m'n)\b.*\b(?:voor (?:me|mij)|maar|excuses?|brief\w*|tekst|sorry)\b"
    r"|\b(?:kun|kan|wil|zou) (?:jij|je|ge|gij) .*\b(?:schrijven|verzinnen|bedenken|formuleren)\b|\bwat moet ik (?:dan )?(?:zeggen|schrijven)\b"
    r"|\bik wil (?:\w+ )?dat (?:je|jij|ge|u) (?:me |mij )?(?:\w+ )?(?:zegt|schrijft|geeft|helpt)\b.*\b(?:wat ik|hoe ik|tekst|brief|schrijven)\b"
    r"|\bhelp (?:me|mij) (?:met|aan) (?:een |de |mijn )?(?:sorry|excuus|excuses|tekst|brief)\b|^\W*(?:ja |ok |oké )?(?:ik wil |graag |geef (?:me |mij )?|doe )(?:nu |graag |maar |gewoon )*(?:de|die|een|mijn) tekst\b",
    re.IGNORECASE,
)
_ANNOUNCES = re.compile(
    r"\W*(?:hoi|hallo|dag)?\W*ik (?:wil|wou|zou|moet|ga)\b(?: \w+){0,8} (?:sorry|excuses?|excuus|spijt)\b(?: \w+){0,4}\W*$", re.IGNORECASE
)
_READ = re.compile(r"^(?!.*\bik\b)(?=\W*(?:\S+\W+){0,7}\S*\W*$).*\b(?:lees|nalezen|nakijken|kijk (?:het )?(?:maar )?na)\b", re.IGNORECASE)
_OWN_TEXT = re.compile(r"\b(?:zelf|eigen (?:tekst|woorden)|opnieuw schrijven|anders schrijven|aanpassen|veranderen)\b", re.IGNORECASE)
_WRITES_ALL = re.compile(
    r"\W*(?:(?:nee|ok|oké|ja|dan|liever)\W+)*(?:ik |'?k )?(?:schrijf|doe|typ|maak|zeg|wil|ga) (?:ik )?(?:(?:het|dat|hem|ze|liever|wel|graag|gewoon|dan) )*zelf(?: (?:wel|anders|schrijven|doen|maken|typen))*\W*",
    re.IGNORECASE,
)
LONGEST_ORDER = 4
_ORDER = re.compile(
    r"\W*(?:ok |oké |ja )?(?:bewaar|onthoud|onthou|opslaan|sla (?:dit|dat|het) op|print|kopieer|download|verstuur|verzend|stuur|deel)\b",
    re.IGNORECASE,
)
_DROP = re.compile(r"\b(?:laat|haal|schrap|verwijder|gooi|doe)\b(?:.*\b(?:weg|eruit|uit)\b)?", re.IGNORECASE)
LONGEST_SHOW, LIKE = 12, 0.5
_TEXT = r"(?:tekst\w*|brief\w*|bericht\w*|excuus|excuses|versie|zin(?:netje|nen)?|woorden|hem|het|'t|dat|dit|alles|geheel)"
_SEE = re.compile(
    rf"\b(?:laat|toon|geef|lees)\b(?: (?:me|mij|eens|nog|nu|even|maar|de|het|mijn|hele|heel|tot))* ?{_TEXT}?(?: (?:eens|nog|even|nu|tot nu toe|maar|terug))* ?\b(?:zien|lezen|voor|horen)\b|"
    rf"\b(?:toon|geef) (?:me |mij |de |het |mijn |hele |nog |eens )*{_TEXT}|"
    rf"\b(?:mag|kan|kon|wil|zou) ik (?:\w+ ){{0,4}}?{_TEXT} (?:\w+ ){{0,3}}?(?:zien|lezen|nalezen|terugzien|teruglezen|bekijken)\b|"
    rf"\b(?:wat staat er|wat heb (?:ik|je) (?:nu|al|tot nu toe)|hoe (?:ziet|klinkt|is|luidt) (?:de |het |mijn |die )*{_TEXT})\b|\bwaar is (?:mijn|de) (?:tekst|brief)\b",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    rf"\b(?:ik (?:wil|wou|zou|moet|ga)|(?:mag|kan|kon|wil) ik|kunnen we|laat me|mag)\b(?: \w+){{0,6}} ?\b(?:veranderen|aanpassen|wijzigen|verbeteren|herschrijven|anders (?:zeggen|schrijven|hebben|doen)|anders|corrigeren)\W*$|"
    rf"^\W*(?:verander|pas|wijzig|herschrijf|verbeter)\b(?: \w+){{0,3}} {_TEXT}(?: (?:aan|even|eens|maar))*\W*$|\b(?:die|deze|een|de (?:\w+ )?)(?: )?zin (?:klopt|is) (?:\w+ )?(?:niet|fout|verkeerd)\b|"
    rf"\ber (?:staat|zit) (?:\w+ ){{0,2}}(?:een )?(?:tik|typ|taal|schrijf)?fout\w* in\b",
    re.IGNORECASE,
)
_THING = re.compile(rf"\b(?:{_TEXT}|iets|stuk(?:je)?|woord|nummer|fout\w*)\b", re.IGNORECASE)
# 'Ik wil mezelf veranderen', 'ik ga het anders doen': a promise.
_OF_LIFE = re.compile(
    r"\b(?:mezelf|mijzelf|mijn (?:leven|gedrag|manier)|me veranderen|hem veranderen|haar veranderen|voortaan|volgende keer|gedrag|ga het anders|anders (?:doen|aanpakken))\b",
    re.IGNORECASE,
)
_ORDINALS = ("eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste")
_NUMBER = re.compile(
    rf"\W*(?:(?:ik wil |verander |maak |zin |nummer |nr\.? ?|de )*)(?:(?P<digit>\d{{1,2}})\b(?!\s*(?:uur|euro|dagen|jaar|keer|weken|maanden))|(?P<word>{'|'.join(_ORDINALS)}|laatste)\b)(?: (?:zin|moet worden|wordt|moet zijn))*\s*[:.,)–-]*",
    re.IGNORECASE,
)
# '2: ik heb …', and not 'twee keer'.
STARTS_WITH_NUMBER = re.compile(r"\W*(?:zin |nummer |nr\.? ?)?\d{1,2}\s*[:.)]", re.IGNORECASE)
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*\s*")


def announces(text: str) -> bool:
    """'Ik wil mijn excuses aanbieden': says that they want to, and is no text of an apology yet."""
    return bool(_ANNOUNCES.match(text)) and not re.search(r"\b(?:je|jij|jou|jouw|u|uw|lieve?|schat)\b", text, re.IGNORECASE)


def draft_in(turn: Turn, *, asked: bool) -> str | None:
    """The text of an apology in a message: offered as one, asked for, or clearly a letter."""
    short = len(turn.text.split()) <= LONGEST_ABOUT and (wants_reading(turn.text) or wants_own_text(turn.text) or wants_it_out(turn.text))
    if turn.is_button or turn.yes or turn.no or turn.unsure or short or announces(turn.text) or wants_letter_read(turn.text):
        return None
    draft = cut_draft(turn.text, asked=asked)
    if draft is None or asked or turn.intent == "share_apology_draft":
        return draft
    if _SALUTATION.search(draft):
        return draft
    long = len(draft.split()) >= LETTER_WORDS and not re.search(r"\b(?:hem|haar|hij|zij|ze)\b", draft, re.IGNORECASE)
    return draft if long and len(review_apology(draft).elements) >= LETTER_ELEMENTS else None


def says_sorry(text: str) -> bool:
    """Whether somebody says sorry in it, or asks to be forgiven."""
    return bool(re.search(r"\b(?:sorry|spijt|excuses?|vergeef|vergeven)\b", text, re.IGNORECASE)) and not announces(text)


def is_letter(text: str) -> bool:
    """Whether a text is a whole apology: with a salutation, or long with more than one element in it."""
    return bool(_SALUTATION.search(text)) or (len(text.split()) >= FEWEST_OF_LETTER and len(review_apology(text).elements) > 1)


def wants_it_written(text: str) -> bool:
    """'Schrijf jij het maar.'"""
    return bool(_GHOST.search(text))


def wants_reading(text: str) -> bool:
    """'Lees het na.'"""
    return bool(_READ.search(text))


def wants_own_text(text: str) -> bool:
    """'Ik schrijf het zelf.'"""
    return bool(_OWN_TEXT.search(text))


def writes_it_all(text: str) -> bool:
    """'Ik schrijf het zelf', and no more: not 'ik moet zelf veranderen'."""
    return bool(_WRITES_ALL.fullmatch(text))


def is_order(text: str) -> bool:
    """'Bewaar dit', 'stuur het op': said to the coach about the text."""
    return len(text.split()) <= LONGEST_ORDER and bool(_ORDER.match(text))


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


def wants_to_see(text: str) -> bool:
    """'Laat de tekst zien', 'wat staat er nu?'."""
    return len(text.split()) <= LONGEST_SHOW and bool(_SEE.search(text))


def wants_change(text: str) -> bool:
    """'Ik wil die zin veranderen', 'kan ik nog iets aanpassen?': says that, and not yet what."""
    return len(text.split()) <= LONGEST_SHOW and bool(_CHANGE.search(text) and _THING.search(text)) and not _OF_LIFE.search(text)


def sentences(text: str) -> list[str]:
    """The sentences of a text, each with the space behind it: together they are the text."""
    return _SENTENCE.findall(text)


def numbered(parts: list[str]) -> str:
    """The sentences one below the other, with numbers to name them by."""
    return "\n".join(f"{number}. {part.strip()}" for number, part in enumerate(parts, 1))


def number_named(text: str, count: int) -> tuple[int | None, str]:
    """Which of `count` sentences a message names (from 0), and the words that are left: '2: ik heb je uitgelachen', 'de laatste'."""
    match = _NUMBER.match(text)
    if match is None:
        return None, text.strip()
    said = (match["digit"] or match["word"]).lower()
    number = count if said == "laatste" else int(said) if said.isdigit() else _ORDINALS.index(said) + 1
    return (number - 1 if 1 <= number <= count else None), text[match.end() :].strip(' :.-–"“”')


def likest(sentence: str, parts: list[str]) -> int | None:
    """The sentence of which another one is a new wording; None where none is much like it."""
    words = set(re.findall(r"\w+", sentence.lower()))
    shares = [len(words & set(re.findall(r"\w+", part.lower()))) / max(len(words), 1) for part in parts]
    best = max(range(len(parts)), key=shares.__getitem__, default=None)
    return best if best is not None and shares[best] >= LIKE else None
