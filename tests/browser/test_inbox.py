"""An alarm in the widget, a therapist who takes over from the inbox, and the coach that goes on afterwards: in headless Chromium."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.test_widget import browser, say
from tests.conftest import ROOT, Coach

__all__ = ["browser"]
pytestmark = [pytest.mark.browser]
SOON = 20_000
EXCHANGES = [
    ("Hallo, ik ben Lilia. Ben je nu alleen?", "ja, hij is naar zijn werk"),
    ("Goed dat je schrijft. Wat deed hij vanochtend?", "hij heeft me toen weer geslagen"),
    ("Ik maak me zorgen om je. Kan ik je bellen?", "ja dat kan"),
]


def add_therapist(coach: Coach, login: str, name: str) -> str:
    """Let somebody log in. Returns the password."""
    environment = {**os.environ, "COACH_VAR_DIR": str(coach.folder), "DATABASE_URL": "", "COACH_DATA_KEYS": ""}
    command = [sys.executable, "-W", "ignore", "-m", "bot", "therapist", "add", login, "--name", name]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True)
    return done.stdout.split("shown only now: ")[1].strip()


def newest_alarm(coach: Coach) -> tuple[str, str]:
    """Id and conversation of the newest hand-off."""
    with sqlite3.connect(coach.folder / "conversations.db") as database:
        return database.execute("SELECT id, conversation FROM handoffs ORDER BY created_at DESC LIMIT 1").fetchone()


@contextmanager
def window(browser: Browser, **options: object) -> Iterator[Page]:
    context = browser.new_context(locale="nl-NL", **options)  # type: ignore[arg-type]
    try:
        yield context.new_page()
    finally:
        context.close()


def log_in(page: Page, coach: Coach, login: str, password: str, path: str = "/studio/") -> None:
    page.goto(coach.web + path)
    page.get_by_label("Inlognaam").fill(login)
    page.get_by_label("Wachtwoord").fill(password)
    page.get_by_role("button", name="Inloggen").click()


def write(page: Page, text: str) -> None:
    page.get_by_test_id("text").fill(text)
    page.get_by_test_id("schrijven").click()
    expect(page.get_by_test_id("line-person").last).to_contain_text(text, timeout=SOON)


def exchange(therapist: Page, visitor: Page, words: str, reply: str) -> None:
    therapist.get_by_test_id("text").press_sequentially("Hm")
    expect(visitor.get_by_text("Lilia schrijft…")).to_be_visible(timeout=SOON)
    write(therapist, words)
    expect(newest(visitor, "person")).to_have_text(words, timeout=SOON)
    say(visitor, reply)
    expect(therapist.get_by_test_id("line-visitor").last).to_contain_text(reply, timeout=SOON)


def picture(page: Page, name: str) -> None:
    if folder := os.environ.get("COACH_SCREENSHOTS"):
        page.screenshot(path=f"{folder}/{name}.png")


def newest(page: Page, who: str) -> Locator:
    return page.get_by_test_id(f"message-{who}").last


def test_a_therapist_takes_over_and_gives_back(browser: Browser, coach: Coach) -> None:
    password = add_therapist(coach, "lilia", "Lilia")
    with window(browser) as visitor, window(browser, viewport={"width": 420, "height": 900}) as therapist:
        answers = visitor.get_by_test_id("message-bot")
        visitor.goto(coach.web)
        visitor.get_by_test_id("launcher").click()
        expect(answers.first).to_contain_text("computerprogramma", timeout=SOON)
        say(visitor, "hij heeft me gisteren geslagen")
        expect(visitor.locator('a[href="tel:08002000"]').first).to_be_visible(timeout=SOON)
        subject, conversation = newest_alarm(coach)

        log_in(therapist, coach, "lilia", password)
        line = therapist.locator(f'a[href="/studio/overdracht/{subject}"]')
        expect(line).to_contain_text("geweld door de partner")
        expect(line).to_contain_text("geslagen")
        expect(line).to_contain_text("open")
        line.click()
        expect(therapist.locator("mark").first).to_contain_text("geslagen")
        expect(therapist.get_by_test_id("lock")).to_contain_text("op slot")

        said_by_bot = answers.count()
        therapist.get_by_test_id("overnemen").click()
        expect(therapist.get_by_test_id("mine")).to_be_visible()
        expect(answers).to_have_count(said_by_bot + 1, timeout=SOON)
        expect(newest(visitor, "bot")).to_contain_text("Lilia")
        actions = coach.actions(conversation)
        assert actions[-1] == "utter_person_here"

        for words, reply in EXCHANGES:
            exchange(therapist, visitor, words, reply)
        expect(visitor.locator(".person .speaker").last).to_have_text("Lilia:")
        expect(visitor.get_by_test_id("message-person")).to_have_count(3)
        expect(answers).to_have_count(said_by_bot + 1)
        assert coach.actions(conversation) == actions, "the coach is silent"
        again = therapist.get_by_test_id("line-visitor").filter(has_text="weer geslagen")
        expect(again.locator(".badge")).to_contain_text(re.compile("alarm|acuut"))
        assert newest_alarm(coach) == (subject, conversation), "it is the same person's alarm"

        visitor.reload()
        visitor.get_by_test_id("launcher").click()
        expect(visitor.get_by_test_id("message-person")).to_have_count(3, timeout=SOON)
        # Helplines come as a bubble of their own, and stand in the same one as their text after a reload.
        said_by_bot = answers.count()

        therapist.get_by_test_id("teruggeven").click()
        expect(therapist.get_by_test_id("overnemen")).to_be_visible()
        expect(answers).to_have_count(said_by_bot + 1, timeout=SOON)
        expect(newest(visitor, "bot")).to_contain_text("Lilia")
        say(visitor, "hoe begin ik met mijn excuses aan hem?")
        expect(answers).to_have_count(said_by_bot + 2, timeout=SOON)
        gone, reply = coach.actions(conversation)[-2:]
        assert gone == "utter_person_gone"
        assert reply.startswith("utter_locked_")
        expect(therapist.get_by_test_id("lock")).to_contain_text("op slot")


def test_the_second_therapist_sees_who_has_it(browser: Browser, coach: Coach, sender: str) -> None:
    coach.say(sender, "hij heeft me gisteren geslagen")
    subject, _ = newest_alarm(coach)
    link = f"/studio/overdracht/{subject}"
    first, second = add_therapist(coach, "anna", "Anna"), add_therapist(coach, "bert", "Bert")
    with window(browser) as anna, window(browser) as bert:
        log_in(anna, coach, "anna", first, link)
        log_in(bert, coach, "bert", second, link)
        expect(bert.get_by_test_id("overnemen")).to_be_visible()
        anna.get_by_test_id("overnemen").click()
        expect(anna.get_by_test_id("mine")).to_be_visible()
        # The open page hears of it; who presses all the same is told.
        expect(bert.locator("#live-news")).to_be_visible(timeout=SOON)
        bert.get_by_test_id("overnemen").click()
        expect(bert.get_by_test_id("problem")).to_contain_text("Anna")
        assert coach.say(sender, "hoi, is daar iemand?") == []
        anna.get_by_test_id("teruggeven").click()
        expect(anna.get_by_test_id("overnemen")).to_be_visible()
        assert coach.say(sender, "hoi, is daar iemand?")
