"""A deed that was told is not taken back by a denial; who was only misread gets out in one or two plain messages."""

from __future__ import annotations

import pytest
from rasa.shared.core.events import ActionExecuted, UserUttered

from bot.alarm.lock import lock_of
from bot.alarm.policy import turn_reply
from bot.alarm.told import tells_deed
from tests.alarm.test_lock import DANGER, said, tracker


def replies(*messages: UserUttered) -> tuple[list[str | None], bool]:
    """What safety prescribes for each message of a conversation, and whether coaching is locked at its end."""
    events: list[object] = [ActionExecuted("action_listen")]
    found = []
    for message in messages:
        events.append(message)
        found.append(turn_reply(tracker(*events)))
        events += [ActionExecuted(found[-1] or "utter_hurt_hear"), ActionExecuted("action_listen")]
    return found, lock_of(tracker(*events)) is not None


@pytest.mark.parametrize(
    "text",
    [
        "ze krabde mn gezicht open vorige week",
        "soms krijg ik een klap en dan lachen de kinderen",
        "ik krijg weleens een lel van haar",
        "ze gooide een pan naar me",
        "dan thuis vloog de kom spaghetti langs m'n hoofd, gelukkig kan hij nie mikken",
        "'k heb ne mot op mijn bakkes gekregen",
        "ze heeft mij gisteren in mijn arm gebeten",
        "hij pakt elke avond mijn pas af",
        "ik mag van hem niet naar buiten",
        "ik heb haar een klap gegeven",
        "ik was niet bang, maar ze sloeg me wel",
    ],
)
def test_a_deed_is_heard(text: str) -> None:
    assert tells_deed(text)


@pytest.mark.parametrize(
    "text",
    [
        "hij leest mijn berichten niet meer",
        "mijn man corrigeert mijn nederlands waar iedereen bij is",
        "ik mocht zijn gsm niet zien",
        "hij heeft me nooit geslagen",
        "ik ben niet bang voor een vrouw",
        "niemand doet me pijn",
        "het was een klap in mijn gezicht",
        "hij trapt op mijn hart",
        "ze gooide van alles naar mijn hoofd wat ik fout deed",
        "hij duwt me weg als ik hem wil knuffelen",
        "hij kreeg een klap van zijn baas",
    ],
)
def test_no_deed_is_seen_in_other_words(text: str) -> None:
    assert not tells_deed(text)


@pytest.mark.parametrize("denial", ["nee niemand doet me pijn", "nee ik ben niet bang voor een vrouw", "je begreep me verkeerd"])
@pytest.mark.parametrize("deed", ["ze krabde mn gezicht open vorige week", "soms krijg ik een klap", "ze gooide een pan naar me"])
def test_what_was_told_is_not_wiped_out_by_denials(deed: str, denial: str) -> None:
    heard, locked = replies(
        said("alarm", DANGER, deed),
        said("express_hurt", text=denial),
        said("deny", text="nee"),
        said("ask_listening", text="leer me luisteren"),
    )
    assert heard == ["utter_alarm_partner_violence", "utter_locked_denied", "utter_locked_deny", "utter_locked_coaching"]
    assert locked


def test_a_deed_told_before_or_after_the_alarm_counts_too() -> None:
    control = said("alarm", {**DANGER, "category": "coercive_control"}, "hij wil alles weten")
    no = said("deny", text="nee hij doet me geen pijn")
    blow = said("express_hurt", text="hij gaf me een duw")
    assert replies(control, no, said("deny", text="nee"))[0][1:] == ["utter_locked_recheck_danger", "utter_alarm_misread"]
    assert replies(blow, control, no)[0][2] == "utter_locked_denied"
    assert replies(control, no, blow, no)[0][3] == "utter_locked_denied"


@pytest.mark.parametrize(
    ("text", "correction"),
    [
        ("hij leest mijn berichten niet meer", "ik bedoel in de app"),
        ("mijn man corrigeert mijn nederlands waar iedereen bij is", "nee hij doet me geen pijn"),
        ("hij zegt dat ze hem niet mogen", "ik bedoel mijn schoonouders"),
        ("mijn ex komt nog steeds langs", "nee hij is gewoon vriendelijk"),
        ("hij zegt dan dat ik zijn moeder niet mag", "er is niks aan de hand"),
    ],
)
def test_who_was_only_misread_gets_out_with_two_plain_messages(text: str, correction: str) -> None:
    alarm = {**DANGER, "category": "coercive_control", "score": 0.96}
    heard, locked = replies(said("alarm", alarm, text), said("nlu_fallback", text=correction), said("deny", text="nee"))
    assert heard[1:] == ["utter_locked_recheck_danger", "utter_alarm_misread"]
    assert not locked


def test_a_threat_in_words_may_have_been_a_manner_of_speaking() -> None:
    threat = said("alarm", {**DANGER, "category": "threat_stalking", "layer": "patterns"}, "ze gaat me vermoorden haha")
    figurative = said("deny", text="nee figuurlijk he")
    assert replies(threat, figurative, said("deny", text="nee")) == (
        ["utter_alarm_threat_stalking", "utter_locked_recheck_danger", "utter_alarm_misread"],
        False,
    )
    assert replies(threat, figurative, said("affirm", text="ja"))[1]
    # Not of a blow, not with a weapon, and not without saying so.
    blow = said("alarm", {**DANGER, "layer": "patterns"}, "hij slaat mij")
    knife = said("alarm", {**DANGER, "category": "threat_stalking", "layer": "patterns", "level": "acute"}, "ze komt met een mes naar mij")
    for alarm in (blow, knife):
        assert replies(alarm, figurative)[0][1] == "utter_locked_denied"
    assert replies(threat, said("deny", text="nee niemand doet me pijn"))[0][1] == "utter_locked_denied"


def test_a_yes_to_a_person_leads_to_one() -> None:
    blow = said("alarm", DANGER, "ze krabde me")
    heard, _ = replies(blow, said("deny", text="nee ik ben niet bang"), said("affirm", text="ja graag"))
    assert heard[1:] == ["utter_locked_denied", "utter_intake_start_safe"]
