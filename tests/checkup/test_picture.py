"""The picture, and the address at which it is seen."""

from __future__ import annotations

import io

import httpx
import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet
from PIL import Image
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from starlette.applications import Starlette

from bot.channels.history import bot_message
from bot.channels.pictures import picture_route
from bot.channels.telegram_api import keyboard
from bot.channels.telegram_text import messages_of
from bot.checkup.address import Shown, address_of, read_address, still_there
from bot.checkup.picture import described, draw
from bot.privacy.erase import erase
from bot.store.conversations import ConversationStore
from bot.store.database import engine
from bot.store.encryption import replace_file_keys
from tests.databases import Database

AREAS = {"attention": 6.5, "listening": 4.0, "repair": 7.0, "joy": 8.0, "trust": 3.5}
SHOWN = Shown("somebody", AREAS, {"trust": 2.0})


def test_a_small_png_that_shows_the_marks() -> None:
    png = draw(AREAS)
    image = Image.open(io.BytesIO(png))
    assert (image.format, image.size) == ("PNG", (600, 600))
    assert len(png) < 40_000
    assert png != draw({**AREAS, "joy": 2.0}), "another mark, another picture"
    assert png != draw(AREAS, {"trust": 9.0}), "the earlier check-up is in it"


@pytest.mark.parametrize("areas", [{"joy": 5.0}, {"joy": 0.0, "trust": 10.0}, AREAS])
def test_areas_without_a_mark_are_left_out(areas: dict[str, float]) -> None:
    assert Image.open(io.BytesIO(draw(areas))).size == (600, 600)


def test_its_words_hold_every_value() -> None:
    words = described(AREAS, {"trust": 2.0})
    assert words == ("Figuur met je cijfers: aandacht 6,5, luisteren 4, goedmaken 7, plezier 8, vertrouwen 3,5. Vorige keer: vertrouwen 2.")


async def talk(conversation: str) -> None:
    tracker = DialogueStateTracker(conversation, [])
    for event in (ActionExecuted("action_listen"), UserUttered("hoi", {"name": "greet"})):
        tracker.update(event)
    await ConversationStore(Domain.empty()).save(tracker)


async def get(address: str) -> httpx.Response:
    transport = httpx.ASGITransport(app=Starlette(routes=[picture_route()]))
    async with httpx.AsyncClient(transport=transport) as client:
        return await client.get(address)


async def test_the_address_says_nothing_and_leads_to_the_picture(database: Database) -> None:
    await talk("somebody")
    address = address_of(SHOWN)
    assert "somebody" not in address
    assert "trust" not in address
    assert address != address_of(SHOWN), "two of the same can't be told to be the same"
    assert read_address(address) == SHOWN
    answer = await get(address)
    assert (answer.status_code, answer.headers["content-type"], answer.headers["cache-control"]) == (200, "image/png", "no-store")
    assert answer.content == draw(SHOWN.areas, SHOWN.before)


async def test_nobody_makes_or_changes_an_address(database: Database) -> None:
    await talk("somebody")
    token = address_of(SHOWN).rsplit("/", 1)[-1].removesuffix(".png")
    changed = token[:-20] + ("A" if token[-20] != "A" else "B") + token[-19:]
    strange = Fernet(Fernet.generate_key()).encrypt(b'["somebody",{"joy":5},null]').decode().rstrip("=")
    for guess in (changed, strange, "a", "A" * 5000, "%00", "..%2f..%2f.env"):
        assert (await get(f"http://coach/relatie-apk/{guess}.png")).status_code == 404


async def test_it_goes_when_the_conversation_goes(database: Database) -> None:
    await talk("somebody")
    address = address_of(SHOWN)
    assert still_there(SHOWN)
    erase("somebody")
    assert not still_there(SHOWN)
    assert (await get(address)).status_code == 404


async def test_with_another_key_it_can_not_be_read(database: Database) -> None:
    await talk("somebody")
    address = address_of(SHOWN)
    replace_file_keys([Fernet.generate_key().decode()])
    assert read_address(address) is None


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_a_failing_database_is_no_picture_and_no_stack_trace(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    await talk("somebody")
    address = address_of(SHOWN)
    with engine().begin() as connection:
        connection.execute(sa.text("ALTER TABLE events RENAME COLUMN sender_id TO gone"))
    answer = await get(address)
    assert (answer.status_code, answer.content) == (503, b"")


def test_the_widget_gets_picture_and_words_together() -> None:
    custom = {"image": "https://coach/relatie-apk/x.png", "alt": "Figuur"}
    expected = {"from": "bot", **custom}
    assert bot_message({"custom": custom}) == expected
    assert bot_message({"event": "bot", "text": None, "data": {"custom": custom}}) == expected


def test_telegram_gets_a_picture_and_short_buttons_side_by_side() -> None:
    (message,) = messages_of([{"custom": {"image": "https://coach/relatie-apk/x.png", "alt": "Figuur"}}])
    assert message == {"text": "Figuur", "buttons": [], "picture": "https://coach/relatie-apk/x.png"}
    rows = keyboard([str(mark) for mark in range(11)] + ["Terug", "Sla over"])
    assert [[button["text"] for button in row] for row in rows] == [
        ["0", "1", "2", "3", "4", "5"],
        ["6", "7", "8", "9", "10"],
        ["Terug"],
        ["Sla over"],
    ]
    assert [button["callback_data"] for row in rows for button in row] == [str(number) for number in range(13)]
