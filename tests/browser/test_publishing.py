"""A therapist checks a draft, publishes it and takes it back while a visitor's conversation is open: in headless Chromium."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.content.drafts import draft_of, save
from bot.studio.accounts import therapists
from tests.browser.test_inbox import SOON, add_therapist, log_in, picture, window
from tests.browser.test_studio import PHONE, fits, nameless
from tests.browser.test_widget import browser, say
from tests.conftest import Coach
from tests.publishing.own_servers import greeting_with, own_servers

__all__ = ["browser"]
pytestmark = [pytest.mark.browser, pytest.mark.cluster]
NEW = "Goed dat je de stap zette om te schrijven."
# A check, or a training and the start of a server, on a busy machine.
LATER = 900_000


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Coach]:
    with own_servers(tmp_path_factory.mktemp("published")) as running:
        yield running


def greeting(browser: Browser, coach: Coach) -> str:
    """What a visitor reads who comes now."""
    with window(browser) as page:
        page.goto(coach.web)
        page.get_by_test_id("launcher").click()
        answer = page.get_by_test_id("message-bot").first
        expect(answer).to_contain_text("computerprogramma", timeout=SOON)
        return answer.inner_text()


def goes_on(visitor: Page, text: str) -> None:
    answers = visitor.get_by_test_id("message-bot")
    before = answers.count()
    say(visitor, text)
    expect(answers).to_have_count(before + 1, timeout=SOON)


def test_check_publish_and_take_back(browser: Browser, own: Coach) -> None:
    password = add_therapist(own, "lilia", "Lilia")
    draft = draft_of(therapists()[0].id)
    save(draft, draft.mark, "Lilia", greeting_with(NEW))
    with window(browser) as visitor, window(browser, viewport=PHONE) as page:
        problems: list[str] = []
        page.on("console", lambda message: problems.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda problem: problems.append(str(problem)))
        visitor.goto(own.web)
        visitor.get_by_test_id("launcher").click()
        expect(visitor.get_by_test_id("message-bot").first).to_contain_text("computerprogramma", timeout=SOON)
        goes_on(visitor, "haar woorden doen me nog steeds pijn")

        log_in(page, own, "lilia", password)
        page.get_by_role("link", name="Publiceren").click()
        expect(page.get_by_test_id("told")).to_contain_text(NEW)
        assert fits(page)
        assert nameless(page) == []
        page.get_by_test_id("controleren").click()
        expect(page.get_by_test_id("step")).to_be_visible()
        expect(page.get_by_test_id("checked")).to_have_text("Dit kan worden gepubliceerd.", timeout=LATER)
        assert NEW not in greeting(browser, own)
        picture(page, "controle")

        page.get_by_test_id("note").fill("warmer begin")
        page.get_by_test_id("publiceren").press("Enter")
        expect(page.get_by_test_id("published")).to_be_visible(timeout=LATER)
        assert NEW in greeting(browser, own)
        goes_on(visitor, "ik voel me zo alleen")

        page.goto(own.web + "/studio/versies")
        expect(page.get_by_test_id("version").first).to_contain_text("warmer begin")
        picture(page, "versies")
        page.get_by_role("link", name="Versie 0").click()
        assert fits(page)
        assert nameless(page) == []
        page.get_by_test_id("terug").click()
        expect(page.get_by_test_id("published")).to_be_visible(timeout=LATER)
        assert NEW not in greeting(browser, own)
        goes_on(visitor, "ik weet niet hoe ik verder moet")
        assert problems == []
