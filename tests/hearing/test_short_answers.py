"""What a short answer means beside its question."""

from __future__ import annotations

import pytest
import yaml

from bot.hearing.short_answers import PLAN, Asked, has_choice, meant
from bot.hearing.topics import TOPICS, easier_for
from bot.settings import ROOT

DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))
OPEN = Asked("utter_forgiveness_weight")
CHOICE = Asked("utter_trust_agreements", choice=True)
AGAIN = Asked("utter_forgiveness_weight", again=True)
NOTHING = Asked()


@pytest.mark.parametrize(
    "text",
    ["weet ik niet", "ik weet het niet", "geen idee", "pff geen idee", "dat weet ik echt niet", "tja", "ik zou het niet weten", "moeilijk"],
)
def test_not_knowing_is_no_no(text: str) -> None:
    assert meant(text, "deny", OPEN) == "unsure"
    assert meant(text, "deny", CHOICE) == "unsure"
    assert meant(text, "deny", NOTHING) == "unsure"
    assert meant(text, "deny", AGAIN) == "deny", "the second time in a row the question is left"
    assert meant(text, "deny", Asked("utter_greet", again=True)) == "deny"
    assert meant(text, "deny", Asked("utter_human", choice=True)) == "deny", "an offer of a person is not pressed"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("boos", "name_feeling"),
        ("moe", "name_feeling"),
        ("heel verdrietig en boos", "name_feeling"),
        ("ik ben boos", "name_feeling"),
        ("opgelucht", "name_relief"),
        ("een beetje opgelucht", "name_relief"),
        ("niet boos", None),
    ],
)
def test_a_feeling_in_one_word_is_a_feeling(text: str, intent: str | None) -> None:
    assert meant(text, "express_hurt", OPEN) == meant(text, "goodbye", NOTHING) == intent


def test_a_no_that_names_another_feeling_puts_it_right() -> None:
    assert meant("nee niet verdrietig, KWAAD", "deny", OPEN) == "name_feeling"
    assert meant("nee ik ben niet verdrietig", "deny", OPEN) is None
    assert meant("nee hij is boos", "deny", OPEN) is None


@pytest.mark.parametrize("text", ["dat wil ik niet", "ik wil hem nooit meer vertrouwen", "geen zin in", "nee dat doe ik niet", "nooit"])
def test_refusing_is_a_no_to_the_question(text: str) -> None:
    assert meant(text, "minimise_harm", OPEN) == "deny"
    assert meant(text, "minimise_harm", NOTHING) is None


@pytest.mark.parametrize(
    "text", ["ik wil niet meer leven", "ik weet niet of hij nog van me houdt", "ik wil niet dat hij weggaat", "ik ben boos op mijn zus"]
)
def test_what_tells_more_is_left_to_the_classifier(text: str) -> None:
    assert meant(text, "express_hurt", OPEN) is None


@pytest.mark.parametrize(
    ("text", "refuses"),
    [
        ("ik wil helemaal niet vergeven", True),
        ("ik vergeef hem dat nooit", True),
        ("ik ga hem niet vergeven, hij verdient het niet", True),
        ("vergeven doe ik dat nooit", True),
        ("ze wil me niet vergeven", False),
        ("moet ik hem vergeven?", False),
        ("ik kan het niet vergeven", False),
    ],
)
def test_who_does_not_want_to_forgive_is_heard(text: str, refuses: bool) -> None:
    for asked in (OPEN, NOTHING):
        assert (meant(text, "ask_forgiveness", asked) == "refuse_forgiveness") is refuses


def test_a_mere_yes_answers_an_open_question_no_further_than_that() -> None:
    assert meant("ja", "affirm", OPEN) == "only_yes"
    assert meant("ja", "affirm", AGAIN) == "nlu_fallback"
    assert meant("ja", "affirm", CHOICE) is None
    assert meant("ja maar hij begon", "affirm", OPEN) == "express_blame"


@pytest.mark.parametrize(
    "text", ["iets anders", "kunnen we over iets anders praten", "liever een ander onderwerp", "ergens anders over praten"]
)
def test_another_subject(text: str) -> None:
    assert meant(text, "deny", OPEN) == "change_subject"
    assert meant(text, "deny", Asked(form="first_step_form")) == "stop"
    assert meant(text, "deny", Asked(form="intake_details_form")) is None


