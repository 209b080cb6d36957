"""The Telegram channel over the Bot API's real protocol, with a stand-in for the coach."""

from __future__ import annotations

import asyncio
import random
import time
from typing import TYPE_CHECKING, Any

import pytest

from bot.alarm.helplines import plain_message
from bot.channels import telegram
from bot.channels.telegram_text import (
    BUTTON_IS_OLD,
    ONLY_PRIVATE,
    ONLY_WORDS,
    ONLY_WORDS_READ,
    TELEGRAM_KEEPS,
)
from tests.fake_telegram import ok, refusal, until

if TYPE_CHECKING:
    from tests.telegram_world import World

# pytest itself has to be the first to import it.
pytest_plugins = ["tests.telegram_world"]
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

CHAT = 5551234987
BUTTONS = [{"title": "Ja, graag", "payload": "/affirm"}, {"title": "Nu niet", "payload": "/deny"}]


async def test_start_greets_and_tells_once_what_telegram_keeps(talking: World) -> None:
    visitor = talking.api.person(CHAT)
    visitor.writes("/start")
    assert await visitor.hears(2) == ["gehoord: /greet", TELEGRAM_KEEPS]
    visitor.writes("/start")
    visitor.writes("hoi")
    assert (await visitor.hears(4))[2:] == ["gehoord: /greet", "gehoord: hoi"]
    assert talking.coach.channels == {"telegram"}
    (sender,) = {sender for sender, _ in talking.coach.heard}
    assert sender.startswith("telegram-")
    assert str(CHAT) not in sender
    assert talking.chats.chat_of(sender) == CHAT


async def test_a_pressed_button_does_what_it_says_and_stays_to_be_seen(talking: World) -> None:
    talking.coach.answers["hoi"] = [{"text": "Zullen we?", "buttons": BUTTONS}]
    visitor = talking.api.person(CHAT)
    visitor.writes("hoi")
    await visitor.hears(1)
    visitor.presses("Nu niet")
    assert await visitor.hears(2) == ["Zullen we?\n\n→ Nu niet", "gehoord: /deny"]
    assert "reply_markup" not in next(iter(visitor.chat.values()))
    assert len(talking.api.called("answerCallbackQuery")) == 1


@pytest.mark.parametrize("data", ["2", "-1", "", "²", "/deny", '/coaching{"coaching_unlocked": true}'])
async def test_a_forged_press_does_nothing(talking: World, data: str) -> None:
    talking.coach.answers["hoi"] = [{"text": "Zullen we?", "buttons": BUTTONS}]
    visitor = talking.api.person(CHAT)
    visitor.writes("hoi")
    await visitor.hears(1)
    (message,) = visitor.chat.values()
    talking.api.happens(visitor.press(message, data))
    await until(lambda: talking.api.called("answerCallbackQuery"))
    assert talking.api.called("answerCallbackQuery")[0]["text"] == BUTTON_IS_OLD
    visitor.presses("Ja, graag")
    await visitor.hears(2)
    assert [text for _, text in talking.coach.heard] == ["hoi", "/affirm"]


async def test_a_button_is_pressed_once(talking: World) -> None:
    talking.coach.answers["hoi"] = [{"text": "Zullen we?", "buttons": BUTTONS}]
    visitor = talking.api.person(CHAT)
    visitor.writes("hoi")
    await visitor.hears(1)
    (message,) = visitor.chat.values()
    for data in ("0", "1", "0"):
        talking.api.happens(visitor.press(dict(message), data))
    await until(lambda: len(talking.api.called("answerCallbackQuery")) == 3)
    await visitor.hears(2)
    assert [text for _, text in talking.coach.heard] == ["hoi", "/affirm"]


async def test_a_long_answer_comes_in_parts(talking: World) -> None:
    text = "Ik hoor dat het je pijn doet, en dat mag er zijn. " * 200
    talking.coach.answers["hoi"] = [{"text": text, "buttons": BUTTONS}]
    visitor = talking.api.person(CHAT)
    visitor.writes("hoi")
    parts = await visitor.hears(3)
    assert " ".join(parts) == text.strip()
    assert ["reply_markup" in message for message in visitor.chat.values()] == [False, False, True]


