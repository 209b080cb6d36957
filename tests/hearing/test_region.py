"""Whoever writes from Belgium, or as one does there, gets numbers that can be called from there."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.hearing.region import country_of
from bot.nlg import _country


@pytest.mark.parametrize(
    ("messages", "country"),
    [
        (["ik woon in Gent"], "be"),
        (["wij wonen in Nederland, amai, da weet ge"], "nl"),
        (["amai ge snapt er niks van"], "be"),
        (["mijne man zegt da ni", "allee ja"], "be"),
        # One word may be a slip, or somebody who moved.
        (["hij zegt ni wat hij denkt"], None),
        (["hij luistert niet naar me", "ik ga naar Gent op vakantie"], None),
        ([], None),
    ],
)
def test_the_country_is_told_by_words(messages: list[str], country: str | None) -> None:
    assert country_of(messages) == country


@pytest.mark.parametrize(("site", "country"), [(None, "be"), ("nl", "nl")])
def test_what_the_site_says_comes_first(site: str | None, country: str) -> None:
    metadata: dict[str, Any] = {"country": site} if site else {}
    said = [UserUttered("amai, ge zijt er nog"), UserUttered("hij sloeg mij", metadata=metadata)]
    assert _country(DialogueStateTracker.from_events("c", said)) == country
