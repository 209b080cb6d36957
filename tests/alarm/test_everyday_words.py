"""Harm told in everyday words, in letters and in dialect: what the patterns hear, and what sounds like it and is harmless."""

from __future__ import annotations

import pytest
import spacy

from bot.alarm.patterns import AlarmPatterns
from bot.nlu.model_choice import installed_model


@pytest.fixture(scope="module")
def nlp() -> spacy.language.Language:
    return spacy.load(installed_model())


def heard(nlp: spacy.language.Language, text: str) -> set[tuple[str, str]]:
    return {(hit.category, hit.level) for hit in AlarmPatterns(nlp.vocab).hits(nlp(text))}


@pytest.mark.parametrize(
    "text",
    [
        "Lieve Karim, ik was te laat. Ik weet dat je me alleen slaat als ik niet luister.",
        "Bart, sorry dat ik uw eten niet op tijd klaar had. Ik verdiende die klets",
        "sorry dat de aardappelen koud waren, ik had die mep verdiend",
        "Het is mijn schuld dat je me toen tegen de kast moest duwen",
        "ik zal je niet meer tegenspreken zodat je niet meer hoeft te slaan",
        "Tom, ik zal luisteren, dan moet je me niet meer slaan",
        "sorry dat ik huilde toen je me door elkaar schudde",
        "ik zal zorgen dat je je hand niet meer hoeft op te heffen",
    ],
)
def test_in_a_letter_the_reader_does_it(nlp: spacy.language.Language, text: str) -> None:
    assert heard(nlp, text) == {("partner_violence", "alarm")}


@pytest.mark.parametrize(
    "text",
    [
        "je mag me altijd bellen als je niet kan slapen",
        "ik weet dat je me nooit zou slaan",
        "ik verdien die kans niet, dat besef ik",
        "ik verdiende die opmerking van jou",
        "ik wil dat je niet meer hoeft te wachten",
        "sorry dat je me wakker moest schudden",
        "ik verdien een klap voor mijn kop",
    ],
)
def test_a_letter_without_blows(nlp: spacy.language.Language, text: str) -> None:
    assert heard(nlp, text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "gisteren heb ik me opgesloten in de wc tot hij sliep",
        "ik zat opgesloten in de wc tot hij sliep",
        "ik zat op slot in de slaapkamer tot ze kalm was",
        "ze heeft losse handjes",
        "haar handjes zitten los he, pats",
        "ze gooide een pan naar me",
        "ze heeft een glas naar mij gesmeten",
        "thuis vloog de kom spaghetti langs m'n hoofd",
        "ze krabde mn gezicht open vorige week",
        "'k heb ne mot op mijn bakkes gekregen",
        "ik krijg weleens een lel van haar",
        "ik krijg soms een tik van mijn vrouw",
        "hij doet mij altijd zeer als hij zat is",
        "als hij zat is doet hij mij pijn",
        "vastgehouden tot ik niet meer kon ademen",
        "hij zat op mij, ik kon niet meer ademen",
    ],
)
def test_a_blow_in_everyday_words(nlp: spacy.language.Language, text: str) -> None:
    assert heard(nlp, text) == {("partner_violence", "alarm")}


@pytest.mark.parametrize(
    "text",
    [
        "ik heb de cadeaus verstopt tot hij sliep",
        "ik zit opgesloten in mijn hoofd",
        "hij heeft losse knopen aan zijn jas",
        "zijn schoenen zitten los",
        "hij gooit een bal naar mij",
        "er vloog een vogel langs mijn hoofd",
        "er zit een mot in de kast",
        "dat nieuws was een klap in mijn gezicht",
        "ik kreeg een schouderklop van hem",
        "ik kreeg een kus van haar",
        "hij doet me pijn met zijn woorden",
        "mijn rug doet zeer als ik zit",
        "ik lachte tot ik niet meer kon ademen",
        "hij zat op mij te wachten",
        "die film sloeg in",
        "klets maar raak",
    ],
)
def test_words_like_these_in_peace(nlp: spacy.language.Language, text: str) -> None:
    assert heard(nlp, text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "als ik thuiskom ga ik ervan langs krijgen",
        "als hij het weet ben ik er geweest, letterlijk",
        "als hij dit leest ben ik dood",
        "als ik het hem vertel zwaait er wat",
        "lange mouwen, dan zien ze de krabben niet",
        "ik draag een sjaal dat ze de plekken niet zien",
        "'k heb gezegd dat ik tegen de deur gelopen was",
        "'k zen bang van mijne vent als ie gezopen heeft",
        "ik heb schrik van mijn man",
        "ik heb schrik als hij thuiskomt",
        "ik zal zwijgen zodat je niet ontploft",
    ],
)
def test_fear_and_traces_are_asked_about(nlp: spacy.language.Language, text: str) -> None:
    assert heard(nlp, text) == {("partner_violence", "concern")}


