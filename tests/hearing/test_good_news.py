"""Good news between two people, and what only looks like it."""

from __future__ import annotations

import pytest

from bot.hearing.good_news import tells_good_news
from bot.hearing.short_answers import Asked, meant


@pytest.mark.parametrize(
    "text",
    [
        "het is opgelost, ik heb sorry gezegd",
        "We hebben het gisteren uitgepraat en het is weer goed",
        "ja het is weer goed tussen ons",
        "ze heeft me vergeven",
        "het gesprek ging heel goed",
        "ze was zo blij met mijn briefje",
        "hij nam het goed op",
        "we zijn weer samen",
        "tis weer goed",
        "het ging juist goed",
    ],
)
def test_good_news_is_heard_whatever_was_asked(text: str) -> None:
    assert tells_good_news(text, answers=True)
    assert meant(text, "express_hurt", Asked("utter_hurt_hear")) == "good_news"
    assert meant(text, "express_apology", Asked("utter_apology_pain", form="apology_form")) == "good_news"


@pytest.mark.parametrize("text", ["het ging goed", "dat viel mee", "ze was heel blij", "sorry gezegd, ze was opgelucht"])
def test_what_may_be_about_another_day_is_news_only_where_nothing_was_asked(text: str) -> None:
    assert tells_good_news(text, answers=False)
    assert not tells_good_news(text, answers=True)


@pytest.mark.parametrize(
    "text",
    [
        "het is niet opgelost",
        "volgens hem is het opgelost",
        "ze was blij met haar verjaardag en ik heb het verpest",
        "het ging goed tot hij weer begon te drinken",
        "het is weer goed maar ik ben nog boos",
        "ze heeft me nooit vergeven",
        "hij denkt dat het opgelost is",
        "als het weer goed is",
        "is het weer goed?",
        "het ging goed met ons vroeger",
        "ze is blij met een ander",
        "ik wil dat het weer goed is",
        "we hebben het uitgepraat en toen heeft hij me uitgelachen",
    ],
)
def test_what_is_sad_wished_for_or_said_by_another_is_none(text: str) -> None:
    assert not tells_good_news(text, answers=False)


def test_calm_after_danger_is_no_good_news() -> None:
    assert meant("we zijn weer samen", "express_hurt", Asked("utter_hurt_hear", concerned=True)) != "good_news"
