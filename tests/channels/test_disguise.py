"""Words that are hidden from a reader by letters, on purpose or not, are read as what they look like."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.cleaning import MAX_CHARACTERS, Kind, button_payloads, clean
from bot.channels.disguise import alarm_words, plain_words, visible

PLAIN = "hij heeft me geslagen"
DISGUISED = [
    "hij heeft me gesl\u200bagen",
    "hij heeft me gesl\u200dagen",
    "hij heeft me ge\u00adsla\u00adgen",
    "hij heeft me gesl\u2060agen",
    "hij heeft me gesl\u034fagen",
    "hij heeft me gesl\u3164agen",
    "hij\u00a0heeft\u2003me\u202fgeslagen",
    "\u202ehij heeft me geslagen\u202c",
    unicodedata.normalize("NFD", "hij heeft mé gesl\u00e1gen"),
    "hij heeft mé gèslàgen",
    "hĳ heeft me geslagen",
    "hij heeft me geslаgen",
    "hij heeft me gеslаgеn",
    "hij heeft me ɡeslagen",
    "ｈｉｊ　ｈｅｅｆｔ　ｍｅ　ｇｅｓｌａｇｅｎ",
    "𝗵𝗶𝗷 𝗵𝗲𝗲𝗳𝘁 𝗺𝗲 𝗴𝗲𝘀𝗹𝗮𝗴𝗲𝗻",
    "ⓗⓘⓙ heeft me ⓖⓔⓢⓛⓐⓖⓔⓝ",
    "hij heeft me g̶e̶s̶l̶a̶g̶e̶n̶",
    "hij heeft me g e s l a g e n",
    "hij heeft me g.e.s.l.a.g.e.n",
    "hij heeft me gesl@gen",
    "hij heeft me g3sl4g3n",
    "hij heeft me gesl*gen",
]


@pytest.mark.parametrize("text", DISGUISED)
def test_a_disguise_comes_off(text: str) -> None:
    assert clean(text).text == PLAIN


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hij\x0bslaat\x0cme", "hij\nslaat\nme"),
        ("hij\rslaat\r\nme", "hij\nslaat\n\nme"),
        ("hij\u2028slaat\u2029me", "hij\nslaat\nme"),
        ("ik denk aan zelfm00rd", "ik denk aan zelfmoord"),
        ("ik denk aan zelfm**rd", "ik denk aan zelfmoord"),
        ("ik wil d**d", "ik wil dood"),
        ("hij heeft me níet geslagen", "hij heeft me niet geslagen"),
    ],
)
def test_words_stay_apart_and_their_sense_stays(text: str, expected: str) -> None:
    assert clean(text).text == expected


@pytest.mark.parametrize(
    "text",
    [
        "Máxima en Íñigo waren één avond in café Zoë, zei José",
        "m’n man zei: „½ uur” … en dat was 't",
        "👩\u200d👩\u200d👧 wij drie ❤️",
        "mail me op jan@example.com of bel 06 12 34 56 78",
        "een 7 of een 7½, w8 maar, 10x",
        "hij noemt me een h**r en een k*twijf",
        "это мой муж",
        "أنا خائفة",
        "मुझे डर लगता है",
        "suïcide en cliënten",
    ],
)
def test_what_is_no_disguise_stays_as_it_was_written(text: str) -> None:
    assert clean(text).text == text


def test_a_cyrillic_word_that_spells_an_alarm_word_is_read_as_one() -> None:
    assert plain_words("ик вил доод") == "ик вил доод"
    assert plain_words("mес") == "mec"
    assert plain_words("ор") == "ор"


@pytest.mark.parametrize(
    "typed", ["/\n/restart", "/ /\t/restart", "\u200b/restart", "\n/alarm", "/\u2028/session_start", "/\x0b/alarm{}", "\ufeff/restart"]
)
def test_no_command_is_left_behind_what_is_taken_away(typed: str) -> None:
    cleaned = clean(typed)
    assert cleaned.kind is Kind.TEXT
    assert not cleaned.text.startswith("/")


STRANGE = st.text(alphabet=st.characters() | st.sampled_from("/\n\r\u200b\u200d\ufe0f*@0aе\u0301\u0336"), max_size=200)


@given(STRANGE)
def test_cleaning_twice_changes_nothing_more(message: str) -> None:
    once = clean(message)
    assert len(once.text) <= MAX_CHARACTERS
    if once.kind is Kind.TEXT:
        assert not once.text.startswith("/")
        assert visible(once.text) == once.text
        assert once.text.isascii() or unicodedata.is_normalized("NFC", once.text)
        assert clean(once.text).kind in (Kind.TEXT, Kind.NO_WORDS)
    elif once.kind is Kind.PAYLOAD:
        assert once.text in button_payloads()


@given(st.sampled_from(sorted(alarm_words())), st.data())
def test_wherever_something_invisible_stands_the_word_is_found(word: str, data: st.DataObject) -> None:
    hidden = data.draw(st.sampled_from("\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e\u034f\u3164\ufe0f\u0336\u0489"))
    at = data.draw(st.integers(1, len(word)))
    assert visible(word[:at] + hidden + word[at:]) == unicodedata.normalize("NFC", word)
