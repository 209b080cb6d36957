"""The words of an apology that a visitor received, taken out of their story, and read for what an apology needs."""

from __future__ import annotations

import re

from bot.hearing.clauses import clauses

_QUOTED = re.compile(r"[\"“„«]([^\"”“»]{6,})[\"”“»]|(?:^|[\s:])['‘]((?:[^'’]|['’](?=\w)){6,})['’](?=\W|$)")
_LEAD_IN = re.compile(
    r"^.{0,80}?\b(?:zei|zegt|schreef|appte|appt|stuurde|mailde|smste|riep|mompelde|was)\b(?:\s+(?:hij|zij|ze|gewoon|alleen|letterlijk|toen|dan|enkel|iets als|zoiets als|tegen me|mij|me))*"
    r"\s*[:,]?\s*",
    re.IGNORECASE | re.DOTALL,
)
# Words of somebody who says sorry in their own person.
_IN_PERSON = re.compile(
    r"\b(?:het spijt me|spijt mij|sorry|excuses|vergeef me|mijn excuses)\b|\b(?:ik|had|heb) (?:\w+ ){0,4}(?:nooit|niet) (?:\w+ ){0,2}mogen",
    re.IGNORECASE,
)
# Told, not quoted: 'dat het hem spijt', 'hij heeft sorry gezegd', 'dat ze er spijt van heeft'.
_TOLD = re.compile(
    r"\b(?:spijt (?:hem|haar)|(?:hem|haar) spijt|(?:hij|zij|ze|ie) (?:\w+ ){0,3}spijt|sorry (?:gezegd|zei|zeggen|zegt|gehad|gekregen)|excuses (?:aangeboden|gemaakt|gekregen))\b",
    re.IGNORECASE,
)


_SORRY = re.compile(r"\b(?:sorry|sry|excuus|excuses|verontschuldig\w*|spijt\w*|berouw|vergeving|vergiffenis|goedgemaakt|goedmaken)\b")
# 'Hij zegt nooit sorry', 'ik wacht op zijn excuses', 'had hij maar sorry gezegd': there was none.
_NOT_SAID = re.compile(
    r"\b(?:nooit|geen|niet|nie|zonder|nog altijd niet|wacht|wachten|hoop|hopen|verlang|verwacht|eis|vraag of|wil|wou|wilde|zou|moet|moest|mag|had (?:hij|zij|ze) maar|komt er)\b(?:\W+\w+){0,8}\W*$"
)
_NOT_AFTER = re.compile(
    r"^\W*(?:\w+\W+){0,3}(?:nooit|niet|nie)\W+(?:\w+\W+){0,2}?(?:gezegd|zeggen|aan|aangeboden|over (?:zijn|haar) lippen|gemaakt|gehad|gekregen)\b"
)


def speaks_of_sorry(text: str) -> bool:
    """Whether a message has the word at all: said, missed or wished for."""
    return any(_SORRY.search(clause.text) for clause in clauses(text))


def tells_of_sorry(text: str) -> bool:
    """Whether a message tells that the partner said sorry, or showed it; not where it was only wished for."""
    for clause in clauses(text):
        for match in _SORRY.finditer(clause.text):
            before, after = clause.text[: match.start()], clause.text[match.end() :]
            if not _NOT_SAID.search(before) and not _NOT_AFTER.search(after):
                return True
    return False


def partner_words(text: str) -> str | None:
    """The partner's own words in an answer to 'what did they say?'; None where it tells of them without quoting.

    >>> partner_words("hij zei: sorry dat ik tegen je loog")
    'sorry dat ik tegen je loog'
    >>> partner_words("hij zei dat het hem spijt")
    """
    quoted = [first or second for first, second in _QUOTED.findall(text)]
    found = max(quoted, key=len).strip() if quoted else _LEAD_IN.sub("", text, count=1).strip()
    if not _IN_PERSON.search(found) or (not quoted and _TOLD.search(text)):
        return None
    return found
