"""Where conversations are kept: Rasa's SQL tracker store, with what was said encrypted."""

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
        # Else an error message shows what was to be written.
        self.engine.hide_parameters = True
        if self.engine.dialect.name == "sqlite":
            sa.event.listen(self.engine, "connect", careful_sqlite)
