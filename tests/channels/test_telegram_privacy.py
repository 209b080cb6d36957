"""What the Telegram channel keeps, forgets and keeps to itself; and its settings."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

import pytest

from bot.channels.telegram_text import (
    TELEGRAM_KEEPS,
    TELEGRAM_STILL_KEEPS,
)
from bot.setting_values import SettingsError
from bot.settings import ROOT, read_settings
from tests.fake_telegram import TOKEN, refusal, until

if TYPE_CHECKING:
    from tests.telegram_world import World

# pytest itself has to be the first to import it.
pytest_plugins = ["tests.telegram_world"]
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

CHAT = 5551234987
BUTTONS = [{"title": "Ja, graag", "payload": "/affirm"}, {"title": "Nu niet", "payload": "/deny"}]


async def test_erasing_forgets_the_chat(talking: World) -> None:
    talking.coach.answers["ja"] = [{"text": "Je gesprek is gewist."}, {"custom": {"erased": True}}]
    visitor = talking.api.person(CHAT)
    visitor.writes("/start")
    await visitor.hears(2)
    sender = talking.chats.sender_of(CHAT)
    assert talking.chats.chat_of(sender) == CHAT
    visitor.writes("ja")
    assert (await visitor.hears(4))[2:] == ["Je gesprek is gewist.", TELEGRAM_STILL_KEEPS]
    assert talking.chats.chat_of(sender) is None
    visitor.writes("/start")
    assert (await visitor.hears(6))[4:] == ["gehoord: /greet", TELEGRAM_KEEPS]


async def test_a_wrong_token_is_said_and_not_shown(world: World, caplog: pytest.LogCaptureFixture) -> None:
    world.database.set(world.patch, TELEGRAM_TOKEN="7000001:another-token")
    await world.start()
    await until(lambda: "TELEGRAM_TOKEN" in caplog.text)
    await world.stop()
    assert "401" in caplog.text
    assert "another-token" not in caplog.text


async def test_nothing_of_anybody_is_in_a_log_or_readable_in_the_files(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    world.coach.answers["haar zus Zonnebeke"] = [{"text": "Zullen we?", "buttons": BUTTONS}]
    world.api.faults["sendMessage"] = ["break", refusal(429, "later", retry_after=0), refusal(400, "Bad Request: Zonnebeke")]
    world.api.faults["sendChatAction"] = ["break"]
    await world.start()
    visitor = world.api.person(CHAT)
    visitor.writes("haar zus Zonnebeke")
    visitor.writes("haar zus Zonnebeke")
    await visitor.hears(1)
    visitor.blocked = True
    visitor.presses("Ja, graag")
    world.api.happens({"message": {"text": "Zonnebeke", "chat": "Annelies"}})
    await until(lambda: "could not be read" in caplog.text)
    written = world.database.bytes_on_disk()
    await world.stop()
    sender = world.chats.sender_of(CHAT)
    assert sender.encode() in written
    for secret in ("Zonnebeke", "Annelies", str(CHAT), TOKEN.split(":")[1]):
        assert secret not in "\n".join(caplog.messages)
        assert secret.encode() not in written


async def test_what_was_said_is_gone_once_it_was_answered(world: World) -> None:
    from bot.store.database import session
    from bot.store.tables import TelegramUpdate

    await world.start()
    number = world.api.person(CHAT).writes("hoi")
    await world.api.person(CHAT).hears(1)
    await world.stop()
    with session() as db:
        row = db.get(TelegramUpdate, number)
        assert (row.done, row.incoming, row.messages) == (True, None, None)


@pytest.mark.parametrize(
    "values",
    [
        {"TELEGRAM_TOKEN": "geheim"},
        {"TELEGRAM_MODE": "pigeon"},
        {"TELEGRAM_WEBHOOK_URL": "coach.example.org", "TELEGRAM_MODE": "webhook"},
    ],
)
def test_a_broken_setting_is_one_clear_line(database: object, values: dict[str, str]) -> None:
    with pytest.raises(SettingsError) as problem:
        read_settings(values)
    assert next(iter(values)) in str(problem.value)
    assert "\n" not in str(problem.value)
    assert "geheim" not in str(problem.value)


def test_every_setting_of_telegram_is_explained(database: object) -> None:
    names = set(
        re.findall(r'"(TELEGRAM_[A-Z_]+)"', "".join((ROOT / "bot" / name).read_text() for name in ("settings.py", "setting_values.py")))
    )
    assert names == set(re.findall(r"^#?(TELEGRAM_[A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert "TELEGRAM" not in repr(read_settings({"TELEGRAM_TOKEN": "1:TELEGRAM"}))
