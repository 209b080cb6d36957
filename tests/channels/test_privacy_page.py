"""The page for visitors says what is true of this practice's settings, and every first message leads to it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import yaml
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.channels.privacy_page import privacy_page, privacy_routes
from bot.settings import ROOT, in_words, read_settings, settings


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    def shown(**values: str) -> str:
        for name, value in values.items():
            monkeypatch.setenv(name, value)
        settings.cache_clear()
        return privacy_page()

    yield shown  # type: ignore[misc]
    monkeypatch.undo()
    settings.cache_clear()


def test_it_says_how_long_things_are_kept(page: Callable[..., str]) -> None:
    text = page(COACH_KEEP_CONVERSATIONS_DAYS="14", COACH_KEEP_INTAKES_DAYS="365")
    assert "2 weken na je laatste bericht" in text
    assert "hoogstens een jaar" in text


def test_it_names_the_practice_and_escapes_it(page: Callable[..., str]) -> None:
    text = page(COACH_PRACTICE_NAME="Jan & <b>Piet</b>", COACH_PRACTICE_EMAIL="jan@example.org")
    assert "Jan &amp; &lt;b&gt;Piet&lt;/b&gt;" in text
    assert "<b>" not in text
    assert "mailto:jan@example.org" in text


@pytest.mark.parametrize(
    ("country", "there", "elsewhere"),
    [
        ("nl", ("Autoriteit Persoonsgegevens", "0800-2000", "113"), ("1712", "1813")),
        ("be", ("Gegevensbeschermingsautoriteit", "1712", "1813"), ("0800-2000",)),
    ],
)
def test_numbers_and_authority_are_those_of_the_country(
    country: str, there: tuple[str, ...], elsewhere: tuple[str, ...], page: Callable[..., str]
) -> None:
    text = page(COACH_COUNTRY=country)
    assert all(part in text for part in there)
    assert not any(part in text for part in elsewhere)


def test_telegram_is_told_of_only_where_it_is_used(page: Callable[..., str]) -> None:
    assert "Telegram" not in page(TELEGRAM_TOKEN="")
    assert "Telegram bewaart" not in page(TELEGRAM_TOKEN="") and "Telegram" in page(TELEGRAM_TOKEN="123:abc")


def test_it_is_served_with_its_style_and_nothing_from_elsewhere(page: Callable[..., str]) -> None:
    browser = TestClient(Starlette(routes=list(privacy_routes())))
    answer = browser.get("/privacy")
    assert answer.status_code == 200
    assert 'lang="nl"' in answer.text
    assert "<script" not in answer.text and "style=" not in answer.text
    assert browser.get("/privacy.css").headers["content-type"].startswith("text/css")


def test_the_first_message_leads_to_it() -> None:
    responses = yaml.safe_load((ROOT / "domain.yml").read_text())["responses"]
    assert all("{privacy_url}" in wording["text"] for wording in responses["utter_disclosure"])
    assert read_settings({"COACH_PUBLIC_URL": "https://coach.example.org/"}).privacy_url == "https://coach.example.org/privacy"
    assert read_settings({"COACH_WEB_PORT": "8123"}).privacy_url == "http://localhost:8123/privacy"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (1, "een dag"),
        (2, "2 dagen"),
        (7, "een week"),
        (14, "2 weken"),
        (30, "een maand"),
        (90, "3 maanden"),
        (180, "een half jaar"),
        (183, "een half jaar"),
        (365, "een jaar"),
        (730, "2 jaar"),
        (100, "100 dagen"),
    ],
)
def test_a_number_of_days_in_words(days: int, words: str) -> None:
    assert in_words(days) == words


def test_consent_promises_what_the_setting_does() -> None:
    responses = yaml.safe_load((ROOT / "domain.yml").read_text())["responses"]
    assert all("{keep_intakes}" in wording["text"] for wording in responses["utter_intake_summary"])
    assert not [name for name, wordings in responses.items() for wording in wordings if "half jaar" in wording["text"]]
