import pytest

from bot.apology import review_apology
from bot.apology.review import ELEMENTS, FAULTS

FULL = (
    "Ik heb gisteren voor je ouders gezegd dat je nooit iets afmaakt. Je werd stil en ik zag dat je je vernederd voelde. "
    "Het spijt me verschrikkelijk. Als ik weer boos word loop ik eerst een blokje om. Zaterdag bel ik je ouders om het recht te zetten."
)


def test_a_full_apology_has_all_five_elements_and_no_fault() -> None:
    review = review_apology(FULL)
    assert review.elements == set(ELEMENTS)
    assert review.faults == ()


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Het spijt me, maar jij begon met schreeuwen.", "but_excuse", "jij begon"),
        ("Sorry als ik je gekwetst heb.", "conditional", "als ik je gekwetst heb"),
        ("Ik had dat niet mogen zeggen. Zo erg was het nou ook weer niet.", "minimise", "Zo erg was het nou ook weer niet"),
        ("Ik heb je uitgescholden en dat spijt me. Nu moet je me ook vergeven.", "demand", "moet je me ook vergeven"),
    ],
)
def test_a_fault_is_quoted_where_it_stands(text: str, kind: str, words: str) -> None:
    faults = review_apology(text).faults
    assert [fault.kind for fault in faults] == [kind]
    assert words in faults[0].text


@pytest.mark.parametrize(
    "text",
    [
        "Het spijt me dat ik loog, maar ik wil het goedmaken.",
        "Ik was moe, en dat is geen excuus. Ik had niet mogen schreeuwen.",
        "Ik snap het als je me nog niet kunt vergeven. Het spijt me dat ik je liet wachten.",
    ],
)
def test_innocent_look_alikes_are_no_faults(text: str) -> None:
    assert review_apology(text).faults == ()


def test_a_letter_is_read_to_its_end_and_offsets_are_those_of_the_letter() -> None:
    letter = "We zijn al lang samen en ik denk veel aan vroeger, aan de zee en aan het huis. " * 35 + "Sorry als ik je gekwetst heb."
    review = review_apology(letter)
    assert len(letter) > 2500
    assert "conditional" in {fault.kind for fault in review.faults}
    assert all(letter[fault.start : fault.end] == fault.text and fault.kind in FAULTS for fault in review.faults)


@pytest.mark.parametrize("text", ["", "   \n ", "…", "😢"])
def test_nothing_to_read_is_no_apology_and_no_fault(text: str) -> None:
    assert review_apology(text).faults == ()
