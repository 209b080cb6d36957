"""Whether a message about suicide speaks of somebody else: 'ze zegt dat ze zich iets aandoet als ik wegga'.

It only decides which words the safety message uses. Whoever speaks of themselves, or of both, is answered as somebody who may want to die.
"""

from __future__ import annotations

import re

_OTHER = r"(?:hij|ie|zij|ze|(?:mijn|m'n|mn|mijne) (?:man|vrouw|vriendin|vriend|partner|lief|ex|echtgenoot|echtgenote|verloofde))"
# Words on the way from the one who would die to the deed; a clause with 'ik' in between speaks of the visitor again.
_WAY = r"(?:(?!\b(?:ik|'?k)\b)[^.!?;\n]){0,70}?"
_DYING = (
    r"\b(?:zelfmoord\w*|zelfdoding|su[iï]cid\w*|van kant|dood (?:wil|wou|gaat|is)|(?:wil|wou|wilde|liever|beter) dood|doodmaken|verhang\w*|ophang\w*|"
    r"(?:niet|nie) (?:meer|langer) (?:wil |wou |wilde |hoeft te )?(?:leven|verder|wakker)|eind(?:e)? (?:aan|maken|maakt)|voor de trein|van (?:de|het) (?:brug|dak)|"
    r"pillen|polsen|iets aan(?:doet|doen|deed)?\b|overdosis|uit (?:het )?leven|springt|springen)"
)
# Only somebody else is spoken of with 'zich'.
_ITSELF = re.compile(
    r"\bzich(?:zelf)?\b[^.!?;\n]{0,30}\b(?:iets|wat|kwaad|van kant|kapot|dood|pijn|verhang\w*|ophang\w*|verdrink\w*|op (?:te )?hang\w*|hang\w* op|van het leven|voor de trein|te doden|doodt?\b|aan ?(?:te )?(?:doe\w*|deed))\b",
    re.IGNORECASE,
)
_OF_OTHER = re.compile(rf"\b{_OTHER}\b{_WAY}{_DYING}", re.IGNORECASE)
_OF_VISITOR = re.compile(
    rf"\bik (?:ook|evenmin|net zo)\b|\b(?:ik|'?k)\b(?:(?!\b(?:{_OTHER}|zich)\b)[^.!?;\n]){{0,60}}?{_DYING}|\b(?:me|mij|mijn|m'n)(?:zelf)?\b[^.!?;\n]{{0,12}}\b(?:iets|van kant|polsen|leven)\b",
    re.IGNORECASE,
)

_ANY = re.compile(
    rf"\b{_DYING}|\b(?:dood|sterven|doodgaan|zonder mij|afscheid|er niet meer (?:zijn|wil)|(?:niet|nie|ni) meer zitten|kan (?:niet|nie|ni) meer|geen zin meer|mezelf|mijzelf|pillen|medicijnen|vaarwel|brug|spoor|trein|touw|dak|springen|verdwijnen|einde|voor altijd|sorry voor alles|hou van (?:jullie|ze|hen|hem|haar))\b",
    re.IGNORECASE,
)


def of_other(text: str) -> bool:
    """Whether all that is said of dying in a message is said of somebody else."""
    return bool(_ITSELF.search(text) or _OF_OTHER.search(text)) and not _OF_VISITOR.search(text)


def speaks_of_dying(text: str) -> bool:
    """Whether words of dying, or of doing something to oneself, are there at all."""
    return bool(_ITSELF.search(text) or _OF_OTHER.search(text) or _OF_VISITOR.search(text) or _ANY.search(text))
