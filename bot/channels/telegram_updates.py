"""Reads Telegram's updates: what of them concerns the coach, and what a visitor meant to say."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.channels.cleaning import GREETING

# Each stands for what a button of the coach carries, so that a command can do no more than a button.
COMMANDS = {
    "/start": GREETING,
    "/help": "/ask_help",
    "/stop": "/stop",
    "/verwijder": "/delete_data",
    "/therapeut": "/ask_human",
}
_COMMAND = re.compile(r"(/\w+)(?:@\w+)?(?:\s+|$)")
# What a link such as t.me/thebot?start=website adds; the visitor did not write it.
_LINK_WORD = re.compile(r"[\w-]{1,64}$")
# Other things without words, such as a pinned message, are no turn of the visitor.
_WORDLESS = (
    *("sticker", "voice", "video_note", "video", "audio", "photo", "animation", "document"),
    *("contact", "location", "venue", "poll", "dice", "game", "story", "paid_media", "checklist"),
)


@dataclass(frozen=True)
class Incoming:
    """An update as far as the coach needs it.

    `words` has a text, `wordless` is a picture and the like, `press` a pressed button, `group` anything outside a private chat.
    `attached`: something else came with the words. `text` of a press is that of the message with the button.
    """

    update_id: int
    kind: Literal["words", "wordless", "press", "group"]
    chat: int = field(repr=False)
    text: str = field(default="", repr=False)
    attached: bool = False
    album: str = ""
    message_id: int = 0
    press_id: str = ""
    button: str = ""


def read_update(update: dict[str, Any]) -> Incoming | None:
    """What an update means; None when it is nothing to answer.

    Raises `KeyError` or `TypeError` when it is not built as Telegram builds them.
    """
    number = int(update["update_id"])
    if "callback_query" in update:
        return _press(number, update["callback_query"])
    if "my_chat_member" in update:
        change = update["my_chat_member"]
        joined = change["new_chat_member"]["status"] in ("member", "administrator", "restricted")
        private = change["chat"]["type"] == "private"
        return Incoming(number, "group", change["chat"]["id"]) if joined and not private else None
    edited = update.get("edited_message")
    message = update.get("message") or edited or update.get("channel_post")
    if message is None:
        return None
    chat = message["chat"]["id"]
    if message["chat"]["type"] != "private":
        return None if "left_chat_member" in message else Incoming(number, "group", chat)
    attached = any(kind in message for kind in _WORDLESS)
    album = str(message.get("media_group_id") or "")
    text = message.get("text") or message.get("caption")
    if text:
        return Incoming(number, "words", chat, str(text), attached, album)
    # A shared live location is edited every few seconds.
    if attached and not edited:
        return Incoming(number, "wordless", chat, album=album)
    return None


def said(text: str) -> str:
    """What to hand to the coach: the payload of a command; words otherwise, also those behind a command.

    Somebody who writes '/stop hij slaat me' has to be heard.
    """
    found = _COMMAND.match(text)
    command = found.group(1).lower() if found else ""
    if found is None or command not in COMMANDS:
        return text
    words = text[found.end() :].strip()
    if not words or (command == "/start" and _LINK_WORD.match(words)):
        return COMMANDS[command]
    return words


def is_start(text: str) -> bool:
    """Whether the visitor pressed Start."""
    return said(text) == GREETING


def _press(number: int, press: dict[str, Any]) -> Incoming | None:
    message = press.get("message")
    # Without a message it came from elsewhere: the coach makes no other buttons.
    if message is None or message["chat"]["type"] != "private":
        return None
    return Incoming(
        number,
        "press",
        message["chat"]["id"],
        str(message.get("text") or ""),
        message_id=int(message["message_id"]),
        press_id=str(press["id"]),
        button=str(press.get("data") or ""),
    )
