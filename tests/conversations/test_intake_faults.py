"""Whatever goes wrong during an intake: nothing is lost, nothing is kept twice, and nobody is told that something was sent that was not."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from bot.alarm.helplines import plain_message
from tests.conftest import Coach
from tests.conversations.test_intake import REACH, intakes, notices, said, say, up_to_consent

SECONDS = 90


@contextmanager
def nothing_can_be_written(coach: Coach) -> Iterator[None]:
    """Somebody else holds the database's only write lock, as a full disk or a stuck backup would."""
    holder = sqlite3.connect(coach.folder / "conversations.db", isolation_level=None, timeout=30)
    holder.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        holder.execute("ROLLBACK")
        holder.close()


def begin(coach: Coach, sender: str) -> None:
    say(coach, sender, "kan ik een echte therapeut spreken")
    say(coach, sender, "ja graag")


def responses(coach: Coach, sender: str) -> list[str]:
    return [str(event["metadata"].get("utter_action")) for event in said(coach, sender)]


@pytest.mark.parametrize(
    "wrong",
    [
        *("anna@", "anna@example", "@example.org", "anna at example punt nl"),
        *("061234", "123456", "06-1234567", "0800-2000", "op mijn werk"),
    ],
)
def test_what_is_no_address_and_no_number_is_asked_again(coach: Coach, sender: str, wrong: str) -> None:
    begin(coach, sender)
    say(coach, sender, "Anna")
    say(coach, sender, wrong)
    assert responses(coach, sender)[-2:] == ["utter_intake_contact_wrong", "utter_ask_intake_contact"]
    say(coach, sender, "anna@example.org")
    assert responses(coach, sender)[-1] == "utter_ask_intake_reach"


@pytest.mark.parametrize("name", ["J" * 3_999, "Jan " * 900])
def test_a_name_that_is_far_too_long_is_asked_again(coach: Coach, sender: str, name: str) -> None:
    begin(coach, sender)
    say(coach, sender, name)
    assert responses(coach, sender)[-2:] == ["utter_intake_name_long", "utter_ask_intake_name"]
    say(coach, sender, "J" * 5_000)
    say(coach, sender, "Jan")
    assert responses(coach, sender)[-1] == "utter_ask_intake_contact", "and one that no channel lets through changes nothing"


@pytest.mark.parametrize("name", ["Anna 0[", "{practice_phone}", "Anna {helplines}", "{0}"])
def test_a_name_with_braces_stays_that_name(coach: Coach, sender: str, name: str) -> None:
    begin(coach, sender)
    say(coach, sender, name)
    say(coach, sender, "0612345678")
    summary = say(coach, sender, REACH)
    assert f"Naam: {name}\n" in summary
    assert "Bereikbaar op: +31612345678" in summary
    say(coach, sender, "ja verstuur")
    assert [kept["name"] for kept in intakes(coach, sender)] == [name]


def test_a_second_intake_within_a_minute(coach: Coach, sender: str) -> None:
    for _ in range(2):
        begin(coach, sender)
        up_to_consent(coach, sender)
        say(coach, sender, "ja verstuur")
        say(coach, sender, "sla over")
        say(coach, sender, "sla over")
    (kept,) = intakes(coach, sender)
    assert notices(coach, kept["id"]) == 1
    begin(coach, sender)
    say(coach, sender, "Anna")
    say(coach, sender, "anna@example.org")
    say(coach, sender, REACH)
    say(coach, sender, "ja verstuur")
    assert len(intakes(coach, sender)) == 2, "another one is no double"


def test_both_clicks_at_the_very_same_time(coach: Coach, sender: str) -> None:
    begin(coach, sender)
    up_to_consent(coach, sender)
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda _: say(coach, sender, "ja verstuur"), range(2)))
    assert all(answers)
    (kept,) = intakes(coach, sender)
    assert (kept["together"], kept["about"]) == (None, None), "the second click is no answer to what comes next"
    assert notices(coach, kept["id"]) == 1


def test_a_database_that_can_not_write_at_the_yes(coach: Coach, sender: str) -> None:
    begin(coach, sender)
    up_to_consent(coach, sender)
    with nothing_can_be_written(coach):
        answer = say(coach, sender, "ja verstuur")
    assert answer.endswith(plain_message())
    assert "verstuurd naar" not in answer and "doorgegeven" not in answer
    assert not intakes(coach, sender)
    # Nothing that was filled in is asked again.
    say(coach, sender, "ja verstuur")
    (kept,) = intakes(coach, sender)
    assert (kept["contact"], kept["reach"]) == ("+31612345678", REACH)


def test_an_alarm_that_can_not_be_written_is_answered_and_locks_all_the_same(coach: Coach, sender: str) -> None:
    say(coach, sender, "hoi")
    with nothing_can_be_written(coach):
        answer = say(coach, sender, "hij heeft me gisteren geslagen")
        assert "0800-2000" in answer.removesuffix(plain_message()), "the helplines of this alarm, and then that something is wrong"
        assert say(coach, sender, "hoe begin ik er met hem over?") == plain_message(), "no coaching meanwhile"
    say(coach, sender, "hoe begin ik er met hem over?")
    safety = [action for action in coach.actions(sender) if action.startswith(("utter_alarm", "utter_locked"))]
    assert safety == ["utter_alarm_partner_violence", "utter_locked_coaching"]


def back_again(coach: Coach) -> None:
    deadline = time.monotonic() + SECONDS
    while coach.http.get(f"{coach.web}/health").status_code != 200:
        assert time.monotonic() < deadline, "it did not come back"
        time.sleep(0.5)


def test_an_action_server_that_dies_in_the_middle(coach: Coach, sender: str) -> None:
    begin(coach, sender)
    say(coach, sender, "Anna")
    os.kill(coach.part("serve-actions"), signal.SIGKILL)
    answer = say(coach, sender, "0612345678")
    back_again(coach)
    # It may be there again in time for the answer; if not, that is said, and the same words are taken as the answer that they are.
    if answer.endswith(plain_message()):
        say(coach, sender, "0612345678")
    assert responses(coach, sender)[-1] == "utter_ask_intake_reach"
    assert "Naam: Anna\n" in say(coach, sender, REACH)


def test_an_action_server_that_dies_after_words_were_said(coach: Coach, sender: str) -> None:
    say(coach, sender, "hij heeft me gisteren geslagen")
    os.kill(coach.part("serve-actions"), signal.SIGKILL)
    answer = say(coach, sender, "/ask_human")
    assert answer
    assert "verstuur je aanvraag niet" not in answer, "nobody refused anything"
    back_again(coach)
    if answer.endswith(plain_message()):
        say(coach, sender, "/ask_human")
    assert responses(coach, sender)[-1] == "utter_ask_intake_name"
