"""How the Rasa server calls the action server: over connections that stay open, with limits that a waiting visitor can bear."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Any

import aiohttp
from rasa.core.actions.action import RemoteAction
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from bot.logs import REQUEST_ID_HEADER, request_id

logger = logging.getLogger(__name__)
# Of one action; below the time that a whole answer may take (`bot/channels/turn.py`), above what a restart of the action server takes.
ACTION_SECONDS = 12.0
RETRY_SECONDS = 0.5
# Of the domain, an action gets what a form is checked by, and the responses that lines are put together from: the review of an apology.
# The whole of it would be 220 kB a call.
PARTS = ("forms", "slots")
READ_BY_ACTIONS = ("utter_review_", "utter_received_part_")


class NobodyThere(aiohttp.ClientError):
    """The proxy in front of the action servers finds none of them."""


def check_answers_quickly() -> None:
    """From now on it is checked that an answer has its parts. Rasa checks against a schema, and the schema itself each time: half of a turn in a form."""
    RemoteAction._validate_action_result = lambda _, result: _check(result)


def _check(result: Any) -> None:
    if not isinstance(result, dict) or not all(isinstance(result.get(part), list) for part in ("events", "responses")):
        raise ValueError("The action server answered with something else than events and responses.")


def _needed(domain: dict[str, Any]) -> dict[str, Any]:
    responses = {name: wordings for name, wordings in domain["responses"].items() if name.startswith(READ_BY_ACTIONS)}
    return {**{part: domain[part] for part in PARTS if part in domain}, "responses": responses}


class ActionServer(EndpointConfig):  # type: ignore[misc]
    """The endpoint of the action server. Stock Rasa opens a connection per call and waits for five minutes."""

    def __init__(self, url: str) -> None:
        super().__init__(url=url, enable_selective_domain=True)
        self._session: aiohttp.ClientSession | None = None

    async def request(self, method: str = "post", *_: Any, json: Any = None, **__: Any) -> Any:
        """Post a call and return the answer.

        While nobody listens at the address, it is tried again: a server that is started anew is there in a few seconds.
        Raises `ClientResponseError` for an error of the action, `asyncio.TimeoutError` when it takes too long, `aiohttp.ClientError` else.
        """
        if json.get("domain"):
            json = {**json, "domain": _needed(json["domain"])}
        deadline = time.monotonic() + ACTION_SECONDS
        broken_off = 0
        while True:
            try:
                return await asyncio.wait_for(self._post(json), deadline - time.monotonic())
            except (aiohttp.ClientConnectorError, NobodyThere):
                if time.monotonic() + RETRY_SECONDS > deadline:
                    raise
                await asyncio.sleep(RETRY_SECONDS)
            except (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError):
                # A connection that stood open since the server before, or a server that died just now. Actions may run again: they save once.
                broken_off += 1
                if broken_off > 2:
                    raise

    async def _post(self, json: Any) -> Any:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=ACTION_SECONDS, connect=2))
        async with self._session.post(self.url, json=json, headers={REQUEST_ID_HEADER: request_id.get()}) as response:
            if response.status in (502, 503):
                raise NobodyThere
            if response.status >= 400:
                raise ClientResponseError(response.status, response.reason, await response.content.read())
            return await response.json()
