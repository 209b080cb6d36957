"""A change that a visitor asks for in their text: a sentence or word out, one word for another, or only 'korter'."""

from __future__ import annotations

import re
from dataclasses import dataclass

from actions.apology_text import sentences

LONGEST = 16
_PLEASE = (
    r"^\W*(?:(?:nee|neen|oké|oke|ok|ja|en|dan|maar|toch|liever|goed|graag|wacht|eigenlijk|alsjeblieft|aub|"
    r"(?:kun|kan|wil|zou) (?:je|jij|ge|u)|kunnen we|ik wil(?: dat (?:je|jij))?)\b[, ]*)*"
)
_END = r"(?: (?:a\.?u\.?b|alsjeblieft|graag|maar|even|hoor|nog))*\W*$"
_OUT = r"(?:eruit|er uit|weg|uit|achterwege|eruit halen|weghalen|weglaten|eruit laten|schrappen|verwijderen|wissen)"
_REMOVE = (
    re.compile(
        rf"{_PLEASE}(?:haal|laat|gooi|doe|knip|neem) (?P<words>.+?) (?:er |maar |even |toch )*(?:eruit|weg|uit(?: (?:de|mijn) tekst)?|achterwege){_END}",
        re.IGNORECASE,
    ),
    re.compile(rf"{_PLEASE}(?:schrap|verwijder|wis|delete|weg met) (?P<words>.+?){_END}", re.IGNORECASE),
    re.compile(
        rf"{_PLEASE}(?P<words>(?:(?:die|de|dat|deze|het|dit) )?(?:(?:\w+ )?zin(?:netje)?|stuk(?:je)?|deel|regel|woord|dat|die)\b.*?) ?"
        rf"(?:(?:mag|mogen|kan|kunnen|moet|moeten) )?(?:(?:er|maar|ook|toch) )*{_OUT}{_END}",
        re.IGNORECASE,
    ),
    re.compile(rf"{_PLEASE}(?P<words>.+?) (?:mag|mogen|kan|kunnen|moet|moeten) (?:(?:er|maar|ook|toch) )*{_OUT}{_END}", re.IGNORECASE),
    re.compile(
        rf"{_PLEASE}(?P<words>(?:de|die|het|dat) [\w'’-]+(?: [\w'’-]+)?) (?:eruit|er uit|eruit halen|weghalen|weglaten|schrappen|verwijderen){_END}",
        re.IGNORECASE,
    ),
    re.compile(rf"{_PLEASE}(?P<words>(?:zin |nummer )?\d{{1,2}}) ?{_OUT}{_END}", re.IGNORECASE),
)
_REPLACE = (
    re.compile(rf"{_PLEASE}(?:vervang|verander|wijzig) (?P<words>.+?) (?:door|in|naar|tot) (?P<new>.+?)\W*$", re.IGNORECASE),
    re.compile(rf"{_PLEASE}maak (?:van|er van) (?P<words>.+?) (?:maar |toch |liever )*(?:een )?(?P<new>[\w'’-]+)\W*$", re.IGNORECASE),
    re.compile(
        rf"{_PLEASE}(?:zet|schrijf|zeg|gebruik|doe|neem)? ?(?P<new>.+?) (?:in plaats van|in de plaats van|i\.?p\.?v\.?) (?P<words>.+?){_END}",
        re.IGNORECASE,
    ),
    re.compile(rf"{_PLEASE}(?P<words>[\w'’-]+) moet (?P<new>[\w'’-]+(?: [\w'’-]+)?) (?:zijn|worden){_END}", re.IGNORECASE),
)
_OTHER = re.compile(
    rf"{_PLEASE}(?:(?:maak|doe|kan|mag|moet|schrijf|wil) )?(?:(?:het|dit|dat|hem|(?:de|mijn|m'n) (?:tekst|sorry|excuses|excuus|brief\w*|bericht\w*)|ik|je) )*(?:(?:wat|iets|veel|nog|allemaal|een beetje) )*"
    rf"(?:te )?(?:korter|kort|langer|lang|mooier|liever|zachter|beter|simpeler|eenvoudiger|losser|duidelijker|minder (?:lang|zwaar|plechtig|formeel))(?: maken)?{_END}",
    re.IGNORECASE,
)
# Said of oneself or the partner: what happened, and no wish for the text.
_TOLD = re.compile(r"\b(?:ik|'k|we|wij|hij|zij|ze|hem|mezelf|me|voortaan|nooit)\b", re.IGNORECASE)
# All that somebody wrote, and not a word of the text: that is a wish to erase.
_ERASES = re.compile(r"\b(?:alles|gegevens|gesprek\w*|data|bericht(?:en)?|geschiedenis|account|hele tekst)\b", re.IGNORECASE)
_SMALL = r"(?:de|het|een|die|dat|dit|deze|mijn|zin(?:netje)?|stuk(?:je)?|deel|regel|woord(?:en)?|met|over|van|waarin|waar|maar|nog|even|toch|er|staat)"
_LEAD = re.compile(rf"^(?:{_SMALL}\s+)+", re.IGNORECASE)
_NOTHING = re.compile(rf"(?:{_SMALL}\b\s*)+", re.IGNORECASE)
_OF_TEXT = re.compile(r"\b(?:\w*zin(?:netje)?|stuk(?:je)?|regel|woord(?:en)?|tekst|nummer|\d+)\b", re.IGNORECASE)
_ORDINALS = ("eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste")
_NUMBER = re.compile(
    rf"^(?:(?:de|die|dat|deze) )?(?:(?P<word>{'|'.join(_ORDINALS)}|laatste)(?: (?:zin(?:netje)?|stuk(?:je)?|deel|regel))?|(?:(?:zin|nummer|nr\.?) )?(?P<digit>\d{{1,2}}))$",
    re.IGNORECASE,
)
_MARKS = " .,;:!?\"“”„‘’'"


