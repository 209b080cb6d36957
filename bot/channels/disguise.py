"""Takes off what hides words from a reader that goes by letters: invisible characters, look-alike letters, loose accents, censored spelling.

Most who write so don't hide anything: a Mac sends accents apart from their letters, a phone keeps invisible characters when text is copied,
and who has learnt that 'zelfm**rd' is safer online writes it here too. Names and other words keep their accents.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from bot.alarm.rows import ROWS

_SPACES = {"Zs": " ", "Zl": "\n", "Zp": "\n"}
# Control characters that part words; the others are within them.
_PARTING = {"\t": " ", "\r": "\n", "\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\x1c": " ", "\x1d": " ", "\x1e": " ", "\x1f": " "}
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
# Letters, signs and marks that show nothing.
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4\u17b5")
# Emoji need them; between letters they only part these.
_JOINERS = frozenset("\u200d\ufe0f\u20e3")
_MARKS = ("Mn", "Me")
# Letters in another dress: bold, wide, in circles, two in one ('ĳ').
_DRESSED = re.compile(r"<(font|wide|narrow|circle|square|super|sub|compat)>")
# Of other scripts, what looks like a Latin letter; the usual ones.
_LOOK_ALIKES = {
    ord(other): latin
    for others, letters in (
        # Cyrillic
        ("аеорсхуіјѕһԁԛԝӏкмтвнгпѵ", "aeopcxyijshdqwlkmtbhrnv"),
        ("АВЕЅІЈКМНОРСТХУҮԌ", "ABESIJKMHOPCTXYYG"),
        # Greek
        ("αεορικντυχηγω", "aeopikvtuxnyw"),
        ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX"),
        # Armenian, and letters of phonetic script
        ("օոսհցıɑɡ", "onuhgiag"),
    )
    for other, latin in zip(others, letters, strict=True)
}
_STROKES = str.maketrans("øłđħŧƀɇØŁĐ", "oldhtbeOLD")
_DIGITS = str.maketrans("013457@$", "oieastas")
_WORD = re.compile(r"[\w@$*'’]+")
_CENSORED = re.compile(r"[a-z]+\*+[a-z*]*")
_SPELLED_OUT = re.compile(r"(?<!\w)\w(?:[ .\-_·]\w){3,}(?!\w)")
_NEGATIONS = frozenset({"niet", "nie", "nooit", "geen", "zonder"})


def visible(text: str) -> str:
    """The text as it looks: composed accents, plain letters and spaces, nothing invisible; emoji and other scripts stay."""
    kept: list[str] = []
    for character in unicodedata.normalize("NFC", text):
        kind = unicodedata.category(character)
        shown = _PARTING.get(character) or _SPACES.get(kind)
        if shown:
            kept.append(shown)
        elif character in _JOINERS:
            if kept and not kept[-1].isalpha():
                kept.append(character)
        elif character in _BLANK or (kind in _INVISIBLE and character != "\n"):
            continue
        elif kind in _MARKS:
            # On a Latin letter, what is left of them after composing strikes it out or piles up.
            if not kept or not _is_latin(kept[-1]):
                kept.append(character)
        else:
            kept.append(_undressed(character))
    return "".join(kept)


def plain_words(text: str) -> str:
    """The text with each word of the alarm patterns as they know it, however it is dressed up."""
    text = _SPELLED_OUT.sub(lambda found: _joined(found.group()), text)
    return _WORD.sub(lambda found: _plain_word(found.group()), text)


def _undressed(character: str) -> str:
    if character.isascii() or not _DRESSED.match(unicodedata.decomposition(character)):
        return character
    plain = unicodedata.normalize("NFKC", character)
    return plain if plain.isalnum() else character


def _is_latin(character: str) -> bool:
    return (character.isascii() and character.isalpha()) or unicodedata.name(character, "").startswith("LATIN")


def _joined(spelled: str) -> str:
    together = re.sub(r"[ .\-_·]", "", spelled)
    return together if _folded(together) in alarm_words() else spelled


def _plain_word(word: str) -> str:
    if word.isascii() and not re.search(r"[\d@$*]", word):
        return word
    if word.lower() in alarm_words():
        return word
    folded = _folded(word)
    # Two letters of another script spell too many words of its own.
    if folded in alarm_words() and (len(folded) > 2 or _is_latin(word[0])):
        return folded
    numbered = folded.translate(_DIGITS)
    if len(numbered) >= 4 and re.search(r"[a-z]{2}|[a-z].*[a-z]", folded) and numbered in alarm_words():
        return numbered
    if _CENSORED.fullmatch(folded):
        return _uncensored(folded) or word
    # Letters of two scripts in one word are no word of any language.
    return word.translate(_LOOK_ALIKES) if re.search(r"[A-Za-z]", word) else word


def _uncensored(word: str) -> str | None:
    """The one long alarm word that fits the stars; of short words too many others fit, but for one that is written so often."""
    if word == "d**d":
        return "dood"
    if len(word) < 5:
        return None
    found = [k for k in alarm_words() if len(k) == len(word) and all(w in ("*", c) for w, c in zip(word, k, strict=True))]
    return found[0] if len(found) == 1 else None


def _folded(word: str) -> str:
    apart = unicodedata.normalize("NFD", word.translate(_LOOK_ALIKES).translate(_STROKES).casefold())
    return "".join(c for c in apart if unicodedata.category(c) not in _MARKS)


@lru_cache(maxsize=1)
def alarm_words() -> frozenset[str]:
    """Every word that an alarm pattern names, and the words that turn one round."""
    named = {word for _, _, row in ROWS for part in row.removesuffix("$").split() for word in part.split("/")}
    return frozenset(word for word in named if word.isalpha()) | _NEGATIONS
