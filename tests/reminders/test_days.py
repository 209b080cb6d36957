"""The day in what a visitor writes."""

from __future__ import annotations

from datetime import date

import pytest

from bot.reminders.days import in_words, read_day

THURSDAY = date(2026, 11, 26)
DAYS = {
    "morgen": "2026-11-27",
    "morgenavond dan maar": "2026-11-27",
    "Overmorgen": "2026-11-28",
    "over drie dagen": "2026-11-29",
    "over 3 dagen": "2026-11-29",
    "over een paar dagen": "2026-11-29",
    "na twee dagen graag": "2026-11-28",
    "volgende week": "2026-12-03",
    "over een week": "2026-12-03",
    "over 2 weken": "2026-12-10",
    "doe maar zondag": "2026-11-29",
    "zondagavond": "2026-11-29",
    "ik denk 's zaterdags": "2026-11-28",
    "donderdag": "2026-12-03",
    "volgende week vrijdag": "2026-12-04",
    "vrijdag over een week": "2026-12-04",
    "dit weekend": "2026-11-28",
    "na het weekend": "2026-11-30",
    "op 3 december": "2026-12-03",
    "5 dec": "2026-12-05",
    "2 januari": "2027-01-02",
    "3-12": "2026-12-03",
    "3/12/2026": "2026-12-03",
    "vandaag nog": "2026-11-26",
    "over een maand": "2026-12-26",
}


@pytest.mark.parametrize(("text", "day"), DAYS.items())
def test_a_day_is_read(text: str, day: str) -> None:
    assert read_day(text, THURSDAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "text",
    [
        *("ja graag", "nee", "", "hij luistert nooit", "goede morgen", "in de morgen is hij moe", "vanmorgen was het weer mis"),
        *("ik ben er over uit", "we zijn al 3 jaar samen", "mijn nummer is 06-12345678", "om 18.30", "31 februari", "over tien jaar"),
        "zo erg was het niet",
    ],
)
def test_where_no_day_is_named_none_is_read(text: str) -> None:
    assert read_day(text, THURSDAY) is None


def test_a_day_in_words() -> None:
    assert in_words(date(2026, 11, 29)) == "zondag 29 november"


@pytest.mark.parametrize("offset", range(7))
def test_a_weekday_is_never_today_and_within_a_week(offset: int) -> None:
    today = date(2026, 11, 23 + offset)
    for name in ("maandag", "woensdag", "zondag"):
        found = read_day(name, today)
        assert found is not None
        assert 1 <= (found - today).days <= 7
        assert in_words(found).startswith(name)
