"""What the coach says: complete, varied, short, and never a literal of the practice."""

from __future__ import annotations

import re

import pytest
import yaml

from bot.alarm.helplines import CATEGORIES
from bot.alarm.lock import Lock
from bot.alarm.replies import OPEN, locked_reply, safety_message
from bot.content.files import shipped
from bot.content.responses import with_response
from bot.content.wording import advice, all_problems, problems
from bot.settings import ROOT, read_settings

DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text())
RESPONSES: dict[str, list[dict[str, str]]] = DOMAIN["responses"]
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


def test_every_alarm_has_its_answers() -> None:
    for category in CATEGORIES:
        for level in ("acute", "alarm"):
            name = safety_message(category, level, first=True)
            assert all("{helplines}" in variant["text"] for variant in RESPONSES[name])
        assert safety_message(category, "alarm", first=False) in RESPONSES
        assert f"utter_concern_{category}" in RESPONSES
        lock = Lock(category, "alarm", 1, True, False)
        for intent in DOMAIN["intents"]:
            for last in (None, f"utter_alarm_{category}", "utter_ask_erase", "utter_hurt_message"):
                for answer in (None, "affirm", "deny"):
                    assert locked_reply(lock, intent, answer, last) in RESPONSES


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


def test_every_row_of_the_article_is_carried() -> None:
    """Rows T1 to T41 of what the coach teaches stand as a comment at the responses that carry them."""
    source = (ROOT / "domain.yml").read_text()
    carried = {int(n) for line in re.findall(r"^  utter_\w+:\s*#(.*)$", source, re.MULTILINE) for n in re.findall(r"T(\d+)", line)}
    assert carried == set(range(1, 42))
