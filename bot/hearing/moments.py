"""Reads moment and place out of an answer: 'zaterdagochtend aan de keukentafel'."""

from __future__ import annotations

import re

_DAY = r"(?:maan|dins|woens|donder|vrij|zater|zon)dag"
_PART = r"(?:ochtend|morgen|middag|avond|nacht)"
_WHEN = re.compile(
    rf"\b(?:(?:van(?:daag|{_PART})|morgen{_PART}?|overmorgen|straks|(?:volgende|komende|deze|dit|aanstaande) (?:week|weekend|{_DAY}{_PART}?|keer)|in het weekend|"
    rf"{_DAY}{_PART}?|(?:'s|s) (?:avonds|morgens|ochtends|middags)|(?:om|rond|tegen) (?:half )?(?:\d{{1,2}}(?:[:.u]\d{{0,2}})?(?: uur| u)?|een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf)|"
    r"(?:na|voor|tijdens|onder) (?:het|de|mijn|ons|onze) (?:eten|avondeten|ontbijt|werk|koffie|wandeling|lunch|sport|film)|"
    r"(?:als|wanneer|zodra) (?:de |onze )?(?:kinderen|kleintjes|kids|hij|ze|zij) [^.,;]{3,30}?(?:slapen|liggen|zijn|is|komt|thuiskomt))"
    r"\s*)+",
    re.IGNORECASE,
)
_WHERE = re.compile(
    r"\b(?:(?:thuis,? )?(?:aan|in|op|bij|langs|naast|tijdens) (?:de |het |een |onze |ons |mijn |den )?(?:keukentafel|eettafel|tafel|keuken|bank|zetel|sofa|woonkamer|living|tuin|terras|auto|park|bos|strand|"
    r"caf[eé]|slaapkamer|balkon|wandeling|bankje|restaurant|zee|bed|bureau|zolder|zolderkamer|dijk|water|stad)|thuis|buiten)\b",
    re.IGNORECASE,
)
_SINGLE = re.compile(
    r"(?:\W*\b(?:misschien|wellicht|ooit|morgen|vandaag|vanavond|straks|later|binnenkort|nu|keuken|living|woonkamer|thuis|zetel|bank|buiten|auto|bed)\b\W*)+",
    re.IGNORECASE,
)
# Around a moment or a place, and not part of a sentence to somebody.
_AROUND = re.compile(
    r"\b(?:gewoon|dan|maar|misschien|liefst|liever|wel|denk ik|of zo|ofzo|ergens|samen|doe|toch|nee|ja|thuis|in|op|aan|de|het|een|en|rond|ook|eens|bij ons|hier)\b|\W",
    re.IGNORECASE,
)


def only_when_or_where(text: str) -> bool:
    """Whether an answer holds a moment or a place and nothing else: 'gewoon in de keuken'."""
    when, where = when_and_where(text)
    rest = text
    for found in (when, where):
        rest = rest.replace(found, " ", 1) if found else rest
    return bool(when or where) and not _AROUND.sub("", rest)


def says_only_when(text: str) -> bool:
    """Whether a text says no more than perhaps, when or where, also in single words: 'Misschien. Morgen. Keuken.'"""
    return only_when_or_where(text) or bool(_SINGLE.fullmatch(text))


def when_and_where(text: str) -> tuple[str | None, str | None]:
    """The moment and the place that an answer names, as they stand there; None for what is not surely there."""
    where = _WHERE.search(text)
    rest = text if where is None else text[: where.start()] + text[where.end() :]
    when = _WHEN.search(rest)
    return when.group().strip() if when else None, where.group().strip() if where else None
