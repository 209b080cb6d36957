"""What a visitor feels: their own word, never a denied one, never their partner's."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.hearing import heard
from bot.hearing.clauses import clauses, listed
from bot.hearing.feelings import feeling, goes_on_about_other
from bot.hearing.short_answers import Asked, meant
from bot.hearing.words import ADJECTIVES, CUES, FEELINGS

OWN = [
    ("ik ben zo boos op hem", "boos", "boos"),
    ("ben echt verdrietig", "verdrietig", "verdrietig"),
    ("'k ben er kapot van", "verdrietig", "kapot"),
    ("Ik voel me zo eenzaam naast hem.", "eenzaam", "eenzaam"),
    ("ik voel mij vernederd door haar grapjes", "vernederd", "vernederd"),
    ("hij liegt en daar word ik woest van", "boos", "woest"),
    ("ik heel kwaad op mijn vrouw", "boos", "kwaad"),
    ("boos en verdrietig", "boos", "boos en verdrietig"),
    ("Ik ben boos en gekwetst tegelijk.", "boos", "boos en gekwetst"),
    ("ik ben niet boos, ik ben gewoon verdrietig", "verdrietig", "verdrietig"),
    ("Waarom voel ik me zo machteloos?", "machteloos", "machteloos"),
    ("omdat ik bang ben dat ze weggaat", "bang", "bang"),
    ("dat maakt me zo jaloers", "jaloers", "jaloers"),
    ("ik ben boos om wat hij zei over zijn moeder", "boos", "boos"),
    ("ik ben boos dat hij niet belde", "boos", "boos"),
    ("ik ben op", "moe", "uitgeput"),
    ("Ik ben zo ontgoocheld in hem", "gekwetst", "ontgoocheld"),
    ("ik ben pissig", "boos", "boos"),
]
NOT_OWN = [
    "ik ben niet boos",
    "ik ben helemaal niet jaloers, wat zij ook zegt",
    "boos ben ik nooit",
    "ik ben nergens schuldig aan",
    "hij was boos op mij",
    "mijn vrouw is verdrietig",
    "mijn man voelt zich eenzaam",
    "ze was zo kwaad toen ik thuiskwam",
    "hij zegt dat ik jaloers ben",
    "volgens haar ben ik altijd boos",
    "als ik boos ben ga ik wandelen",
    "ben ik nu jaloers?",
    "misschien ben ik jaloers",
    "vroeger was ik altijd bang",
    "ik ben lang kwaad geweest",
    "ik wil hem niet jaloers maken",
    "ik wil niet boos zijn",
    "ik ben op vakantie",
    "ik ben alleen thuis met de kat",
    "ik weet dat ze bang is",
]
TOLD = [
    ("ik lig al drie nachten te huilen", "verdrietig"),
    ("mijn hart is gebroken", "verdrietig"),
    ("wat hij zei deed zo'n pijn", "gekwetst"),
    ("hij heeft mij voor schut gezet op het feest", "vernederd"),
    ("ze lachte me uit", "vernederd"),
    ("ik schaam me dood", "beschaamd"),
    ("Ik heb er zo'n spijt van", "schuldig"),
    ("het spijt me zo", "schuldig"),
    ("ik zit elke avond alleen op de bank", "eenzaam"),
    ("we leven naast elkaar als twee vreemden", "eenzaam"),
    ("hoe durft hij", "boos"),
    ("ik heb het gehad met zijn leugens", "boos"),
    ("ik heb geen energie meer voor ruzie", "moe"),
    ("wat ik ook doe, het is nooit goed", "machteloos"),
    ("pff, dat lucht op", "opgelucht"),
]
NOT_TOLD = [
    ("ze zat te huilen in de keuken", "verdrietig"),
    ("ik zag de tranen in haar ogen", "verdrietig"),
    ("dat deed hem zo'n pijn", "gekwetst"),
    ("ik heb hem uitgelachen voor zijn vrienden", "vernederd"),
    ("ik schaam me daar niet voor", "beschaamd"),
    ("hij heeft spijt van wat hij deed", "schuldig"),
    ("volgens haar is het mijn schuld", "schuldig"),
    ("ik voelde me lucht op zijn feest", "opgelucht"),
]


@pytest.mark.parametrize(("text", "name", "words"), OWN)
def test_the_visitors_own_word_is_said_back(text: str, name: str, words: str) -> None:
    found = feeling(text)
    assert found is not None
    assert (found.name, found.words, found.own) == (name, words, True)


@pytest.mark.parametrize("text", NOT_OWN)
def test_what_is_denied_past_or_of_another_is_not_the_visitors(text: str) -> None:
    found = feeling(text)
    assert found is None or not found.own


@pytest.mark.parametrize(("text", "name"), TOLD)
def test_a_feeling_is_heard_without_its_name(text: str, name: str) -> None:
    found = feeling(text)
    assert found is not None and found.name == name


@pytest.mark.parametrize(("text", "name"), NOT_TOLD)
def test_another_ones_feeling_is_not_heard_as_the_visitors(text: str, name: str) -> None:
    found = feeling(text, "express_apology")
    assert found is None or found.name != name


def test_the_intent_keeps_away_what_does_not_go_with_it() -> None:
    assert feeling("Ik dacht alleen aan mezelf en zij stond er alleen voor.", "express_apology") != "eenzaam"
    assert feeling("ik heb haar voor schut gezet, het was maar een grapje", "minimise_harm") is None
    alone, together = feeling("hij denkt dat alles om hem draait"), feeling("hij denkt dat alles om hem draait", "express_blame")
    assert alone is None
    assert together is not None and together.name == "boos"


def test_every_word_belongs_to_a_feeling() -> None:
    assert {name for name, _ in ADJECTIVES.values()} == set(FEELINGS)
    assert {cue.feeling for cue in CUES} <= set(FEELINGS)


@given(st.text(max_size=300))
@settings(deadline=None, max_examples=150)
def test_no_text_breaks_it(text: str) -> None:
    heard(text)
    heard(text, "express_hurt")


@given(
    st.lists(
        st.sampled_from(sorted(listed("ik hij me mij mijn man ben boos niet zei dat heb en , . ? huil uit lachte was te waar bij ons"))),
        max_size=18,
    )
)
@settings(deadline=None, max_examples=150)
def test_no_order_of_words_breaks_it(words: list[str]) -> None:
    text = " ".join(words)
    heard(text)
    assert all(clause.words for clause in clauses(text))


@pytest.mark.parametrize("text", ["", " ", "?", "/express_hurt", "x" * 5000, "😢😢", "{feeling}", "\n\n"])
def test_what_says_nothing_is_heard_as_nothing(text: str) -> None:
    found = heard(text)
    assert found.mirror is None and found.wound is None


def test_a_word_alone_goes_on_about_the_one_of_whom_the_message_before_told() -> None:
    assert goes_on_about_other("heel kwaad", "hij wordt dan kwaad")
    assert not goes_on_about_other("ik ben kwaad", "hij wordt dan kwaad")
    assert not goes_on_about_other("heel kwaad", "hij ging weg")
    asked = {"response": "utter_hurt_deepen"}
    assert meant("heel kwaad", "nlu_fallback", Asked(**asked, before="hij wordt dan kwaad")) is None
    assert meant("heel kwaad", "nlu_fallback", Asked(**asked)) == "name_feeling"
