"""How the web server talks with the Rasa server on this machine."""

from __future__ import annotations

import logging
from typing import Any

import httpx

from bot.alarm.helplines import PLAIN_MESSAGE
from bot.rasa_address import Turns, current_port
from bot.settings import settings

logger = logging.getLogger(__name__)


class CoachUnreachable(RuntimeError):
    """The Rasa server does not answer now. The message holds nothing of the visitor."""


# A little above the Rasa server's own limit for a turn, so that its plain message arrives first.
TIMEOUT_SECONDS = 30.0


class RasaClient:
    """One client per web server; keeps its connections open."""

    def __init__(self) -> None:
        self._http = httpx.AsyncClient(timeout=TIMEOUT_SECONDS)
        self._turns = Turns()

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def say(self, sender: str, text: str, channel: str = "website") -> list[dict[str, Any]]:
        """Hand a visitor's message to the coach.

        Returns its messages: none while a person has taken the conversation over; where the coach can't answer, the plain one with
        helplines (S8).
        """
        body = {"sender": sender, "message": text, "input_channel": channel}
        try:
            with self._turns.server_for(sender) as server:
                answer = await self._http.post(f"{server}/webhooks/rest/webhook", json=body)
            answer.raise_for_status()
            messages: list[dict[str, Any]] = answer.json()
        except (httpx.HTTPError, ValueError) as problem:
            logger.error("The coach did not answer: %s", type(problem).__name__)
            return [{"text": PLAIN_MESSAGE}]
        return messages

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

    async def ready(self) -> bool:
        """Whether the Rasa server has a model, and the action server answers."""
        try:
            status = await self._http.get(f"http://127.0.0.1:{current_port()}/status", params=self._token(), timeout=3)
            actions = await self._http.get(settings().actions_url.replace("/webhook", "/health"), timeout=3)
        except httpx.HTTPError:
            return False
        return status.status_code == 200 and actions.status_code == 200

    def _token(self) -> dict[str, str]:
        return {"token": settings().api_token} if settings().api_token else {}
