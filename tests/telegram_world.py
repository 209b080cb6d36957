"""The Telegram channel between a Bot API and a coach that are both of our own; for tests that name this file in `pytest_plugins`."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from collections.abc import AsyncIterator

import pytest

from bot.channels import telegram, telegram_api
from bot.channels.rasa_client import RasaClient
from bot.channels.sessions import signing_key
from bot.channels.telegram import TelegramChannel
from bot.channels.telegram_chats import Chats
from bot.settings import ROOT, settings
from tests.conftest import free_port
from tests.databases import Database
from tests.fake_coach import FakeCoach
from tests.fake_telegram import TOKEN, FakeTelegram


class World:
    def __init__(self, api: FakeTelegram, coach: FakeCoach, database: Database, patch: pytest.MonkeyPatch) -> None:
        self.api = api
        self.coach = coach
        self.database = database
        self.patch = patch
        self.chats = Chats(signing_key(settings().var_dir))

    async def start(self) -> TelegramChannel:
        """The channel alone, in this process."""
        self._rasa = RasaClient()
        self.channel = TelegramChannel(self._rasa)
        self._listening = asyncio.create_task(self.channel.run())
        return self.channel

    async def stop(self) -> None:
        self._listening.cancel()
        await self.channel.stop()
        await self._rasa.close()


class Server:
    """The whole web server, as a process that can be killed."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        log = settings().var_dir / "web.log"
        with log.open("ab") as file:
            self._process = subprocess.Popen([sys.executable, "-W", "ignore", "-m", "bot", "serve-web"], cwd=ROOT, stdout=file, stderr=file)

    def stop(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(60)
            self._process = None


@pytest.fixture
async def world(database: Database, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    monkeypatch.setattr(telegram_api, "FIRST_WAIT", 0.05)
    monkeypatch.setattr(telegram, "RETRY_SECONDS", 0.1)
    monkeypatch.setattr(telegram, "REFUSED_SECONDS", 0.1)
    async with FakeTelegram() as api, FakeCoach() as coach:
        database.set(
            monkeypatch,
            TELEGRAM_TOKEN=TOKEN,
            TELEGRAM_API_URL=api.url,
            TELEGRAM_MODE="polling",
            TELEGRAM_WEBHOOK_URL="",
            COACH_RASA_PORT=str(coach.rasa_port),
            COACH_ACTIONS_PORT=str(coach.actions_port),
            COACH_WEB_PORT=str(free_port()),
        )
        yield World(api, coach, database, monkeypatch)


@pytest.fixture
async def talking(world: World) -> AsyncIterator[World]:
    """The world, with the channel listening."""
    await world.start()
    yield world
    await world.stop()


@pytest.fixture
async def server(world: World) -> AsyncIterator[Server]:
    """The web server, not started yet."""
    made = Server()
    yield made
    made.stop(signal.SIGKILL)
