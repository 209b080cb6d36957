"""Where a conversation stopped, read from its events."""

from __future__ import annotations

from typing import Any

import pytest

from actions.thread import ENDS, open_thread
from actions.turns import asked_in_last_turn

USER = {"event": "user", "text": "…"}


def said(*names: str) -> list[dict[str, Any]]:
    return [{"event": "bot", "metadata": {"utter_action": name}} for name in names]


def loop(name: str | None) -> dict[str, Any]:
    return {"event": "active_loop", "name": name}


@pytest.mark.parametrize(
    ("events", "thread"),
    [
        ([USER, *said("utter_hurt_deepen"), USER, *said("utter_privacy")], "utter_hurt_deepen"),
        ([USER, *said("utter_hurt_hear"), USER, loop("apology_form"), *said("utter_apology_pain"), USER], "apology_form"),
        ([USER, *said("utter_hurt_hear", "utter_stopped"), USER], None),
        ([USER, loop("apology_form"), *said("utter_apology_done"), loop(None), USER], None),
        ([USER, *said("utter_greet"), USER], None),
        # Said in this very turn: that is no thread yet.
        ([USER, *said("utter_hurt_hear")], None),
    ],
)
def test_the_newest_thread_is_found(events: list[dict[str, Any]], thread: str | None) -> None:
    assert open_thread(events, through=()) == thread


def test_who_asks_for_it_goes_on_with_what_was_stopped() -> None:
    events = [USER, loop("apology_form"), *said("utter_apology_pain"), USER, loop(None), *said("utter_stopped"), USER]
    assert open_thread(events, through=ENDS) == "apology_form"
    assert open_thread(events, through=()) is None


def test_asking_back_counts_for_the_next_message_only() -> None:
    asked = {"event": "action", "name": "action_ask_back"}
    assert asked_in_last_turn([USER, asked, USER], "action_ask_back")
    assert not asked_in_last_turn([USER, asked, USER, {"event": "action", "name": "utter_greet"}, USER], "action_ask_back")
    assert not asked_in_last_turn([USER, asked], "action_ask_back")
