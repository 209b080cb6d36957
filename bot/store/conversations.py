"""Where conversations are kept: Rasa's SQL tracker store, with two things more: what was said is encrypted, and can really be erased."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain

from bot.settings import settings
from bot.store.database import careful_sqlite
from bot.store.encryption import EncryptedEvent

# Rasa offers no other way to say how an event's content is written.
SQLTrackerStore.SQLEvent.__table__.c.data.type = EncryptedEvent()


class ConversationStore(SQLTrackerStore):  # type: ignore[misc]
    """Keeps conversations in the database of `DATABASE_URL`."""

    def __init__(
        self,
        domain: Domain | None = None,
        host: str | None = None,
        event_broker: EventBroker | None = None,
        **kwargs: Any,
    ) -> None:
        settings().var_dir.mkdir(parents=True, exist_ok=True)
        super().__init__(domain=domain, host=settings().database_url, event_broker=event_broker, **kwargs)
        if self.engine.dialect.name == "sqlite":
            sa.event.listen(self.engine, "connect", careful_sqlite)

    async def erase(self, sender_id: str) -> int:
        """Delete every event of a conversation. Returns how many there were."""
        with self.session_scope() as session:
            gone: int = session.query(self.SQLEvent).filter(self.SQLEvent.sender_id == sender_id).delete()
            session.commit()
        return gone
