"""The widget on somebody else's site: one script tag, a strict policy, its attributes, nothing kept and nothing from third parties."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_widget import browser
from tests.browser.widget_world import HELLO, SOON, World, bot, open_panel, say, shared_world, until, visit, world
from tests.conftest import ROOT

__all__ = ["browser", "shared_world", "visit", "world"]
pytestmark = [pytest.mark.browser]
Visit = Callable[..., Page]
BUILT = ROOT / "widget" / "dist" / "eerste-stap.js"
CARD = {"title": "Je eerste stap", "rows": [{"label": "Wanneer", "text": "zaterdag na het eten"}, {"label": "Waar", "text": "aan tafel"}]}


def test_a_strict_policy_is_no_hindrance(visit: Visit, world: World) -> None:
    world.coach.answers["kaart"] = [{"custom": {"card": CARD}}]
    page = visit(panel=False, permissions=["clipboard-read", "clipboard-write"])
    complaints: list[str] = []
    asked: list[str] = []
    page.on("console", lambda line: complaints.append(line.text) if line.type in ("error", "warning") else None)
    page.on("pageerror", lambda problem: complaints.append(str(problem)))
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))
    page.evaluate("window.broken = []; document.addEventListener('securitypolicyviolation', (e) => broken.push(e.violatedDirective))")
    open_panel(page)
    say(page, "kaart")
    expect(page.get_by_test_id("card")).to_contain_text("zaterdag na het eten", timeout=SOON)
    panel = page.get_by_test_id("panel").evaluate("node => [getComputedStyle(node).display, getComputedStyle(node).position]")
    assert panel == ["flex", "fixed"], "the style sheet is not in force"

    with page.expect_download() as download:
        page.get_by_test_id("card-download").click()
    assert download.value.suggested_filename == "notitie.txt"
    text = "Je eerste stap\n\nWanneer\nzaterdag na het eten\n\nWaar\naan tafel\n"
    assert Path(download.value.path()).read_text(encoding="utf-8") == text
    page.get_by_test_id("card-copy").click()
    expect(page.get_by_test_id("card-status")).to_have_text("Gekopieerd.")
    assert page.evaluate("navigator.clipboard.readText()") == text
    printed = printed_text(page)
    assert "zaterdag na het eten" in printed
    assert "Welkom" not in printed

    assert page.evaluate("broken") == []
    assert complaints == []
    origins = {re.sub(r"^ws", "http", url).split("/", 3)[2] for url in asked if not url.startswith("blob:")}
    assert origins == {world.web.split("/")[2]}, "it talks with the coach alone"


def printed_text(page: Page) -> str:
    """What is in the frame that the card prints from."""
    # No printer's window opens: the frame's own print tells what would be on the paper.
    page.evaluate(
        """() => {
             const append = document.body.append.bind(document.body);
             document.body.append = (node) => {
               append(node);
               if (node.tagName === 'IFRAME') node.contentWindow.print = () => { window.printed = node.contentDocument.body.innerText; };
             };
           }"""
    )
    page.get_by_test_id("card-print").click()
    return page.evaluate("window.printed")


def test_nothing_is_kept_but_what_goes_with_the_tab(visit: Visit, world: World) -> None:
    page = visit()
    say(page, "hoi")
    expect(bot(page)).to_have_count(2, timeout=SOON)
    page.get_by_test_id("input").fill("half een zin")
    assert page.context.cookies() == []
    assert page.evaluate("[document.cookie, localStorage.length]") == ["", 0]
    assert page.evaluate("indexedDB.databases().then((all) => all.length)") == 0
    assert sorted(page.evaluate("Object.keys(sessionStorage)")) == ["eerste-stap.draft", "eerste-stap.session"]
    other = page.context.new_page()
    other.goto(world.site)
    open_panel(other)
    expect(bot(other)).to_have_text([HELLO])


def test_nothing_connects_before_it_is_opened(visit: Visit, world: World) -> None:
    page = visit(panel=False)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.wait_for_timeout(500)
    assert asked == []
    assert world.coach.heard == []


def test_the_attributes(visit: Visit, world: World) -> None:
    world.attributes = 'data-title="Hulp" data-color="#ffd400" data-side="left" data-country="be" data-greeting="Is er iets gebeurd?" data-exit="https://www.weer.nl/x"'
    page = visit(panel=False)
    expect(page.get_by_test_id("greeting")).to_have_text("Is er iets gebeurd?")
    box = page.get_by_test_id("launcher").bounding_box()
    assert box and box["x"] < 100
    look = "node => [getComputedStyle(node).backgroundColor, getComputedStyle(node).color]"
    assert page.get_by_test_id("launcher").evaluate(look) == ["rgb(255, 212, 0)", "rgb(0, 0, 0)"]
    page.get_by_test_id("greeting").click()
    expect(page.get_by_role("dialog", name="Hulp")).to_be_visible()
    box = page.get_by_test_id("panel").bounding_box()
    assert box and box["x"] < 100
    expect(bot(page).first).to_be_visible(timeout=SOON)
    say(page, "hoi")
    expect(bot(page)).to_have_count(2, timeout=SOON)
    assert world.coach.countries == {"be"}


def test_the_greeting_can_be_put_away(visit: Visit, world: World) -> None:
    world.attributes = 'data-greeting="Is er iets gebeurd?"'
    page = visit(panel=False)
    page.get_by_role("button", name="Verberg deze regel").click()
    expect(page.get_by_test_id("greeting")).to_be_hidden()
    page.reload()
    expect(page.get_by_test_id("launcher")).to_be_visible()
    expect(page.get_by_test_id("greeting")).to_be_hidden()


def test_a_site_that_is_not_on_the_list_gets_no_answer(visit: Visit, world: World) -> None:
    page = visit(panel=False)
    page.goto(world.site.replace("127.0.0.1", "127.0.0.2"))
    page.get_by_test_id("launcher").click()
    expect(page.get_by_text("Geen verbinding")).to_be_visible(timeout=SOON)
    assert world.coach.heard == []


def test_the_built_file_is_made_from_this_source_and_small() -> None:
    folder = ROOT / "widget"
    source = hashlib.sha256()
    for path in [*sorted((folder / "src").iterdir()), folder / "package-lock.json"]:
        source.update(path.read_bytes())
    built = BUILT.read_bytes()
    assert built.decode().rstrip().endswith(f"/* source {source.hexdigest()} */"), "run 'make widget' and commit the built file"
    assert len(gzip.compress(built)) < 45_000


def test_it_can_be_asked_for_by_any_site(world: World, visit: Visit) -> None:
    page = visit(panel=False)
    answer = page.request.get(f"{world.web}/widget/eerste-stap.js", headers={"Origin": world.site})
    assert answer.headers["access-control-allow-origin"] == "*"
    until(lambda: page.get_by_test_id("launcher").is_visible(), "no button")
