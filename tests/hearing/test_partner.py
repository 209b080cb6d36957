"""How the visitor calls their partner, and how the coach takes it over."""

from __future__ import annotations

import pytest
import yaml

from bot.hearing.partner import UNKNOWN, Partner, partner_in, with_partner
from bot.settings import ROOT

RESPONSES = yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))["responses"]


@pytest.mark.parametrize(
    ("messages", "called", "he", "him"),
    [
        (["En mijn man weet van niks", "Sinds mijn man weg is"], "je man", "hij", "hem"),
        (["gisteren loog Tom mijn man"], "Tom", "hij", "hem"),
        (["mijn man heeft gelogen"], "je man", "hij", "hem"),
        (["ik heb appjes gestuurd met mijn ex"], "je partner", "die", "je partner"),
        (["ik wil sorry zeggen", "nee tis voor mijn ma"], "je ma", "zij", "haar"),
        (["ik wil mijn excuses aanbieden aan mijn zoon"], "je zoon", "hij", "hem"),
        (["mijn moeder zegt dat mijn man liegt"], "je man", "hij", "hem"),
        (["m'n lief luistert niet, hij is boos"], "je lief", "hij", "hem"),
        (["mijn lief is weg"], "je lief", "die", "je lief"),
        (["ik heb mijn vrouw Noor gekwetst"], "Noor", "zij", "haar"),
        (["mijn vrouw heet sanne"], "Sanne", "zij", "haar"),
        (["wat vind je hiervan: Lieve Sam, het spijt me"], "Sam", "die", "Sam"),
        (["Sam, mijn man, ging weg"], "Sam", "hij", "hem"),
        (["mijn partner is boos", "ze huilde"], "je partner", "zij", "haar"),
        (["mijn partner is non-binair"], "je partner", "die", "hen"),
        (["mijn man Sam is weg", "nee, mijn man heet Tom"], "Tom", "hij", "hem"),
        # Not sure, so not said.
        (["Lieve schat, sorry"], "je partner", "die", "je partner"),
        (["ik vertelde het aan mijn vriendin", "mijn man weet niets"], "je man", "hij", "hem"),
        (["mijn vriendin zegt dat hij fout zit"], "je partner", "hij", "hem"),
        (["hij en zij praten over Sam"], "je partner", "die", "je partner"),
        (["/express_hurt", "hallo"], "je partner", "die", "je partner"),
        ([], "je partner", "die", "je partner"),
    ],
)
def test_only_what_is_sure_is_known(messages: list[str], called: str, he: str, him: str) -> None:
    assert partner_in(messages) == Partner(called, he, him)


def test_a_wording_speaks_of_the_partner_as_the_visitor_does() -> None:
    sam = Partner("Sam", "hij", "hem")
    assert with_partner("Je partner zweeg. Wat deed jouw partner, en wat wil {he}? {he} weet het.", sam) == (
        "Sam zweeg. Wat deed Sam, en wat wil hij? Hij weet het."
    )
    assert with_partner("Misschien is het aan {him}.", UNKNOWN) == "Misschien is het aan je partner."


@pytest.mark.parametrize("partner", [UNKNOWN, Partner("Sam", "hij", "hem"), Partner("je lief", "die", "je lief")])
def test_every_wording_stays_a_sentence(partner: Partner) -> None:
    for name, variants in RESPONSES.items():
        for variant in variants:
            said = with_partner(variant["text"], partner)
            assert "{he}" not in said and "{him}" not in said, name
            assert partner is UNKNOWN or "e partner" not in said.replace("e partners", ""), said
