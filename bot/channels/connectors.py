"""WhatsApp (Twilio) and Messenger through Rasa's own connectors, made safe. They run in the Rasa server, behind `bot/channels/platforms.py`.

Rasa's connectors hand a message straight to the model. Here it goes the way of every message (`bot/channels/rest.py`): cleaned, read once, silent
while a person writes, erased when that was promised, told to the practice at an alarm, and never answered with silence (S8). They would also send
helplines and cards as raw JSON, which the platforms refuse, and keep the whole server waiting for every call.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import twilio.http.http_client
from fbmessenger import MessengerClient
from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from rasa.core.channels.facebook import FacebookInput, FBText, Messenger, MessengerBot
from rasa.core.channels.twilio import TwilioInput, TwilioOutput
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, empty
from sanic.response import json as json_response

from bot.channels.addresses import address_of, conversation_of
from bot.channels.platform_text import texts_of, with_what_is_kept
from bot.channels.rasa_client import NOT_TAKEN
from bot.channels.rest import Said, answer
from bot.setting_values import ON_THIS_MACHINE
from bot.settings import settings

logger = logging.getLogger(__name__)
SEND_SECONDS = 10
MESSAGE_ID = "message_id"
TWILIO_API = "https://api.twilio.com"
TOO_MANY = 429
# Facebook's codes for 'try again later': a fault of its own, or too many messages.
FACEBOOK_IS_BUSY = frozenset({1, 2, 4, 17, 32, 613})


class WhatsApp(TwilioInput):  # type: ignore[misc]
    """Rasa's Twilio connector. Without a token in the settings it has no address."""

    @classmethod
    def name(cls) -> str:
        """The name in the address."""
        return "whatsapp"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> InputChannel:
        """Made from the settings, not from the credentials file."""
        found = settings()
        return cls(found.twilio_account_sid, found.twilio_auth_token, f"whatsapp:{found.twilio_whatsapp_number}", debug_mode=False)

    def get_output_channel(self) -> OutputChannel:
        """Where the answers go."""
        return _TwilioSender(self.account_sid, self.auth_token, self.twilio_number)

    def get_metadata(self, request: Request) -> dict[str, Any]:
        """Twilio's number of the message, by which a repetition is known."""
        return {MESSAGE_ID: request.form.get("MessageSid")}

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Rasa's routes, and one for what a person of the practice writes."""
        if not settings().twilio_auth_token:
            return Blueprint("whatsapp_off")
        routes = super().blueprint(partial(_reply, self.name()))
        _add_sending(routes, self)
        routes.middleware(_from_inside, "request")
        return routes


class FacebookMessenger(FacebookInput):  # type: ignore[misc]
    """Rasa's Messenger connector. Without a token in the settings it has no address."""

    @classmethod
    def name(cls) -> str:
        """The name in the address."""
        return "messenger"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> InputChannel:
        """Made from the settings, not from the credentials file."""
        found = settings()
        return cls(found.messenger_verify_token, found.messenger_app_secret, found.messenger_page_token)

    def get_output_channel(self) -> OutputChannel:
        """Where the answers go."""
        return _MessengerSender(_FacebookClient(self.fb_access_token))

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """One message at a time; Rasa's own route answers only the first one of a delivery. The signature was checked at the door."""
        if not settings().messenger_page_token:
            return Blueprint("messenger_off")
        routes = Blueprint("messenger")

        @routes.route("/webhook", methods=["POST"])  # type: ignore[untyped-decorator]
        async def receive(request: Request) -> HTTPResponse:
            said = request.json.get("message") or {}
            handler = Messenger(self.fb_access_token, partial(_reply, self.name()))
            handler.client = self.get_output_channel().messenger_client
            await handler.handle({"entry": [{"messaging": [request.json]}]}, {MESSAGE_ID: said.get("mid")})
            return empty()

        _add_sending(routes, self)
        routes.middleware(_from_inside, "request")
        return routes


async def _from_inside(request: Request) -> HTTPResponse | None:
    """Where the Rasa server listens beyond this machine, only who shows the token is one of the coach's own servers."""
    if settings().inner_host in ON_THIS_MACHINE or request.args.get("token") == settings().api_token:
        return None
    return json_response({"error": "Show COACH_API_TOKEN as ?token=."}, status=401)


