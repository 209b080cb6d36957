"""Where conversations are kept: Rasa's SQL tracker store, with what was said encrypted, and honest about a database that fails."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import rasa.core.agent
import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SessionStarted
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.orm import sessionmaker

from bot.alarm.heard import alarm_of_turn
from bot.settings import settings
from bot.store.database import new_engine
from bot.store.encryption import EncryptedEvent

logger = logging.getLogger(__name__)
RETRY_SECONDS = 5.0

# Rasa offers no other way to say how an event's content is written.
SQLTrackerStore.SQLEvent.__table__.c.data.type = EncryptedEvent()


def _as_it_is(store: TrackerStore) -> TrackerStore:
    return store


# Rasa's wrapper begins an empty conversation where the database can't be read, and keeps in memory what can't be written: a lock after
# an alarm would be open, and words that were said lost. A turn that can't be read or kept has to fail, and to be tried again.
rasa.core.agent.FailSafeTrackerStore = _as_it_is


class ConversationStore(SQLTrackerStore):  # type: ignore[misc]
    """Keeps conversations in the database of `DATABASE_URL`. A slow database holds up nobody else's turn.

    A turn that sounded an alarm and can't be written waits here, in memory, until it can: nobody reads that conversation before.
    """

    def __init__(
        self,
        domain: Domain | None = None,
        host: str | None = None,
        event_broker: EventBroker | None = None,
        **kwargs: Any,
    ) -> None:
        settings().var_dir.mkdir(parents=True, exist_ok=True)
        super().__init__(domain=domain, host=settings().database_url, event_broker=event_broker, **kwargs)
        self.engine: Any = new_engine(future=False)
        self.sessionmaker = sessionmaker(bind=self.engine)
        self._unwritten: dict[str, DialogueStateTracker] = {}
        self._writing = asyncio.Lock()
        self._writer: asyncio.Task[None] | None = None

    @contextmanager
    def session_scope(self) -> Iterator[Any]:
        """A session. The parent's ends the whole server at any `ValueError`, such as that of one damaged row."""
        session = self.sessionmaker()
        try:
            yield session
        finally:
            session.close()

    async def _retrieve(self, sender_id: str, fetch_events_from_all_sessions: bool) -> DialogueStateTracker | None:
        await self._write_waiting(sender_id)
        return await asyncio.to_thread(self._read, sender_id, fetch_events_from_all_sessions)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Write what is new in the conversation. Raises `SQLAlchemyError` when nothing of it was kept."""
        await self.stream_events(tracker)
        try:
            await asyncio.to_thread(self._write, tracker)
        except Exception:
            if alarm_of_turn(tracker) is not None:
                self._unwritten[tracker.sender_id] = tracker
                if self._writer is None or self._writer.done():
                    self._writer = asyncio.create_task(self._write_later())
            raise

    async def _write_waiting(self, sender_id: str) -> None:
        async with self._writing:
            waiting = self._unwritten.get(sender_id)
            if waiting is not None:
                await asyncio.to_thread(self._write, waiting)
                del self._unwritten[sender_id]

    async def _write_later(self) -> None:
        """Try again every few seconds: the practice has to hear of the alarm although the visitor writes nothing more."""
        while self._unwritten:
            await asyncio.sleep(RETRY_SECONDS)
            for sender_id in list(self._unwritten):
                try:
                    await self._write_waiting(sender_id)
                except Exception as problem:
                    logger.error("An alarm still can't be written down: %s", type(problem).__name__)

    def _read(self, sender_id: str, of_all_sessions: bool) -> DialogueStateTracker | None:
        with self.session_scope() as session:
            rows = self._event_query(session, sender_id, of_all_sessions).with_entities(self.SQLEvent.data).all()
        if not rows or self.domain is None:
            return None
        return DialogueStateTracker.from_dict(sender_id, [json.loads(data) for (data,) in rows], self.domain.slots)

    def _write(self, tracker: DialogueStateTracker) -> None:
        with self.session_scope() as session:
            rows = [_row(tracker.sender_id, event) for event in self._additional_events(session, tracker)]
            if rows:
                session.execute(self.SQLEvent.__table__.insert(), rows)
            session.commit()

    def _event_query(self, session: Any, sender_id: str, fetch_events_from_all_sessions: bool) -> Any:
        # Rasa finds the newest session by the time of its start: after a clock that was set back, all that was said since would be missing.
        of_visitor = self.SQLEvent.sender_id == sender_id
        query = session.query(self.SQLEvent).filter(of_visitor)
        if not fetch_events_from_all_sessions:
            starts = sa.select(sa.func.max(self.SQLEvent.id)).where(of_visitor, self.SQLEvent.type_name == SessionStarted.type_name)
            query = query.filter(self.SQLEvent.id >= sa.func.coalesce(starts.scalar_subquery(), 0))
        return query.order_by(self.SQLEvent.id)


def _row(sender_id: str, event: Event) -> dict[str, Any]:
    data = event.as_dict()
    return {
        "sender_id": sender_id,
        "type_name": event.type_name,
        "timestamp": data.get("timestamp"),
        "intent_name": (data.get("parse_data") or {}).get("intent", {}).get("name"),
        "action_name": data.get("name"),
        "data": json.dumps(data),
    }