@pytest.mark.parametrize(
    "text",
    [
        "ik ben bang voor de tandarts",
        "ik ben bang voor spinnen als ze groot zijn",
        "ik heb schrik als het onweert",
        "ik ben bang als hij niet thuiskomt",
        "ik ben er geweest en het was mooi",
        "als hij jarig is zwaait er een vlag",
        "ik draag lange mouwen want het is koud",
        "zonnebril op, dan zien ze mijn kringen niet",
        "ik ben tegen de deur gelopen",
        "zodat hij niet te laat is",
    ],
)
def test_fear_of_other_things(nlp: spacy.language.Language, text: str) -> None:
    assert heard(nlp, text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "sorry dat ik riep maar als je weggaat dan zul je er spijt van krijgen",
        "als ge weggaat zult ge het u beklagen",
        "sorry, maar als je nog 1 keer met hem praat dan gebeurt er wat",
        "als je nog eens liegt zwaait er wat",
        "als je nog eens met hem praat maak ik hem af",
        "als je dat nog eens doet, sla ik je",
        "als je dat nog eens durft doe ik je wat",
        "als je weggaat zie je de kinderen nooit meer",
    ],
)
def test_a_threat(nlp: spacy.language.Language, text: str) -> None:
    assert heard(nlp, text) == {("own_violence", "alarm")}


@pytest.mark.parametrize(
    "text",
    [
        "als je thuiskomt maak ik je blij",
        "als je wil maak ik je koffie",
        "als je wilt doe ik je een plezier",
        "als je praat gebeurt er iets moois",
        "als je lacht gebeurt er iets in mij",
        "als je belt sla ik de eieren in de pan",
        "als het regent zul je nat worden",
        "ik heb er geen spijt van",
    ],
)
def test_an_if_without_a_threat(nlp: spacy.language.Language, text: str) -> None:
    assert heard(nlp, text) == set()


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("ik heb doorgezet terwijl mijn vrouw geen zin had", "alarm"),
        ("we hadden seks en zij wou eigenlijk niet", "alarm"),
        ("we hadden seks terwijl ze sliep", "alarm"),
        ("ze zei nee maar ik ben toch doorgegaan", "concern"),
        ("onze zoon krijgt weleens een tik van mij", "alarm"),
        ("onze zoon van 6, hij krijgt weleens een tik als ie niet luistert", "alarm"),
        ("hij krijgt weleens een tik als ie niet luistert", "alarm"),
        ("hij had wel striemen maar dat is zijn eigen schuld", "concern"),
        ("ik sta soms aan haar werk", "concern"),
        ("ze heeft me geblokkeerd, ik wacht haar op", "concern"),
        ("ik heb losse handjes", "alarm"),
    ],
)
def test_the_visitor_does_it(nlp: spacy.language.Language, text: str, level: str) -> None:
    assert heard(nlp, text) == {("own_violence", level)}


@pytest.mark.parametrize(
    "text",
    [
        "ik wil seks en zij wil niet",
        "we hadden geen seks omdat ze niet wou",
        "we hadden ruzie en ze wou niet praten",
        "ik heb doorgezet terwijl ik geen zin had",
        "ze wou niet mee maar ik ben toch gegaan",
        "onze dochter kreeg een tik van de molen",
        "mijn zoon krijgt weleens een kus van mij",
        "hij krijgt soms een complimentje van mij",
        "ik wacht op haar antwoord",
        "ik sta vroeg op voor mijn werk",
        "mijn handen zitten in het deeg",
    ],
)
def test_nothing_is_forced(nlp: spacy.language.Language, text: str) -> None:
    assert heard(nlp, text) == set()
