"""Rasa's REST channel, made safe: it listens on this machine only, and the website's server is its caller.

Stock Rasa's takes any payload, logs the message's text when a turn fails, and answers with silence then.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.channels.rest import RestInput
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from bot.alarm.helplines import PLAIN_MESSAGE
from bot.channels.cleaning import Cleaned, Kind, clean, payloads_in
from bot.handoff.alarms import record_alarm, record_unanswered_alarm
from bot.handoff.takeover import person_in
from bot.privacy.erase import erase, promised

logger = logging.getLogger(__name__)

MAX_SENDER = 200
TURN_TIMEOUT_SECONDS = 25.0
# Said without asking the model: there is nothing to understand.
NO_TEXT = {
    Kind.NOTHING: "Ik zie nog geen woorden staan. Schrijf maar gewoon wat je bezighoudt, zo kort of lang als je wilt.",
    Kind.NO_WORDS: "Ik kan alleen woorden lezen, geen plaatjes of tekens. Kun je in een paar woorden zeggen wat er is?",
    Kind.TOO_LONG: "Dat is te veel tekst voor mij in één keer. Wil je het in kleinere stukken sturen? "
    "Begin met wat je het meest bezighoudt.",
}
CHANNELS = frozenset({"rest", "website", "telegram"})


class CoachRest(RestInput):  # type: ignore[misc]
    """`POST /webhooks/rest/webhook` with `{"sender": id, "message": text}` answers a list of messages.

    The list is empty only while a person has taken the conversation over: the message was kept, and that person answers.
    """

    @classmethod
    def name(cls) -> str:
        """The name in the address."""
        return "rest"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes of the channel."""
        routes = Blueprint("coach_rest")

        @routes.route("/", methods=["GET"])  # type: ignore[untyped-decorator]
        async def health(_: Request) -> HTTPResponse:
            return json_response({"status": "ok"})

        @routes.route("/webhook", methods=["POST"])  # type: ignore[untyped-decorator]
        async def receive(request: Request) -> HTTPResponse:
            try:
                sender, text, channel = read_body(request)
            except ValueError as problem:
                return json_response({"error": str(problem)}, status=400)
            return json_response(await self._answer(request.app.ctx.agent, sender, text, channel))

        return routes

    async def _answer(self, agent: Any, sender: str, text: str, channel: str) -> list[dict[str, Any]]:
        # A therapist may have added buttons to the model that runs.
        cleaned = clean(text, payloads_in(agent.domain.responses))
        person = await asyncio.to_thread(person_in, sender) if cleaned.kind is Kind.NO_WORDS else None
        if person is not None:
            # A person does understand a heart, or a question mark.
            cleaned = Cleaned(Kind.TEXT, text.strip("/ \n"))
        if cleaned.kind in NO_TEXT:
            return [{"recipient_id": sender, "text": NO_TEXT[cleaned.kind]}]
        collector = CollectingOutputChannel()
        message = UserMessage(cleaned.text, collector, sender, input_channel=channel)
        try:
            if not await asyncio.wait_for(take_turn(agent, message), TURN_TIMEOUT_SECONDS):
                return []
        except Exception as problem:
            # The kind of fault only: its text may quote the visitor.
            logger.error("A turn failed: %s", type(problem).__name__)
            return [{"recipient_id": sender, "text": PLAIN_MESSAGE}]
        return collector.messages or [{"recipient_id": sender, "text": PLAIN_MESSAGE}]


async def take_turn(agent: Any, message: UserMessage) -> bool:
    """Have the coach answer; while a person has taken over, only keep the message. Returns whether the coach answered.

    That is looked up inside the conversation's lock: once a person has begun, no answer is under way.
    """
    async with agent.lock_store.lock(message.sender_id):
        if await asyncio.to_thread(person_in, message.sender_id) is None:
            await agent.processor.handle_message(message)
            # Inside the lock: a message in between would write an erased conversation anew.
            await keep_promises(agent, message.sender_id)
            return True
        # It is read as always, so that an alarm is noticed; no action runs.
        tracker = await agent.processor.log_message(message)
    await asyncio.to_thread(record_unanswered_alarm, tracker)
    return False


async def keep_promises(agent: Any, sender: str) -> None:
    """Do what the newest turn said before the visitor reads it: erase everything, or tell the practice of an alarm.

    Raises `NotSaved` or `SQLAlchemyError` when what was to be erased is still there.
    """
    tracker = await agent.tracker_store.retrieve(sender)
    if tracker is None:
        return
    if promised(tracker):
        await asyncio.to_thread(erase, sender)
    else:
        await asyncio.to_thread(record_alarm, tracker)


def read_body(request: Request) -> tuple[str, str, str]:
    """Sender id, text and channel of a request.

    Raises `ValueError` with a line for the caller when the body is no message.
    """
    try:
        body = request.json
    except Exception as problem:
        raise ValueError("The body is no JSON.") from problem
    if not isinstance(body, dict):
        raise ValueError('Send an object: {"sender": id, "message": text}.')
    sender, text = body.get("sender", "default"), body.get("message")
    if not isinstance(sender, str) or not 0 < len(sender) <= MAX_SENDER or not sender.isprintable():
        raise ValueError(f"'sender' has to be a text of 1 to {MAX_SENDER} characters.")
    if not isinstance(text, str):
        raise ValueError("'message' has to be a text.")
    channel = body.get("input_channel", "rest")
    if channel not in CHANNELS:
        raise ValueError(f"'input_channel' has to be one of {', '.join(sorted(CHANNELS))}.")
    return sender, text, channel
