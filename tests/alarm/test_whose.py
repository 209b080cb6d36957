"""Who does harm to whom: the partner's words that are quoted, roles that are set right, and what goes on being the danger."""

from __future__ import annotations

import pytest
from rasa.shared.core.events import ActionExecuted

from bot.alarm.idioms import without_idioms
from bot.alarm.lock import lock_of
from bot.alarm.policy import turn_reply
from bot.alarm.whose import is_victim, quotes_partner, same_danger
from tests.alarm.test_lock import DANGER, said, tracker


@pytest.mark.parametrize(
    "text",
    [
        "hij zei: het spijt me dat ik je keel dichtkneep",
        "hij zei sorry dat ik je sloeg maar jij maakte me gek",
        "ze heeft me geappt: sorry dat ik je sloeg",
        "in zijn brief staat: het spijt me dat ik je geschopt heb",
        "letterlijk: sorry dat ik je heb geduwd",
        "mijn man schreef 'sorry dat ik je een klap gaf schat'",
    ],
)
def test_what_the_partner_said_is_the_partners_deed(text: str) -> None:
    assert quotes_partner(text)


@pytest.mark.parametrize(
    "text",
    [
        "sorry dat ik je gisteren geslagen heb",
        "ik zei tegen haar: sorry dat ik je sloeg",
        "ze zei stop en toen heb ik haar geslagen",
        "hij zei dat hij boos was",
        "mijn vrouw zegt dat ik haar sloeg, ik wil je mijn excuses laten lezen",
    ],
)
def test_what_the_visitor_said_is_not(text: str) -> None:
    assert not quotes_partner(text)


@pytest.mark.parametrize(
    "text", ["ze is het beu dat ik sla", "ze heeft het mij vergeven", "hij was het er niet mee eens", "ze heeft het tegen mij gezegd"]
)
def test_what_sounds_like_it_sets_nothing_right(text: str) -> None:
    assert not is_victim(text)


def test_acute_danger_stays_acute_when_roles_are_set_right() -> None:
    own = {**DANGER, "category": "own_violence", "layer": "both"}
    now = said("alarm", {**DANGER, "level": "acute", "layer": "both"}, "nee, hij sloeg mij en hij staat nu met een mes voor de deur")
    after = tracker(said("alarm", own), ActionExecuted("utter_alarm_own_violence"), now)
    assert turn_reply(after) == "utter_alarm_partner_violence_acute"
    lock = lock_of(after)
    assert lock is not None
    assert lock.level == "acute"


@pytest.mark.parametrize("text", ["nee, hij deed dat bij mij", "ik ben het slachtoffer", "andersom, hij sloeg mij", "ik werd geslagen"])
def test_roles_that_are_set_right_are_believed(text: str) -> None:
    assert is_victim(text)
    own = {**DANGER, "category": "own_violence", "layer": "both"}
    after = tracker(said("alarm", own), ActionExecuted("utter_alarm_own_violence"), said("deny", text=text))
    assert turn_reply(after) == "utter_alarm_partner_violence"
    lock = lock_of(after)
    assert lock is not None
    assert lock.category == "partner_violence"
    asked = tracker(
        said("received_apology", {**own, "level": "concern"}),
        ActionExecuted("utter_concern_own_violence"),
        ActionExecuted("action_listen"),
        said("deny", text=text),
    )
    assert turn_reply(asked) == "utter_alarm_partner_violence"


@pytest.mark.parametrize(
    ("category", "text", "before", "wanted"),
    [
        ("suicidality", "ik moest naar spoed", "partner_violence", "partner_violence"),
        ("suicidality", "ik zit in de badkamer opgesloten", "partner_violence", "partner_violence"),
        ("suicidality", "ik wil er niet meer zijn", "partner_violence", "suicidality"),
        ("own_violence", "met zijn hand", "partner_violence", "partner_violence"),
        ("own_violence", "en toen heb ik hem ook geslagen", "partner_violence", "own_violence"),
        ("partner_violence", "een tik is toch geen mishandeling", "own_violence", "own_violence"),
        ("partner_violence", "hij sloeg mij eerst", "own_violence", "partner_violence"),
        ("child_safety", "mijn zoontje zag het", "partner_violence", "child_safety"),
        ("suicidality", "ik moest naar spoed", None, "suicidality"),
    ],
)
def test_the_danger_goes_on_unless_the_words_say_otherwise(category: str, text: str, before: str | None, wanted: str) -> None:
    assert same_danger(category, text, before) == wanted


def test_sayings_are_put_plainly() -> None:
    assert without_idioms("Ik schaam me echt dood") == "Ik schaam me heel erg"
    assert without_idioms("ik sla dan dicht als we ruzie hebben") == "ik zwijg als we ruzie hebben"
    assert without_idioms("hij sloeg me dood") == "hij sloeg me dood"
