"""Erases a visitor's data when they confirmed it, before they are told that it is gone."""

from __future__ import annotations

import asyncio
from typing import Any

from rasa.core.tracker_store import FailSafeTrackerStore, TrackerStore
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.handoff.intakes import erase_conversation_records
from bot.store.conversations import ConversationStore

ERASED_ACTION = "utter_erased"


def promised(tracker: DialogueStateTracker) -> bool:
    """Whether the last turn said that everything was erased."""
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            return False
        if isinstance(event, ActionExecuted) and event.action_name == ERASED_ACTION:
            return True
    return False


async def erase(store: TrackerStore, sender_id: str) -> None:
    """Erase a conversation, its intakes, its alarms and their notices.

    Raises `RuntimeError` when something can't be erased: then the promise must not reach the visitor.
    """
    await asyncio.to_thread(erase_conversation_records, sender_id)
    await conversation_store(store).erase(sender_id)


def conversation_store(store: Any) -> ConversationStore:
    """The store that can erase, inside Rasa's fail-safe wrapper.

    Raises `RuntimeError` when there is another kind of store.
    """
    inner = store._tracker_store if isinstance(store, FailSafeTrackerStore) else store
    inner = getattr(inner, "_tracker_store", inner)
    if not isinstance(inner, ConversationStore):
        raise RuntimeError("The tracker store can't erase; set it in endpoints.yml to bot.store.conversations.")
    return inner
