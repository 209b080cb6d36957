"""What answers a question about danger (S4), and what is asked about because of its words."""

from __future__ import annotations

import pytest
from rasa.shared.core.events import ActionExecuted, ActiveLoop, SlotSet

from bot.alarm.heard import alarms_in
from bot.alarm.lock import lock_of
from bot.alarm.policy import turn_reply
from bot.alarm.worded import forced_sorry
from tests.alarm.test_lock import DANGER, said, tracker

LISTENS = ActionExecuted("action_listen")


def to_question(category: str, text: str, intent: str = "express_hurt", alarm: dict[str, object] | None = None) -> str | None:
    """What comes after `text` in answer to the open question about `category`."""
    concern = said("express_hurt", {**DANGER, "category": category, "level": "concern"})
    return turn_reply(tracker(concern, ActionExecuted(f"utter_concern_{category}"), LISTENS, said(intent, alarm, text)))


@pytest.mark.parametrize(
    ("category", "text", "intent"),
    [
        ("partner_violence", "hij gooit met de deuren", "express_blame"),
        ("partner_violence", "lange mouwen, dan zien ze de krabben niet", "express_blame"),
        ("child_safety", "knus haha", "greet"),
        ("sexual_violence", "dat hoort erbij", "affirm"),
        ("partner_violence", "waarom vraag je dat", "resume"),
        ("threat_stalking", "ja ik zit bij mijn ma", "affirm"),
        ("suicidality", "3", "deny"),
        ("own_violence", "ja is hij goed", "affirm"),
        ("own_violence", "ja klopt toch?", "affirm"),
        ("own_violence", "is dit goed", "affirm"),
        ("own_violence", "ja en wat vind je van mijn zin", "affirm"),
    ],
)
def test_a_veiled_answer_shows_the_numbers_and_locks_nothing(category: str, text: str, intent: str) -> None:
    assert to_question(category, text, intent) == "utter_concern_numbers"


def test_the_numbers_come_once() -> None:
    concern = said("express_hurt", {**DANGER, "level": "concern"})
    asked = (concern, ActionExecuted("utter_concern_partner_violence"), LISTENS)
    shown = (*asked, said("greet", text="knus haha"), ActionExecuted("utter_concern_numbers"), LISTENS)
    assert turn_reply(tracker(*shown, said("greet", text="knus haha"))) is None
    assert lock_of(tracker(*shown)) is None


@pytest.mark.parametrize("intent", ["stop", "ask_human", "ask_privacy", "goodbye"])
def test_what_a_rule_answers_is_left_to_it(intent: str) -> None:
    assert to_question("partner_violence", "stop maar" if intent == "stop" else "iets anders", intent) is None


@pytest.mark.parametrize("text", ["neuh", "tuurlijk niet", "niet dat ik weet", "neen"])
def test_other_words_for_no(text: str) -> None:
    assert to_question("suicidality", text, "deny") == "utter_concern_denied"


@pytest.mark.parametrize("text", ["eigenlijk wel", "ja en nee", "nog niet", "ja, is dat erg?", "ja waarom"])
def test_other_words_for_yes(text: str) -> None:
    assert to_question("suicidality", text, "affirm") == "utter_alarm_suicidality"


def test_a_denial_sounds_no_alarm_however_late() -> None:
    death = {**DANGER, "category": "suicidality", "score": 0.93}
    concern = said("express_hurt", {**death, "level": "concern"})
    asked = (concern, ActionExecuted("utter_concern_suicidality"), LISTENS, said("express_blame", text="hij heeft een ander"))
    later = [*asked, *[said("express_hurt", text="ik ben zo moe"), ActionExecuted("utter_hurt_hear"), LISTENS] * 4]
    answered = tracker(*later, said("alarm", death, "nee ik denk niet aan zelfmoord"))
    assert turn_reply(answered) == "utter_concern_denied"
    assert lock_of(answered) is None
    assert not list(alarms_in(answered.events))
    assert turn_reply(tracker(said("alarm", death, "ik ben niet suïcidaal hoor"))) is None
    assert turn_reply(tracker(said("alarm", death, "ik wil niet meer leven"))) == "utter_alarm_suicidality"
    assert turn_reply(tracker(said("alarm", {**death, "level": "acute"}, "ik ben niet suïcidaal hoor"))) == "utter_alarm_suicidality_acute"


@pytest.mark.parametrize(
    "text",
    ["niet ik, hij", "nee hij", "het was mijn man", "hij stond op de deur te bonken"],
)
def test_who_protests_is_asked_for_what_was_done_to_them(text: str) -> None:
    assert to_question("own_violence", text, "minimise_harm") == "utter_concern_partner_violence"
    asked_both = (
        said("express_hurt", {**DANGER, "level": "concern"}),
        ActionExecuted("utter_concern_partner_violence"),
        LISTENS,
        said("express_hurt", {**DANGER, "category": "own_violence", "level": "concern"}),
        ActionExecuted("utter_concern_own_violence"),
        LISTENS,
    )
    assert turn_reply(tracker(*asked_both, said("deny", text=text))) == "utter_concern_numbers"


@pytest.mark.parametrize("text", ["dat was hij", "ik heb hém niks gedaan, dat was hij"])
def test_who_says_outright_that_it_was_the_partner_is_believed_at_once(text: str) -> None:
    assert to_question("own_violence", text, "minimise_harm") == "utter_alarm_partner_violence"


