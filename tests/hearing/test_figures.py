"""Floors for the figures of `python -m bot.evaluation.hearing`."""

from __future__ import annotations

from bot.evaluation.hearing import hearing_figures, read_first_messages
from bot.hearing import heard


def test_most_first_messages_are_reflected_and_none_is_contradicted() -> None:
    wanted = read_first_messages()
    figures = hearing_figures(wanted, [heard(row.text, row.intent) for row in wanted])
    assert len(wanted) == 200
    assert figures.fitting >= 0.8
    assert not figures.wrong
