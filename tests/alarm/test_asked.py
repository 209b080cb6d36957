"""What people ask and say after an alarm has an answer of its own; facts and pain are listened to, and only a wish for coaching is refused."""

from __future__ import annotations

import pytest
import yaml
from rasa.shared.core.events import ActionExecuted

from bot.alarm.asked import WITH_NUMBERS, asked_in_danger
from bot.alarm.policy import turn_reply
from bot.settings import ROOT
from tests.alarm.test_after_an_alarm import after
from tests.alarm.test_lock import DANGER, said, tracker


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("is het mijn fout", "fault"),
        ("is dat mijn schuld", "fault"),
        ("had ik maar niks gezegd", "fault"),
        ("had ik hem niet boos moeten maken", "fault"),
        ("het is mijn schuld", "fault"),
        ("ik heb het zelf uitgelokt", "fault"),
        ("ligt het aan mij", "fault"),
        ("ik ga terug naar hem", "back"),
        ("ik wil terug naar huis", "back"),
        ("ik ga toch terug", "back"),
        ("als ik bel hij weet", "seen"),
        ("hij ziet dat ik gebeld heb", "seen"),
        ("komt dat op de factuur", "seen"),
        ("wat is veilig thuis", "line"),
        ("wie zijn dat die nummers", "line"),
        ("wat doen ze als ik bel", "line"),
        ("bel ik politie dan verlies ik papieren", "papers"),
        ("ik heb geen verblijfsvergunning", "papers"),
        ("ik spreek niet goed nederlands", "language"),
        ("mijn nederlands is slecht", "language"),
        ("waarom vraag je dat", "why"),
        ("hoezo", "why"),
        ("dat gaat je niks aan", "why"),
        ("hoort dat erbij", "normal"),
        ("het is zijn schuld", None),
        ("ik kom terug op wat ik zei", None),
        ("waarom doet hij dat", None),
        ("hij weet dat ik verdrietig ben", None),
    ],
)
def test_what_is_asked_is_heard(text: str, asked: str | None) -> None:
    assert asked_in_danger(text) == asked
    if asked:
        assert after("partner_violence", text, "ask_privacy") == f"utter_locked_asked_{asked}"


def test_guilt_is_taken_away_from_who_was_hurt_only() -> None:
    assert after("partner_violence", "het is mijn schuld", "express_blame") == "utter_locked_asked_fault"
    assert after("own_violence", "het is mijn schuld", "express_blame") == "utter_locked_listen_own_violence"
    assert after("own_violence", "waarom vraag je dat", "resume") == "utter_locked_asked_why"


def test_a_question_that_sounds_again_is_answered_with_the_numbers_in_it() -> None:
    control = {**DANGER, "category": "coercive_control"}
    papers = "bel ik politie dan verlies ik papieren"
    assert after("partner_violence", papers, "alarm", alarm=control) == "utter_locked_asked_papers"
    assert turn_reply(tracker(said("alarm", control, papers))) == "utter_alarm_coercive_control", "where it is the first alarm, it is one"
    for worse in ({**control, "level": "acute"}, {**control, "layer": "both"}, {**DANGER, "category": "suicidality"}):
        assert (after("partner_violence", f"{papers}, ik wil dood", "alarm", alarm=worse) or "").startswith("utter_alarm_")


def test_what_stands_in_for_a_safety_message_shows_the_numbers() -> None:
    responses = yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))["responses"]
    for name in WITH_NUMBERS:
        assert all("{helplines}" in row["text"] for row in responses[f"utter_locked_asked_{name}"]), name


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("ik heb 4 hechtingen", "express_apology"),
        ("wij zijn 48 jaar getrouwd", "express_distance"),
        ("vorige keer moest ik op mijn knieen sorry zeggen", "resist_first_step"),
        ("ik weet niks meer van die nacht", "express_distance"),
        ("Ik wil hij blij met mij", "express_apology"),
        ("ik kan er niet meer tegen", "express_distance"),
        ("dat is toch belachelijk", "minimise_harm"),
        ("zijn moeder zegt dat ik overdrijf", "involve_others"),
    ],
)
def test_facts_and_pain_are_listened_to(text: str, intent: str) -> None:
    said_before = (said("alarm", DANGER), ActionExecuted("utter_locked_listen_danger"), ActionExecuted("action_listen"))
    assert turn_reply(tracker(*said_before, said(intent, text=text))) == "utter_locked_listen_danger"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("hoe zeg ik sorry tegen hem", "express_apology"),
        ("ik wil het goedmaken", "express_apology"),
        ("kun je mijn brief lezen", "share_apology_draft"),
        ("hoe begin ik er met hem over", "ask_first_step"),
        ("moet ik hem vergeven", "ask_forgiveness"),
        ("ik wil de apk doen", "start_checkup"),
    ],
)
def test_a_wish_to_be_coached_is_refused_plainly(text: str, intent: str) -> None:
    assert after("partner_violence", text, intent) == "utter_locked_coaching"
