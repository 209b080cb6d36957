import pytest
from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.alarm.lock import lock_of, says_misread
from bot.alarm.policy import turn_reply

DANGER = {"category": "partner_violence", "level": "alarm", "score": 0.9, "layer": "classifier"}
CONCERN = {"category": "partner_violence", "level": "concern", "score": 0.7, "layer": "classifier"}


def said(intent: str, alarm: dict[str, object] | None = None, text: str = "…") -> UserUttered:
    return UserUttered(text, {"name": intent, "confidence": 1.0}, parse_data={"intent": {"name": intent}, "alarm": alarm})


def tracker(*events: object) -> DialogueStateTracker:
    return DialogueStateTracker.from_events("x", list(events))


def test_open_without_an_alarm() -> None:
    assert lock_of(tracker(said("express_hurt"))) is None
    assert turn_reply(tracker(said("express_hurt"))) is None


@pytest.mark.parametrize("intent", ["stop", "deny", "affirm", "express_apology", "ask_first_step", "ask_forgiveness", "thank"])
def test_nothing_said_afterwards_unlocks(intent: str) -> None:
    t = tracker(
        said("alarm", DANGER),
        ActionExecuted("utter_alarm_partner_violence"),
        ActionExecuted("action_listen"),
        said(intent),
    )
    assert lock_of(t) is not None
    reply = turn_reply(t)
    assert reply is not None
    assert reply.startswith(("utter_locked", "utter_safe"))


def test_misread_unlocks_once_and_only_for_the_classifier() -> None:
    alarm = said("alarm", DANGER)
    correction = said("deny", text="je begreep me verkeerd, dat bedoelde ik niet")
    assert turn_reply(tracker(alarm, correction)) == "utter_alarm_misread"
    unlocked = (alarm, correction, ActionExecuted("utter_alarm_misread"))
    assert lock_of(tracker(*unlocked, said("express_hurt"))) is None
    assert turn_reply(tracker(*unlocked, said("alarm", DANGER), correction)) != "utter_alarm_misread"
    by_pattern = said("alarm", {**DANGER, "layer": "both"})
    assert turn_reply(tracker(by_pattern, correction)) != "utter_alarm_misread"


def test_after_a_denied_concern_a_yes_is_no_alarm() -> None:
    denied = (
        said("express_hurt", CONCERN),
        ActionExecuted("utter_concern_partner_violence"),
        ActionExecuted("action_listen"),
        said("deny"),
    )
    later = (*denied, ActionExecuted("utter_concern_denied"), ActionExecuted("action_listen"), said("affirm", text="ja"))
    assert lock_of(tracker(*later)) is None
    assert turn_reply(tracker(*later)) is None


def test_playing_it_down_is_no_correction() -> None:
    for text in ("oh laat maar", "het valt wel mee", "ik overdrijf", "vergeet het"):
        assert not says_misread(text)


@pytest.mark.parametrize(
    "text",
    [
        "je begreep me verkeerd",
        "je begreep me verkeerd, hij slaat me niet",
        "ge hebt mij verkeerd verstaan",
        "u heeft mij niet begrepen",
        "je snapt me niet",
        "dat begrijp je verkeerd",
        "dat lees je verkeerd, ik had het over een film",
        "nee dat bedoelde ik niet",
        "dat is niet wat ik bedoelde",
        "verkeerd begrepen",
    ],
)
def test_the_coach_was_wrong(text: str) -> None:
    assert says_misread(text)


@pytest.mark.parametrize(
    "text",
    [
        "hij begrijpt me altijd verkeerd",
        "mijn man begrijpt mij gewoon niet goed",
        "ze heeft me verkeerd begrepen",
        "hij zegt altijd: dat bedoelde ik niet",
        "dat bedoelde ik niet zo, toen ik haar sloeg",
        "ik begrijp het niet",
    ],
)
def test_what_somebody_else_misunderstood_opens_nothing(text: str) -> None:
    assert not says_misread(text)


@pytest.mark.parametrize(
    "text", ["misschien", "weet ik niet", "ik weet het niet", "een beetje", "elke dag", "met momenten", "helaas", "soms", "ja", "af en toe"]
)
def test_who_is_unsure_after_an_open_question_is_taken_for_a_yes(text: str) -> None:
    concern = said("express_hurt", {**DANGER, "category": "suicidality", "level": "concern"})
    asked = (concern, ActionExecuted("utter_concern_suicidality"), ActionExecuted("action_listen"))
    assert turn_reply(tracker(*asked, said("deny" if text != "ja" else "affirm", text=text))) == "utter_alarm_suicidality"


