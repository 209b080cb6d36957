"""A real mail server, which can be away for a while."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes
from email.header import decode_header, make_header
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope

from tests.conftest import free_port

PASSWORD = "zeergeheim"


class MailServer:
    """Takes mail for anybody who knows the password."""

    def __init__(self) -> None:
        self.port = free_port()
        self.mails: list[Envelope] = []
        self._controller: Controller | None = None

    @property
    def url(self) -> str:
        return f"mailto://coach:{PASSWORD}@127.0.0.1:{self.port}?from=coach@example.org&to=peter@example.org,lilia@example.org"

    def start(self) -> None:
        self._controller = Controller(
            self, "127.0.0.1", self.port, auth_require_tls=False, auth_required=True, authenticator=self._knows_password
        )
        self._controller.start()

    def stop(self) -> None:
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:
        self.mails.append(envelope)
        return "250 OK"

    def texts(self) -> list[str]:
        """Subject and words of each mail, whatever its encoding."""
        found = []
        for envelope in self.mails:
            mail = message_from_bytes(envelope.original_content or b"")
            parts = [part.get_payload(decode=True) for part in mail.walk() if not part.is_multipart()]
            subject = str(make_header(decode_header(mail["Subject"])))
            found.append(subject + "\n" + "\n".join(p.decode() for p in parts if isinstance(p, bytes)))
        return found

    @staticmethod
    def _knows_password(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        return AuthResult(success=data.password == PASSWORD.encode())


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    server = MailServer()
    server.start()
    yield server
    server.stop()
