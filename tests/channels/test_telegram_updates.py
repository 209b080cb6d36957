import contextlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.cleaning import Kind, button_payloads, clean
from bot.channels.telegram_updates import COMMANDS, read_update, said

PRIVATE = {"id": 5551234987, "type": "private"}


def message(**content: Any) -> dict[str, Any]:
    return {"update_id": 1, "message": {"message_id": 7, "chat": PRIVATE, **content}}


def test_a_command_can_do_no_more_than_a_button() -> None:
    assert set(COMMANDS.values()) <= button_payloads()
    assert {clean(payload).kind for payload in COMMANDS.values()} == {Kind.PAYLOAD}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/start", "/greet"),
        ("/START", "/greet"),
        ("/start@eerste_stap_bot", "/greet"),
        ("/start website", "/greet"),
        ("/help", "/ask_help"),
        ("/stop ", "/stop"),
        ("/verwijder", "/delete_data"),
        ("/therapeut", "/ask_human"),
        ("/stop hij slaat me", "hij slaat me"),
        ("/start ik durf niet meer thuis te zijn", "ik durf niet meer thuis te zijn"),
        ("/therapeut\nhelp me", "help me"),
        ("/stoppen", "/stoppen"),
        ("stop", "stop"),
        ("ik zei /stop", "ik zei /stop"),
    ],
)
def test_what_was_said(text: str, expected: str) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ({"text": "hoi"}, "words"),
        ({"photo": [], "caption": "dit deed hij"}, "words"),
        ({"sticker": {}}, "wordless"),
        ({"voice": {}}, "wordless"),
        ({"contact": {}}, "wordless"),
        ({"location": {}}, "wordless"),
        ({"pinned_message": {}}, None),
        ({"message_auto_delete_timer_changed": {}}, None),
    ],
)
def test_kinds_of_messages(content: dict[str, Any], kind: str | None) -> None:
    found = read_update(message(**content))
    assert (found.kind if found else None) == kind


def test_words_beside_a_photo_are_known_as_such() -> None:
    found = read_update(message(photo=[], caption="dit deed hij"))
    assert found is not None
    assert (found.text, found.attached) == ("dit deed hij", True)


def test_an_edited_message_is_read_and_a_moving_location_is_not() -> None:
    edited = {"message_id": 7, "chat": PRIVATE}
    found = read_update({"update_id": 1, "edited_message": {**edited, "text": "hij sloeg me"}})
    assert found is not None
    assert found.text == "hij sloeg me"
    assert read_update({"update_id": 1, "edited_message": {**edited, "location": {}}}) is None


@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=5),
        lambda inner: st.dictionaries(
            st.sampled_from(["update_id", "message", "chat", "id", "type", "text", "callback_query", "my_chat_member"]), inner
        ),
    )
)
def test_a_strange_update_is_noticed_as_such(update: Any) -> None:
    with contextlib.suppress(KeyError, TypeError, ValueError, AttributeError):
        read_update(update)


def test_nothing_of_a_visitor_is_in_a_repr() -> None:
    shown = repr(read_update(message(text="hij sloeg me")))
    assert "sloeg" not in shown
    assert "5551234987" not in shown
