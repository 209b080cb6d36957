"""The check-up's form and result, as the action server runs them."""

from __future__ import annotations

from typing import Any

import pytest

from actions.checkup import ActionCheckupResult, ActionDropCheckup, ActionKeepCheckup, ValidateCheckupForm
from bot.checkup.address import read_address
from bot.checkup.kept import keep, newest
from bot.checkup.questions import QUESTIONS
from tests.actions.turns import run, tracker_of
from tests.databases import Database

GOOD = dict.fromkeys(QUESTIONS, 8.0) | {"score_joy": 9.0, "score_repair": 6.0}
LOW = dict.fromkeys(QUESTIONS, 4.0) | {"score_joy": 6.0}


async def answer(slot: str, text: str, given: dict[str, Any]) -> tuple[list[str], dict[str, Any]]:
    slots = {**dict.fromkeys(QUESTIONS), **given, "requested_slot": slot}
    said, found, _ = await run(ValidateCheckupForm(), tracker_of(slots, text, form="checkup_form"))
    return said, found


async def test_a_mark_is_taken() -> None:
    assert await answer("score_attention", "een 7 of zo", {}) == ([], {"score_attention": 7.0})


async def test_without_a_mark_it_is_asked_again() -> None:
    assert await answer("score_attention", "gaat wel", {}) == (["utter_checkup_no_score"], {"score_attention": None})
    assert await answer("score_attention", "hoe bedoel je?", {}) == (["utter_checkup_explain"], {"score_attention": None})


async def test_a_question_can_be_skipped() -> None:
    assert await answer("score_attention", "sla over", {}) == ([], {"score_attention": "-"})


async def test_back_asks_the_question_before_again() -> None:
    said, slots = await answer("score_listening", "terug", {"score_attention": 7.0, "score_curiosity": "-"})
    assert said == ["utter_checkup_back"]
    assert slots == {"score_curiosity": None, "score_listening": None}


async def test_before_the_first_question_there_is_none() -> None:
    assert (await answer("score_attention", "terug", {}))[0] == ["utter_checkup_first"]


async def test_an_earlier_mark_is_corrected_and_this_question_asked_again() -> None:
    said, slots = await answer("score_listening", "nee wacht, aandacht is een 3", {"score_attention": 7.0, "score_curiosity": 5.0})
    assert said == ["utter_checkup_corrected"]
    assert slots == {"score_attention": 3.0, "score_listening": None}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "utter_checkup_nothing_yet"),
        ({"score_attention": 7.0}, "utter_checkup_so_far_even"),
        ({"score_attention": 7.0, "score_curiosity": 7.0, "score_listening": 3.0}, "utter_checkup_so_far"),
    ],
)
async def test_what_it_shows_so_far_at_any_point(given: dict[str, float], said: str) -> None:
    slot = QUESTIONS[len(given)]
    assert await answer(slot, "wat valt er tot nu toe op?", given) == ([said], {slot: None})


async def test_a_result_in_words_and_as_a_picture_with_one_small_thing(database: Database) -> None:
    said, _, messages = await run(ActionCheckupResult(), tracker_of(GOOD))
    assert said == ["utter_checkup_result", "utter_checkup_small_repair", "utter_checkup_keep_ask"]
    assert (messages[0]["strongest"], messages[0]["weakest"]) == ("plezier samen", "het weer goedmaken")
    picture = next(message["custom"] for message in messages if message.get("custom"))
    shown = read_address(picture["image"])
    assert shown is not None
    assert (shown.conversation, shown.areas["repair"], shown.before) == ("somebody", 6.0, None)
    assert "goedmaken 6" in picture["alt"]
    assert newest("somebody") is None, "nothing is kept before a yes"


async def test_the_next_time_it_is_compared(database: Database) -> None:
    keep("somebody", {"repair": 2.0, "joy": 9.0})
    said, _, messages = await run(ActionCheckupResult(), tracker_of(GOOD))
    assert "utter_checkup_since" in said
    since = next(message for message in messages if message.get("response") == "utter_checkup_since")
    assert (since["area"], since["before"], since["now"]) == ("het weer goedmaken", "2", "6")
    picture = next(message["custom"] for message in messages if message.get("custom"))
    shown = read_address(picture["image"])
    assert shown is not None
    assert shown.before == {"repair": 2.0, "joy": 9.0}


async def test_a_low_mark_for_safety_is_asked_about_once_before_any_advice(database: Database) -> None:
    unsafe = {**GOOD, "score_safety": 2.0}
    said, _, _ = await run(ActionCheckupResult(), tracker_of(unsafe))
    assert said == ["utter_checkup_unsafe", "utter_concern_partner_violence"], "the result waits for the answer"
    tracker = tracker_of(unsafe)
    tracker.events.append({"event": "action", "name": "utter_concern_partner_violence"})
    said, _, _ = await run(ActionCheckupResult(), tracker)
    assert said == ["utter_checkup_result", "utter_checkup_small_safety", "utter_checkup_keep_ask"], "and no exercise for two"
    said, _, _ = await run(ActionDropCheckup(), tracker_of(unsafe))
    assert said[-1] == "utter_checkup_low", "a person is offered, however good the other marks are"


@pytest.mark.parametrize(("left", "follow"), [("score_trust", []), (None, ["action_checkup_result"])])
async def test_the_mark_beside_words_of_fear_is_kept(left: str | None, follow: list[str]) -> None:
    slots = {**GOOD, "score_safety": None, "requested_slot": None} | ({left: None} if left else {})
    tracker = tracker_of(slots, "nee", form="checkup_form")
    tracker.events += [
        {"event": "slot", "name": "requested_slot", "value": "score_safety"},
        {"event": "user", "text": "een 0, ik ben bang voor hem"},
        {"event": "action", "name": "utter_concern_partner_violence"},
        {"event": "bot", "metadata": {"utter_action": "utter_concern_partner_violence"}},
        {"event": "user", "text": "nee"},
    ]
    said, found, _ = await run(ValidateCheckupForm(), tracker)
    assert found["score_safety"] == 0.0
    assert said == follow


async def test_all_skipped_is_no_result(database: Database) -> None:
    said, slots, _ = await run(ActionCheckupResult(), tracker_of(dict.fromkeys(QUESTIONS, "-")))
    assert said == ["utter_checkup_nothing"]
    assert slots == dict.fromkeys(QUESTIONS)


@pytest.mark.parametrize(("marks", "after"), [(GOOD, "utter_checkup_next"), (LOW, "utter_checkup_low")])
async def test_a_yes_keeps_and_low_marks_lead_to_a_person(database: Database, marks: dict[str, float], after: str) -> None:
    said, slots, _ = await run(ActionKeepCheckup(), tracker_of(marks))
    assert said == ["utter_checkup_kept", after]
    assert slots == dict.fromkeys(QUESTIONS)
    kept = newest("somebody")
    assert kept is not None
    assert kept.areas["joy"] == marks["score_joy"]


async def test_a_no_keeps_nothing(database: Database) -> None:
    said, slots, _ = await run(ActionDropCheckup(), tracker_of(LOW))
    assert said == ["utter_checkup_not_kept", "utter_checkup_low"]
    assert slots == dict.fromkeys(QUESTIONS)
    assert newest("somebody") is None


async def test_a_database_that_is_down_is_said_and_the_result_still_comes(no_database: None) -> None:
    said, _, _ = await run(ActionKeepCheckup(), tracker_of(GOOD))
    assert said == ["utter_checkup_not_saved", "utter_checkup_next"]
    said, _, _ = await run(ActionCheckupResult(), tracker_of(GOOD))
    assert said[0] == "utter_checkup_result"