@pytest.mark.parametrize("text", ["nee", "nee hoor, gewoon moe", "neen", "helemaal niet"])
def test_a_plain_no_after_an_open_question_is_a_no(text: str) -> None:
    concern = said("express_hurt", {**DANGER, "category": "suicidality", "level": "concern"})
    asked = (concern, ActionExecuted("utter_concern_suicidality"), ActionExecuted("action_listen"))
    assert turn_reply(tracker(*asked, said("deny", text=text))) == "utter_concern_denied"


def test_a_second_alarm_of_another_kind_gets_its_own_message_and_numbers() -> None:
    knife = said("alarm", {**DANGER, "category": "threat_stalking", "level": "acute"})
    death = said("alarm", {**DANGER, "category": "suicidality"}, "ik wil dood")
    t = tracker(knife, ActionExecuted("utter_alarm_threat_stalking_acute"), ActionExecuted("action_listen"), death)
    assert turn_reply(t) == "utter_alarm_suicidality"
    lock = lock_of(t)
    assert lock is not None
    assert (lock.category, lock.level) == ("suicidality", "acute")
    answered = tracker(*t.events, ActionExecuted("utter_alarm_suicidality"), ActionExecuted("action_listen"), said("affirm", text="ja"))
    assert turn_reply(answered) == "utter_stay_suicidality"


def test_a_therapist_can_unlock() -> None:
    assert lock_of(tracker(said("alarm", DANGER), SlotSet("coaching_unlocked", True), said("express_hurt"))) is None


def test_a_therapist_can_lock() -> None:
    opened = (said("alarm", DANGER), SlotSet("coaching_unlocked", True), said("express_hurt"))
    again = lock_of(tracker(*opened, SlotSet("coaching_unlocked", False)))
    assert again is not None
    assert (again.category, again.level, again.alarms) == ("partner_violence", "alarm", 1)
    by_hand = tracker(said("express_hurt"), SlotSet("coaching_unlocked", False), said("ask_first_step"))
    assert turn_reply(by_hand) == "utter_locked_coaching"
    # What a person decided is undone by a person.
    correction = said("deny", text="je begreep me verkeerd, dat bedoelde ik niet")
    assert turn_reply(tracker(*opened, SlotSet("coaching_unlocked", False), correction)) != "utter_alarm_misread"
    assert lock_of(tracker(*opened, SlotSet("coaching_unlocked", False), SlotSet("coaching_unlocked", True))) is None
    assert turn_reply(tracker(SlotSet("coaching_unlocked", False), said("alarm", DANGER))) == "utter_alarm_partner_violence"


def test_what_is_said_to_a_person_answers_no_question_of_the_coach() -> None:
    concern = said("express_hurt", {**DANGER, "category": "suicidality", "level": "concern"})
    here = (ActionExecuted("utter_person_here"), ActionExecuted("action_listen"))
    assert lock_of(tracker(concern, ActionExecuted("utter_concern_suicidality"), *here, said("affirm"))) is None
    # An alarm that sounds meanwhile does lock.
    gone = (ActionExecuted("utter_person_gone"), ActionExecuted("action_listen"))
    assert turn_reply(tracker(*here, said("alarm", DANGER), *gone, said("ask_first_step"))) == "utter_locked_coaching"


def test_yes_to_the_open_question_is_an_alarm() -> None:
    concern = said("express_hurt", {**DANGER, "category": "suicidality", "level": "concern"})
    asked = (concern, ActionExecuted("utter_concern_suicidality"), ActionExecuted("action_listen"))
    assert turn_reply(tracker(concern)) == "utter_concern_suicidality"
    assert turn_reply(tracker(*asked, said("affirm"))) == "utter_alarm_suicidality"
    assert turn_reply(tracker(*asked, said("deny"))) == "utter_concern_denied"
    assert turn_reply(tracker(*asked, said("express_hurt"))) == "utter_concern_numbers"
    # Asked once, not again: another unclear signal, however faint, is no 'no' to the question.
    for score in (0.9, 0.3):
        faint = said("express_blame", {**DANGER, "category": "suicidality", "level": "concern", "score": score})
        assert turn_reply(tracker(*asked, faint)) == "utter_concern_numbers"


@pytest.mark.parametrize("between", ["action_ask_back", "first_step_form", "utter_privacy"])
def test_a_yes_answers_what_was_said_last_and_no_older_question(between: str) -> None:
    """S4: after asking back, or a form's question, a 'ja' is no answer to 'ben je bang voor hem?' of a turn before."""
    here = (said("express_hurt", CONCERN), ActionExecuted("utter_concern_partner_violence"), ActionExecuted("action_listen"))
    later = (said("nlu_fallback"), ActionExecuted(between), ActionExecuted("action_listen"), said("affirm"))
    assert lock_of(tracker(*here, *later)) is None
    assert turn_reply(tracker(*here, *later)) is None
    assert turn_reply(tracker(*here, said("affirm"))) == "utter_alarm_partner_violence"
