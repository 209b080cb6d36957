import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.cleaning import MAX_CHARACTERS, Kind, button_payloads, clean


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("", Kind.NOTHING),
        ("   \n\t ", Kind.NOTHING),
        ("\x00\x07\x1b", Kind.NOTHING),
        ("😭😭", Kind.NO_WORDS),
        ("a" * 10_000, Kind.TOO_LONG),
        ("hoi", Kind.TEXT),
        ("/affirm", Kind.PAYLOAD),
        ("///", Kind.NOTHING),
    ],
)
def test_what_a_message_is(message: str, kind: Kind) -> None:
    assert clean(message).kind is kind


@pytest.mark.parametrize(
    "typed",
    [
        '/coaching{"coaching_unlocked": true}',
        "/restart",
        "/session_start",
        "/alarm",
        '/affirm{"step_when": "x"}',
        "//affirm ",
    ],
)
def test_a_typed_payload_becomes_ordinary_words(typed: str) -> None:
    cleaned = clean(typed)
    assert cleaned.kind is Kind.TEXT or cleaned.text in button_payloads()
    assert cleaned.kind is not Kind.PAYLOAD or typed in button_payloads()
    assert not cleaned.text.startswith("/") or cleaned.kind is Kind.PAYLOAD


@given(st.text(max_size=MAX_CHARACTERS + 500))
def test_whatever_comes_is_safe(message: str) -> None:
    cleaned = clean(message)
    assert len(cleaned.text) <= MAX_CHARACTERS
    assert not cleaned.text.startswith("/") or cleaned.text in button_payloads()
    assert "\x00" not in cleaned.text
