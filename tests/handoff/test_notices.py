"""The practice is told of everything once, however long its mail server is away; and never who it is about."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.alarm.helplines import CATEGORIES as ALARM_CATEGORIES
from bot.channels import website
from bot.handoff import notices
from bot.handoff.intakes import IntakeDraft, erase_conversation_records, save_handoff, save_intake
from bot.handoff.notices import send_due, text_of, wait_after, warnings
from bot.store.database import engine, session
from bot.store.tables import Notice, utc_now
from bot.studio.app import studio
from tests.conftest import free_port
from tests.databases import Database
from tests.handoff.conftest import PASSWORD, MailServer

DRAFT = IntakeDraft("web-c", "Annelies", "annelies@zonnebeke.org", "na zessen", "alleen", "een mes", "partner_violence", "acute")
ALARM = {"category": "suicidality", "level": "alarm", "score": 0.8, "layer": "both", "spans": []}


def all_notices() -> list[Any]:
    with session() as db:
        return list(db.scalars(sa.select(Notice).order_by(Notice.created_at)))


def make_due() -> None:
    with session() as db:
        db.execute(sa.update(Notice).values(next_try_at=utc_now() - timedelta(seconds=1)))


async def eventually(happened: Callable[[], bool]) -> None:
    for _ in range(300):
        if happened():
            return
        await asyncio.sleep(0.05)
    pytest.fail("It did not happen within 15 seconds.")


def test_the_mail_says_what_and_where_and_nothing_else(
    database: Database, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    database.set(monkeypatch, COACH_NOTIFY_URLS=mail_server.url, COACH_WEB_PORT="8181")
    intake = save_intake(DRAFT)
    handoff = save_handoff("web-d", ALARM, ["ik wil dood"])
    assert send_due() == 2
    assert {to for mail in mail_server.mails for to in mail.rcpt_tos} == {"peter@example.org", "lilia@example.org"}
    texts = mail_server.texts()
    first = next(text for text in texts if "nieuwe intake" in text)
    assert f"http://localhost:8181/studio/overdracht/{intake}" in first
    assert "geweld door de partner" in first
    assert "acuut gevaar" in first
    second = next(text for text in texts if "alarmsignaal" in text)
    assert f"/studio/overdracht/{handoff}" in second
    assert "gedachten aan zelfmoord" in second
    assert "Niveau: alarm" in second
    for mail in mail_server.mails:
        raw = (mail.original_content or b"").decode() + "\n".join(texts)
        for personal in ("Annelies", "annelies", "zonnebeke", "na zessen", "alleen", "mes\n", "een mes", "dood", "web-c", "web-d"):
            assert personal not in raw
    assert all(notice.sent_at is not None and notice.tries == 1 and notice.last_error_kind is None for notice in all_notices())


def test_down_for_a_while_then_delivered_once(database: Database, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    database.set(monkeypatch, COACH_NOTIFY_URLS=mail_server.url)
    mail_server.stop()
    save_intake(DRAFT)
    for tries, minutes in enumerate((1, 2, 4), 1):
        assert send_due() == 0
        (notice,) = all_notices()
        assert (notice.tries, notice.sent_at, notice.last_error_kind) == (tries, None, "NotifyEmail")
        wait = notice.next_try_at - utc_now()
        assert timedelta(minutes=minutes) - timedelta(seconds=20) < wait <= timedelta(minutes=minutes)
        # Not due yet: it is left alone.
        assert send_due() == 0
        assert all_notices()[0].tries == tries
        make_due()
    mail_server.start()
    assert send_due() == 1
    assert send_due() == 0
    make_due()
    assert send_due() == 0
    assert sorted(to for mail in mail_server.mails for to in mail.rcpt_tos) == ["lilia@example.org", "peter@example.org"]


def test_the_waits_grow_to_an_hour() -> None:
    assert [wait_after(tries).total_seconds() / 60 for tries in (1, 2, 3, 4, 5, 6, 7, 8, 100_000)] == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_a_runner_that_died_while_sending(database: Database, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    database.set(monkeypatch, COACH_NOTIFY_URLS=mail_server.url)
    save_intake(DRAFT)
    assert notices._claim(all_notices()[0].id) is not None
    assert send_due() == 0
    assert timedelta(minutes=4) < all_notices()[0].next_try_at - utc_now() <= notices.CLAIM
    make_due()
    assert send_due() == 1
    assert len(mail_server.texts()) > 0


def test_several_runners_send_once(database: Database, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    database.set(monkeypatch, COACH_NOTIFY_URLS=mail_server.url)
    ids = [save_handoff(f"web-{number}", ALARM, []) for number in range(8)]
    runners = 4
    together = threading.Barrier(runners)

    def run(_: int) -> int:
        together.wait()
        return send_due()

    with ThreadPoolExecutor(runners) as pool:
        assert sum(pool.map(run, range(runners))) == len(ids)
    for handoff in ids:
        to = [to for mail, text in zip(mail_server.mails, mail_server.texts(), strict=True) if handoff in text for to in mail.rcpt_tos]
        assert sorted(to) == ["lilia@example.org", "peter@example.org"]


def test_who_has_it_is_not_told_again(database: Database, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    late = MailServer()
    database.set(monkeypatch, COACH_NOTIFY_URLS=f"{late.url}, {mail_server.url}")
    save_intake(DRAFT)
    assert send_due() == 0
    once = len(mail_server.mails)
    assert once > 0
    make_due()
    late.start()
    try:
        assert send_due() == 1
    finally:
        late.stop()
    assert (len(mail_server.mails), len(late.mails)) == (once, once)


def test_an_erased_intake_is_not_told_of(database: Database, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    database.set(monkeypatch, COACH_NOTIFY_URLS=mail_server.url)
    save_intake(DRAFT)
    erase_conversation_records("web-c")
    assert send_due() == 0
    assert mail_server.mails == []


def test_passwords_stay_secret(
    database: Database, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    broken = f"mailto://coach:{PASSWORD}@/?to=nobody unknown://coach:{PASSWORD}@example.org"
    database.set(monkeypatch, COACH_NOTIFY_URLS=f"{broken} {mail_server.url}")
    mail_server.stop()
    save_intake(DRAFT)
    with caplog.at_level(logging.DEBUG):
        assert send_due() == 0
        lines = warnings()
    assert len(lines) == 2
    assert "NotifyEmail" in caplog.text
    assert not [record for record in caplog.records if record.name.startswith("apprise")]
    assert PASSWORD not in caplog.text + "".join(lines) + str(vars(all_notices()[0])) + repr(notices.settings())
    assert PASSWORD.encode() not in database.bytes_on_disk()


def test_without_addresses_all_is_kept_and_said(database: Database) -> None:
    save_intake(DRAFT)
    assert send_due() == 0
    (notice,) = all_notices()
    assert (notice.tries, notice.sent_at) == (0, None)
    (line,) = warnings()
    assert "COACH_NOTIFY_URLS" in line


@pytest.mark.parametrize("category", ALARM_CATEGORIES)
def test_every_category_has_a_name(category: str) -> None:
    _, text = text_of(Notice(kind="alarm", subject_id="x", category=category, level="acute"))
    assert "onbekend" not in text
    assert category not in text


async def test_the_web_server_sends(database: Database, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    database.set(monkeypatch, COACH_NOTIFY_URLS=mail_server.url, COACH_RASA_PORT=str(free_port()))
    monkeypatch.setattr(notices, "LOOK_SECONDS", 0.1)
    heard: asyncio.Queue[dict[str, str]] = asyncio.Queue()
    said: asyncio.Queue[dict[str, str]] = asyncio.Queue()
    server = asyncio.create_task(website.create_app(studio)({"type": "lifespan", "asgi": {"version": "3.0"}}, heard.get, said.put))
    await heard.put({"type": "lifespan.startup"})
    assert await said.get() == {"type": "lifespan.startup.complete"}
    save_intake(DRAFT)
    await eventually(lambda: all_notices()[0].sent_at is not None)
    assert len(mail_server.mails) > 0
    await heard.put({"type": "lifespan.shutdown"})
    assert await said.get() == {"type": "lifespan.shutdown.complete"}
    await server
    await asyncio.sleep(0)
    assert not [task for task in asyncio.all_tasks() if "send_notices" in repr(task)]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_it_waits_for_a_database(
    database: Database, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    database.set(monkeypatch, COACH_NOTIFY_URLS=mail_server.url)
    database.move(monkeypatch, f"sqlite:///{database.var}/later/x.db")
    monkeypatch.setattr(notices, "LOOK_SECONDS", 0.1)
    runner = asyncio.create_task(notices.send_notices_forever())
    await eventually(lambda: "DATABASE_URL" in caplog.text)
    await asyncio.sleep(0.5)
    assert caplog.text.count("DATABASE_URL") == 1
    (database.var / "later").mkdir()
    await eventually(lambda: "notices" in sa.inspect(engine()).get_table_names())
    save_intake(DRAFT)
    await eventually(lambda: all_notices()[0].sent_at is not None)
    runner.cancel()
