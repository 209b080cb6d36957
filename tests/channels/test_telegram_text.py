import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.alarm.helplines import CATEGORIES, in_words, lines_for
from bot.channels import telegram_text
from bot.channels.telegram_text import LONGEST, messages_of, split


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@given(st.text(alphabet=st.sampled_from("ab é😭.?!\n'"), max_size=300), st.integers(2, 50))
def test_nothing_is_lost_and_every_part_fits(text: str, limit: int) -> None:
    parts = split(text, limit)
    assert all(0 < units(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_what_fits_is_left_as_it_is() -> None:
    text = "Een regel.\n\n  En nog een." + "a" * (LONGEST - 25)
    assert units(text) == LONGEST
    assert split(text, LONGEST) == [text]


def test_a_long_text_is_cut_between_sentences() -> None:
    sentence = "Ik hoor dat het je pijn doet, en dat mag er zijn. "
    parts = split(sentence * 200, LONGEST)
    assert len(parts) == 3
    assert all(part.endswith("zijn.") for part in parts)


def test_an_emoji_counts_as_telegram_counts_it() -> None:
    assert [units(part) for part in split("😭" * 3000, LONGEST)] == [LONGEST, 6000 - LONGEST]


def test_buttons_stand_below_the_last_part_and_leave_room_for_the_choice() -> None:
    button = {"title": "Ja, graag", "payload": "/affirm"}
    found = messages_of([{"text": "Zin. " * 1000, "buttons": [button]}, {"custom": {"helplines": []}}, {"text": "Goed."}])
    assert [message["buttons"] for message in found] == [[], [("Ja, graag", "/affirm")], []]
    assert all(units(message["text"]) < LONGEST - 150 for message in found)


@pytest.mark.parametrize("category", CATEGORIES)
def test_helplines_are_left_as_they_are(category: str) -> None:
    text = in_words(lines_for(category, True, "nl"))
    assert [message["text"] for message in messages_of([{"text": text}])] == [text]


@pytest.mark.parametrize(
    "name", ["ONLY_WORDS", "ONLY_WORDS_READ", "ONLY_PRIVATE", "BUTTON_IS_OLD", "TELEGRAM_KEEPS", "TELEGRAM_STILL_KEEPS"]
)
def test_a_line_of_the_channel_is_fit_to_be_said(name: str) -> None:
    line = getattr(telegram_text, name)
    assert "!" not in line
    assert line.count("?") <= 1
    assert line.count(".") + line.count("?") <= 3
    assert " u " not in line
