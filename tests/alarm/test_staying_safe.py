"""Short answers after an alarm keep to safety: they are no goodbye, no change of heart and no answer to another question."""

from __future__ import annotations

import pytest
from rasa.shared.core.events import ActionExecuted

from bot.alarm.answers import comes_home, goes_there, names_child, names_time
from bot.alarm.heard import alarms_in
from bot.alarm.lock import lock_of
from bot.alarm.policy import turn_reply
from tests.alarm.test_lock import DANGER, said, tracker

LISTENS = ActionExecuted("action_listen")
DEATH = {**DANGER, "category": "suicidality", "layer": "both"}


def talk(category: str, *messages: tuple[str, str]) -> list[str | None]:
    """What is said to each (text, intent) after an alarm of this category that patterns heard."""
    events: list[object] = [
        said("alarm", {**DANGER, "category": category, "layer": "both"}),
        ActionExecuted(f"utter_alarm_{category}"),
        LISTENS,
    ]
    found = []
    for text, intent in messages:
        events.append(said(intent, text=text))
        found.append(turn_reply(tracker(*events)))
        events += [ActionExecuted(found[-1] or "utter_hurt_hear"), LISTENS]
    return found


@pytest.mark.parametrize("text", ["bang", "3", "weet niet", "heel zwaar", "alleen"])
@pytest.mark.parametrize("intent", ["deny", "greet", "express_hurt", "nlu_fallback"])
def test_a_few_words_of_who_thinks_of_dying_stay_at_the_call(text: str, intent: str) -> None:
    assert talk("suicidality", (text, intent)) == ["utter_stay_suicidality"]


def test_a_yes_to_calling_shows_how_and_a_no_is_not_pressed() -> None:
    assert talk("suicidality", ("ja", "affirm"), ("ja", "affirm"), ("3", "deny")) == [
        "utter_stay_suicidality",
        "utter_stay_calling",
        "utter_stay_suicidality",
    ]
    for no in ("nee", "weet niet"):
        assert talk("suicidality", ("ja", "affirm"), (no, "deny")) == ["utter_stay_suicidality", "utter_locked_refuse_suicidality"]


@pytest.mark.parametrize("text", ["vannacht", "ja, vanavond", "straks", "als iedereen slaapt", "over een uur", "morgenvroeg"])
def test_a_moment_is_acute(text: str) -> None:
    assert names_time(text)
    events = [said("alarm", DEATH), ActionExecuted("utter_alarm_suicidality"), LISTENS, said("goodbye", text=text)]
    assert turn_reply(tracker(*events)) == "utter_alarm_suicidality_acute"
    after = tracker(*events, ActionExecuted("utter_alarm_suicidality_acute"), LISTENS)
    lock = lock_of(after)
    assert lock is not None
    assert (lock.category, lock.level) == ("suicidality", "acute")
    assert [heard.alarm["level"] for heard in alarms_in(after.events)] == ["alarm", "acute"], "and the practice is told"
    again = tracker(*after.events, said("goodbye", text=text))
    assert turn_reply(again) == "utter_stay_suicidality"


@pytest.mark.parametrize("text", ["vannacht sliep ik slecht", "ik zag hem vanavond", "nooit"])
def test_a_story_is_no_moment(text: str) -> None:
    assert not names_time(text)


def test_what_somebody_asks_for_in_few_words_is_heard() -> None:
    assert talk("suicidality", ("ik wil hulp", "ask_human")) == ["utter_intake_start_safe"]
    assert talk("suicidality", ("doei", "goodbye")) == ["utter_locked_goodbye"]
    assert talk("suicidality", ("wie leest dit", "ask_privacy")) == ["utter_privacy"]


def test_who_is_not_safe_and_waits_for_the_partner_keeps_to_safety() -> None:
    assert talk("partner_violence", ("nee", "deny"), ("straks komt hij thuis", "goodbye"), ("vanavond", "greet"), ("nee", "deny")) == [
        "utter_safe_no",
        "utter_safe_soon",
        "utter_safe_soon",
        "utter_safe_no",
    ]
    assert talk("partner_violence", ("om zes uur komt hij thuis", "nlu_fallback"), ("ja", "affirm")) == [
        "utter_safe_soon",
        "utter_locked_asked_leaving",
    ]
    assert talk("partner_violence", ("nee", "deny"), ("ja", "affirm"), ("nee", "deny")) == [
        "utter_safe_no",
        "utter_stay_calling",
        "utter_locked_asked_chat",
    ]
    assert talk("partner_violence", ("hij is pas morgen terug", "goodbye")) == ["utter_safe_yes"]


@pytest.mark.parametrize("text", ["over een uur is hij thuis", "vanavond komt ze terug", "hij is om zes uur thuis"])
def test_the_partner_comes_before_long(text: str) -> None:
    assert comes_home(text)


def test_who_did_harm_and_goes_there_is_kept_away() -> None:
    for text in ("ik ga haar halen", "ik ga naar haar toe", "straks komt ze thuis"):
        assert talk("own_violence", (text, "nlu_fallback")) == ["utter_stay_own_violence"]
    assert not goes_there("ik ga de kinderen halen")


@pytest.mark.parametrize(
    ("text", "intent", "reply"),
    [
        ("dat hoort erbij toch", "affirm", "utter_locked_asked_normal"),
        ("Och, op onze leeftijd zegt men dat niet hè", "deny", "utter_locked_listen_danger"),
        ("vind ik niet eerlijk", "deny", "utter_locked_listen_danger"),
        ("wat is veilig thuis", "nlu_fallback", "utter_locked_asked_line"),
        ("nee ik hoef niet te bellen kindje", "resist_first_step", "utter_locked_refuse_danger"),
        ("neen meisje ge moet niet bellen", "resist_first_step", "utter_locked_refuse_danger"),
        ("ja mijn dochter is hier", "affirm", "utter_safe_yes"),
        ("vanochtend", "greet", "utter_locked_listen_danger"),
        ("hoi daar ben ik weer", "greet", "utter_locked_greet"),
    ],
)
def test_what_is_no_answer_to_being_safe_is_not_read_as_one(text: str, intent: str, reply: str) -> None:
    assert talk("sexual_violence", (text, intent)) == [reply]


def test_so_the_coach_is_called_a_child() -> None:
    for text in ("ik hoef niet te bellen kindje", "och kind, op mijn leeftijd", "dat weet ik niet, kind"):
        assert not names_child(text)
    for text in ("ik heb een kindje", "hij sloeg mijn kindje", "wij hebben een kind"):
        assert names_child(text)


@pytest.mark.parametrize("text", ["ja is hij goed", "ja is dit zo goed?", "ja klopt toch?"])
def test_a_question_about_the_letter_says_nobody_is_safe(text: str) -> None:
    assert talk("partner_violence", (text, "affirm")) == ["utter_safe_unsure"]
