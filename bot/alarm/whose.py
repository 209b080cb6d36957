"""Who does harm to whom, where the classifier mixes them up: words of the partner that are quoted, a visitor who sets the roles right, and what follows

in the same conversation.
"""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Any

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
    rf"\b{_PARTNER} (?:heeft|had) (?:mij|me) (?:geslagen|geduwd|geschopt|gewurgd|mishandeld)\b|\b{_PARTNER} was het\W*$|\b{_PARTNER} (?:was|is) (?:de|die)gene die\b|\bniet ik,? maar {_PARTNER}\b|\bdat waren (?:zijn|haar) woorden\b|\bdat was (?:hij|zij|ze)\W*$",
    re.IGNORECASE,
)
_TO_VISITOR = re.compile(rf"\b{_PARTNER}\b[^.!?]{{0,60}}\b(?:me|mij|m'n|mijn)\b", re.IGNORECASE)
_MY_PARTNER = r"(?:hem|haar|(?:mijn|m'n|mn|mijne) (?:man|vrouw|vriendin|vriend|partner|lief|ex|vent|gast))"
# 'Ik heb me opgesloten tot hij sliep' locks nobody else in.
_SHUT_IN = re.compile(
    r"\b(?:me|mij|mezelf|mijzelf|m'n eigen)\b[^.!?,]{0,15}\bopgesloten\b|\b(?:zit|zat) (?:ik )?(?:\w+ ){0,2}opgesloten\b", re.IGNORECASE
)
# Up to where somebody else begins to do something.
_GOING_ON = r"(?:(?!\b(?:hij|ie|zij|ze|(?:toen|als|omdat|nadat|dat) (?:je|jij|ge))\b)[^.!?])"
_OWN_DEED = re.compile(
    rf"\bik\b{_GOING_ON}{{0,60}}\b(?:sla|sloeg|geslagen|duw\w*|geduwd|schop\w*|geschopt|gooi\w*|gegooid|dreig\w*|bedreig\w*|aandoe\w*|aangedaan|mes|"
    r"wurg\w*|gewurgd|knijp|kneep|geknepen|greep|gegrepen|mepte?|gemept|ram|ramde|geramd|geraakt|stomp\w*|gestompt|vastgepakt|vastpak\w*|vastgrijp\w*|vastgreep|"
    r"vasthield|vastgehouden|pijn gedaan|verneder\w*|opgesloten|tekeer\w*|schreeuw\w*|brul\w*|bang (?:gemaakt|maak\w*))\b|"
    rf"\bik\b{_GOING_ON}{{0,40}}\b(?:klap\w*|tik\w*|mep\w*|duw|pets)\b{_GOING_ON}{{0,20}}\b(?:gaf|geef|gegeven|uitgedeeld|verkocht)\b|"
    rf"\b(?:ik (?:gaf|geef|verkoop|verkocht)|(?:gaf|geef) ik)\b{_GOING_ON}{{0,40}}\b(?:klap\w*|tik\w*|mep\w*|duw|pets)\b|\b(?:sla|sloeg|duwde?|schopte?|mepte?|greep|kneep|gooide?) ik\b",
    re.IGNORECASE,
)
# 'Ze slaat', 'hij heeft de hond doodgeschopt': somebody else does it.
_NOBODY_ELSE = r"(?:(?!\b(?:ik|'?k)\b)[^.!?,;]){0,45}?"
_BLOWS = r"(?:slaat|slaagt|sloeg|schopte?|trapte?|stampte?|duwde|duwt|mepte?|beukte?|wurgde|wurgt|krabde|krabt|dreigde|dreigt|bonkte?|(?:te )?bonken)"
_BLOWS_DONE = r"(?:\w*(?:geslagen|geschopt|getrapt|gestampt|geduwd|gemept|gebeukt|gewurgd|gekrabd|gedreigd|gebonkt))"
_HARMED = re.compile(
    rf"(?<!\bik )\b{_PARTNER}\b{_NOBODY_ELSE}\b{_BLOWS}\b(?! (?:ik|'?k)\b)|\b(?:(?:heeft|had) {_PARTNER}|{_PARTNER} (?:heeft|had))\b{_NOBODY_ELSE}\b{_BLOWS_DONE}\b|"
    rf"\b(?:hij|ie|zij|ze)\b{_NOBODY_ELSE}\b{_BLOWS_DONE} (?:had|heeft)\b|\bben ik (?:er geweest|de (?:klos|pineut|sigaar))\b|"
    rf"\b(?:toen|als|omdat|nadat|dat) (?:je|jij|ge)\b{_NOBODY_ELSE}\b{_BLOWS}\b|\b(?:mij|me) (?:\w+ ){{0,3}}?(?:slaan|duwen|schoppen|meppen|wurgen)\b|\bmaar het was {_PARTNER}\b|"
    rf"\b(?:krijg|kreeg|gekregen)\b[^.!?]{{0,40}}\bvan {_MY_PARTNER}\b",
    re.IGNORECASE,
)
# A threat that is told: 'hij zegt als je weggaat dan zwaait er wat'.
_IF_YOU = r"\b(?:als|wanneer) (?:je|jij|ge|gij|ik)\b"
_THREAT_TOLD = re.compile(
    rf"\b{_PARTNER}\b[^.!?]{{0,30}}\b{_SAID}\b[^.!?]{{0,25}}{_IF_YOU}|{_IF_YOU}[^.!?]{{0,80}}\b(?:zei|zegt|schreef|appte|riep) {_PARTNER}\b",
    re.IGNORECASE,
)
_LETTER = re.compile(
    r"(?i:^\W*(?:(?:aller)?liefste?|lieve|beste|dag|hey|schat\w*)\b[^.!?\n]{0,25}[,\n]|\b(?:sorry|spijt\w*|vergeef|excus\w*)\b[^.!?]{0,60}\b(?:je|jou|jij|jouw|u|uw)\b|"
    r"^\W*sorry dat ik\b)|^\W*[A-Z]\w+,"
)
_TO_READER = re.compile(
    r"\bik\b(?:\s+(?!(?:dat|of|als|wat|toen|hoe)\b)\w+){0,2}?\s+(?:je|jou|u)\b(?!\s+(?:\w+\s+)?(?:niet|nooit|geen))", re.IGNORECASE
)
# Who gives in to keep somebody from anger, or asks leave.
_GIVES_IN = re.compile(
    r"\b(?:zodat|opdat) (?:hij|ze|zij|je|jij|ge) (?:\w+ ){0,2}?(?:niet|nie|nooit)\b[^.!?]{0,25}\b(?:kwaad|boos|razend|ontplof\w*|roep\w*)\b|\bgelijk om (?:zo )?(?:kwaad|boos)\b|"
    r"\btoestemming\b|\bvragen of ik\b[^.!?]{0,15}\bmag\b|\bvoortaan (?:altijd )?thuis\b|\btegen ?(?:te )?spre\w+\b|\b(?:mij|me) buiten (?:te )?(?:sluiten|zetten)\b|"
    r"\bmijn (?:eigen )?schuld dat (?:je|jij|hij|ze|zij)\b",
    re.IGNORECASE,
)
_BY_PARTNER = re.compile(rf"\bvan {_MY_PARTNER}\b", re.IGNORECASE)
_IS_HIT = re.compile(r"\b(?:krijgt|krijgen|kregen|(?<!\bik )kreeg)\b", re.IGNORECASE)
# 'Ze zei stop en ik ging door': it was the visitor who went on.
_WENT_ON = re.compile(
    rf"\b{_PARTNER}\b[^.!?]{{0,40}}\b(?:nee|neen|stop|niet|nie|geen)\b[^.!?]{{0,25}}\bik\b[^.!?]{{0,25}}\b(?:toch|door\w*|verder)\b|"
    rf"\bik\b[^.!?]{{0,30}}\b(?:toch|door\w*|verder|aangedrongen)\b[^.!?]{{0,40}}\b(?:{_PARTNER}[^.!?]{{0,20}}\b(?:nee|neen|stop|niet|nie|geen)|zei {_PARTNER} (?:nee|neen|stop))\b",
    re.IGNORECASE,
)
# What somebody undergoes, that the classifier may hear in what they do.
_UNDERGONE = frozenset({"partner_violence", "sexual_violence", "child_safety", "threat_stalking", "coercive_control"})


