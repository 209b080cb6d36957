"""Moment and place in an answer."""

from __future__ import annotations

import pytest

from bot.hearing.moments import when_and_where


@pytest.mark.parametrize(
    ("text", "when", "where"),
    [
        ("zaterdagochtend aan de keukentafel", "zaterdagochtend", "aan de keukentafel"),
        ("thuis op de bank, morgenavond na het eten", "morgenavond na het eten", "thuis op de bank"),
        ("zondag om 15 uur", "zondag om 15 uur", None),
        ("in het bos", None, "in het bos"),
        ("vanavond", "vanavond", None),
        ("'s avonds in de zetel", "s avonds", "in de zetel"),
        ("ik weet het niet", None, None),
        ("hij is boos op mij", None, None),
    ],
)
def test_what_is_named_is_found(text: str, when: str | None, where: str | None) -> None:
    assert when_and_where(text) == (when, where)
