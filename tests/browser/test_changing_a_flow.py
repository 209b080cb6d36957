"""A therapist changes the flow of somebody who was hurt, tries it, checks, publishes and takes it back, while a visitor talks in it: headless Chromium.

From the button to the new sentence in the widget takes some seconds, as the draft was trained when it was tried; how many stands in the report (`--junitxml`).
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_inbox import SOON, add_therapist, log_in, window
from tests.browser.test_publishing import LATER, goes_on
from tests.browser.test_widget import browser, say
from tests.conftest import Coach
from tests.publishing.own_servers import own_servers

__all__ = ["browser"]
pytestmark = [pytest.mark.browser, pytest.mark.cluster]
NEW = "Dat is veel om te dragen."
ASKS = (
    "Wat heb je nu nodig?",
    "Wat zou je nu goed doen?",
    "Wat mis je het meest?",
    "Wat wil je graag horen?",
    "Wat helpt jou?",
    "Wat wens je?",
)
BRANCH = "Vertrouwen komt langzaam terug."
BRANCH_ASKS = ("Wat zou je nu helpen?", "Waaraan zou je het merken?", "Wat is een eerste kleine stap?")
TO_THE_SENTENCE = ("mijn vrouw lachte me uit waar iedereen bij was", "ik voel me zo klein", "dat ze het ook nog grappig vond")


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Coach]:
    with own_servers(tmp_path_factory.mktemp("changed")) as running:
        yield running


def test_a_changed_flow_is_tried_checked_published_and_taken_back(
    browser: Browser, own: Coach, record_property: Callable[[str, object], None]
) -> None:
    password = add_therapist(own, "lilia", "Lilia")
    with window(browser) as visitor, window(browser) as page:
        opened(visitor, own)
        for text in TO_THE_SENTENCE[:2]:
            goes_on(visitor, text)
        log_in(page, own, "lilia", password)
        change_the_sentence(page, own)
        add_a_branch(page, own)
        add_two_messages(page, own)
        try_it(page, own)
        check(page, own)

        page.get_by_test_id("note").fill("warmer, en een antwoord over vertrouwen")
        pressed = time.monotonic()
        page.get_by_test_id("publiceren").click()
        expect(page.get_by_test_id("published")).to_be_visible(timeout=LATER)
        # The conversation that was open goes on, and comes to the new sentence.
        assert NEW in goes_on_with(visitor, TO_THE_SENTENCE[2])
        record_property("seconds from the button to the widget", round(time.monotonic() - pressed))
        with window(browser) as other:
            opened(other, own)
            for text in TO_THE_SENTENCE:
                goes_on_with(other, text)
            assert BRANCH in goes_on_with(other, "hoe kan ik haar ooit weer vertrouwen")

        page.goto(own.web + "/studio/versies")
        page.get_by_role("link", name="Versie 0").click()
        page.get_by_test_id("terug").click()
        expect(page.get_by_test_id("published")).to_be_visible(timeout=LATER)
        goes_on_with(visitor, "ik weet niet hoe ik verder moet")
    with window(browser) as later:
        opened(later, own)
        said = [goes_on_with(later, text) for text in TO_THE_SENTENCE]
        assert not any(NEW in answer for answer in said)


def opened(visitor: Page, coach: Coach) -> None:
    visitor.goto(coach.web)
    visitor.get_by_test_id("launcher").click()
    expect(visitor.get_by_test_id("message-bot").first).to_contain_text("computerprogramma", timeout=SOON)


def goes_on_with(visitor: Page, text: str) -> str:
    answers = visitor.get_by_test_id("message-bot")
    before = answers.count()
    say(visitor, text)
    # An answer may come in two messages.
    expect(answers.nth(before)).to_be_visible(timeout=SOON)
    return answers.nth(before).inner_text()


def change_the_sentence(page: Page, coach: Coach) -> None:
    page.goto(coach.web + "/studio/verhalen/hurt")
    page.get_by_role("link", name="Verander: pijn: wat heb je nodig").first.click()
    fields = page.locator("textarea[data-testid^=text-]")
    for number in range(fields.count()):
        fields.nth(number).fill(f"{NEW} {ASKS[number]}")
    page.get_by_test_id("bewaar").click()
    expect(page.get_by_test_id("kept")).to_be_visible(timeout=SOON)


def add_a_branch(page: Page, coach: Coach) -> None:
    page.goto(coach.web + "/studio/verhalen/hurt")
    page.get_by_role("link", name="Verder bouwen na: pijn: wat heb je nodig").first.click()
    page.get_by_test_id("intent").select_option("ask_trust")
    page.get_by_text("Meer keuzes").first.click()
    for number, asks in enumerate(BRANCH_ASKS):
        page.get_by_test_id(f"tekst-{number}").fill(f"{BRANCH} {asks}")
    page.get_by_test_id("tak").click()
    branch = page.get_by_test_id("branch").filter(has_text="Als de bezoeker vraagt over vertrouwen").first
    expect(branch).to_contain_text(BRANCH, timeout=SOON)


def add_two_messages(page: Page, coach: Coach) -> None:
    page.goto(coach.web + "/studio/voorbeelden/express_hurt")
    page.get_by_test_id("new").fill("het steekt nog bij elk etentje\nik krimp ineen als ze zo kijkt")
    page.get_by_test_id("erbij").click()
    expect(page.get_by_test_id("messages")).to_contain_text("het steekt nog bij elk etentje", timeout=SOON)


def try_it(page: Page, coach: Coach) -> None:
    page.goto(coach.web + "/studio/publiceren")
    expect(page.get_by_test_id("told")).to_contain_text("kwamen 2 voorbeelden bij")
    page.get_by_test_id("proberen").click()
    page.get_by_test_id("trial").click(timeout=LATER)
    expect(page.get_by_test_id("text")).to_be_visible(timeout=LATER)
    for text in TO_THE_SENTENCE:
        page.get_by_test_id("text").fill(text)
        page.get_by_test_id("zeg").click()
    draft, published = page.get_by_test_id("side").first, page.get_by_test_id("side").last
    expect(draft).to_contain_text(NEW, timeout=SOON)
    expect(draft).to_contain_text(re.compile("Pijn"))
    expect(published).not_to_contain_text(NEW)


def check(page: Page, coach: Coach) -> None:
    page.goto(coach.web + "/studio/publiceren")
    page.get_by_test_id("controleren").click()
    expect(page.get_by_test_id("checked")).to_have_text("Dit kan worden gepubliceerd.", timeout=LATER)