def quotes_partner(text: str) -> bool:
    """Whether somebody tells in the partner's own words what the partner did: 'hij zei: sorry dat ik je sloeg'."""
    return bool(_QUOTED.search(text))


def is_victim(text: str) -> bool:
    """Whether the visitor says that the harm was done to them: 'nee, hij deed dat bij mij', 'ik ben het slachtoffer'."""
    return bool(_VICTIM.search(text))


def with_roles_right(alarm: dict[str, Any], told: Container[str], text: str) -> dict[str, Any]:
    """The detector's answer, of the category that the words give it: they say who does it and who undergoes it.

    Args:
        alarm: the answer.
        told: the categories of the patterns that were found.
        text: the message.
    """
    category, only_classifier = alarm["category"], alarm["layer"] == "classifier"
    went_on = category == "sexual_violence" and bool(_WENT_ON.search(text)) and not _TO_VISITOR.search(text)
    if category in _UNDERGONE and only_classifier and ("own_violence" in told or went_on) and not is_harmed(text):
        return {**alarm, "category": "own_violence"}
    if category == "suicidality" and only_classifier and "partner_violence" in told:
        return {**alarm, "category": "partner_violence"}
    if category in ("own_violence", "suicidality") and _THREAT_TOLD.search(text) and not speaks_of_dying(text):
        return {**alarm, "category": "threat_stalking"}
    if category != "own_violence":
        return alarm
    if _IS_HIT.search(text) and _BY_PARTNER.search(text) and not _OWN_DEED.search(text):
        return {**alarm, "category": "child_safety"}
    if quotes_partner(text) or (only_classifier and ("partner_violence" in told or is_harmed(text))):
        return {**alarm, "category": "partner_violence"}
    if only_classifier and _asks_to_be_asked(text, alarm["level"]):
        return {**alarm, "category": "partner_violence", "level": "concern"}
    return alarm


def is_harmed(text: str) -> bool:
    """Whether somebody else does the harm that is told, and the visitor none: 'ik doe niks terug als ze slaat', 'ik zat opgesloten tot hij sliep'."""
    rest = _SHUT_IN.sub(" ", text)
    return (rest != text or bool(_HARMED.search(text))) and not _OWN_DEED.search(rest)


def _asks_to_be_asked(text: str, level: str) -> bool:
    """Whether a text that sounds like the writer's own violence does not say so, and may be that of somebody who is in fear.

    Who gives in to keep the other from anger; and, where the classifier was in doubt, any letter in which the writer does nothing to the reader.
    """
    if _OWN_DEED.search(_SHUT_IN.sub(" ", text)):
        return False
    return bool(_GIVES_IN.search(text)) or (level == "concern" and bool(_LETTER.search(text)) and not _TO_READER.search(text))


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
    said = {"suicidality": speaks_of_dying(text), "own_violence": bool(_OWN_DEED.search(_SHUT_IN.sub(" ", text)))}
    if category in said:
        return category if said[category] else before
    # To the one in danger, from somebody who does harm.
    return category if before != "own_violence" or is_victim(text) or is_harmed(text) or _TO_VISITOR.search(text) else before
