"""Erases a conversation when the visitor confirmed it, before they are told that it is gone."""

from __future__ import annotations

from typing import Any

from rasa.core.tracker_store import FailSafeTrackerStore, TrackerStore
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.store.conversations import ConversationStore

ERASED_ACTION = "utter_erased"


async def erase_if_asked(agent: Any, sender_id: str) -> bool:
    """Erase the conversation if its last turn promised so. Returns whether it did.

    Raises `RuntimeError` when the store can't erase: then the promise must not reach the visitor.
    """
    tracker = await agent.tracker_store.retrieve(sender_id)
    if tracker is None or not promised(tracker):
        return False
    store = conversation_store(agent.tracker_store)
    await store.erase(sender_id)
    return True


def promised(tracker: DialogueStateTracker) -> bool:
    """Whether the last turn said that everything was erased."""
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            return False
        if isinstance(event, ActionExecuted) and event.action_name == ERASED_ACTION:
            return True
    return False


def conversation_store(store: TrackerStore) -> ConversationStore:
    """The store that can erase, inside Rasa's fail-safe wrapper.

    Raises `RuntimeError` when there is another kind of store.
    """
    inner = store._tracker_store if isinstance(store, FailSafeTrackerStore) else store
    inner = getattr(inner, "_tracker_store", inner)
    if not isinstance(inner, ConversationStore):
        raise RuntimeError("The tracker store can't erase; set it in endpoints.yml to bot.store.conversations.")
    return inner
