"""What the coach says: complete, varied, short, and never a literal of the practice."""

from __future__ import annotations

import re

import pytest
import yaml

from bot.alarm.helplines import CATEGORIES
from bot.alarm.lock import Lock
from bot.alarm.replies import OPEN, locked_reply, safety_message
from bot.settings import ROOT, read_settings

DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text())
RESPONSES: dict[str, list[dict[str, str]]] = DOMAIN["responses"]
# Said once in a conversation, so one wording is enough.
ONCE = {"utter_erased", "utter_alarm_misread"}
TEXTS = [(name, variant["text"]) for name, variants in RESPONSES.items() for variant in variants]


def test_what_can_recur_has_three_wordings() -> None:
    assert not {name for name, variants in RESPONSES.items() if len(variants) < 3} - ONCE


def test_no_wording_stands_twice() -> None:
    texts = [text for _, text in TEXTS]
    assert len(texts) == len(set(texts))


@pytest.mark.parametrize(("name", "text"), TEXTS)
def test_a_wording_is_fit_to_be_said(name: str, text: str) -> None:
    plain = text.replace("{helplines}", "")
    assert plain.count("?") <= 1, "one question at a time"
    assert "!" not in plain
    assert not re.search(r"[\U0001F300-\U0001FAFF]", plain), "no emoji"
    assert not re.search(r"\b(u|uw|moet je|je moet)\b", plain, re.IGNORECASE)
    assert len(re.findall(r"[.?](?:\s|$|')", plain)) <= 5, "short"
    practice = read_settings({}).practice
    assert not [value for value in practice.values() if value in text], "the practice comes from the settings"
    assert not re.search(r"\b(112|113|0800|1712|1813)\b", plain), "numbers come from data/helplines.yml"


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
