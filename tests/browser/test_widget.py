"""The real widget in headless Chromium, talking with the running coach."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.conftest import Coach

CHROMIUM = next((p for name in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(name))), None)
SOON = 20_000
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
pytestmark = [pytest.mark.browser]
if CHROMIUM is None and not os.environ.get("CI"):
    # scripts/test.sh says in its last lines that this was left out, and how to install Chromium.
    pytest.skip("no Chromium on this machine", allow_module_level=True)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    assert CHROMIUM, "CI needs Chromium: apt-get install chromium"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, coach: Coach) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1100, "height": 760}, locale="nl-NL")
    opened = context.new_page()
    opened.goto(coach.web)
    opened.get_by_test_id("launcher").click()
    yield opened
    context.close()


def say(page: Page, text: str) -> None:
    page.get_by_test_id("input").fill(text)
    page.get_by_test_id("send").click()


def picture(page: Page, name: str) -> None:
    """For docs/pictures, where COACH_SCREENSHOTS names a folder."""
    if folder := os.environ.get("COACH_SCREENSHOTS"):
        page.wait_for_timeout(500)
        page.screenshot(path=f"{folder}/{name}.png")


def newest(page: Page, text: str) -> None:
    expect(page.get_by_test_id("message-bot").filter(has_text=text).last).to_be_visible(timeout=SOON)


def test_a_visitor_types_and_reads_an_answer_and_finds_it_again(page: Page) -> None:
    answers = page.get_by_test_id("message-bot")
    expect(answers.first).to_contain_text("computerprogramma", timeout=SOON)
    say(page, "Mijn vriend heeft me uitgelachen waar zijn vrienden bij waren. Dat doet zo'n pijn.")
    expect(page.get_by_test_id("message-user").first).to_contain_text("uitgelachen")
    expect(answers).to_have_count(2, timeout=SOON)
    expect(answers.nth(1)).to_contain_text(re.compile(r"\?"))
    say(page, "Ik voelde me zo vernederd, dat doet nog steeds pijn.")
    expect(answers).to_have_count(3, timeout=SOON)
    picture(page, "widget-desktop")
    shown = answers.all_inner_texts()
    page.reload()
    page.get_by_test_id("launcher").click()
    expect(page.get_by_test_id("message-user").first).to_contain_text("uitgelachen", timeout=SOON)
    expect(answers).to_have_text(shown, use_inner_text=True)


def test_an_alarm_shows_a_number_that_can_be_tapped(page: Page) -> None:
    expect(page.get_by_test_id("message-bot").first).to_be_visible(timeout=SOON)
    say(page, "hij heeft me gisteren geslagen")
    link = page.locator('a[href="tel:08002000"]')
    expect(link.first).to_be_visible(timeout=SOON)
    picture(page, "widget-alarm")
    # What is read again after a reload is what was read before.
    shown = page.get_by_test_id("message-bot").all_inner_texts()
    page.reload()
    page.get_by_test_id("launcher").click()
    expect(page.get_by_test_id("message-bot")).to_have_text(shown, timeout=SOON, use_inner_text=True)


def test_an_apology_is_reviewed_with_its_phrases_marked(page: Page) -> None:
    expect(page.get_by_test_id("message-bot").first).to_be_visible(timeout=SOON)
    say(page, "wat vind je van dit berichtje: lieve Sam, het spijt me dat ik loog, maar jij bent ook niet altijd eerlijk")
    marks = page.get_by_test_id("review-mark")
    expect(marks.first).to_contain_text("maar jij", timeout=SOON)
    expect(page.get_by_test_id("review-why")).to_be_empty()
    marks.first.click()
    expect(marks.first).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_test_id("review-why")).not_to_be_empty()
    picture(page, "widget-apology")


def test_on_a_phone(browser: Browser, coach: Coach) -> None:
    phone = browser.new_context(
        viewport={"width": 320, "height": 640}, locale="nl-NL", has_touch=True, is_mobile=True, device_scale_factor=2
    )
    page = phone.new_page()
    page.goto(coach.web)
    page.get_by_test_id("launcher").tap()
    expect(page.get_by_test_id("message-bot").first).to_be_visible(timeout=SOON)
    say(page, "wat kun je voor me doen?")
    button = page.get_by_test_id("quick-reply").first
    expect(button).to_be_visible(timeout=SOON)
    picture(page, "widget-phone")
    button.tap()
    expect(page.get_by_test_id("message-bot")).to_have_count(3, timeout=SOON)
    # The keyboard stays down for who taps.
    assert page.evaluate("document.querySelector('eerste-stap').shadowRoot.activeElement.className") == "log"
    phone.close()


def test_buttons_answer(page: Page) -> None:
    expect(page.get_by_test_id("message-bot").first).to_be_visible(timeout=SOON)
    say(page, "wat kun je voor me doen?")
    button = page.get_by_test_id("quick-reply").filter(has_text="Ik ben gekwetst")
    button.click(timeout=SOON)
    expect(page.get_by_test_id("message-user").last).to_have_text(re.compile("Ik ben gekwetst"))
    expect(page.get_by_test_id("message-bot")).to_have_count(3, timeout=SOON)


def test_what_is_erased_is_gone_and_the_talk_can_go_on(page: Page) -> None:
    expect(page.get_by_test_id("message-bot").first).to_be_visible(timeout=SOON)
    say(page, "ik heb haar pijn gedaan en daar heb ik spijt van")
    expect(page.get_by_test_id("message-bot")).to_have_count(2, timeout=SOON)
    say(page, "verwijder mijn gesprek")
    page.get_by_test_id("quick-reply").filter(has_text="Ja, wis alles").click(timeout=SOON)
    newest(page, "gewist")
    expect(page.get_by_text("spijt van")).to_have_count(0)
    say(page, "hoi")
    newest(page, "computerprogramma")
