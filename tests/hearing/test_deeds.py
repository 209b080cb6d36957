"""Whether somebody tells a deed of their own: what the way to an apology begins with, and who stays out of it."""

from __future__ import annotations

import pytest
from rasa.shared.core.events import BotUttered, Event, UserUttered

from bot.hearing.deeds import regrets, tells_deed
from bot.hearing.policy import BELIEVED, HEAR, SORRY_FREE, WHOSE
from bot.hearing.roles import in_own_pain
from bot.hearing.short_answers import Asked, meant
from tests.hearing.test_roles import ASKED, HURT, after

DEEDS = [
    "ik heb haar mama een heks genoemd",
    "heb zijn auto geleend en een deuk gereden en niks gezegd",
    "kheb een ander gekust",
    "'k heb ekik haar uitgelachen",
    "kheb haar gekleineerd waar iedereen bij was",
    "vreemdgegaan met een collega",
    "ik heb in haar dagboek gelezen",
    "ik heb gegokt",
]
NO_DEEDS = [
    "ik had de hele dag gewacht",
    "ik heb zijn lievelingseten gemaakt en hij ging naar de kroeg",
    "ik wil dat geld terug",
    "ik heb mijn huur al opgezegd",
    "ik zou hem afgeleid hebben",
    "ik was 10 minuten later thuis",
    "ik heb ruzie met mijn man over seks",
    "ik heb mijn job opgezegd voor hem",
    "ik heb mijn dienst geruild om bij hem te zijn",
    "ik had zo uitgekeken naar dat weekend",
    "ik heb hem nooit bedrogen",
    "ik ben gekwetst",
    "ik voel me bedrogen",
]


def by_visitor(text: str, intent: str = "express_apology") -> UserUttered:
    return UserUttered(text, {"name": intent, "confidence": 0.9})


@pytest.mark.parametrize("text", DEEDS)
def test_a_deed_is_heard_in_dialect_and_without_ik(text: str) -> None:
    assert tells_deed(text)
    assert after([], text, "express_apology") is None


@pytest.mark.parametrize("text", NO_DEEDS)
def test_what_somebody_did_for_the_other_or_went_through_is_no_deed(text: str) -> None:
    assert not tells_deed(text)
    assert after([], text, "express_apology") in (WHOSE, HEAR)


def test_who_was_hurt_and_is_made_to_say_sorry_is_free() -> None:
    holding_back: list[Event] = [
        by_visitor("mijn man zegt dat ik sorry moet zeggen"),
        BotUttered("…", metadata={"utter_action": "utter_resist_hear"}),
    ]
    assert after(holding_back, "hij heeft mij uitgelachen", "express_hurt") == HEAR
    assert after([*holding_back, by_visitor("hij heeft mij uitgelachen")], "oke sorry dan", "express_apology") == SORRY_FREE


def test_regret_and_a_wish_to_say_sorry_open_the_way() -> None:
    for text in ("kwil sorry zeggen", "het was fout van mij", "ik wil het goedmaken", "ik heb spijt"):
        assert regrets(text)
        assert after([], text, "express_apology") is None


@pytest.mark.parametrize(
    "text", ["ik voel me zo onzichtbaar", "ik had de hele dag gewacht", "ik voel mij een indringer in mijn eigen huis"]
)
def test_who_told_no_deed_leaves_the_way_to_an_apology_with_their_pain(text: str) -> None:
    assert in_own_pain(text)
    assert after([by_visitor("hij is mijn verjaardag vergeten"), *ASKED], text, "express_hurt") == BELIEVED


def test_who_spoke_of_sorry_is_believed_at_the_second_time_and_who_told_a_deed_stays() -> None:
    sorry = by_visitor("ik wil sorry zeggen")
    pain = by_visitor("ik voel me alleen", "express_hurt")
    assert after([sorry, *ASKED], "ik voel me zo onzichtbaar", "express_hurt") is None
    assert after([sorry, *ASKED, pain], "hij vergat mijn verjaardag", "express_hurt") == BELIEVED
    assert after([by_visitor("ik heb haar bedrogen"), *ASKED, pain], "hij vergat mijn verjaardag", "express_hurt") is None


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("ik voel mij een indringer in mijn eigen huis", "express_shame"),
        ("ik verwijt mezelf niks", "express_shame"),
        ("als ik iets zeg ben ik een zeur", "express_shame"),
    ],
)
def test_no_guilt_is_laid_on_the_hurt(text: str, intent: str) -> None:
    assert after([], text, intent) == HEAR
    assert after([], "ik haat mezelf", intent) is None


