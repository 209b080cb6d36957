"""What the coach says: complete, varied, short, and never a literal of the practice."""

from __future__ import annotations

from itertools import product

import pytest
import yaml
from rasa.shared.core.events import UserUttered

from bot.alarm.helplines import CATEGORIES
from bot.alarm.lock import Lock, tone
from bot.alarm.replies import OPEN, locked_reply, safety_message
from bot.content.files import shipped
from bot.content.responses import with_response
from bot.content.wording import advice, all_problems, problems
from bot.publishing.forbidden import reasons_against
from bot.settings import ROOT, read_settings
from tests.wording import EASIEST_ALLOWED, ease, offences, offenders

DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text())
RESPONSES: dict[str, list[dict[str, str]]] = DOMAIN["responses"]
# Messages after an alarm, one for each way in which they are read.
TOLD_LATER = (
    "ja",
    "ja maar",
    "nee",
    "het regent",
    "mijn keel",
    "ik sloeg mijn kind",
    "de kinderen",
    "je begreep me verkeerd",
    "ik bedoel de relatie",
)
PRACTICE = read_settings({}).practice


def test_the_project_keeps_to_its_own_rules() -> None:
    assert all_problems(shipped(), PRACTICE) == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Wat voel je? En waarom?", "Stel één vraag tegelijk."),
        ("Wat fijn!", "Laat het uitroepteken weg."),
        ("Sterkte 🌷", "Gebruik geen emoji."),
        ("Hoe gaat het met u?", "Zeg 'je' en 'jij', geen 'u'."),
        ("Je moet praten.", "Zeg niet dat iemand iets moet ('je moet', 'moet je')."),
        ("Een. Twee. Drie. Vier. Vijf. Zes.", "Maak het korter: dit zijn te veel zinnen."),
        ("Bel Heart Connection.", "Schrijf de gegevens van de praktijk niet zelf."),
        ("Bel 0800-2000.", "Schrijf geen nummers van hulplijnen."),
    ],
)
def test_what_breaks_a_rule_is_named(text: str, problem: str) -> None:
    (found,) = problems(text, PRACTICE)
    assert found.startswith(problem)


def test_wordings_are_counted_and_compared() -> None:
    first, *_ = RESPONSES["utter_hurt_need"]
    content = with_response(shipped(), "utter_hurt_need", [first, first])
    told = all_problems(content, PRACTICE)
    assert told == [
        '"pijn: wat heb je nodig" heeft 2 van de minstens 3 manieren om het te zeggen.',
        f"Deze zin staat er 2 keer in: '{first['text']}'.",
    ]


def test_advice_is_for_plainer_words() -> None:
    assert advice("Dat doet pijn. Wat heb je nodig?") == []
    assert advice("Indien je wilt, kunnen wij tevens praten.") == [
        "In plaats van 'indien' kun je 'als' zeggen.",
        "In plaats van 'tevens' kun je 'ook' zeggen.",
    ]
    assert "Dit zijn er 4." in advice("Een. Twee. Drie. Vier.")[0]
    assert "21 woorden" in advice("woord " * 21)[0]


def test_every_response_is_easy_to_read() -> None:
    assert not list(offenders(RESPONSES))


@pytest.mark.parametrize(
    ("text", "offence"),
    [
        ("Dan moeten jullie praten.", "an order"),
        ("Let op jullie communicatie.", "jargon"),
        ("Dat klinkt als een depressie.", "a diagnosis"),
        (
            "Dat is wel een echt heel erg lange zin die maar doorgaat en doorgaat tot niemand meer weet waar hij begon.",
            "21 words in a sentence",
        ),
    ],
)
def test_what_is_hard_to_read_is_noticed(text: str, offence: str) -> None:
    assert offences(text) == [offence]


@pytest.mark.parametrize(
    "text",
    [
        "Vergeven is geen keuze, het hoort erbij.",
        "Praat er niet over met anderen.",
        "Neem de verantwoordelijkheid, ook als het niet jouw fout was.",
        "Raak je partner aan, dat helpt altijd.",
        "Houd het tussen jullie.",
    ],
)
def test_a_line_of_the_article_said_as_a_duty_is_noticed(text: str) -> None:
    """S7."""
    assert reasons_against("utter_hurt_hear", text)


@pytest.mark.parametrize(
    "text",
    [
        "Raak je partner alleen aan als die dat wil.",
        "Vergeven is vrij, en je vergeet er niets door.",
        "Praten met iemand die je vertrouwt, is goed.",
        "Of jij die zet, bepaal je zelf.",
    ],
)
def test_the_same_as_an_invitation_is_none(text: str) -> None:
    assert not reasons_against("utter_hurt_hear", text)


def test_a_hard_text_measures_hard_and_a_plain_one_plain() -> None:
    hard = "Geïnternaliseerde schaamtegevoelens compliceren relationele verzoeningsprocessen aanzienlijk."
    assert ease([hard]) < EASIEST_ALLOWED < ease(["Je bent boos. Dat mag hier. Wat is er gebeurd?"])


def test_every_alarm_has_its_answers() -> None:
    for category in CATEGORIES:
        for level in ("acute", "alarm"):
            name = safety_message(category, level, first=True)
            assert all("{helplines}" in variant["text"] for variant in RESPONSES[name])
        assert safety_message(category, "alarm", first=False) in RESPONSES
        assert f"utter_concern_{category}" in RESPONSES
        lasts = (None, f"utter_alarm_{category}", "utter_ask_erase", "utter_hurt_message", f"utter_locked_recheck_{tone(category)}")
        for heard_by_classifier, intent, last, text in product((True, False), DOMAIN["intents"], lasts, TOLD_LATER):
            lock = Lock(category, "alarm", 1, heard_by_classifier, False)
            assert locked_reply(lock, UserUttered(text, {"name": intent}), last, ()) in RESPONSES


def test_what_stays_open_after_an_alarm_is_no_coaching() -> None:
    closed = {
        "ask_first_step",
        "express_apology",
        "ask_forgiveness",
        "share_apology_draft",
        "ask_trust",
        "start_checkup",
    }
    assert not closed & set(OPEN)
