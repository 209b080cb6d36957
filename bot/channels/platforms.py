"""The door for WhatsApp and Messenger: lets in what these platforms signed, and hands it to the connectors in the Rasa server.

Rasa's own connectors stand open: the one for Twilio asks for no signature, and the one for Facebook takes whatever hash the caller names. So they
are reached from this machine only. A platform is answered at once, as it would bring a message again that takes long.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from collections.abc import Coroutine
from typing import Any
from urllib.parse import parse_qsl

import httpx
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from twilio.request_validator import RequestValidator

from bot.alarm.helplines import plain_message
from bot.channels.addresses import conversation_of
from bot.channels.rasa_client import CoachUnreachable, RasaClient
from bot.settings import settings

logger = logging.getLogger(__name__)
WHATSAPP_PATH = "/whatsapp/webhook"
MESSENGER_PATH = "/messenger/webhook"
MOST_BYTES = 100_000
# Above the time that a turn may take in the Rasa server.
HAND_ON_SECONDS = 60.0
SEND_SECONDS = 20.0


class Platforms:
    """What of the two is in the settings."""

    def __init__(self, rasa: RasaClient) -> None:
        self._rasa = rasa
        self._http = httpx.AsyncClient()
        self._tasks: set[asyncio.Task[None]] = set()

    def routes(self) -> list[Route]:
        """The addresses to which the platforms bring messages."""
        found = []
        if settings().twilio_auth_token:
            found.append(Route(WHATSAPP_PATH, self.whatsapp, methods=["POST"]))
        if settings().messenger_page_token:
            found += [Route(MESSENGER_PATH, self.messenger, methods=["POST"]), Route(MESSENGER_PATH, self.introduce, methods=["GET"])]
        return found

    def senders(self) -> dict[str, Any]:
        """How a person's words get to a visitor there, by the beginning of the conversation's id."""
        return {"whatsapp-": self.send_to, "messenger-": self.send_to}

    async def stop(self) -> None:
        """Let what is being answered end."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=5)
        await self._http.aclose()

    async def send_to(self, conversation: str, text: str, buttons: list[tuple[str, str]]) -> None:
        """Write to a visitor who did not write just now; a button is its title and its payload. Raises `CoachUnreachable` when it could not be sent."""
        path = f"/webhooks/{conversation.partition('-')[0]}/send"
        content = {
            "conversation": conversation,
            "text": text,
            "buttons": [{"title": title, "payload": payload} for title, payload in buttons],
        }
        await self._rasa.hand_on(conversation, path, SEND_SECONDS, json=content)

    async def whatsapp(self, request: Request) -> Response:
        """A message that Twilio brings."""
        body = await _body(request)
        if body is None:
            return Response(status_code=413)
        fields = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
        signature = request.headers.get("X-Twilio-Signature", "")
        if not RequestValidator(settings().twilio_auth_token).validate(settings().public_url + WHATSAPP_PATH, fields, signature):
            return Response(status_code=403)
        # A place is no message: Rasa's connector would make an intent of it.
        wanted = {name: value for name, value in fields.items() if name in ("From", "Body", "MessageSid")}
        if wanted.get("From"):
            self._start(self._hand_on("whatsapp", wanted["From"], data={"Body": "", **wanted}))
        return Response(status_code=204)

    async def messenger(self, request: Request) -> Response:
        """Messages that Facebook brings, several at a time."""
        body = await _body(request)
        if body is None:
            return Response(status_code=413)
        mine = "sha256=" + hmac.new(settings().messenger_app_secret.encode(), body, "sha256").hexdigest()
        if not hmac.compare_digest(mine.encode(), request.headers.get("X-Hub-Signature-256", "").encode()):
            return Response(status_code=403)
        try:
            brought = [message for entry in json.loads(body)["entry"] for message in entry.get("messaging", [])]
            said = [plain for message in brought if (plain := _what_was_said(message))]
        except (ValueError, KeyError, TypeError, AttributeError):
            return Response(status_code=400)
        self._start(self._in_order(said))
        return PlainTextResponse("EVENT_RECEIVED")

    async def introduce(self, request: Request) -> Response:
        """Facebook asks, once, whether this address is ours."""
        given = request.query_params.get("hub.verify_token", "")
        if not hmac.compare_digest(given.encode(), settings().messenger_verify_token.encode()):
            return Response(status_code=403)
        return PlainTextResponse(request.query_params.get("hub.challenge", "")[:100])

    async def _in_order(self, messages: list[dict[str, Any]]) -> None:
        for message in messages:
            await self._hand_on("messenger", message["sender"]["id"], json=message)

    async def _hand_on(self, channel: str, address: str, **content: Any) -> None:
        try:
            await self._rasa.hand_on(conversation_of(channel, address), f"/webhooks/{channel}/webhook", HAND_ON_SECONDS, **content)
        except CoachUnreachable as problem:
            logger.error("%s", problem)
            await self._say_plainly(channel, address)

    async def _say_plainly(self, channel: str, address: str) -> None:
        """The connector is down, and nobody may be left in silence (S8)."""
        found = settings()
        if channel == "whatsapp":
            where = f"{found.twilio_api_url}/2010-04-01/Accounts/{found.twilio_account_sid}/Messages.json"
            fields = {"To": address, "From": f"whatsapp:{found.twilio_whatsapp_number}", "Body": plain_message()}
            send = self._http.post(where, data=fields, auth=(found.twilio_account_sid, found.twilio_auth_token))
        else:
            body = {"messaging_type": "RESPONSE", "recipient": {"id": address}, "message": {"text": plain_message()}}
            token = {"Authorization": f"Bearer {found.messenger_page_token}"}
            send = self._http.post(f"{found.messenger_api_url}/me/messages", json=body, headers=token)
        try:
            (await send).raise_for_status()
        except httpx.HTTPError as problem:
            logger.error("%s did not take the plain message: %s", channel, type(problem).__name__)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _body(request: Request) -> bytes | None:
    """None when it is longer than any message."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            return None
    return body


def _what_was_said(message: dict[str, Any]) -> dict[str, Any] | None:
    """Who said what. A picture is a message without words: Rasa's connector would read its address to the model."""
    said = message.get("message") or {}
    pressed = message.get("postback") or {}
    if not (said or pressed) or said.get("is_echo"):
        return None
    text = said.get("text", "") if said else pressed["title"]
    number = said.get("mid") or pressed.get("mid")
    return {"sender": {"id": str(message["sender"]["id"])}, "message": {"text": str(text), "mid": number}}
