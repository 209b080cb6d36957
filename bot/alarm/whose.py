"""Who does harm to whom, where the classifier mixes them up: words of the partner that are quoted, a visitor who sets the roles right, and what follows

in the same conversation.
"""

from __future__ import annotations

import re

from bot.alarm.about_other import speaks_of_dying

_PARTNER = r"(?:hij|ie|zij|ze|(?:mijn|m'n|mn|mijne) (?:man|vrouw|vriendin|vriend|partner|lief|ex|echtgenoot|echtgenote|verloofde))"
_SAID = r"(?:zei|zegt|zeg|zeit|schreef|schrijft|appte|appt|geappt|stuurde|stuurt|gestuurd|sms\w*|mailde|belde|gezegd|geschreven|fluisterde|riep)"
# 'Hij zei: sorry dat ik je sloeg', 'in zijn brief staat: …', 'letterlijk: …': the 'ik' is the partner.
_QUOTED = re.compile(
    rf"(?:\b{_PARTNER}\b[^.!?]{{0,30}}\b{_SAID}\b|\b(?:in (?:zijn|haar|z'n|d'r|die|de|een) (?:brief\w*|bericht\w*|app\w*|mail\w*|kaart\w*)|letterlijk)\b)"
    r"[^.!?]{0,40}?(?:[:'\"“‘]|\b(?:sorry|spijt\w*)\b).{0,160}?\bik\b.{0,60}?\b(?:je|jou|jouw|u)\b",
    re.IGNORECASE | re.DOTALL,
)
_VICTIM = re.compile(
    rf"\bik ben (?:het|de|hier het|hier de|een|net het) slachtoffer\b|\b{_PARTNER} (?:deed|doet) (?:dat|het|dit) (?:bij|met|tegen|aan) (?:mij|me)\b|"
    rf"\b{_PARTNER} (?:sloeg|slaat|duwde|schopte) (?:mij|me)\b|\b(?:andersom|omgekeerd)\b|\bik (?:werd|word|ben) (?:zelf )?(?:geslagen|mishandeld|geduwd|gewurgd)\b|"
    rf"\b{_PARTNER} (?:heeft|had) (?:mij|me) (?:geslagen|geduwd|geschopt|gewurgd|mishandeld)\b|\b{_PARTNER} was het\W*$|\b{_PARTNER} (?:was|is) (?:de|die)gene die\b|\bniet ik,? maar {_PARTNER}\b|\bdat waren (?:zijn|haar) woorden\b",
    re.IGNORECASE,
)
_TO_VISITOR = re.compile(rf"\b{_PARTNER}\b[^.!?]{{0,60}}\b(?:me|mij|m'n|mijn)\b", re.IGNORECASE)
_OWN_DEED = re.compile(
    r"\bik\b[^.!?]{0,60}\b(?:sla|sloeg|geslagen|duw\w*|geduwd|schop\w*|geschopt|gooi\w*|gegooid|dreig\w*|bedreig\w*|aandoe\w*|aangedaan|mes|wurg\w*|gewurgd|knijp|kneep|mep\w*|gemept|klap|"
    r"tik|ram\w*|geraakt|stomp\w*|vastgepakt|vastgrijp\w*|pijn gedaan|verneder\w*|opgesloten)\b",
    re.IGNORECASE,
)


def quotes_partner(text: str) -> bool:
    """Whether somebody tells in the partner's own words what the partner did: 'hij zei: sorry dat ik je sloeg'."""
    return bool(_QUOTED.search(text))


def is_victim(text: str) -> bool:
    """Whether the visitor says that the harm was done to them: 'nee, hij deed dat bij mij', 'ik ben het slachtoffer'."""
    return bool(_VICTIM.search(text))


def same_danger(category: str, text: str, before: str | None) -> str:
    """The category that counts for a further message which only the classifier heard.

    Whoever was beaten and writes 'ik moest naar spoed' does not want to die, and is not the one who hits, unless their words say so.

    Args:
        category: the classifier's.
        text: the message.
        before: the category of the alarm, or of the open question, that came before.
    """
    if before is None or before == category:
        return category
    said = {"suicidality": speaks_of_dying(text), "own_violence": bool(_OWN_DEED.search(text))}
    if category in said:
        return category if said[category] else before
    # To the one in danger, from somebody who does harm.
    return category if before != "own_violence" or is_victim(text) or _TO_VISITOR.search(text) else before
