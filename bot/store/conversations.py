"""Where conversations are kept: Rasa's SQL tracker store, with what was said encrypted, and honest about a database that fails."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import rasa.core.agent
import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SessionStarted
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.orm import sessionmaker

from bot.settings import settings
from bot.store.database import new_engine
from bot.store.encryption import EncryptedEvent

# Rasa offers no other way to say how an event's content is written.
SQLTrackerStore.SQLEvent.__table__.c.data.type = EncryptedEvent()


def _as_it_is(store: TrackerStore) -> TrackerStore:
    return store


# Rasa's wrapper begins an empty conversation where the database can't be read, and keeps in memory what can't be written: a lock after
# an alarm would be open, and words that were said lost. A turn that can't be read or kept has to fail, and to be tried again.
rasa.core.agent.FailSafeTrackerStore = _as_it_is


class ConversationStore(SQLTrackerStore):  # type: ignore[misc]
    """Keeps conversations in the database of `DATABASE_URL`. A slow database holds up nobody else's turn."""

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

    async def _retrieve(self, sender_id: str, fetch_events_from_all_sessions: bool) -> DialogueStateTracker | None:
        return await asyncio.to_thread(self._read, sender_id, fetch_events_from_all_sessions)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Write what is new in the conversation. Raises `SQLAlchemyError` when nothing of it was kept."""
        await self.stream_events(tracker)
        await asyncio.to_thread(self._write, tracker)

    def _read(self, sender_id: str, of_all_sessions: bool) -> DialogueStateTracker | None:
        with self.session_scope() as session:
            rows = self._event_query(session, sender_id, of_all_sessions).with_entities(self.SQLEvent.data).all()
        if not rows or self.domain is None:
            return None
        return DialogueStateTracker.from_dict(sender_id, [json.loads(data) for (data,) in rows], self.domain.slots)

    def _write(self, tracker: DialogueStateTracker) -> None:
        with self.session_scope() as session:
            for event in self._additional_events(session, tracker):
                data = event.as_dict()
                session.add(
                    self.SQLEvent(
                        sender_id=tracker.sender_id,
                        type_name=event.type_name,
                        timestamp=data.get("timestamp"),
                        intent_name=(data.get("parse_data") or {}).get("intent", {}).get("name"),
                        action_name=data.get("name"),
                        data=json.dumps(data),
                    )
                )
            session.commit()

    def _event_query(self, session: Any, sender_id: str, fetch_events_from_all_sessions: bool) -> Any:
        # Rasa finds the newest session by the time of its start: after a clock that was set back, all that was said since would be missing.
        of_visitor = self.SQLEvent.sender_id == sender_id
        query = session.query(self.SQLEvent).filter(of_visitor)
        if not fetch_events_from_all_sessions:
            starts = sa.select(sa.func.max(self.SQLEvent.id)).where(of_visitor, self.SQLEvent.type_name == SessionStarted.type_name)
            query = query.filter(self.SQLEvent.id >= sa.func.coalesce(starts.scalar_subquery(), 0))
        return query.order_by(self.SQLEvent.id)
