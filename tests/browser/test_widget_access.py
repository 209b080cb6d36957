"""Everybody can use the widget: WCAG 2.2 AA by axe in every state, narrow, enlarged, dark, still, and by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.test_widget import browser
from tests.browser.widget_world import SOON, World, bot, open_panel, own, say, shared_world, visit, world

__all__ = ["browser", "shared_world", "visit", "world"]
pytestmark = [pytest.mark.browser]
Visit = Callable[..., Page]

WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
SCREENS: dict[str, dict[str, Any]] = {
    "desktop": {},
    "dark": {"color_scheme": "dark"},
    "320 px": {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True},
    # 1280 by 800, enlarged twice.
    "200%": {"viewport": {"width": 640, "height": 400}, "device_scale_factor": 2},
    "colours of one's own": {"forced_colors": "active"},
}
DRAFT = "Sorry dat je je zo voelt, maar jij begon."
ANSWERS: dict[str, list[dict[str, Any]]] = {
    "knoppen": [{"text": "Zullen we?", "buttons": [{"title": t, "payload": f"/{t}"} for t in ("Ja, graag", "Nee, nu niet", "W" * 60)]}],
    "kaart": [
        {"text": "Dit is je plan."},
        {
            "custom": {
                "card": {"title": "Je eerste stap", "rows": [{"label": "Wanneer", "text": "zaterdag"}, {"label": "Waar", "text": "o" * 80}]}
            }
        },
    ],
    "herziening": [
        {
            "text": "Twee stukken halen het onderuit.",
            "custom": {
                "review": {
                    "text": DRAFT,
                    "marks": [
                        {"start": 6, "end": 23, "why": "Dit legt het bij haar."},
                        {"start": 25, "end": 40, "why": "Na 'maar' telt de rest niet."},
                    ],
                }
            },
        }
    ],
    "alarm": [
        {"text": "Bel nu 112 als er gevaar is."},
        {
            "custom": {
                "helplines": [{"name": "Veilig Thuis", "number": "0800-2000", "tel": "tel:08002000", "url": "https://veiligthuis.nl"}]
            }
        },
    ],
    "plaatje": [{"text": "Zo staat het ervoor."}, {"custom": {"image": "/demo/radar.png", "alt": "Een web: luisteren 7, herstel 4"}}],
    "link": [{"text": "Lees meer op https://www.heartconnection.nl/gratis-gesprek."}],
    "lang": [{"text": "Ik lees wat je schrijft. " * 120 + "x" * 400}],
}


def answers_with(word: str) -> Callable[[Page, World], None]:
    def reach(page: Page, world: World) -> None:
        before = bot(page).count()
        say(page, word)
        expect(bot(page)).to_have_count(before + len(ANSWERS[word]), timeout=SOON)

    return reach


def marks_open(page: Page, world: World) -> None:
    page.get_by_test_id("review-mark").first.click()
    expect(page.get_by_test_id("review-why")).to_have_text("Dit legt het bij haar.")


def card_kept(page: Page, world: World) -> None:
    with page.expect_download():
        page.get_by_test_id("card-download").click()


def coach_types(page: Page, world: World) -> None:
    world.hold(True)
    say(page, "hallo")
    expect(page.get_by_text("Eerste Stap schrijft…")).to_be_visible(timeout=SOON)


def offline(page: Page, world: World) -> None:
    world.cut(True)
    expect(page.get_by_text("Geen verbinding")).to_be_visible(timeout=SOON)


def refused(page: Page, world: World) -> None:
    # As the server says it where it can't read a message.
    page.evaluate("document.querySelector('eerste-stap').view.refused({id: 'x', message: 'hoi'}, 'Dit bericht kon ik niet lezen.')")
    expect(page.get_by_role("alert")).to_have_text("Dit bericht kon ik niet lezen.")


def long_own_text(page: Page, world: World) -> None:
    text = "Ik weet het niet meer, en dan dit: " + "hahaha" * 200
    say(page, text)
    page.get_by_test_id("input").fill("regel\n" * 30)
    expect(own(page).last).to_have_text(text)


def a_person(page: Page, world: World) -> None:
    page.evaluate("document.querySelector('eerste-stap').view.add({from: 'person', name: 'Lilia', text: 'Ik ben er.'})")
    page.evaluate("document.querySelector('eerste-stap').view.setTyping(true, 'Lilia')")
    expect(page.get_by_text("Lilia schrijft…")).to_be_visible()


def days(page: Page, world: World) -> None:
    for events in world.coach.events.values():
        for event in events[:2]:
            event["timestamp"] -= 3 * 86_400
    page.reload()
    open_panel(page)
    say(page, "vandaag")
    expect(bot(page).last).to_have_text("gehoord: vandaag", timeout=SOON)
    expect(page.get_by_test_id("day")).to_have_count(2, timeout=SOON)


STATES: dict[str, Callable[[Page, World], None]] = {
    "open": lambda page, world: None,
    "days": days,
    "typing": coach_types,
    "quick replies": answers_with("knoppen"),
    "card": answers_with("kaart"),
    "card kept": card_kept,
    "review": answers_with("herziening"),
    "review, marks open": marks_open,
    "helplines": answers_with("alarm"),
    "picture": answers_with("plaatje"),
    "link": answers_with("link"),
    "a person": a_person,
    "error": refused,
    "long text": answers_with("lang"),
    "long text of one's own": long_own_text,
    "offline": offline,
}


@pytest.mark.parametrize("screen", SCREENS)
def test_no_state_breaks_wcag(screen: str, visit: Visit, world: World) -> None:
    world.attributes = 'data-greeting="Is er iets gebeurd tussen jullie?"'
    world.coach.answers.update(ANSWERS)
    # No colours in the middle of a movement are measured.
    page = visit(panel=False, reduced_motion="reduce", **SCREENS[screen])
    problems = {"closed": found(page)}
    open_panel(page)
    # One conversation through all of them: what came before stays in the log.
    for name, reach in STATES.items():
        reach(page, world)
        problems[name] = found(page)
        world.hold(False)
        world.cut(False)
        expect(page.get_by_text("schrijft…")).to_have_count(0, timeout=SOON)
    page.get_by_test_id("close").click()
    problems["closed, in conversation"] = found(page)
    assert {name: list_ for name, list_ in problems.items() if list_} == {}


def found(page: Page) -> list[str]:
    """What axe finds, and what sticks out of the screen sideways."""
    report = Axe().run(page, options=WCAG).response
    assert any("eerste-stap" in str(node["target"]) for rule in report["passes"] for node in rule["nodes"]), "axe did not look inside"
    broken = [f"{rule['id']}: {node['target']} {node['failureSummary']}" for rule in report["violations"] for node in rule["nodes"]]
    wide = page.evaluate(
        """() => [...document.querySelector('eerste-stap').shadowRoot.querySelectorAll('*')].filter((node) => {
             const box = node.getBoundingClientRect();
             const seen = node.closest('[hidden], .hidden, svg') === null && box.width > 0;
             return seen && (box.right > innerWidth + 1 || box.left < -1);
           }).map((node) => node.className || node.tagName)"""
    )
    return broken + [f"sticks out: {name}" for name in wide]


def test_what_is_said_is_read_out(visit: Visit, world: World) -> None:
    page = visit()
    log = page.get_by_role("log", name="Gesprek")
    expect(log).to_have_attribute("aria-live", "polite")
    say(page, "hoi")
    expect(log).to_contain_text("Jij:hoi")
    expect(log).to_contain_text("Eerste Stap:gehoord: hoi", timeout=SOON)
    expect(page.get_by_role("dialog", name="Eerste Stap")).to_be_visible()
    assert page.get_by_role("status").count() >= 2


def test_by_keyboard_alone(visit: Visit, world: World) -> None:
    world.coach.answers.update(ANSWERS)
    page = visit(panel=False)
    tab, focused = (lambda: page.keyboard.press("Tab")), (lambda: name_of_focus(page))
    tab()
    tab()
    assert focused() == "Praat met Eerste Stap"
    page.keyboard.press("Enter")
    expect(bot(page).first).to_be_visible(timeout=SOON)
    assert focused() == "Je bericht"
    page.keyboard.type("knoppen")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("x")
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("quick-reply")).to_have_count(3, timeout=SOON)
    order = []
    for _ in range(4):
        page.keyboard.press("Shift+Tab")
        order.append(focused())
    assert order == ["W" * 60, "Nee, nu niet", "Ja, graag", "Gesprek"]
    tab()
    page.keyboard.press("Enter")
    expect(own(page).last).to_have_text("Ja, graag")
    assert focused() == "Je bericht"
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("panel")).to_be_hidden()
    assert focused() == "Praat met Eerste Stap"


def test_a_full_screen_panel_keeps_the_focus(visit: Visit, world: World) -> None:
    page = visit(viewport={"width": 400, "height": 700})
    expect(page.get_by_role("dialog")).to_have_attribute("aria-modal", "true")
    for _ in range(8):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.tagName") == "EERSTE-STAP"


def test_nothing_moves_for_who_wants_that(visit: Visit, world: World) -> None:
    moves = "getComputedStyle(document.querySelector('eerste-stap').shadowRoot.querySelector('.panel')).animationName"
    assert visit(reduced_motion="reduce").evaluate(moves) == "none"
    assert visit(reduced_motion="no-preference").evaluate(moves) == "rise"


def name_of_focus(page: Page) -> str:
    return page.evaluate(
        """() => {
             const node = document.querySelector('eerste-stap').shadowRoot.activeElement;
             if (node === null) return document.activeElement.textContent;
             return node.getAttribute('aria-label') ?? node.labels?.[0]?.textContent ?? node.textContent;
           }"""
    )
