import pytest

from bot.apology import review_apology
from bot.apology.patterns import SIGNS, VETOES
from bot.apology.review import ELEMENTS, FAULTS
from bot.apology.thresholds import THRESHOLDS

DEED = "Ik heb je telefoon gelezen en dat spijt me."


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"{DEED} Maar jij had ook gewoon eerlijk kunnen zijn.", "but_excuse"),
        ("ik heb u uitgelachen maar gij zijt ook nooit vriendelijk", "but_excuse"),
        ("Sorry als ik je gekwetst heb met mijn opmerking.", "conditional"),
        ("Mocht je dat vervelend vinden, dan spijt het me.", "conditional"),
        ("Sorry dat jij je zo gekwetst voelt.", "blame_shift"),
        (f"{DEED} Jij haalde het bloed onder mijn nagels vandaan.", "blame_shift"),
        (f"{DEED} Het was maar een grapje.", "minimise"),
        ("kheb gelogen en tspijt me. zo erg was da nu ook weer nie", "minimise"),
        (f"{DEED} Zo bedoelde ik het niet.", "justify"),
        (f"{DEED} Ik was gewoon moe.", "justify"),
        ("Sorry voor alles.", "vague"),
        (f"{DEED} Nu moet jij mij ook vergeven.", "demand"),
        (f"{DEED} Laten we het er niet meer over hebben.", "demand"),
    ],
)
def test_a_certain_phrase_is_a_fault(text: str, kind: str) -> None:
    assert [fault.kind for fault in review_apology(text).faults] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        f"{DEED} Je hoeft me niet te vergeven.",
        f"{DEED} Ge moet mij ni vergeven.",
        f"{DEED} Ik snap het als je nog even afstand wilt.",
        "Ik was gewoon moe. Dat is geen excuus. Ik had niet mogen schreeuwen.",
        f"{DEED} Ik ga niet zeggen dat jij begon.",
        "Toen ik zei dat het maar een grapje was, heb ik het erger gemaakt. Dat spijt me.",
        f"{DEED} Jij hebt hier geen schuld aan.",
        f"{DEED} Laat me weten wanneer je erover wilt praten.",
    ],
)
def test_a_look_alike_is_none(text: str) -> None:
    assert review_apology(text).faults == ()


@pytest.mark.parametrize("text", ["Sorry als ik je gekwetst heb.", "Sorry dat jij je zo voelt.", "Jammer dat het zo gelopen is."])
def test_a_sorry_that_takes_nothing_on_is_no_regret(text: str) -> None:
    assert "regret" not in review_apology(text).elements


def test_two_faults_side_by_side_are_quoted_apart() -> None:
    faults = review_apology(f"{DEED} Het was maar een grapje. Nu moet je me ook vergeven.").faults
    assert [fault.text for fault in faults] == ["Het was maar een grapje.", "Nu moet je me ook vergeven."]


def test_every_pattern_and_threshold_has_a_kind_of_the_contract() -> None:
    kinds = {*ELEMENTS, *FAULTS}
    assert {kind for pattern in (*SIGNS, *VETOES) for kind in pattern.kinds} <= kinds
    assert set(THRESHOLDS) == kinds
