from datetime import date

import pytest
from pydantic import ValidationError

from bot.alarm.helplines import CATEGORIES, FILE, PLAIN_MESSAGE, Helpline, lines_for, read_helplines


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


def test_the_plain_message_needs_nothing() -> None:
    for number in ("112", "0800-2000", "113"):
        assert number in PLAIN_MESSAGE
