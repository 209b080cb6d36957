"""Reads on which day a visitor wants to be asked how it went: 'morgen', 'over drie dagen', 'doe maar zondag', '3 december'."""

from __future__ import annotations

import re
from datetime import date, timedelta

WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus"),
    *("september", "oktober", "november", "december"),
)
# '3-12', but no hour: '18.30' is none.
_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})\s?[-/]\s?(\d{1,2})(?:\s?[-/]\s?(?:20)?\d\d)?(?![\d/-])")
_NAMED = re.compile(rf"\b(\d{{1,2}})e? ({'|'.join(f'{month[:3]}(?:{month[3:]})?' for month in MONTHS)})\b")
_NUMBERS = {
    word: number
    for number, words in enumerate(
        ("een 1 één n 'n", "twee 2", "drie 3 paar", "vier 4", "vijf 5", "zes 6", "zeven 7", "acht 8", "negen 9", "tien 10"), 1
    )
    for word in words.split()
}
_AFTER = re.compile(r"\b(?:over|na|binnen)\s+(?:een\s+(?=paar))?([\wé']+)\s+(dag(?:en)?|daagjes|weken|week|maanden|maand)\b")
_DAY_NAME = re.compile(rf"\b({'|'.join(WEEKDAYS)})(?:je|s?(?:ochtend|morgen|middag|namiddag|avond|nacht))?s?\b")
_NEXT_WEEK = re.compile(r"\b(?:volgende|komende|aankomende|andere) week\b|\bweekje\b")
_UNITS = {"d": 1, "w": 7, "m": 30}


def read_day(text: str, today: date) -> date | None:
    """The day that a sentence names, today or later; None where it names none."""
    said = " ".join(text.lower().split())
    ahead = _ahead(said)
    if found := _NAMED.search(said):
        month = next(number for number, name in enumerate(MONTHS, 1) if name.startswith(found[2][:3]))
        return _next_date(int(found[1]), month, today)
    if found := _DAY_NAME.search(said):
        weekday = WEEKDAYS.index(found[1])
        if re.search(r"\bvolgende week\b", said):
            return _monday(today) + timedelta(days=7 + weekday)
        # 'Vrijdag over een week' is a week after the coming one.
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1 + (ahead if ahead % 7 == 0 else 0))
    if ahead:
        return today + timedelta(days=ahead)
    if re.search(r"\bovermorgen\b", said):
        return today + timedelta(days=2)
    # 'Morgen' is tomorrow; 'in de morgen' and 'vanmorgen' are parts of a day.
    if re.search(r"(?<!in de )(?<!iedere )(?<!goede )\bmorgen(?:ochtend|middag|namiddag|avond)?\b", said):
        return today + timedelta(days=1)
    if _NEXT_WEEK.search(said):
        return today + timedelta(days=7)
    if re.search(r"\bna het weekend\b", said):
        return _monday(today) + timedelta(days=7)
    if re.search(r"\bweekend\b", said):
        return today + timedelta(days=(5 - today.weekday()) % 7)
    if re.search(r"\b(?:vandaag|vanavond|vanmiddag|straks)\b", said):
        return today
    if found := _NUMERIC.search(said):
        return _next_date(int(found[1]), int(found[2]), today)
    return None


def in_words(day: date) -> str:
    """The day as the coach says it: 'zondag 29 november'."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


def _ahead(said: str) -> int:
    """How many days 'over drie dagen' and its like are ahead; 0 where nothing of it is said."""
    found = _AFTER.search(said)
    if found is None:
        return 0
    count = _NUMBERS.get(found[1]) or (int(found[1]) if found[1].isdecimal() and len(found[1]) < 4 else 0)
    return count * _UNITS[found[2][0]]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _next_date(day: int, month: int, today: date) -> date | None:
    for year in (today.year, today.year + 1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    return None
