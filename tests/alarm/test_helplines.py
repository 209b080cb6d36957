import re
from datetime import date

import pytest
from pydantic import ValidationError

from bot.alarm.helplines import CATEGORIES, FILE, Helpline, lines_for, plain_message, read_helplines
from bot.settings import settings


def test_no_line_is_stale_unless_it_says_so() -> None:
    """Fails when a check is older than a year: check the line's own site, then put the new date."""
    stale = [line.id for line in read_helplines(FILE) if line.stale(date.today()) and not line.recheck]
    assert not stale, f"check these helplines again and put the date: {stale}"


def test_no_opening_hours_without_a_check() -> None:
    row = read_helplines(FILE)[0].dict(by_alias=True)
    with pytest.raises(ValidationError):
        Helpline.parse_obj({**row, "recheck": True, "hours": "dag en nacht"})


@pytest.mark.parametrize("country", ["nl", "be"])
@pytest.mark.parametrize("category", CATEGORIES)
def test_every_category_has_a_line_and_acute_begins_with_emergency(category: str, country: str) -> None:
    assert lines_for(category, acute=False, country=country)
    acute = lines_for(category, acute=True, country=country)
    assert acute[0].emergency
    assert {line.country for line in acute} == {country}


def test_the_right_number_for_the_need() -> None:
    assert [line.number for line in lines_for("suicidality", False, "nl")] == ["113"]
    assert [line.number for line in lines_for("suicidality", False, "be")] == ["1813"]
    assert "0800-2000" in [line.number for line in lines_for("own_violence", False, "nl")]
    assert "1712" in [line.number for line in lines_for("child_safety", False, "be")]


@pytest.mark.parametrize(("country", "numbers"), [("nl", {"112", "0800-2000", "113"}), ("be", {"112", "1712", "1813"})])
def test_the_plain_message_needs_nothing(country: str, numbers: set[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_COUNTRY", country)
    settings.cache_clear()
    try:
        said = plain_message()
    finally:
        monkeypatch.undo()
        settings.cache_clear()
    assert set(re.findall(r"\b\d[\d-]{2,}\b", said)) == numbers
    # The same numbers as in the file; 112 works in both countries.
    assert numbers - {"112"} <= {line.number for line in read_helplines(FILE) if line.country == country}
