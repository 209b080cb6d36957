import pytest
import spacy

from bot.alarm.patterns import AlarmPatterns
from bot.alarm.sentences import pieces
from bot.nlu.model_choice import installed_model


@pytest.fixture(scope="module")
def nlp() -> spacy.language.Language:
    return spacy.load(installed_model())


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("hij heeft me gisteren geslagen", "partner_violence"),
        ("mijn vrouw schopte mij vorige week", "partner_violence"),
        ("hij heeft me gisteren geslagen en niemand weet het", "partner_violence"),
        ("hoezo heeft hij me dan geslagen", "partner_violence"),
        ("ik heb haar geslagen", "own_violence"),
        ("sorry dat ik je gisteren weer geslagen heb", "own_violence"),
        ("sorry dat ik je gisteren weer geslagen heb, het gebeurt niet meer", "own_violence"),
        ("hij heeft me geslagen, ik weet niet wat ik moet doen", "partner_violence"),
        ("Lieve Sam, het spijt me dat ik je sloeg.", "own_violence"),
        ("ik heb jou geduwd en daar schaam ik me voor", "own_violence"),
        ("het spijt me dat ik je bij je keel greep", "own_violence"),
        ("ik wil niet meer leven", "suicidality"),
        ("hij dwingt me tot seks", "sexual_violence"),
        ("hij slaat de kinderen", "child_safety"),
        ("hij staat aan de deur met een mes", "threat_stalking"),
        ("ik mag van hem niet naar mijn vrienden", "coercive_control"),
    ],
)
def test_plain_words_are_found(nlp: spacy.language.Language, text: str, category: str) -> None:
    assert category in {hit.category for hit in AlarmPatterns(nlp.vocab).hits(nlp(text))}


@pytest.mark.parametrize(
    "text",
    [
        "hij slaat me niet hoor",
        "em slaat mij ni he",
        "hoezo zelfmoord?",
        "ik zeg niet dat hij me heeft geslagen, alleen dat hij tegen me riep",
        "hij heeft me nooit geslagen",
        "in de film heeft hij haar geslagen",
        "hij sloeg de deur dicht",
        "ik schaam me dood",
        "hij slaat de plank mis",
        "sorry dat ik je raad in de wind sloeg",
        "ik sloeg je aanbod af en dat spijt me",
        "het spijt me dat ik je heb weggeduwd met mijn woorden",
        "ik heb je nooit geslagen en dat zal ik ook niet doen",
    ],
)
def test_look_alikes_are_not(nlp: spacy.language.Language, text: str) -> None:
    assert not AlarmPatterns(nlp.vocab).hits(nlp(text))


def test_every_part_of_a_long_text_is_looked_at() -> None:
    words = [f"woord{n}" for n in range(90)]
    found = pieces(" ".join(words))
    assert {word for piece in found[1:] for word in piece.split()} == set(words)
    assert pieces("Hoi. Hij sloeg me.") == ["Hoi. Hij sloeg me.", "Hoi.", "Hij sloeg me."]


@pytest.mark.parametrize("text", ["ik kan niet meer", "Ik kan echt niet meer!", "Hij is weer weg. Ik kan ni meer. Wat nu?"])
def test_a_bare_cry_is_a_concern(nlp: spacy.language.Language, text: str) -> None:
    assert [(hit.category, hit.level) for hit in AlarmPatterns(nlp.vocab).hits(nlp(text))] == [("suicidality", "concern")]


@pytest.mark.parametrize("text", ["ik kan niet meer slapen", "Ik kan niet meer met hem praten.", "ik kan niet meer komen zondag"])
def test_the_same_words_going_on_are_none(nlp: spacy.language.Language, text: str) -> None:
    assert AlarmPatterns(nlp.vocab).hits(nlp(text)) == []
