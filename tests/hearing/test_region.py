"""Whoever is in Belgium gets numbers that can be called from there; who only sounds so gets one besides."""

from __future__ import annotations

import pytest
from rasa.shared.core.events import Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.hearing.region import named_country, sounds_belgian
from bot.nlg import _helplines

ALARM = {"category": "partner_violence", "level": "acute", "score": 0.9, "layer": "both"}


@pytest.mark.parametrize(
    ("messages", "country"),
    [
        (["ik woon in Gent"], "be"),
        (["wij wonen in Nederland, amai"], "nl"),
        (["ik woon in Gent", "nee, ik ben nu in Rotterdam"], "nl"),
        (["ik ga naar Gent op vakantie"], None),
        ([], None),
    ],
)
def test_a_country_is_named(messages: list[str], country: str | None) -> None:
    assert named_country(messages) == country


@pytest.mark.parametrize(
    ("messages", "belgian"),
    [
        (["amai, hij keek op mijn gsm"], True),
        (["wablief", "da is seffens"], True),
        # Said in Brabant and Limburg on both sides of the border.
        (["ge snapt er niks van, gij", "efkes wachten, allee", "goesting heb ik ni"], False),
        (["hij keek op mijn gsm, mijn gsm"], False),
    ],
)
def test_belgian_words_are_told_from_those_of_the_south_of_the_netherlands(messages: list[str], belgian: bool) -> None:
    assert sounds_belgian(messages) is belgian


def numbers(*said: str, site: str | None = None) -> list[str]:
    """The numbers after an acute alarm in the last message."""
    events: list[Event] = [UserUttered(text) for text in said[:-1]]
    events.append(UserUttered(said[-1], intent={"name": "alarm"}, parse_data={"alarm": ALARM}, metadata={"country": site} if site else {}))
    lines = _helplines(DialogueStateTracker.from_events("c", events), "utter_alarm_partner_violence_acute")
    return [line.number for line in lines]


def test_who_only_sounds_belgian_keeps_the_numbers_of_the_practice() -> None:
    here = numbers("hij slaat mij")
    assert here[0] == "112"
    assert numbers("amai, hij keek op mijn gsm", "hij slaat mij") == [*here, "1712"]
    assert numbers("amai, hij keek op mijn gsm", "hij slaat mij", site="nl") == here


def test_who_names_a_country_gets_its_numbers() -> None:
    assert numbers("ik woon in Gent", "hij slaat mij", site="nl") == numbers("hij slaat mij", site="be")
    assert "0800-2000" not in numbers("ik woon in Gent", "hij slaat mij")
