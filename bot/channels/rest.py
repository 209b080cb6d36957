"""Rasa's REST channel, made safe: it listens on this machine only, and the website's server is its caller.

Stock Rasa's takes any payload, logs the message's text when a turn fails, and answers with silence then.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.core.channels.rest import RestInput
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from bot.alarm.lock import alarm_of
from bot.channels.cleaning import MAX_MESSAGE_ID, Cleaned, Kind, clean, payloads_in
from bot.channels.processor import Collector
from bot.channels.turn import Turn, take_turn
from bot.handoff.takeover import person_in
from bot.logs import FIELDS
from bot.setting_values import COUNTRIES, ON_THIS_MACHINE
from bot.settings import settings

logger = logging.getLogger(__name__)

MAX_SENDER = 200
# Tells the web server, beside the answer, what it counts and whether the message was kept; nothing of what was said.
TURN_HEADER = "X-Coach-Turn"
# Said without asking the model: there is nothing to understand.
NO_TEXT = {
    Kind.NOTHING: "Ik zie nog geen woorden staan. Schrijf maar gewoon wat je bezighoudt, zo kort of lang als je wilt.",
    Kind.NO_WORDS: "Ik kan alleen woorden lezen, geen plaatjes of tekens. Kun je in een paar woorden zeggen wat er is?",
    Kind.TOO_LONG: "Dat is te veel tekst voor mij in één keer. Wil je het in kleinere stukken sturen? "
    "Begin met wat je het meest bezighoudt.",
}
CHANNELS = frozenset({"rest", "website", "telegram", "whatsapp", "messenger"})


@dataclass(frozen=True)
class Said:
    """What somebody said, by which channel, and, where that is known, the message's id and the visitor's country."""

    sender: str
    text: str
    channel: str
    message_id: str | None = None
    country: str | None = None


class CoachRest(RestInput):  # type: ignore[misc]
    """`POST /webhooks/rest/webhook` with `{"sender": id, "message": text}` answers a list of messages.

    The list is empty only while a person has taken the conversation over: the message was kept, and that person answers.
    Where something failed, the plain message stands at the end of it.
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
            if settings().inner_host not in ON_THIS_MACHINE and not hmac.compare_digest(
                (request.args.get("token") or "").encode(), settings().api_token.encode()
            ):
                return json_response({"error": "Show COACH_API_TOKEN as ?token=."}, status=401)
            try:
                said = read_body(request)
            except ValueError as problem:
                return json_response({"error": str(problem)}, status=400)
            turn = await answer(request.app.ctx.agent, said)
            parts = {part: round(seconds, 3) for part, seconds in turn.seconds.items()}
            logger.info("A turn was taken", extra={FIELDS: {"kept": turn.kept, "repeated": turn.repeated, **parts}})
            return json_response(turn.messages, headers={TURN_HEADER: json.dumps(summary(turn))})

        return routes


async def answer(agent: Any, said: Said) -> Turn:
    """What comes of a message from outside, whatever channel it came by."""
    # A therapist may have added buttons to the model that runs.
    cleaned = clean(said.text, payloads_in(agent.domain.responses))
    person = await asyncio.to_thread(person_in, said.sender) if cleaned.kind is Kind.NO_WORDS else None
    if person is not None:
        # A person does understand a heart, or a question mark.
        cleaned = Cleaned(Kind.TEXT, cleaned.text)
    if cleaned.kind in NO_TEXT:
        return Turn([{"recipient_id": said.sender, "text": NO_TEXT[cleaned.kind]}])
    about = {"country": said.country} if said.country else None
    message = UserMessage(cleaned.text, Collector(), said.sender, input_channel=said.channel, message_id=said.message_id, metadata=about)
    return await take_turn(agent, message)


def summary(turn: Turn) -> dict[str, Any]:
    """What of a turn is counted: whether it was kept, came again or is a person's; the intent's score, the alarm, seconds per part."""
    found: dict[str, Any] = {"kept": turn.kept, "repeated": turn.repeated, "answered": turn.answered, "seconds": turn.seconds}
    if turn.understood is not None:
        intent = turn.understood.intent or {}
        found["intent"] = intent.get("name")
        if not (turn.understood.text or "").startswith("/"):
            # Of a button there is no doubt.
            found["confidence"] = intent.get("confidence")
        alarm = alarm_of(turn.understood)
        found |= {"alarm": {"category": alarm["category"], "level": alarm["level"]}} if alarm else {}
    return found


def read_body(request: Request) -> Said:
    """The message in a request.

    Raises `ValueError` with a line for the caller when the body is none.
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
    message_id, country = body.get("message_id"), body.get("country")
    if message_id is not None and not (isinstance(message_id, str) and 0 < len(message_id) <= MAX_MESSAGE_ID and message_id.isprintable()):
        raise ValueError(f"'message_id' has to be a text of 1 to {MAX_MESSAGE_ID} characters.")
    if country is not None and country not in COUNTRIES:
        raise ValueError(f"'country' has to be one of {', '.join(COUNTRIES)}.")
    return Said(sender, text, channel, message_id, country)
