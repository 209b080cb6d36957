"""Sayings with death or blows in them that mean neither, put plainly before the classifier reads them: 'ik schaam me dood'."""

from __future__ import annotations

import re

_TO_DEATH = re.compile(
    r"\b(schaam\w*|lach\w*|schrik\w*|schrok\w*|verveel\w*|erger\w*|werk\w*|zoek\w*|betaal\w*|huil\w*) (me|mij|mezelf|ons|zich|m'n eigen) (?:echt |helemaal |bijna |gewoon |letterlijk |half )?(?:dood|kapot|rot|ziek|suf)\b",
    re.IGNORECASE,
)
_OF_SHAME = re.compile(
    r"\b(?:ga|ging|ga bijna) (?:bijna )?dood van (?:de )?(schaamte|zenuwen|verlegenheid|verdriet|heimwee)\b", re.IGNORECASE
)
_SHUT = re.compile(
    r"\b(ik|hij|zij|ze|we|die) (?:sla|slaat|sloeg|klap|klapt|klapte|sloegen|slaan) (?:dan |altijd |helemaal |meteen |vaak |weer )*dicht\b",
    re.IGNORECASE,
)
# 'Klets maar raak' is talk; a Flemish 'klets' is also a blow.
_CHAT = re.compile(r"\b(?:klets|kletst|kletsten|kletsen) (maar|wat|gezellig|graag|bij)\b", re.IGNORECASE)
_DOORS = re.compile(r"\bmet (?:de |een |alle )?deur(?:en)? (?:heb )?(?:geslagen|geslaan|gesmeten|gegooid|gesmakt)\b", re.IGNORECASE)

_WALLPAPER = re.compile(r"\bachter (?:het|'?t) behang (?:willen |wil |kan |kon |kunnen )?(?:plak\w*|geplakt)\b", re.IGNORECASE)

# The coach's own word, asked back: 'hoezo zelfmoord?', 'een klap? hoezo?'
_ASKED_BACK = re.compile(
    r"\bhoezo\W+(?:een |de )?(?:zelfmoord|zelfdoding|dood|geweld|klap|slaan|geslagen|bang|bedreigd|gevolgd|gevaar|onveilig)\b",
    re.IGNORECASE,
)


def without_idioms(text: str) -> str:
    """The text with these sayings in other words."""
    text = _TO_DEATH.sub(r"\1 \2 heel erg", text)
    text = _OF_SHAME.sub(r"heb veel \1", text)
    text = _CHAT.sub(r"praat \1", text)
    text = _DOORS.sub("de deur hard dichtgedaan", text)
    text = _ASKED_BACK.sub("hoezo dat", text)
    text = _WALLPAPER.sub("even kwijt zijn", text)
    return _SHUT.sub(r"\1 zwijg", text)