@pytest.mark.parametrize(
    "text", ["ik wil een andere dag", "toch liever een andere zin", "verander mijn plan", "pas mijn plan aan", "kan het moment anders"]
)
def test_a_plan_is_changed_where_there_is_one(text: str) -> None:
    assert meant(text, "resume", Asked(PLAN, planned=True)) == "change_plan"
    assert meant(text, "resume", Asked("utter_ask_reminder_when", form="reminder_form", planned=True)) == "change_plan"
    assert meant(text, "resume", Asked("utter_ask_step_when", form="first_step_form")) is None
    assert meant(text, "resume", NOTHING) != "change_plan"


def test_another_day_right_after_the_plan() -> None:
    assert meant("nee zondag", "deny", Asked("utter_reminder_offer", planned=True)) == "change_plan"
    assert meant("toch liever in het park", "deny", Asked(PLAN, planned=True)) == "change_plan"
    assert meant("nee dank je", "deny", Asked("utter_reminder_offer", planned=True)) is None
    assert meant("nee zondag", "deny", Asked("utter_ask_reminder_when", form="reminder_form", planned=True)) is None


@pytest.mark.parametrize("question", ["utter_concern_partner_violence", "utter_ask_erase", "utter_alarm_suicidality"])
def test_where_an_answer_weighs_much_nothing_is_read_into_it(question: str) -> None:
    assert meant("weet ik niet", "deny", Asked(question)) is None
    assert meant("bang", "deny", Asked(question)) is None


@pytest.mark.parametrize(
    ("text", "intent", "confidence", "kept"),
    [
        ("kleine dingen", "minimise_harm", 0.14, False),
        ("mijn zus vindt dat ook", "involve_others", 0.97, True),
        ("alles", "delete_data", 0.67, False),
        ("morgen", "goodbye", 0.88, False),
        ("wis alles", "delete_data", 0.9, True),
        ("tot morgen", "goodbye", 0.9, True),
        ("al jaren", "affirm", 0.9, False),
        ("3", "deny", 0.9, False),
        ("nee niet echt", "deny", 0.9, True),
    ],
)
def test_a_guess_does_not_lead_away_from_an_open_question(text: str, intent: str, confidence: float, kept: bool) -> None:
    assert meant(text, intent, OPEN, confidence) == (None if kept else "nlu_fallback")
    assert meant(text, intent, NOTHING, confidence) is None


def test_a_possibility_that_is_chosen_opens_no_other_topic() -> None:
    assert meant("schaamte denk ik", "express_shame", AGAIN) == "nlu_fallback"
    assert meant("schaamte denk ik", "express_shame", OPEN) is None


def test_each_topic_has_an_easier_question() -> None:
    assert {easier_for(f"{topic}_x") for topic in TOPICS} <= set(DOMAIN["responses"])


def test_whether_a_question_has_buttons_for_yes_or_no() -> None:
    assert has_choice(DOMAIN["responses"]["utter_trust_agreements"])
    assert not has_choice(DOMAIN["responses"]["utter_trust_hear"])


@pytest.mark.parametrize("text", ["toon het plan", "laat plan zien", "mag ik mijn plan nog eens zien?", "waar is het plan"])
def test_a_finished_plan_is_shown_again(text: str) -> None:
    assert meant(text, "ask_first_step", Asked(PLAN, planned=True)) == "change_plan"
    assert meant(text, "ask_first_step", NOTHING) is None
    assert meant("ik heb een plan", "ask_first_step", Asked(PLAN, planned=True)) is None


@pytest.mark.parametrize(("text", "intent"), [("ik ga naar de gokhulp", "goodbye"), ("ik wil nie meer ruzie maken", "stop")])
def test_a_sentence_without_a_word_of_goodbye_or_stop_ends_nothing(text: str, intent: str) -> None:
    assert meant(text, intent, NOTHING, 0.94) == "nlu_fallback"


@pytest.mark.parametrize(
    ("text", "intent"), [("bedankt doei", "goodbye"), ("ik ga nu maar slapen", "goodbye"), ("ik wil hiermee stoppen nu", "stop")]
)
def test_a_goodbye_and_a_stop_stay_so(text: str, intent: str) -> None:
    assert meant(text, intent, NOTHING, 0.94) is None


def test_a_colleague_is_not_a_person_to_speak_with() -> None:
    assert meant("met een collega", "ask_human", OPEN, 0.96) == "nlu_fallback"
    assert meant("iemand spreken", "ask_human", OPEN, 0.96) is None


def test_who_wants_to_say_sorry_received_none() -> None:
    assert meant("excuses maken", "received_apology", NOTHING) == "express_apology"
    assert meant("hoe maak ik een goed excuus", "received_apology", NOTHING) == "express_apology"
    assert meant("hij wil zijn excuses maken", "received_apology", NOTHING) is None
