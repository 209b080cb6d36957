"""Leaving fast: away at once, nothing left in the tab, and no way back into the conversation."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, expect

from bot.channels.history import left
from tests.browser.test_widget import browser
from tests.browser.widget_world import HELLO, SOON, World, bot, open_panel, own, say, shared_world, until, visit, world

__all__ = ["browser", "shared_world", "visit", "world"]
pytestmark = [pytest.mark.browser]
Visit = Callable[..., Page]
Leave = Callable[[Page], None]
SECRET = "hij heeft me uitgelachen"
SESSION = "sessionStorage.getItem('eerste-stap.session')"


def by_button(page: Page) -> None:
    page.get_by_test_id("panel").get_by_test_id("exit").click()


def by_escape(page: Page) -> None:
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")


def by_button_when_closed(page: Page) -> None:
    page.get_by_test_id("close").click()
    page.get_by_test_id("exit").locator("visible=true").click()


def by_escape_when_closed(page: Page) -> None:
    page.get_by_test_id("close").click()
    page.get_by_role("link", name="Elders").focus()
    page.wait_for_timeout(700)
    by_escape(page)


@pytest.mark.parametrize("leave", [by_button, by_escape, by_button_when_closed, by_escape_when_closed])
def test_away_at_once_and_no_way_back(leave: Leave, visit: Visit, world: World) -> None:
    # A neutral site of our own, so that no test goes outside.
    world.attributes = f'data-exit="{world.web}/demo/style.css"'
    page = visit()
    say(page, SECRET)
    expect(bot(page)).to_have_count(2, timeout=SOON)
    page.get_by_test_id("input").fill("en ik wil ook nog zeggen")
    session = page.evaluate(SESSION)
    assert session
    entries = page.evaluate("history.length")

    leave(page)
    page.wait_for_url("**/demo/style.css")
    # The page that was left is not one step back: the site took its place.
    assert page.evaluate("history.length") == entries
    assert SECRET not in page.content()

    (conversation,) = {sender for sender, _ in world.coach.heard}
    until(lambda: left(world.coach.events[conversation]), "the link to the conversation is still there")
    page.goto(world.site)
    assert page.evaluate("Object.keys(sessionStorage)") == []
    open_panel(page)
    expect(bot(page)).to_have_text([HELLO])
    # Not even with the old session id, as a browser brings back that restores a closed tab.
    page.evaluate("id => sessionStorage.setItem('eerste-stap.session', id)", session)
    page.reload()
    open_panel(page)
    expect(bot(page)).to_have_text([HELLO])
    expect(own(page)).to_have_count(0)
    assert page.evaluate(SESSION) != session


def test_the_other_tab_shows_it_no_longer(visit: Visit, world: World) -> None:
    world.attributes = f'data-exit="{world.web}/demo/style.css"'
    page = visit()
    say(page, SECRET)
    expect(bot(page)).to_have_count(2, timeout=SOON)
    with page.expect_popup() as opened:
        # A tab opened like this begins with a copy of the session storage.
        page.evaluate("window.open('/')")
    other = opened.value
    open_panel(other)
    expect(own(other)).to_have_text([SECRET])
    by_button(page)
    expect(other.get_by_test_id("panel")).to_be_hidden(timeout=SOON)
    assert other.evaluate("Object.keys(sessionStorage)") == []
    open_panel(other)
    expect(bot(other)).to_have_text([HELLO])


def test_it_works_without_a_line(visit: Visit, world: World) -> None:
    world.attributes = 'data-exit="about:blank"'
    page = visit()
    say(page, SECRET)
    expect(bot(page)).to_have_count(2, timeout=SOON)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.is_navigation_request() else None)
    page.context.set_offline(True)
    by_button(page)
    # An address that is no web address is not used: the neutral site is the usual one.
    until(lambda: page.wait_for_timeout(50) is None and "https://www.nu.nl/" in asked, f"only asked for {asked}", 20)


def test_once_is_not_enough(visit: Visit, world: World) -> None:
    page = visit()
    gone: list[Request] = []
    page.on("request", lambda request: gone.append(request) if request.is_navigation_request() else None)
    page.keyboard.press("Escape")
    page.wait_for_timeout(900)
    page.keyboard.press("Escape")
    page.wait_for_timeout(300)
    assert gone == []
    expect(page.get_by_test_id("launcher")).to_be_visible()


def test_escape_is_the_sites_own_before_anything_was_said(visit: Visit, world: World) -> None:
    page = visit(panel=False)
    gone: list[str] = []
    page.on("request", lambda request: gone.append(request.url))
    by_escape(page)
    page.wait_for_timeout(300)
    assert gone == []


def test_the_way_out_stays_in_view(visit: Visit, world: World) -> None:
    page = visit(viewport={"width": 320, "height": 480})
    for number in range(12):
        say(page, f"bericht {number}")
    expect(bot(page)).to_have_count(13, timeout=SOON)
    for position in (0, 10_000):
        page.get_by_test_id("log").evaluate("(log, top) => (log.scrollTop = top)", position)
        expect(page.get_by_test_id("panel").get_by_test_id("exit")).to_be_in_viewport(ratio=1)
    expect(page.get_by_test_id("leave-note")).to_contain_text("geschiedenis van je browser")
