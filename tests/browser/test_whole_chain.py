"""From an alarm at night to nothing left of it: widget, mail, therapist, coach again, intake, erasing. Real servers, mail and Chromium.

With `COACH_SCREENSHOTS=<folder>` it makes the pictures of docs/handleiding.md.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_inbox import SOON, add_therapist, exchange, log_in, newest, newest_alarm, picture, window
from tests.browser.test_widget import browser, say
from tests.conftest import Coach, servers
from tests.conversations.test_intake import intakes
from tests.handoff.conftest import MailServer
from tests.kept import bytes_on_disk, query

__all__ = ["browser"]
# A minute and more on two cores: with the other long ones (make test-cluster).
pytestmark = [pytest.mark.browser, pytest.mark.cluster]
SECONDS = 60
WORDS, DANGER, NAME, REACH = (
    "hij heeft me gisteren geslagen",
    "hij staat nu voor de deur met een mes",
    "Wilhelmina Oudewater",
    "op dinsdag na tienen",
)
TALK = [
    ("Hallo, ik ben Lilia. Ben je nu alleen?", "ja, hij is naar zijn werk"),
    ("Goed dat je schrijft. Hoe gaat het nu met je?", "ik ben moe en ik heb slecht geslapen"),
    ("Ik blijf nog even bij je. Kan ik je morgen bellen?", "ja dat kan"),
]
# Every table in which something of a visitor can be, and the column that says whose it is.
OF_A_VISITOR = {
    **dict.fromkeys(("intakes", "handoffs", "takeovers", "person_messages", "notes", "alarm_labels", "reminders"), "conversation"),
    "events": "sender_id",
}


@contextmanager
def mailed_coach(folder: object) -> Iterator[tuple[Coach, MailServer]]:
    mail = MailServer()
    mail.start()
    try:
        with servers(folder, COACH_NOTIFY_URLS=mail.url) as coach:  # type: ignore[arg-type]
            yield coach, mail
    finally:
        mail.stop()


def mail_about(mail: MailServer, what: str) -> str:
    deadline = time.monotonic() + SECONDS
    while not (found := [text for text in mail.texts() if what in text]):
        assert time.monotonic() < deadline, f"no mail about {what!r}"
        time.sleep(0.5)
    return found[-1]


def left_of(coach: Coach, conversation: str) -> dict[str, int]:
    counts = {
        name: query(coach, f"SELECT count(*) FROM {name} WHERE {column} = ?", conversation)[0][0] for name, column in OF_A_VISITOR.items()
    }
    return {name: count for name, count in counts.items() if count}


def answers_to(page: Page, text: str) -> str:
    """Say something; the newest thing that the coach says after it."""
    before = page.get_by_test_id("message-bot").count()
    say(page, text)
    expect(page.get_by_test_id("message-bot").nth(before)).to_be_visible(timeout=SOON)
    return newest(page, "bot").inner_text()


def test_from_an_alarm_to_nothing_left(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> None:
    with (
        mailed_coach(tmp_path_factory.mktemp("chain")) as (coach, mail),
        window(browser, viewport={"width": 420, "height": 760}) as visitor,
        window(browser, viewport={"width": 1000, "height": 800}) as therapist,
    ):
        password = add_therapist(coach, "lilia", "Lilia")
        an_alarm_in_the_widget(coach, visitor)
        subject, conversation = newest_alarm(coach)
        notice = mail_about(mail, "alarmsignaal")
        assert f"/studio/overdracht/{subject}" in notice
        assert not [word for word in ("geslagen", conversation) if word in notice], "a notice quotes nobody"

        a_therapist_takes_over(coach, therapist, password, subject)
        expect(newest(visitor, "bot")).to_contain_text("Lilia", timeout=SOON)
        for words, reply in TALK:
            exchange(therapist, visitor, words, reply)
        expect(visitor.get_by_test_id("message-person")).to_have_count(3)
        danger_beside_the_person(therapist, visitor)

        therapist.get_by_test_id("teruggeven").click()
        expect(therapist.get_by_test_id("overnemen")).to_be_visible()
        expect(newest(visitor, "bot")).to_contain_text("Lilia", timeout=SOON)
        answers_to(visitor, "hoe begin ik met mijn excuses aan hem?")
        assert coach.actions(conversation)[-1].startswith("utter_locked_"), "coaching is still locked"
        expect(therapist.get_by_test_id("lock")).to_contain_text("op slot")

        an_intake(coach, visitor, conversation)
        assert "overdracht" in mail_about(mail, "nieuwe intake")
        assert not [secret for secret in (NAME, "612345678", WORDS, DANGER, TALK[0][0]) if secret.encode() in bytes_on_disk(coach)]
        therapist.goto(coach.web + "/studio/")
        picture(therapist, "inbox")

        everything_is_erased(coach, visitor, therapist, conversation, subject)


def an_alarm_in_the_widget(coach: Coach, visitor: Page) -> None:
    visitor.goto(coach.web)
    visitor.get_by_test_id("launcher").click()
    expect(visitor.get_by_test_id("message-bot").first).to_contain_text("computerprogramma", timeout=SOON)
    say(visitor, WORDS)
    expect(visitor.locator('a[href="tel:08002000"]').first).to_be_visible(timeout=SOON)
    picture(visitor, "alarm")


def a_therapist_takes_over(coach: Coach, therapist: Page, password: str, subject: str) -> None:
    log_in(therapist, coach, "lilia", password, f"/studio/overdracht/{subject}")
    expect(therapist.locator("mark").first).to_contain_text("geslagen")
    expect(therapist.get_by_test_id("lock")).to_contain_text("op slot")
    picture(therapist, "gesprek-lezen")
    therapist.get_by_test_id("overnemen").click()
    expect(therapist.get_by_test_id("mine")).to_be_visible()


def danger_beside_the_person(therapist: Page, visitor: Page) -> None:
    """At acute danger the helplines come at once, although a person has the conversation; that person sees it marked."""
    say(visitor, DANGER)
    expect(newest(visitor, "bot")).to_be_visible(timeout=SOON)
    expect(visitor.locator('a[href="tel:112"]').last).to_be_visible(timeout=SOON)
    line = therapist.get_by_test_id("line-visitor").filter(has_text="mes")
    expect(line.locator(".badge")).to_contain_text(re.compile("acuut"), timeout=SOON)
    picture(therapist, "meeschrijven")
    picture(visitor, "mens-in-gesprek")


def an_intake(coach: Coach, visitor: Page, conversation: str) -> None:
    answers_to(visitor, "ik wil een mens van de praktijk spreken")
    for answer in (NAME, "06 12 34 56 78"):
        answers_to(visitor, answer)
    assert NAME in answers_to(visitor, REACH)
    picture(visitor, "aanvraag")
    answers_to(visitor, "ja verstuur")
    answers_to(visitor, "sla over")
    (kept,) = intakes(coach, conversation)
    assert (kept["name"], kept["contact"], kept["reach"], kept["after_alarm"]) == (NAME, "+31612345678", REACH, 1)


def everything_is_erased(coach: Coach, visitor: Page, therapist: Page, conversation: str, subject: str) -> None:
    assert left_of(coach, conversation)
    assert conversation.encode() in bytes_on_disk(coach)
    answers_to(visitor, "wis mijn gesprek")
    visitor.get_by_role("button", name="Ja, wis alles").last.click()
    expect(newest(visitor, "bot")).to_contain_text("gewist", timeout=SOON)
    assert left_of(coach, conversation) == {}
    therapist.goto(f"{coach.web}/studio/overdracht/{subject}")
    expect(therapist.locator("main")).to_contain_text("Dit gesprek is er niet meer")
    deadline = time.monotonic() + SECONDS
    # Whoever was reading just then keeps the write-ahead log for a moment.
    while conversation.encode() in bytes_on_disk(coach):
        assert time.monotonic() < deadline, "something of it is still in the files"
        time.sleep(1)
