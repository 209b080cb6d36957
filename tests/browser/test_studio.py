"""A therapist changes the flow of somebody who was hurt, in headless Chromium, on a phone: a sentence, a branch, two messages."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from tests.browser.test_inbox import SOON, add_therapist, log_in, picture, window
from tests.browser.test_widget import browser
from tests.conftest import Coach

__all__ = ["browser"]
pytestmark = [pytest.mark.browser]
PHONE = {"width": 390, "height": 844}


def fits(page: Page) -> bool:
    """Whether nothing has to be pushed sideways to be read."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def nameless(page: Page) -> list[str]:
    """Fields and buttons that a screen reader has no name for."""
    return page.evaluate(
        """() => [...document.querySelectorAll('input:not([type=hidden]), textarea, select, button')]
            .filter((e) => !(e.labels?.length || e.getAttribute('aria-label') || e.textContent.trim()))
            .map((e) => e.outerHTML)"""
    )


def test_a_sentence_a_branch_and_two_messages(browser: Browser, coach: Coach) -> None:
    password = add_therapist(coach, "vera", "Vera")
    with window(browser, viewport=PHONE) as page:
        problems: list[str] = []

        def note(message: ConsoleMessage) -> None:
            # Every browser asks for an icon; there is none.
            if message.type in ("error", "warning") and not message.location["url"].endswith("/favicon.ico"):
                problems.append(message.text)

        page.on("console", note)
        page.on("pageerror", lambda problem: problems.append(str(problem)))
        log_in(page, coach, "vera", password)
        page.get_by_role("link", name="Verhalen").click()
        page.get_by_role("link", name=re.compile("^Pijn")).click()
        expect(page.get_by_test_id("visitor").first).to_contain_text("zegt bijvoorbeeld")
        assert fits(page)
        assert nameless(page) == []
        picture(page, "verhaal")

        # A sentence, with a hint while it is typed.
        page.get_by_role("link", name="Verander: pijn: wat heb je nodig").first.click()
        field = page.get_by_test_id("text-0")
        field.fill("Dat is veel! Wat heb je nu nodig?")
        expect(page.locator("#hints-text-0")).to_contain_text("uitroepteken", timeout=SOON)
        picture(page, "zin")
        field.fill("Dat is veel om te dragen. Wat heb je nu nodig?")
        expect(page.locator("#hints-text-0")).to_have_text("", timeout=SOON)
        assert fits(page)
        assert nameless(page) == []
        page.get_by_test_id("bewaar").click()
        expect(page.get_by_test_id("kept")).to_be_visible(timeout=SOON)
        expect(page.get_by_test_id("stand")).to_contain_text("1 verandering")

        # A branch, with the keyboard alone.
        page.goto(coach.web + "/studio/verhalen/hurt")
        page.get_by_role("link", name="Verder bouwen na: pijn: wat heb je nodig").first.press("Enter")
        page.get_by_test_id("intent").select_option("ask_trust")
        page.get_by_test_id("tekst-0").fill("Vertrouwen komt langzaam terug. Wat zou je nu helpen?")
        assert fits(page)
        assert nameless(page) == []
        page.get_by_test_id("tak").press("Enter")
        branch = page.get_by_test_id("branch").filter(has_text="Als de bezoeker vraagt over vertrouwen").first
        expect(branch).to_contain_text("Vertrouwen komt langzaam terug.", timeout=SOON)
        branch.scroll_into_view_if_needed()
        picture(page, "tak")

        # Two messages.
        page.goto(coach.web + "/studio/voorbeelden/express_hurt")
        page.get_by_test_id("new").fill("het steekt nog bij elk etentje\nik krimp ineen als ze zo kijkt")
        page.get_by_test_id("erbij").click()
        expect(page.get_by_test_id("messages")).to_contain_text("het steekt nog bij elk etentje")

        page.get_by_role("link", name="Mijn concept").click()
        told = page.get_by_test_id("told")
        expect(told).to_contain_text("zegt de coach nu 'Dat is veel om te dragen. Wat heb je nu nodig?' in plaats van")
        expect(told).to_contain_text("kwamen 2 voorbeelden bij")
        expect(told).to_contain_text("Nieuw verhaal")
        assert fits(page)
        picture(page, "concept")
        assert problems == []