def test_in_the_talk_of_shame_who_blames_themselves_of_nothing_is_believed() -> None:
    shame: list[Event] = [BotUttered("…", metadata={"utter_action": "utter_shame_hear"})]
    assert after(shame, "ik verwijt mezelf niks", "express_shame") == BELIEVED
    assert after(shame, "ik wil dat hij voor mij opkomt", "resist_first_step") == BELIEVED
    assert after([by_visitor("ik heb haar bedrogen"), *shame], "ik voel me zo alleen", "express_hurt") is None


def test_who_was_deceived_does_not_have_to_see_the_other_side() -> None:
    talk: list[Event] = [
        by_visitor("hij heeft twee jaar een affaire gehad"),
        BotUttered("…", metadata={"utter_action": "utter_unwilling_hear"}),
    ]
    assert after(talk, "niks voorstelde! twee jaar", "minimise_harm") == HEAR


def test_a_deed_told_amid_the_pain_is_asked_about_once() -> None:
    assert after(HURT, "ik heb haar mama een heks genoemd", "minimise_harm") == WHOSE
    asked: list[Event] = [BotUttered("…", metadata={"utter_action": WHOSE}), *HURT]
    assert after(asked, "ik heb haar mama een heks genoemd", "minimise_harm") is None
    wounded = [by_visitor("mijn vrouw is vreemdgegaan"), *HURT]
    assert after(wounded, "ik heb haar toen uitgescholden", "express_blame") is None, "their answer to what was done to them"


@pytest.mark.parametrize(
    ("text", "intent", "means"),
    [
        ("kwil mn excuses aanbieden ma kweet ni hoe", "received_apology", "express_apology"),
        ("ik heb al honderd keer sorry gezegd", "received_apology", "express_apology"),
        ("Sorry.", "received_apology", "express_apology"),
        ("oke sorry dan", "received_apology", "express_apology"),
        ("hoe schrijf ik een excuusbrief", "out_of_scope", "express_apology"),
        ("hoe zeg ik sorry", "ask_first_step", "express_apology"),
        ("ik wil een plan om sorry te zeggen", "ask_first_step", None),
        ("hoe vraag ik vergeving", "ask_forgiveness", "express_apology"),
        ("mn vrouw vergeeft me niet", "ask_forgiveness", "express_apology"),
        ("moet ze mij vergeven", "ask_forgiveness", "express_apology"),
        ("moet ik hem vergeven", "ask_forgiveness", None),
        ("hij vraagt mij om vergeving", "ask_forgiveness", None),
        ("ik wil een sorry horen", "received_apology", None),
        ("kun je mijn brief nalezen", "out_of_scope", "share_apology_draft"),
        ("wil je mijn sorry brief lezen", "share_apology_draft", "share_apology_draft"),
        ("kan je mijn sms nakijken", "out_of_scope", "share_apology_draft"),
        ("kan je dit lezen: lieve Tom, sorry van gisteren", "share_apology_draft", None),
    ],
)
def test_whose_sorry_it_is_and_what_is_wanted_with_it(text: str, intent: str, means: str | None) -> None:
    assert meant(text, intent, Asked()) == means


def test_an_answer_to_whose_pain_it_is() -> None:
    asked = Asked(WHOSE)
    assert meant("het eerste", "nlu_fallback", asked) == "express_apology"
    assert meant("ik heb haar bedrogen", "minimise_harm", asked) == "express_apology"
    assert meant("mijn vrouw huilde", "express_hurt", asked) == "express_apology"
    assert meant("tweede", "nlu_fallback", asked) == meant("ja", "affirm", asked) == "express_hurt"
    assert after([BotUttered("…", metadata={"utter_action": WHOSE})], "ik had eten gemaakt", "express_apology") == HEAR