@dataclass(frozen=True)
class Edit:
    """`words`: what has to change, as the visitor names it; `new`: what comes in its place, '' where it goes, None where nothing is named."""

    words: str
    new: str | None

    @property
    def words_named(self) -> bool:
        """Whether it says what has to change: not 'korter', 'laat dat weg'."""
        return self.new is None or not _NOTHING.fullmatch(self.words)

    @property
    def is_clear(self) -> bool:
        """Whether it can only be meant for the text, also when the words are not there: 'die zin', 'korter'."""
        return self.new is None or not self.words_named or bool(_OF_TEXT.search(self.words))

    def number(self, count: int) -> int | None:
        """Which of `count` sentences it names, from 0."""
        match = _NUMBER.match(self.words)
        if match is None:
            return None
        said = (match["digit"] or match["word"]).lower()
        number = count if said == "laatste" else int(said) if said.isdigit() else _ORDINALS.index(said) + 1
        return number - 1 if 1 <= number <= count else None


def edit_in(text: str) -> Edit | None:
    """The change that a message asks for: 'haal de bloemen eruit', 'vervang heks door toverkol', 'korter'."""
    if len(text.split()) > LONGEST or _ERASES.search(text):
        return None
    if _OTHER.match(text):
        return Edit("", None)
    for pattern in _REPLACE:
        if (match := pattern.match(text)) and not _TOLD.search(match["words"]):
            return Edit(match["words"].strip(_MARKS), match["new"].strip(_MARKS))
    for pattern in _REMOVE:
        if (match := pattern.match(text)) and not _TOLD.search(match["words"]):
            return Edit(match["words"].strip(_MARKS), "")
    return None


def edited(text: str, edit: Edit) -> str | None:
    """The text with the change in it; None where the words are not there, or nothing was named."""
    parts = sentences(text)
    if edit.new is None or not parts:
        return None
    number = edit.number(len(parts))
    if number is not None:
        if edit.new:
            parts[number] = _sentence(edit.new) + " "
        else:
            del parts[number]
        return "".join(parts).strip()
    for words in dict.fromkeys((edit.words, _LEAD.sub("", edit.words).strip(_MARKS))):
        found = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)", re.IGNORECASE) if len(words) > 1 and not _NOTHING.fullmatch(words) else None
        if found is None or not found.search(text):
            continue
        changed = [_replaced(part, found, edit.new) for part in parts] if edit.new else [part for part in parts if not found.search(part)]
        return "".join(changed).strip()
    return None


def _replaced(part: str, found: re.Pattern[str], new: str) -> str:
    """A sentence with the new words; 'vervang heks door een toverkol' leaves one article."""

    def as_written(match: re.Match[str]) -> str:
        article = re.search(r"\b(?:een|de|het)\s*$", part[: match.start()], re.IGNORECASE)
        words = re.sub(r"^(?:een|de|het) ", "", new, flags=re.IGNORECASE) if article else new
        return words[:1].upper() + words[1:] if match.group()[:1].isupper() else words

    return found.sub(as_written, part)


def _sentence(words: str) -> str:
    words = words[0].upper() + words[1:]
    return words if words[-1] in ".!?" else words + "."
