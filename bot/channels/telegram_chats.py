"""What is kept of Telegram's chats and updates, so that a restart loses nothing and answers nothing twice."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.telegram_text import Message
from bot.channels.telegram_updates import Incoming
from bot.store.database import only_writer, session
from bot.store.encryption import KeyProblem
from bot.store.tables import TelegramChat, TelegramUpdate, utc_now
from bot.store.upgrade import UpgradeError, upgrade

logger = logging.getLogger(__name__)

# Telegram brings an update again for at most a day.
REMEMBERED = timedelta(days=2)
# Older buttons have scrolled out of sight.
MESSAGES_WITH_BUTTONS = 20


class ChatsUnavailable(RuntimeError):
    """The database can't be used now. The message holds nothing of the visitor."""


@dataclass(frozen=True)
class Waiting:
    """An update that is not done: its answer, where there is one already, and how many messages of it were sent."""

    incoming: Incoming
    messages: list[Message] | None = None
    sent: int = 0


class Chats:
    """Reads and writes the tables. Every method may raise `ChatsUnavailable`; all but `sender_of` block."""

    def __init__(self, key: str) -> None:
        self._key = key.encode()

    def sender_of(self, chat: int) -> str:
        """The conversation of a chat. Without the key nobody can tell the one from the other."""
        return "telegram-" + hmac.new(self._key, f"telegram-chat:{chat}".encode(), "sha256").hexdigest()

    def chat_of(self, sender: str) -> int | None:
        """The chat of a conversation, for a person who takes it over; None when it is unknown, or was erased."""
        with _database() as db:
            chat = db.scalar(sa.select(TelegramChat.chat).where(TelegramChat.id == sender))
        return None if chat is None else int(chat)

    def receive(self, received: list[Incoming]) -> list[Waiting]:
        """Keep updates until they are done. Returns those that are new, in order."""
        with _database() as db:
            only_writer(db, "telegram")
            old = sa.delete(TelegramUpdate).where(TelegramUpdate.done, TelegramUpdate.received_at < utc_now() - REMEMBERED)
            db.execute(old.execution_options(synchronize_session=False))
            known = set(db.scalars(sa.select(TelegramUpdate.id).where(TelegramUpdate.id.in_([i.update_id for i in received]))))
            new = []
            for incoming in sorted(received, key=lambda i: i.update_id):
                if incoming.update_id not in known:
                    known.add(incoming.update_id)
                    db.add(TelegramUpdate(id=incoming.update_id, incoming=asdict(incoming)))
                    new.append(Waiting(incoming))
            return new

    def waiting(self) -> list[Waiting]:
        """Every update that is not done, in order: what an earlier run left."""
        try:
            upgrade()
        except UpgradeError as problem:
            raise ChatsUnavailable(str(problem)) from None
        with _database() as db:
            numbers = db.scalars(sa.select(TelegramUpdate.id).where(~TelegramUpdate.done).order_by(TelegramUpdate.id)).all()
            return [found for number in numbers if (found := _read(db, number))]

    def buttons(self, press: Incoming) -> list[tuple[str, str]]:
        """Title and payload of each button of the pressed message; none when one was chosen before, or it is too long ago."""
        with _database() as db:
            kept = db.scalar(sa.select(TelegramChat.buttons).where(TelegramChat.id == self.sender_of(press.chat)))
        return [(title, payload) for message_id, buttons in kept or [] if message_id == press.message_id for title, payload in buttons]

    def told_what_telegram_keeps(self, chat: int) -> bool:
        """Whether the visitor was told before."""
        with _database() as db:
            told = sa.select(TelegramChat.told_what_telegram_keeps).where(TelegramChat.id == self.sender_of(chat))
            return bool(db.scalar(told))

    def answered(self, incoming: Incoming, messages: list[Message], *, told: bool, erased: bool) -> None:
        """Keep an answer until it is sent, and what it changes: what the visitor was told, or that the chat is to be forgotten."""
        with _database() as db:
            only_writer(db, "telegram")
            _set(db, incoming, messages=messages)
            row = db.get(TelegramChat, self.sender_of(incoming.chat))
            if erased:
                if row is not None:
                    db.delete(row)
                return
            if row is None:
                row = TelegramChat(id=self.sender_of(incoming.chat), chat=str(incoming.chat), told_what_telegram_keeps=False, buttons=[])
                db.add(row)
            row.told_what_telegram_keeps = row.told_what_telegram_keeps or told
            # One choice per message.
            row.buttons = [entry for entry in row.buttons if entry[0] != incoming.message_id]

    def sent(self, incoming: Incoming, count: int, message_id: int, message: Message) -> None:
        """Note that so many messages of an answer were sent, and the buttons of the newest."""
        with _database() as db:
            only_writer(db, "telegram")
            _set(db, incoming, sent=count)
            if message["buttons"]:
                _keep_buttons(db, self.sender_of(incoming.chat), message_id, message["buttons"])

    def keep_buttons(self, conversation: str, message_id: int, buttons: list[tuple[str, str]]) -> None:
        """Remember the buttons of a message that answered no update."""
        with _database() as db:
            only_writer(db, "telegram")
            _keep_buttons(db, conversation, message_id, buttons)

    def done(self, incoming: Incoming) -> None:
        """Remember an update by its number only."""
        with _database() as db:
            _set(db, incoming, done=True, incoming=None, messages=None)


@contextmanager
def _database() -> Iterator[Any]:
    try:
        with session() as db:
            yield db
    except (SQLAlchemyError, KeyProblem, OSError) as problem:
        raise ChatsUnavailable(f"Telegram's chats can't be read or written ({type(problem).__name__}).") from None


def _keep_buttons(db: Any, conversation: str, message_id: int, buttons: list[tuple[str, str]]) -> None:
    row = db.get(TelegramChat, conversation)
    if row is not None:
        row.buttons = [*row.buttons, [message_id, buttons]][-MESSAGES_WITH_BUTTONS:]


def _set(db: Any, update: Incoming, **values: Any) -> None:
    db.execute(
        sa.update(TelegramUpdate).where(TelegramUpdate.id == update.update_id).values(values).execution_options(synchronize_session=False)
    )


def _read(db: Any, number: int) -> Waiting | None:
    try:
        row = db.scalar(sa.select(TelegramUpdate).where(TelegramUpdate.id == number, ~TelegramUpdate.done))
        return None if row is None else Waiting(Incoming(**row.incoming), row.messages, row.sent)
    except KeyProblem as problem:
        # The others go on; this one too, once the operator put the key back.
        logger.error("An update of Telegram can't be read: %s", problem)
        return None