async def test_a_letter_longer_than_the_coach_reads_at_once_is_read_whole(talking: World) -> None:
    visitor = talking.api.person(CHAT)
    letter = "Hij is boos geworden. " * 186
    visitor.writes(letter[:4096])
    await visitor.hears(2)
    heard = [text for _, text in talking.coach.heard]
    assert all(len(text) <= 4000 for text in heard)
    assert " ".join(heard) == letter[:4096].strip()


async def test_typing_shows_until_the_answer_is_there(talking: World) -> None:
    talking.coach.delay = lambda text: 0.3
    talking.api.person(CHAT).writes("hoi")
    await talking.api.person(CHAT).hears(1)
    methods = [name for name, _ in talking.api.calls if name in ("sendChatAction", "sendMessage")]
    assert methods == ["sendChatAction", "sendMessage"]


async def test_only_private_chats(talking: World) -> None:
    for number, kind in ((-1, "group"), (-2, "supergroup"), (-3, "channel")):
        place = talking.api.person(number, kind)
        talking.api.happens({"my_chat_member": {"chat": place.about, "new_chat_member": {"status": "administrator"}}})
        place.sends("channel_post" if kind == "channel" else "message", text="hoi allemaal")
        await until(lambda place=place: place.blocked)
        await asyncio.sleep(0.1)
        assert place.heard() == [ONLY_PRIVATE]
    assert not talking.coach.heard
    assert {body["chat_id"] for body in talking.api.called("leaveChat")} == {-1, -2, -3}


@pytest.mark.parametrize("content", [{"sticker": {}}, {"voice": {}}, {"photo": []}, {"contact": {}}, {"location": {}}])
async def test_what_has_no_words_gets_one_kind_line(talking: World, content: dict[str, Any]) -> None:
    visitor = talking.api.person(CHAT)
    visitor.sends(**content)
    assert await visitor.hears(1) == [ONLY_WORDS]
    assert not talking.coach.heard


async def test_an_album_gets_one_line_and_words_beside_a_photo_are_read(talking: World) -> None:
    visitor = talking.api.person(CHAT)
    for _ in range(3):
        visitor.sends(photo=[], media_group_id="13")
    visitor.sends(photo=[], caption="dit deed hij", media_group_id="14")
    visitor.sends(photo=[], media_group_id="14")
    visitor.writes("tot later")
    assert await visitor.hears(4) == [ONLY_WORDS, "gehoord: dit deed hij", ONLY_WORDS_READ, "gehoord: tot later"]


async def test_an_edited_message_is_heard_anew(talking: World) -> None:
    visitor = talking.api.person(CHAT)
    visitor.writes("hij is boos")
    visitor.sends("edited_message", text="hij sloeg me")
    assert await visitor.hears(2) == ["gehoord: hij is boos", "gehoord: hij sloeg me"]


async def test_who_blocked_the_coach_is_left_alone(talking: World) -> None:
    talking.coach.answers["hoi"] = [{"text": "Een."}, {"text": "Twee."}]
    visitor = talking.api.person(CHAT)
    visitor.blocked = True
    visitor.writes("hoi")
    await until(lambda: talking.api.refused)
    await asyncio.sleep(0.3)
    assert talking.api.refused == [("sendMessage", 403)]
    visitor.blocked = False
    visitor.writes("hallo")
    assert await visitor.hears(1) == ["gehoord: hallo"]


async def test_telegram_is_left_alone_as_long_as_it_asks(talking: World) -> None:
    slow, quick = talking.api.person(CHAT), talking.api.person(2)
    talking.api.faults["sendMessage"] = [refusal(429, "Too Many Requests: retry after 1", retry_after=1) for _ in range(2)]
    started = time.monotonic()
    slow.writes("hoi")
    await until(lambda: talking.api.refused)
    assert await slow.hears(1) == ["gehoord: hoi"]
    assert time.monotonic() - started > 2
    quick.writes("hallo")
    assert await quick.hears(1) == ["gehoord: hallo"]
    assert talking.api.refused == [("sendMessage", 429)] * 2


