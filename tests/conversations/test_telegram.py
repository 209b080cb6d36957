"""Whole conversations over Telegram: the real coach, a web server with the Telegram channel, and a Bot API of our own."""

from __future__ import annotations

import asyncio
import random
import re
import subprocess
import sys
import time
from collections.abc import AsyncIterator

import pytest

from bot.channels.sessions import signing_key
from bot.channels.telegram_chats import Chats
from bot.channels.telegram_text import TELEGRAM_KEEPS, TELEGRAM_STILL_KEEPS
from bot.settings import settings
from bot.store.database import engine
from tests.conftest import ROOT, Coach, free_port
from tests.databases import Database
from tests.fake_coach import FakeCoach
from tests.fake_telegram import TOKEN, FakeTelegram, Person, until

SECONDS = 60


@pytest.fixture
async def visitor(coach: Coach, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Person]:
    """Somebody on Telegram, with a web server beside the coach's own that listens to it."""
    # The channel waits until the action server answers, but never talks with it: a stand-in says that it is there.
    async with FakeTelegram() as api, FakeCoach() as stand_in:
        database = Database("sqlite", coach.folder, coach.folder)
        engine.cache_clear()
        database.set(
            monkeypatch,
            COACH_VAR_DIR=str(coach.folder),
            COACH_WEB_PORT=str(free_port()),
            COACH_RASA_PORT=coach.rasa.rsplit(":", 1)[1],
            COACH_ACTIONS_PORT=str(stand_in.actions_port),
            COACH_API_TOKEN="",
            DATABASE_URL="",
            COACH_DATA_KEYS="",
            COACH_NOTIFY_URLS="",
            COACH_COUNTRY="nl",
            TELEGRAM_TOKEN=TOKEN,
            TELEGRAM_API_URL=api.url,
            TELEGRAM_MODE="polling",
        )
        log = coach.folder / "logs" / "telegram-web.log"
        with log.open("ab") as file:
            process = subprocess.Popen([sys.executable, "-W", "ignore", "-m", "bot", "serve-web"], cwd=ROOT, stdout=file, stderr=file)
        try:
            # The tests of one run share a database, and so must not share a chat.
            yield api.person(random.randrange(10**9, 10**10))
        finally:
            process.terminate()
            await asyncio.to_thread(process.wait, 30)
            engine().dispose()
            engine.cache_clear()
            monkeypatch.undo()
            settings.cache_clear()


async def test_an_apology_from_the_first_word_to_erasing(coach: Coach, visitor: Person) -> None:
    opening = await said(visitor, "/start")
    assert "computerprogramma" in opening[0]
    assert opening[-1] == TELEGRAM_KEEPS
    for text, expected in (
        ("ik heb haar pijn gedaan en daar heb ik spijt van", "apology_form"),
        ("ik heb haar voor haar ouders voor schut gezet, en dat spijt me enorm", "apology_form"),
        ("ze was helemaal stil en ik zag tranen, dat heb ik haar aangedaan, ik heb er zo'n spijt van", "apology_form"),
        ("ik voel me rot dat ik haar dat heb aangedaan, ik wil het goedmaken", "apology_form"),
    ):
        before = len(actions(coach, visitor))
        assert await said(visitor, text), f"silence after {text!r}"
        new = actions(coach, visitor)[before:]
        assert any(action.startswith(expected) for action in new), f"after {text!r}: {new}, not {expected}"

    await said(visitor, "/verwijder")
    question = list(visitor.chat.values())[-1]
    before = len(visitor.chat)
    visitor.presses("Ja, wis alles")
    await until(lambda: TELEGRAM_STILL_KEEPS in visitor.heard(), SECONDS)
    assert question["text"].endswith("→ Ja, wis alles")
    assert "reply_markup" not in question
    assert "gewist" in visitor.heard()[before]
    assert chats(coach).chat_of(sender(coach, visitor)) is None
    # Rasa begins a session by itself when it is asked for a conversation that it does not know.
    assert set(actions(coach, visitor)) <= {"action_session_start"}
    assert "computerprogramma" in (await said(visitor, "hoi"))[0]


async def test_an_alarm(coach: Coach, visitor: Person) -> None:
    await said(visitor, "/start")
    alarm = await said(visitor, "hij heeft me gisteren geslagen")
    # The very next message is the safety message (S1), with numbers that can be tapped as they are (S3).
    assert any(action.startswith("utter_alarm_partner_violence") for action in actions(coach, visitor))
    assert "0800-2000" in alarm[0]
    assert list(visitor.chat.values())[-1]["reply_markup"]["inline_keyboard"]

    edited = len(visitor.chat)
    visitor.sends("edited_message", text="hij heeft me gisteren geslagen en hij staat nu voor de deur met een mes")
    await answer(visitor, edited)
    assert "112" in "\n".join(visitor.heard()[edited:])

    # Coaching is locked, in Telegram as elsewhere (S2); a command and a photo's words are no way around it.
    for text in ("oh laat maar, het valt wel mee", "hoe zeg ik sorry tegen hem", "/help"):
        await said(visitor, text)
    before = len(visitor.chat)
    visitor.sends(photo=[], caption="hoe begin ik er met hem over?")
    await answer(visitor, before)
    coaching = re.compile(r"utter_(apology|hurt|blame|first_step|forgiveness|trust|greet|help)")
    after = actions(coach, visitor)
    alarmed = next(number for number, action in enumerate(after) if action.startswith("utter_alarm"))
    assert not [action for action in after[alarmed:] if coaching.match(action)]

    before = len(visitor.chat)
    visitor.presses("Ik wil een mens spreken")
    await answer(visitor, before)
    assert "utter_intake_start_safe" in actions(coach, visitor)[len(after) :]


async def test_nothing_of_the_talk_is_in_a_log(coach: Coach, visitor: Person) -> None:
    await said(visitor, "zonnebloemolie is waar we ruzie over hadden")
    for log in (coach.folder / "logs").glob("*.log"):
        written = log.read_text(errors="replace")
        assert not [secret for secret in ("zonnebloemolie", "Annelies", str(visitor.id), TOKEN) if secret in written], log.name


async def said(visitor: Person, text: str) -> list[str]:
    """Write something; the texts of the whole answer."""
    before = len(visitor.chat)
    visitor.writes(text)
    return await answer(visitor, before)


async def answer(visitor: Person, before: int) -> list[str]:
    """What is said after the first `before` messages, once nothing more comes."""
    await until(lambda: len(visitor.chat) > before, SECONDS, lambda: f"no answer; so far {visitor.heard()}")
    count, since = 0, time.monotonic()
    while time.monotonic() - since < 2:
        if len(visitor.chat) > count:
            count, since = len(visitor.chat), time.monotonic()
        await asyncio.sleep(0.1)
    return visitor.heard()[before:]


def chats(coach: Coach) -> Chats:
    return Chats(signing_key(coach.folder))


def sender(coach: Coach, visitor: Person) -> str:
    return chats(coach).sender_of(visitor.id)


def actions(coach: Coach, visitor: Person) -> list[str]:
    return coach.actions(sender(coach, visitor))
