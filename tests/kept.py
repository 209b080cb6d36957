"""What the running coach has kept: read, and moved back in time, in its database file."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from cryptography.fernet import Fernet

from tests.conftest import Coach


def key(coach: Coach) -> Fernet:
    return Fernet((coach.folder / "keys" / "data.key").read_text().split()[0])


def query(coach: Coach, sql: str, *values: Any) -> list[Any]:
    with sqlite3.connect(coach.folder / "conversations.db", timeout=30) as database:
        return database.execute(sql, values).fetchall()


def reminders(coach: Coach, sender: str) -> list[str]:
    """When a conversation's reminders are due."""
    return [due for (due,) in query(coach, "SELECT due_at FROM reminders WHERE conversation = ?", sender)]


def long_ago(coach: Coach, sender: str, hours: float) -> None:
    """Everything in the conversation was said so much earlier, and its reminder is due now."""
    cipher, seconds = key(coach), hours * 3600
    for number, data in query(coach, "SELECT id, data FROM events WHERE sender_id = ?", sender):
        event = json.loads(cipher.decrypt(data.encode()))
        event["timestamp"] -= seconds
        row = (event["timestamp"], cipher.encrypt(json.dumps(event).encode()).decode(), number)
        query(coach, "UPDATE events SET timestamp = ?, data = ? WHERE id = ?", *row)
    due = "datetime('now', '-1 hour') || '.000000'"
    query(coach, f"UPDATE reminders SET due_at = {due}, next_try_at = {due} WHERE conversation = ?", sender)


def bytes_on_disk(coach: Coach) -> bytes:
    """The database's files, its write-ahead log included."""
    return b"".join(path.read_bytes() for path in coach.folder.glob("conversations.db*"))
