"""Erases a visitor's data when they confirmed it, before they are told that it is gone."""

from __future__ import annotations

import sqlalchemy as sa
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.handoff.intakes import erase_conversation_records
from bot.store.database import empty_log, session
from bot.store.tables import EVENTS, TelegramChat

ERASED_ACTION = "utter_erased"


def promised(tracker: DialogueStateTracker) -> bool:
    """Whether the last turn said that everything was erased."""
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            return False
        if isinstance(event, ActionExecuted) and event.action_name == ERASED_ACTION:
            return True
    return False


def erase(conversation: str) -> int:
    """Erase a conversation, its intakes, its alarms and their notices, and where its Telegram chat is. Returns how many rows there were.

    Raises `NotSaved` or `SQLAlchemyError` when something can't be erased: then the promise must not reach the visitor.
    """
    gone: int = erase_conversation_records(conversation)
    with session() as db:
        gone += int(db.execute(sa.delete(TelegramChat).where(TelegramChat.id == conversation)).rowcount)
        if sa.inspect(db.connection()).has_table(EVENTS.name):
            gone += int(db.execute(sa.delete(EVENTS).where(EVENTS.c.sender_id == conversation)).rowcount)
    empty_log()
    return gone