def test_what_the_partner_did_keeps_its_kind_after_the_question_for_the_own_deed() -> None:
    text = "hij trapte de deur van de kinderkamer in, zoontje zat onder bed"
    assert to_question("own_violence", text, "alarm", {**DANGER, "category": "child_safety"}) == "utter_alarm_child_safety"


@pytest.mark.parametrize(
    "text",
    [
        "ik moet altijd sorry zeggen van hem",
        "van mijn vrouw moet ik altijd sorry zeggen",
        "ik moet het goedmaken van hem",
        "anders praat hij dagen niet tegen mij",
        "als ik geen sorry zeg negeert hij mij weken",
    ],
)
def test_a_forced_sorry_opens_the_question_about_control_once(text: str) -> None:
    message = said("received_apology", text=text)
    assert turn_reply(tracker(message)) == "utter_concern_coercive_control"
    in_form = (ActiveLoop("apology_form"), SlotSet("requested_slot", "apology"), LISTENS)
    assert turn_reply(tracker(*in_form, message)) == "utter_concern_coercive_control"
    asked = (
        message,
        ActionExecuted("utter_concern_coercive_control"),
        LISTENS,
        said("deny", text="nee"),
        ActionExecuted("utter_concern_denied"),
    )
    assert turn_reply(tracker(*asked, LISTENS, message)) != "utter_concern_coercive_control"
    sexual = {**DANGER, "category": "sexual_violence"}
    assert turn_reply(tracker(said("alarm", sexual, text))) == "utter_concern_coercive_control"
    assert turn_reply(tracker(said("alarm", sexual, f"{text}, in bed"))) == "utter_alarm_sexual_violence"


@pytest.mark.parametrize(
    "text",
    ["moet ik sorry zeggen van hem", "ik moet altijd als eerste sorry zeggen", "ik wil het goedmaken met hem", "ik moet sorry zeggen"],
)
def test_a_sorry_that_is_only_asked_for_is_none(text: str) -> None:
    assert not forced_sorry(text)


@pytest.mark.parametrize(
    ("first", "second", "reply"),
    [
        ("ik ben bang", "voor mijn man", "utter_concern_partner_violence"),
        ("ik heb schrik", "van hem", "utter_concern_partner_violence"),
        ("bang", "voor haar buien", "utter_concern_partner_violence"),
        ("ik ben bang", "voor morgen", None),
        ("ik kook graag", "voor mijn man", None),
        ("hallo", "op van de zenuwen als hij thuiskomt", "utter_concern_partner_violence"),
    ],
)
def test_two_messages_that_belong_together_are_read_as_one(first: str, second: str, reply: str | None) -> None:
    talk = (said("express_hurt", text=first), ActionExecuted("utter_hurt_hear"), LISTENS, said("out_of_scope", text=second))
    assert turn_reply(tracker(*talk)) == reply


def test_the_mark_for_safety_in_words_opens_the_question_about_control_once() -> None:
    asked = (ActiveLoop("checkup_form"), SlotSet("requested_slot", "score_safety"), LISTENS)
    words = said("express_distance", text="Ik let altijd goed op wat ik zeg als hij thuis is")
    assert turn_reply(tracker(*asked, words)) == "utter_concern_coercive_control"
    ended = (words, ActionExecuted("utter_concern_coercive_control"), ActiveLoop(None), SlotSet("requested_slot", None), LISTENS)
    veiled = said("express_blame", text="op mijn tellen passen noem ik dat")
    assert turn_reply(tracker(*asked, *ended, veiled)) == "utter_concern_numbers"
    assert turn_reply(tracker(*asked, *ended, said("affirm", text="ja"))) == "utter_alarm_coercive_control"
    for text in ("nee", "een 6"):
        assert (
            turn_reply(tracker(*asked, *ended, said("deny" if text == "nee" else "nlu_fallback", text=text)))
            == "utter_checkup_after_concern"
        )
    # Asked once; a mark among the words is a mark; other questions of the check-up are no matter of safety.
    again = (*asked, *ended, said("deny", text="nee"), ActionExecuted("utter_checkup_after_concern"), *asked)
    assert turn_reply(tracker(*again, words)) is None
    assert turn_reply(tracker(*asked, said("nlu_fallback", text="een 4, ik let op wat ik zeg"))) is None
    joy = (ActiveLoop("checkup_form"), SlotSet("requested_slot", "score_joy"), LISTENS)
    assert turn_reply(tracker(*joy, words)) is None


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("dan thuis vloog de kom spaghetti langs m'n hoofd, gelukkig kan hij nie mikken", "partner_violence"),
        ("'k heb ne mot op mijn bakkes gekregen", "partner_violence"),
        ("ik heb haar een duw gegeven", "own_violence"),
    ],
)
def test_a_deed_that_the_detector_missed_is_asked_about(text: str, category: str) -> None:
    assert turn_reply(tracker(said("express_hurt", text=text))) == f"utter_concern_{category}"


def test_a_deed_in_answer_to_the_question_is_a_yes() -> None:
    assert to_question("threat_stalking", "ze gooide een pan naar me") == "utter_alarm_threat_stalking"
    assert to_question("partner_violence", "toen kreeg ik een lel") == "utter_alarm_partner_violence"


@pytest.mark.parametrize("text", ["wat?? nee helemaal niet", "pardon? nee natuurlijk niet", "huh nee", "oei neen, gelukkig niet"])
def test_a_surprised_no_is_a_no(text: str) -> None:
    assert to_question("partner_violence", text, "nlu_fallback") == "utter_concern_denied"
