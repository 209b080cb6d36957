"""Nothing is lost and nothing doubled: a line that falls, a server that falls, a reload, two tabs, a long conversation."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_widget import browser
from tests.browser.widget_world import HELLO, SOON, World, bot, open_panel, own, say, shared_world, visit, world

__all__ = ["browser", "shared_world", "visit", "world"]
pytestmark = [pytest.mark.browser]
Visit = Callable[..., Page]
RECONNECT = 60_000


def test_what_was_written_without_a_line_arrives_once_and_in_order(visit: Visit, world: World) -> None:
    page = visit()
    world.cut(True)
    expect(page.get_by_text("Geen verbinding")).to_be_visible(timeout=SOON)
    for number in range(3):
        say(page, f"bericht {number}")
    expect(own(page)).to_have_count(3)
    assert world.heard() == []
    world.cut(False)
    expect(bot(page)).to_have_text([HELLO, *(f"gehoord: bericht {number}" for number in range(3))], timeout=RECONNECT)
    expect(own(page)).to_have_text([f"bericht {number}" for number in range(3)])
    expect(page.get_by_text("Geen verbinding")).to_have_count(0)
    assert world.heard() == ["bericht 0", "bericht 1", "bericht 2"]


def test_an_answer_that_came_while_the_line_was_down_is_there_afterwards(visit: Visit, world: World) -> None:
    page = visit()
    world.hold(True)
    say(page, "hoi")
    expect(page.get_by_text("Eerste Stap schrijft…")).to_be_visible(timeout=SOON)
    world.cut(True)
    expect(page.get_by_text("Geen verbinding")).to_be_visible(timeout=SOON)
    world.hold(False)
    world.cut(False)
    expect(bot(page)).to_have_text([HELLO, "gehoord: hoi"], timeout=RECONNECT)
    expect(own(page)).to_have_text(["hoi"])
    assert world.heard() == ["hoi"]


def test_a_reload_in_the_middle_of_everything(visit: Visit, world: World) -> None:
    page = visit()
    say(page, "eerste")
    expect(bot(page)).to_have_count(2, timeout=SOON)
    world.cut(True)
    expect(page.get_by_text("Geen verbinding")).to_be_visible(timeout=SOON)
    say(page, "tweede")
    page.get_by_test_id("input").fill("half een zin\nen nog een")
    world.cut(False)
    page.reload()
    page.get_by_test_id("launcher").click()
    expect(page.get_by_test_id("input")).to_have_value("half een zin\nen nog een")
    expect(bot(page)).to_have_text([HELLO, "gehoord: eerste", "gehoord: tweede"], timeout=RECONNECT)
    expect(own(page)).to_have_text(["eerste", "tweede"])
    assert world.heard() == ["eerste", "tweede"]


def test_the_web_server_is_killed_while_the_coach_thinks(visit: Visit, world: World) -> None:
    page = visit()
    world.hold(True)
    say(page, "hoi")
    expect(page.get_by_text("Eerste Stap schrijft…")).to_be_visible(timeout=SOON)
    world.stop_web(signal.SIGKILL)
    expect(page.get_by_text("Geen verbinding")).to_be_visible(timeout=SOON)
    say(page, "ben je er nog")
    world.hold(False)
    world.start_web()
    expect(page.get_by_text("Geen verbinding")).to_have_count(0, timeout=RECONNECT)
    expect(own(page)).to_have_text(["hoi", "ben je er nog"])
    expect(bot(page)).to_have_text([HELLO, "gehoord: hoi", "gehoord: ben je er nog"], timeout=RECONNECT)
    assert world.heard().count("ben je er nog") == 1


def test_while_the_history_cannot_be_read_what_is_in_sight_stays(visit: Visit, world: World) -> None:
    page = visit()
    say(page, "hoi")
    expect(bot(page)).to_have_count(2, timeout=SOON)
    world.coach.broken = True
    world.cut(True)
    expect(page.get_by_text("Geen verbinding")).to_be_visible(timeout=SOON)
    world.cut(False)
    expect(page.get_by_text("Geen verbinding")).to_have_count(0, timeout=RECONNECT)
    expect(bot(page)).to_have_text([HELLO, "gehoord: hoi"])
    # Who has nothing in sight gets the numbers, and later the conversation.
    page.reload()
    page.get_by_test_id("launcher").click()
    expect(bot(page)).to_contain_text(["113"], timeout=SOON)
    world.coach.broken = False
    page.reload()
    open_panel(page)
    expect(bot(page)).to_have_text([HELLO, "gehoord: hoi"])


def test_two_tabs_show_the_same(visit: Visit, world: World) -> None:
    page = visit()
    say(page, "van de eerste")
    expect(bot(page)).to_have_count(2, timeout=SOON)
    with page.expect_popup() as opened:
        page.evaluate("window.open('/')")
    other = opened.value
    open_panel(other)
    expect(own(other)).to_have_text(["van de eerste"])
    say(other, "van de tweede")
    for tab in (page, other):
        expect(own(tab)).to_have_text(["van de eerste", "van de tweede"], timeout=SOON)
        expect(bot(tab)).to_have_text([HELLO, "gehoord: van de eerste", "gehoord: van de tweede"], timeout=SOON)
    assert world.heard() == ["van de eerste", "van de tweede"]


def test_five_hundred_messages(visit: Visit, world: World) -> None:
    page = visit()
    (conversation,) = {sender for sender, _ in world.coach.heard}
    long = "Ik merk dat ik er steeds aan moet denken, ook al wil ik dat niet. " * 3
    now = time.time()
    world.coach.events[conversation] = [
        {"event": ("user", "bot")[number % 2], "text": f"{number}: {long}", "timestamp": now - 500 + number, "data": {}, "metadata": {}}
        for number in range(499)
    ]
    page.reload()
    open_panel(page)
    expect(own(page)).to_have_count(250, timeout=SOON)
    expect(bot(page)).to_have_count(249)
    log = page.get_by_test_id("log")
    gap = "log => log.scrollHeight - log.clientHeight - log.scrollTop"
    assert log.evaluate(gap) < 2, "it does not begin at the end"
    # Frames while it is scrolled from end to end: the work of one may not take longer than a screen needs for some.
    busiest = log.evaluate(
        """async (log) => {
             let busiest = 0;
             const observer = new PerformanceObserver((list) => {
               for (const entry of list.getEntries()) busiest = Math.max(busiest, entry.duration);
             });
             observer.observe({ type: 'longtask' });
             const step = log.scrollHeight / 60;
             for (let top = log.scrollHeight; top > 0; top -= step) {
               log.scrollTop = top;
               await new Promise((done) => requestAnimationFrame(done));
             }
             observer.disconnect();
             return busiest;
           }"""
    )
    assert busiest < 500, f"one frame took {busiest} ms"
    say(page, "nog iets")
    expect(own(page).last).to_have_text("nog iets")
    expect(bot(page).last).to_have_text("gehoord: nog iets", timeout=SOON)
    assert log.evaluate(gap) < 2, "the newest message is out of sight"


def test_who_reads_back_is_left_in_peace(visit: Visit, world: World) -> None:
    page = visit()
    world.coach.answers["lang"] = [{"text": "Een lange regel om te lezen. " * 200}]
    say(page, "lang")
    expect(bot(page)).to_have_count(2, timeout=SOON)
    log = page.get_by_test_id("log")
    log.evaluate("log => (log.scrollTop = 0)")
    page.evaluate("document.querySelector('eerste-stap').view.add({from: 'person', name: 'Lilia', text: 'Ik ben er.'})")
    assert log.evaluate("log => log.scrollTop") == 0
