"""Where conversations are kept: Rasa's SQL tracker store, with one thing more: a conversation can really be erased."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain

from bot.settings import settings


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
            sa.event.listen(self.engine, "connect", _careful_sqlite)

    async def erase(self, sender_id: str) -> int:
        """Delete every event of a conversation. Returns how many there were."""
        with self.session_scope() as session:
            gone: int = session.query(self.SQLEvent).filter(self.SQLEvent.sender_id == sender_id).delete()
            session.commit()
        return gone


def _careful_sqlite(connection: Any, _: Any) -> None:
    # Deleted text is overwritten in the file, and readers don't block the writer.
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA busy_timeout = 5000")
