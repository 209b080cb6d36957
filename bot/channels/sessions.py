"""Session ids of the widget: made and signed here, so that nobody can read or continue another's conversation."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from itsdangerous import BadSignature, URLSafeTimedSerializer

from bot.settings import settings

_SALT = "widget-session"
_DAY = 24 * 60 * 60


def signing_key(folder: Path) -> str:
    """The key of the settings; else the one in `folder`, made at first use and readable by its owner only."""
    if settings().session_key:
        return settings().session_key
    path = folder / "keys" / "session.key"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        key = secrets.token_hex(32)
        file.write(key)
    return key


class Sessions:
    """Issues session ids, and reads them back. An id is good for as long as a conversation is kept; each visit gives a fresh one."""

    def __init__(self, key: str, days: int) -> None:
        self._serializer = URLSafeTimedSerializer(key, salt=_SALT)
        self._seconds = days * _DAY

    def issue(self) -> tuple[str, str]:
        """A new session id for the visitor and the sender id that belongs to it."""
        sender = "web-" + secrets.token_urlsafe(24)
        return self.id_of(sender), sender

    def id_of(self, sender: str) -> str:
        """A fresh session id for a conversation that is the visitor's."""
        return str(self._serializer.dumps(sender))

    def sender_of(self, session_id: object) -> str | None:
        """The sender id of a session id; None when it was not issued here, or too long ago."""
        if not isinstance(session_id, str) or len(session_id) > 500:
            return None
        try:
            sender = self._serializer.loads(session_id, max_age=self._seconds)
        except (BadSignature, UnicodeEncodeError):
            return None
        return sender if isinstance(sender, str) else None