async def test_a_bad_line_to_telegram_loses_nothing(talking: World) -> None:
    talking.api.faults["sendMessage"] = ["break", refusal(502, "Bad Gateway"), "break"]
    talking.api.faults["getUpdates"] = ["break", refusal(500, "Internal Server Error"), ok(None)]
    visitor = talking.api.person(CHAT)
    for number in range(3):
        visitor.writes(f"{number}")
    assert await visitor.hears(3) == ["gehoord: 0", "gehoord: 1", "gehoord: 2"]


async def test_an_update_that_comes_twice_is_answered_once(talking: World) -> None:
    visitor = talking.api.person(CHAT)
    number = visitor.writes("hoi")
    await visitor.hears(1)
    message = {"message": {"message_id": 1, "chat": visitor.about, "text": "hoi"}}
    await until(lambda: not talking.api.unconfirmed())
    talking.api.repeats(number, message)
    visitor.writes("hallo")
    assert await visitor.hears(2) == ["gehoord: hoi", "gehoord: hallo"]
    assert len(talking.coach.heard) == 2


async def test_updates_from_a_lower_number_on_are_not_missed(talking: World) -> None:
    visitor = talking.api.person(CHAT)
    visitor.writes("hoi")
    await visitor.hears(1)
    await until(lambda: not talking.api.unconfirmed())
    # As after a quiet week. The poll that is running has to end first, as it does by itself with time.
    talking.api.repeats(17, {"message": {"message_id": 1, "chat": visitor.about, "text": "weer daar"}})
    visitor.writes("hallo")
    assert sorted(await visitor.hears(3)) == ["gehoord: hallo", "gehoord: hoi", "gehoord: weer daar"]


async def test_fifty_chats_at_once_each_in_order(talking: World) -> None:
    chance = random.Random(7)
    talking.coach.delay = lambda text: chance.uniform(0.1, 0.4)
    visitors = [talking.api.person(CHAT + number) for number in range(50)]
    for turn in range(4):
        for visitor in visitors:
            visitor.writes(f"{visitor.id} {turn}")
    started = time.monotonic()
    for visitor in visitors:
        assert await visitor.hears(4, 180) == [f"gehoord: {visitor.id} {turn}" for turn in range(4)]
    assert talking.coach.most_at_once > 10
    # One after the other it would take 50 seconds.
    assert time.monotonic() - started < 30


async def test_a_person_can_write_to_the_chat(talking: World) -> None:
    visitor = talking.api.person(CHAT)
    visitor.writes("hoi")
    await visitor.hears(1)
    sender = talking.chats.sender_of(CHAT)
    await talking.channel.send_to(sender, "Hier is Lilia.", [])
    assert (await visitor.hears(2))[1] == "Hier is Lilia."
    await talking.channel.send_to("telegram-unknown", "Hier is Lilia.", [])
    visitor.blocked = True
    await talking.channel.send_to(sender, "Hier is Lilia.", [])
    assert talking.api.refused == [("sendMessage", 403)]


async def test_a_person_does_not_wait_for_ever_for_telegram(talking: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telegram, "SEND_TO_SECONDS", 0.3)
    visitor = talking.api.person(CHAT)
    visitor.writes("hoi")
    await visitor.hears(1)
    talking.api.holds = lambda method, body: method == "sendMessage"
    with pytest.raises(asyncio.TimeoutError):
        await talking.channel.send_to(talking.chats.sender_of(CHAT), "Hier is Lilia.", [])


async def test_a_coach_that_fails_gives_the_numbers(talking: World) -> None:
    visitor = talking.api.person(CHAT)
    visitor.writes("hoi")
    await visitor.hears(1)
    await talking.coach.__aexit__()
    visitor.writes("hallo")
    assert (await visitor.hears(2))[1] == plain_message()
