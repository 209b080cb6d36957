from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.handoff.contact import Contact, introduces, read_contact

MOBILE_NL, MOBILE_BE = "+31612345678", "+32475123456"


@pytest.mark.parametrize(
    ("country", "text", "value"),
    [
        ("nl", "0612345678", MOBILE_NL),
        ("nl", "06 1234 5678", MOBILE_NL),
        ("nl", "06-12345678", MOBILE_NL),
        ("nl", "06 - 12 34 56 78", MOBILE_NL),
        ("nl", "06–12345678", MOBILE_NL),
        ("nl", "06.12.34.56.78", MOBILE_NL),
        ("nl", "06/12345678", MOBILE_NL),
        ("nl", "06_12_34_56_78", MOBILE_NL),
        ("nl", "(06) 12345678", MOBILE_NL),
        ("nl", "0 6 1 2 3 4 5 6 7 8", MOBILE_NL),
        ("nl", "06\u00a012345678", MOBILE_NL),
        ("nl", "+31612345678", MOBILE_NL),
        ("nl", "+31 (0)6 12345678", MOBILE_NL),
        ("nl", "(+31) 6 12345678", MOBILE_NL),
        ("nl", "0031 6 12345678", MOBILE_NL),
        ("nl", "31612345678", MOBILE_NL),
        ("be", "06 12345678", MOBILE_NL),
        ("nl", "020-6241111", "+31206241111"),
        ("nl", "bel me op 06-12345678, liefst na 18:00 uur!", MOBILE_NL),
        ("nl", "ik ben 34, 0612345678.", MOBILE_NL),
        ("nl", "06 12345678 18:00", MOBILE_NL),
        ("nl", "06 12345678 18-20 uur", MOBILE_NL),
        ("nl", "doe maar (0612345678)", MOBILE_NL),
        ("be", "0475 12 34 56", MOBILE_BE),
        ("be", "0475/12.34.56", MOBILE_BE),
        # On a Dutch site, too, somebody may have a Belgian telephone; Roermond has the same digits, written in another way.
        ("nl", "0475 12 34 56", MOBILE_BE),
        ("nl", "0475/123456", MOBILE_BE),
        ("nl", "0475-123456", "+31475123456"),
        ("nl", "0475123456", "+31475123456"),
        ("be", "0475123456", MOBILE_BE),
        ("be", "+32 475 12 34 56", MOBILE_BE),
        ("nl", "+32 475 12 34 56", MOBILE_BE),
        ("nl", "0032475123456", MOBILE_BE),
        ("be", "+32 (0)475 12 34 56", MOBILE_BE),
        ("be", "mijn gsm is 0475 12 34 56 maar bel niet overdag", MOBILE_BE),
        ("be", "02 511 11 11", "+3225111111"),
        ("nl", "+49 30 901820", "+4930901820"),
    ],
)
def test_every_usual_spelling_of_a_number(country: str, text: str, value: str) -> None:
    assert read_contact(text, country) == Contact("phone", value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("jan@example.com", "jan@example.com"),
        ("mail me op jan.de-vries+coach@example.com.", "jan.de-vries+coach@example.com"),
        ("Jan <jan@Example.COM>", "jan@example.com"),
        ("mailto:jan@example.com", "jan@example.com"),
        ("'jan@example.com'!", "jan@example.com"),
        ("jan@example.com, of bel 06-12345678", "jan@example.com"),
        ("jan0612345678@example.com", "jan0612345678@example.com"),
        ("niet @jan maar piet@example.com", "piet@example.com"),
    ],
)
def test_an_address_in_a_sentence(text: str, value: str) -> None:
    assert read_contact(text, "nl") == Contact("email", value)


@pytest.mark.parametrize("country", ["nl", "be"])
@pytest.mark.parametrize(
    "text",
    [
        "",
        "dat zeg ik liever niet",
        "jan@example",
        "jan@example,com",
        "jan@@example.com",
        "@",
        "06 12 34 56 78 9",
        "0612345678901",
        "+31 6 1234",
        "112",
        "bel ik dan 113 of 0800-2000?",
        "0900 1234",
        "op 12-10-2024 om 18:30",
        "we zijn 31 jaar samen, sinds 1993",
        "NL91ABNA0612345678",
        "123456782",
    ],
)
def test_no_contact_or_an_impossible_one(text: str, country: str) -> None:
    assert read_contact(text, country) is None


@pytest.mark.parametrize("text", ["06-1234567", "06 123 4567"])
def test_a_dutch_number_with_a_digit_too_few_is_not_taken_for_a_belgian_one(text: str) -> None:
    assert read_contact(text, "nl") is None


@given(st.text() | st.text(alphabet="0123456789+-()/. @u:jn\u00a0\ud800٣", max_size=60), st.sampled_from(["nl", "be", ""]))
def test_it_never_raises(text: str, country: str) -> None:
    found = read_contact(text, country)
    assert found is None or (found.kind == "email") == ("@" in found.value)


def test_a_contact_does_not_show_itself() -> None:
    assert "612345678" not in repr(read_contact("0612345678", "nl"))


@pytest.mark.parametrize(
    "text",
    [
        "ja, ik ben Tom en mijn gsm is 0486112233",
        "Tom, 0486112233",
        "jan@example.nl",
        "graag, je mag me bellen op 06 12 34 56 78",
        "Jan de Wit en mijn nummer is 0612345678",
    ],
)
def test_who_somebody_is_and_how_to_reach_them(text: str) -> None:
    assert introduces(text, "be" if "0486" in text else "nl")


@pytest.mark.parametrize(
    "text",
    [
        "ja graag",
        "ja maar hij dreigt, 0612345678",
        "hij belt me dag en nacht op 0612345678 en dreigt dan",
        "mijn man heeft mijn gsm afgepakt, 0612345678 is van mijn zus",
    ],
)
def test_what_says_more_than_that(text: str) -> None:
    assert not introduces(text, "nl")
