"""What each server's coach speaks with: with several servers, one may lag behind what is published."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.content.versions import published_number
from bot.publishing.this_server import server_id
from bot.store.database import session
from bot.store.tables import Base, utc_now


class ServerRow(Base):  # type: ignore[misc]
    """What a server's coach speaks with now, and why it is not what is published."""

    __tablename__ = "content_servers"

    server = sa.Column(sa.String(36), primary_key=True)
    name = sa.Column(sa.String(200), nullable=False)
    number = sa.Column(sa.Integer, nullable=False)
    at = sa.Column(sa.DateTime, nullable=False, default=utc_now)
    problem = sa.Column(sa.Text)


@dataclass(frozen=True)
class Behind:
    """A server that could not follow what is published. `at` is UTC; `problem` is a Dutch line."""

    name: str
    number: int
    at: datetime
    problem: str


def note(number: int, problem: str | None = None) -> None:
    """Write down what this server speaks with."""
    with session() as db:
        db.merge(ServerRow(server=server_id(), name=socket.gethostname(), number=number, at=utc_now(), problem=problem))


def behind() -> list[Behind]:
    """Servers that tried to follow what is published and could not."""
    wanted = published_number()
    with session() as db:
        rows = db.scalars(sa.select(ServerRow).where(ServerRow.number != wanted, ServerRow.problem.is_not(None))).all()
    return [Behind(row.name, row.number, row.at, row.problem) for row in rows]
