"""The real widget in headless Chromium, talking with the running coach."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.conftest import ROOT, Coach

CHROMIUM = next((p for name in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(name))), None)
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


def test_a_visitor_types_and_reads_an_answer_and_finds_it_again(page: Page) -> None:
    answers = page.get_by_test_id("message-bot")
    expect(answers.first).to_contain_text("computerprogramma", timeout=20_000)
    say(page, "Mijn vriend heeft me uitgelachen waar zijn vrienden bij waren. Dat doet zo'n pijn.")
    expect(page.get_by_test_id("message-user").first).to_contain_text("uitgelachen")
    expect(answers).to_have_count(2, timeout=20_000)
    expect(answers.nth(1)).to_contain_text(re.compile(r"\?"))
    if folder := os.environ.get("COACH_SCREENSHOTS"):
        say(page, "Ik voelde me zo vernederd, dat doet nog steeds pijn.")
        expect(answers).to_have_count(3, timeout=20_000)
        page.wait_for_timeout(500)
        page.screenshot(path=f"{folder}/widget.png")
        return
    page.reload()
    page.get_by_test_id("launcher").click()
    expect(page.get_by_test_id("message-user").first).to_contain_text("uitgelachen", timeout=20_000)
    expect(page.get_by_test_id("message-bot")).to_have_count(2)


def test_an_alarm_shows_a_number_that_can_be_tapped(page: Page) -> None:
    expect(page.get_by_test_id("message-bot").first).to_be_visible(timeout=20_000)
    say(page, "hij heeft me gisteren geslagen")
    link = page.locator('a[href="tel:08002000"]')
    expect(link.first).to_be_visible(timeout=20_000)


def test_buttons_answer(page: Page) -> None:
    expect(page.get_by_test_id("message-bot").first).to_be_visible(timeout=20_000)
    say(page, "wat kun je voor me doen?")
    button = page.get_by_test_id("quick-reply").filter(has_text="Ik ben gekwetst")
    button.click(timeout=20_000)
    expect(page.get_by_test_id("message-user").last).to_have_text(re.compile("Ik ben gekwetst"))
    expect(page.get_by_test_id("message-bot")).to_have_count(3, timeout=20_000)


def test_the_widget_is_built_from_its_source() -> None:
    assert (ROOT / "widget" / "dist" / "eerste-stap.js").stat().st_size < 200_000
