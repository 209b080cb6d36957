"""How the web server talks with the Rasa server."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import time
from dataclasses import dataclass
from typing import Any

import httpx

from bot.alarm.helplines import plain_message
from bot.logs import FIELDS, REQUEST_ID_HEADER, new_request_id
from bot.operation.metrics import count_turn
from bot.rasa_address import Turns, current_address
from bot.settings import settings

logger = logging.getLogger(__name__)
# A little above the Rasa server's own limit for a turn, so that its plain message arrives first.
TIMEOUT_SECONDS = 30.0
# By which a proxy in front of several Rasa servers keeps a conversation on one of them; it does not tell the conversation's id.
CONVERSATION_HEADER = "X-Conversation"
TURN_HEADER = "X-Coach-Turn"
# For as long a Rasa server that does not listen is tried again before the visitor hears the plain message.
GRACE_SECONDS = 2.0
# A connector's answer when its platform refused a message for good.
NOT_TAKEN = 422


class CoachUnreachable(RuntimeError):
    """The Rasa server does not answer now. The message holds nothing of the visitor."""


class NotTaken(RuntimeError):
    """A platform refused a message for good. The message holds nothing of the visitor."""


@dataclass(frozen=True)
class Answer:
    """The coach's messages. `kept` is False when the message itself was not kept, and has to come again to be heard."""

    messages: list[dict[str, Any]]
    kept: bool = True


class RasaClient:
    """One client per web server; keeps its connections open."""

    def __init__(self) -> None:
        self._http = httpx.AsyncClient(
            timeout=httpx.Timeout(TIMEOUT_SECONDS, connect=3),
            limits=httpx.Limits(max_connections=500, max_keepalive_connections=50),
        )
        self._turns = Turns()

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def say(self, sender: str, text: str, channel: str = "website", country: str | None = None) -> list[dict[str, Any]]:
        """The coach's messages on a visitor's message, as `ask` gives them."""
        return (await self.ask(sender, text, channel, country=country)).messages

    async def ask(
        self, sender: str, text: str, channel: str = "website", message_id: str | None = None, country: str | None = None
    ) -> Answer:
        """Hand a visitor's message to the coach; `country` is the one whose helplines they are told, where it is not the practice's.

        Answers no messages while a person has taken the conversation over; where the coach can't answer, the plain one with helplines
        (S8). A message with the id of an earlier one gets that one's answer, and nothing happens twice.
        """
        body = {"sender": sender, "message": text, "input_channel": channel}
        body |= {name: value for name, value in {"message_id": message_id, "country": country}.items() if value}
        began = time.monotonic()
        turn: dict[str, Any] | None = None
        try:
            with self._turns.server_for(sender) as server:
                reply = await self._post(server, body, _headers(sender))
            reply.raise_for_status()
            messages: list[dict[str, Any]] = reply.json()
            turn = json.loads(reply.headers.get(TURN_HEADER, '{"kept": true, "answered": true}'))
        except (httpx.HTTPError, ValueError) as problem:
            logger.error("The coach did not answer: %s", type(problem).__name__)
            messages = [{"text": plain_message()}]
        seconds = time.monotonic() - began
        outcome = count_turn(channel, seconds, turn)
        logger.info(
            "A message was handed to the coach", extra={FIELDS: {"channel": channel, "outcome": outcome, "seconds": round(seconds, 3)}}
        )
        return Answer(messages, bool(turn and turn["kept"]))

    async def _post(self, server: str, body: dict[str, Any], headers: dict[str, str]) -> httpx.Response:
        deadline = time.monotonic() + GRACE_SECONDS
        while True:
            try:
                return await self._http.post(f"{server}/webhooks/rest/webhook", params=self._token(), json=body, headers=headers)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                # It did not get there, so it may be sent again.
                if time.monotonic() > deadline:
                    raise
                await asyncio.sleep(0.3)

    async def hand_on(self, sender: str, path: str, seconds: float, **content: Any) -> None:
        """Bring something to a connector in the Rasa server, as `json` or `data`.

        Raises `CoachUnreachable` when that failed, `NotTaken` when the platform behind it will never take it.
        """
        try:
            with self._turns.server_for(sender) as server:
                where = f"{server}{path}"
                answer = await self._http.post(where, params=self._token(), headers=_headers(sender), timeout=seconds, **content)
            if answer.status_code == NOT_TAKEN:
                raise NotTaken(f"{path}: refused")
            answer.raise_for_status()
        except httpx.HTTPError as problem:
            raise CoachUnreachable(f"{path} could not be reached: {type(problem).__name__}") from None

    async def events(self, sender: str) -> list[dict[str, Any]]:
        """The events of a conversation, oldest first; none where it can't be read."""
        try:
            return await self.read_events(sender)
        except CoachUnreachable as problem:
            logger.error("%s", problem)
            return []

    async def read_events(self, sender: str) -> list[dict[str, Any]]:
        """The events of a conversation, oldest first. Raises `CoachUnreachable` where it can't be read."""
        try:
            with self._turns.server_for(sender) as server:
                answer = await self._http.get(f"{server}/conversations/{sender}/tracker", params=self._token())
            answer.raise_for_status()
            events: list[dict[str, Any]] = answer.json().get("events") or []
        except (httpx.HTTPError, ValueError) as problem:
            raise CoachUnreachable(f"The history could not be read: {type(problem).__name__}") from None
        return events

    async def add_events(self, sender: str, events: list[dict[str, Any]]) -> None:
        """Put events at the end of a conversation, after the turn that is under way. Raises `CoachUnreachable` where they were not kept."""
        try:
            with self._turns.server_for(sender) as server:
                answer = await self._http.post(f"{server}/conversations/{sender}/tracker/events", params=self._token(), json=events)
            answer.raise_for_status()
        except httpx.HTTPError as problem:
            raise CoachUnreachable(f"Events could not be added: {type(problem).__name__}") from None

    async def sounds_alarm(self, sender: str, text: str) -> bool:
        """Whether a text of a conversation would be answered as an alarm, or asked about. Raises `CoachUnreachable`.

        The text is cleaned; nothing of it is kept.
        """
        try:
            with self._turns.server_for(sender) as server:
                answer = await self._http.post(f"{server}/model/parse", params=self._token(), json={"text": text})
            answer.raise_for_status()
            return answer.json().get("alarm") is not None
        except (httpx.HTTPError, ValueError) as problem:
            raise CoachUnreachable(f"A message could not be read: {type(problem).__name__}") from None

    async def model(self) -> str | None:
        """The file name of the model that the Rasa server runs; None where it has none, or does not answer."""
        try:
            status = await self._http.get(f"{current_address()}/status", params=self._token(), timeout=3)
            return str(status.json()["model_file"]) if status.status_code == 200 else None
        except (httpx.HTTPError, ValueError, KeyError):
            return None

    async def actions_ready(self) -> bool:
        """Whether the action server answers."""
        try:
            health = await self._http.get(settings().actions_url.replace("/webhook", "/health"), timeout=3)
        except httpx.HTTPError:
            return False
        return health.status_code == 200

    async def ready(self) -> bool:
        """Whether the Rasa server has a model, and the action server answers."""
        return await self.model() is not None and await self.actions_ready()

    def _token(self) -> dict[str, str]:
        return {"token": settings().api_token} if settings().api_token else {}


def _headers(sender: str) -> dict[str, str]:
    return {REQUEST_ID_HEADER: new_request_id(), CONVERSATION_HEADER: hashlib.sha256(sender.encode()).hexdigest()[:16]}