async def _reply(channel: str, message: UserMessage) -> None:
    """Answer a message by the way by which it came."""
    agent = Sanic.get_app().ctx.agent
    address, conversation = message.sender_id, conversation_of(channel, message.sender_id)
    tracker = await agent.tracker_store.retrieve(conversation)
    first = tracker is None or not tracker.events
    message_id = (message.metadata or {}).get(MESSAGE_ID)
    turn = await answer(agent, Said(conversation, message.text or "", channel, message_id))
    sender = _MessengerSender(message.output_channel.messenger_client) if channel == FacebookMessenger.name() else message.output_channel
    await _send(sender, address, texts_of(with_what_is_kept(channel, turn.messages, first=first), channel))


class _NotSent(RuntimeError):
    """A platform did not take a message. `for_good`: it never will. The message holds nothing of the visitor."""

    def __init__(self, platform: str, kind: str, for_good: bool) -> None:
        super().__init__(f"{platform} did not take a message: {kind}")
        self.for_good = for_good


async def _send(sender: OutputChannel, address: str, texts: list[str]) -> None:
    """The parts of an answer; where one is refused, the others may still arrive."""
    for text in texts:
        try:
            await sender.send_text_message(address, text)
        except _NotSent as problem:
            logger.error("%s", problem)


def _add_sending(routes: Blueprint, channel: InputChannel) -> None:
    @routes.route("/send", methods=["POST"])  # type: ignore[untyped-decorator]
    async def send(request: Request) -> HTTPResponse:
        try:
            told = request.json
            address = address_of(told["conversation"])
        except ValueError as problem:
            return json_response({"error": str(problem)}, status=404)
        sender = channel.get_output_channel()
        try:
            for text in texts_of([{"text": told["text"], "buttons": told["buttons"]}], channel.name()):
                await sender.send_text_message(address, text)
        except _NotSent as problem:
            logger.error("%s", problem)
            return json_response({"error": str(problem)}, status=NOT_TAKEN if problem.for_good else 502)
        return empty()


class _TwilioSender(TwilioOutput):  # type: ignore[misc]
    """Sends beside the server's own work. Raises `_NotSent`, without the number, for what is refused."""

    def __init__(self, *known: str) -> None:
        super().__init__(*known)
        self.http_client = _TwilioHttp(timeout=SEND_SECONDS)

    async def _send_message(self, message_data: dict[str, Any]) -> Any:
        try:
            return await asyncio.to_thread(self.messages.create, **message_data)
        except Exception as problem:
            status = getattr(problem, "status", 500)
            kind = f"{type(problem).__name__} {getattr(problem, 'code', '')}".strip()
            raise _NotSent("WhatsApp", kind, 400 <= status < 500 and status != TOO_MANY) from None


class _TwilioHttp(twilio.http.http_client.TwilioHttpClient):  # type: ignore[misc]
    """Goes to the address of the settings: Twilio's region, which decides where the messages are kept."""

    def request(self, method: str, url: str, *rest: Any, **options: Any) -> Any:
        """Send a request (see parent class)."""
        return super().request(method, url.replace(TWILIO_API, settings().twilio_api_url, 1), *rest, **options)

    def log_request(self, kwargs: dict[str, Any]) -> None:
        """Not at all: it has the number and the text."""


class _MessengerSender(MessengerBot):  # type: ignore[misc]
    async def send_text_message(self, recipient_id: str, text: str, **kwargs: Any) -> None:
        try:
            await asyncio.to_thread(self.send, recipient_id, FBText(text=text))
        except _NotSent:
            raise
        except Exception as problem:
            raise _NotSent("Messenger", type(problem).__name__, for_good=False) from None


class _FacebookClient(MessengerClient):  # type: ignore[misc]
    """Uses the version of the settings: the library's own is one that Facebook has switched off."""

    def __init__(self, token: str) -> None:
        super().__init__(token)
        self.graph_url = settings().messenger_api_url

    def send(self, payload: dict[str, Any], recipient_id: str, *rest: Any, **options: Any) -> Any:
        """Send a message. Raises `_NotSent` when it was refused."""
        answered = super().send(payload, recipient_id, *rest, **{**options, "timeout": SEND_SECONDS})
        if refusal := answered.get("error"):
            code = refusal.get("code")
            raise _NotSent("Messenger", f"code {code}", for_good=code not in FACEBOOK_IS_BUSY and not refusal.get("is_transient"))
        return answered

    def send_action(self, sender_action: str, recipient_id: str, timeout: float | None = None) -> None:
        """'Typing' and 'seen', beside the server's work: an answer does not wait for them, nor fail with them."""
        asyncio.get_running_loop().run_in_executor(None, partial(super().send_action, sender_action, recipient_id, timeout=SEND_SECONDS))
