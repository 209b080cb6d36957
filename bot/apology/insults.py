"""Scolding in the text of an apology: 'sorry dat je zo'n trut was'. Telling that one scolded ('ik noemde je een trut') is no insult."""

from __future__ import annotations

import re
from collections.abc import Iterator

_WORDS = (
    r"(?:kut|rot|klote|pokke|tering|kanker|stomme? )?(?:trut|bitch|teef|hoer|slet|wijf|heks|kreng|zeikwijf|zeur(?:kous|piet|der)?|zeiker(?:d|t)?|zeikster|eikel|klootzak|lul|zak|sukkel|hufter|"
    r"idioot|debiel|mongool|imbeciel|trien|del|mietje|loser|egoïst|egoist|narcist|psychopaat|leugenaar|klier|etter|aansteller|aanstelster|drama ?queen|muts|doos|tuthola|onnozelaar|seut)"
)
# Said of the partner: 'jij … trut', "zo'n trut", 'stomme trut', or the word as a name at the end.
_INSULT = re.compile(
    rf"(?:\bzo(?:'n|n| een) (?:\w+ )?{_WORDS}\b|\b(?:je|jij|ge|gij) (?:\w+ ){{0,4}}?(?:een |een echte |gewoon een )?(?:\w+ )?{_WORDS}\b|"
    rf"\b(?:stomme|vuile|domme|achterlijke|luie|rare|gemene) (?:{_WORDS}|koe|geit|gans|aap)\b|(?:,|\bsorry)\s*{_WORDS}\b(?=\W*$))",
    re.IGNORECASE,
)
# The visitor tells which word they used: that is the deed itself; or how the partner felt: 'je voelde je een idioot'.
_TOLD = re.compile(
    r"\b(?:noemde?|genoemd|noemen|uitgemaakt|uitmaakte|maakte|schold|uitgescholden|riep|geroepen|zei|gezegd|toe ?geroepen|voelde?n?|voelt|gevoeld)\b",
    re.IGNORECASE,
)
# 'Sorry dat ik zo'n klootzak was': hard on oneself.
_OF_SELF = re.compile(r"\bik(?: \w+){0,2}\s*$", re.IGNORECASE)
_SENTENCE = re.compile(r"[^.!?\n]+")


def insults_in(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every insult to the partner."""
    for sentence in _SENTENCE.finditer(text):
        if not _TOLD.search(sentence.group()):
            for match in _INSULT.finditer(sentence.group()):
                if not _OF_SELF.search(sentence.group()[: match.start()]):
                    yield sentence.start() + match.start(), sentence.start() + match.end()
