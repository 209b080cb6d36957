"""What a practical question is about, and which of them are read from their words alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.nlu.asked import asked_about, response_about
from bot.nlu.whole_messages import intent_of_whole
from bot.settings import settings


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("wat kost het", "price"),
        ("kost dat iets?", "price"),
        ("hoe duur is een sessie", "price"),
        ("wordt dit vergoed", "price"),
        ("is dat gratis?", "price"),
        ("waar zitten jullie", "place"),
        ("in welke stad zitten jullie", "place"),
        ("kan het ook online?", "place"),
        ("wie zijn jullie", "who"),
        ("wie is de therapeut", "who"),
        ("wanneer hoor ik iets", "when"),
        ("hoe snel krijg ik antwoord?", "when"),
        ("wie leest dit", "read"),
        ("wie kan dit lezen?", "read"),
        ("blijft dit vertrouwelijk?", "read"),
        ("kan mijn man dit lezen", "device"),
        ("ziet mijn vrouw dit op mijn telefoon", "device"),
        ("kan iemand meekijken?", "device"),
        ("hoe lang bewaar je dit", "kept"),
        ("hoelang blijft dit staan?", "kept"),
        ("waarom moet je dat weten?", "why"),
        ("is dat nodig?", "why"),
        ("geen politie", "police"),
        ("gaat dit naar de politie?", "police"),
    ],
)
def test_the_topic_of_a_question(text: str, topic: str) -> None:
    assert asked_about(text) == topic


@pytest.mark.parametrize(
    "text",
    [
        "alleen overdag, hij mag het niet weten",
        "hij heeft me veel gekost",
        "wat moet ik nu doen?",
        "waarom doet hij zo?",
        "ik ben bang dat ik haar kwijt ben en ik vraag me elke dag af wat het me allemaal nog gaat kosten",
    ],
)
def test_what_is_no_practical_question(text: str) -> None:
    assert asked_about(text) is None


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("graag", "affirm"),
        ("heel graag!", "affirm"),
        ("doe maar", "affirm"),
        ("ik hou graag van haar", None),
        ("geen politie", "ask_privacy"),
        ("ik wil geen politie erbij", "ask_privacy"),
        ("Wanneer hoor ik iets?", "ask_intake"),
        ("wie zijn jullie", "ask_intake"),
        ("een gesprek aanvragen", "ask_intake"),
        ("ik wil graag een kennismakingsgesprek aanvragen", "ask_intake"),
        ("kennismakingsgesprek", "ask_intake"),
        ("wordt dit vergoed?", "ask_intake"),
        ("de politie is er niet bij geweest", None),
        ("gesprek", "ask_intake"),
        ("ons gesprek liep mis", None),
        ("ik wil een gesprek met hem", None),
        ("wie is er nu eigenlijk schuldig", None),
    ],
)
def test_only_whole_messages_are_read_from_their_words(text: str, intent: str | None) -> None:
    assert intent_of_whole(text) == intent


@pytest.fixture
def fresh_settings(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    yield monkeypatch
    monkeypatch.undo()
    settings.cache_clear()


def test_price_and_place_are_named_where_they_are_set(fresh_settings: pytest.MonkeyPatch) -> None:
    settings.cache_clear()
    assert response_about("price", "website") == "utter_about_price_open"
    fresh_settings.setenv("COACH_PRACTICE_PRICES", "95 euro per uur.")
    settings.cache_clear()
    assert response_about("price", "website") == "utter_about_price"
    assert settings().practice["practice_prices"] == "95 euro per uur"
    assert response_about("place", "website") == "utter_about_place_open"


def test_an_app_keeps_more_on_the_device_than_a_tab() -> None:
    assert response_about("device", "website") == "utter_about_device"
    assert response_about("device", "telegram") == "utter_about_device_app"
