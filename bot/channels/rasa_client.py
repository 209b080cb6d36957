"""How the web server talks with the Rasa server on this machine."""

from __future__ import annotations

import logging
from typing import Any

import httpx

from bot.alarm.helplines import PLAIN_MESSAGE
from bot.settings import settings

logger = logging.getLogger(__name__)

# A little above the Rasa server's own limit for a turn, so that its plain message arrives first.
TIMEOUT_SECONDS = 30.0


class RasaClient:
    """One client per web server; keeps its connections open."""

    def __init__(self) -> None:
        self._http = httpx.AsyncClient(base_url=settings().rasa_url, timeout=TIMEOUT_SECONDS)

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def say(self, sender: str, text: str) -> list[dict[str, Any]]:
        """Hand a visitor's message to the coach. Returns its messages; where the coach can't answer, the plain one with helplines (S8)."""
        body = {"sender": sender, "message": text, "input_channel": "website"}
        try:
            answer = await self._http.post("/webhooks/rest/webhook", json=body)
            answer.raise_for_status()
            messages: list[dict[str, Any]] = answer.json()
        except (httpx.HTTPError, ValueError) as problem:
            logger.error("The coach did not answer: %s", type(problem).__name__)
            return [{"text": PLAIN_MESSAGE}]
        return messages

    async def events(self, sender: str) -> list[dict[str, Any]]:
        """The events of a conversation, oldest first; none where it can't be read."""
        try:
            answer = await self._http.get(f"/conversations/{sender}/tracker", params=self._token())
            answer.raise_for_status()
            events: list[dict[str, Any]] = answer.json().get("events") or []
        except (httpx.HTTPError, ValueError) as problem:
            logger.error("The history could not be read: %s", type(problem).__name__)
            return []
        return events

    async def ready(self) -> bool:
        """Whether the Rasa server has a model, and the action server answers."""
        try:
            status = await self._http.get("/status", params=self._token(), timeout=3)
            actions = await self._http.get(settings().actions_url.replace("/webhook", "/health"), timeout=3)
        except httpx.HTTPError:
            return False
        return status.status_code == 200 and actions.status_code == 200

    def _token(self) -> dict[str, str]:
        return {"token": settings().api_token} if settings().api_token else {}
