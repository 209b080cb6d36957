"""Changes that a visitor asks for in their text."""

from __future__ import annotations

import pytest

from actions.apology_edits import Edit, edit_in, edited

TEXT = "Ik noemde haar een heks. Ik tel eerst tot tien tellen. Ik breng je bloemen."


@pytest.mark.parametrize(
    ("wish", "text"),
    [
        ("haal de bloemen eruit", "Ik noemde haar een heks. Ik tel eerst tot tien tellen."),
        ("kunnen we de bloemen eruit halen", "Ik noemde haar een heks. Ik tel eerst tot tien tellen."),
        ("die bloemen moeten weg", "Ik noemde haar een heks. Ik tel eerst tot tien tellen."),
        ("weg met die laatste zin", "Ik noemde haar een heks. Ik tel eerst tot tien tellen."),
        ("nee die zin met tien tellen weg", "Ik noemde haar een heks. Ik breng je bloemen."),
        ("zin 2 weg", "Ik noemde haar een heks. Ik breng je bloemen."),
        ("vervang heks door een toverkol", "Ik noemde haar een toverkol. Ik tel eerst tot tien tellen. Ik breng je bloemen."),
        ("zet rozen in plaats van bloemen", "Ik noemde haar een heks. Ik tel eerst tot tien tellen. Ik breng je rozen."),
    ],
)
def test_what_is_named_goes_out_or_changes(wish: str, text: str) -> None:
    edit = edit_in(wish)
    assert edit is not None and edited(TEXT, edit) == text


@pytest.mark.parametrize(
    "wish", ["korter", "kun je het wat korter maken", "haal die zin eruit", "schrap de negende zin", "haal de auto eruit"]
)
def test_what_is_not_named_or_not_there_changes_nothing(wish: str) -> None:
    edit = edit_in(wish)
    assert edit is not None and edited(TEXT, edit) is None


@pytest.mark.parametrize(
    "text",
    [
        "ik moet eerst weg",
        "ik laat haar met rust",
        "een weekendje weg",
        "ik wil mijn leven in orde brengen",
        "laat mijn telefoon voortaan uit",
        "verwijder al mijn gegevens",
        "wis alles",
    ],
)
def test_what_happened_what_is_promised_and_erasing_all_are_no_change(text: str) -> None:
    assert edit_in(text) is None


def test_a_dot_in_the_words_is_taken_as_it_stands() -> None:
    assert edited("Ik kwam om 8.30 thuis.", Edit("8x30", "")) is None
    assert edited("Ik at (te) veel.", Edit("(te)", "veel te")) == "Ik at veel te veel."
