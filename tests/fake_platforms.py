"""The parts of Twilio's and Facebook's addresses that the coach writes to, with what they refuse; and people who write through them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Any
from urllib.parse import urlencode

from aiohttp import web
from twilio.request_validator import RequestValidator

ACCOUNT, TWILIO_TOKEN, NUMBER = "AC00000000000000000000000000000000", "twilio-token-of-nobody", "+31612345678"
PAGE_TOKEN, APP_SECRET, VERIFY = "page-token-of-nobody", "app-secret-of-nobody", "een eigen woord"


class FakePlatforms:
    """`sent` are the texts by address."""

    def __init__(self) -> None:
        self.sent: dict[str, list[str]] = {}
        # Addresses whose last message was too long ago, and for how many calls the platform is out of order.
        self.closed: set[str] = set()
        self.broken = 0

    async def start(self, port: int) -> None:
        app = web.Application()
        app.router.add_post("/2010-04-01/Accounts/{account}/Messages.json", self._twilio)
        app.router.add_post("/graph/me/messages", self._facebook)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port).start()

    async def stop(self) -> None:
        await self._runner.cleanup()

    def _out_of_order(self) -> bool:
        self.broken -= 1
        return self.broken >= 0

    async def _twilio(self, request: web.Request) -> web.Response:
        allowed = "Basic " + base64.b64encode(f"{ACCOUNT}:{TWILIO_TOKEN}".encode()).decode()
        if request.headers.get("Authorization") != allowed or request.match_info["account"] != ACCOUNT:
            return web.json_response({"code": 20003, "message": "Authenticate"}, status=401)
        fields = await request.post()
        text, to = str(fields["Body"]), str(fields["To"])
        if self._out_of_order():
            return web.json_response({"code": 20500, "message": "Internal Server Error"}, status=500)
        if to in self.closed:
            return web.json_response({"code": 63016, "message": f"outside the window for {to}"}, status=400)
        if not text.strip() or len(text) > 1600 or fields["From"] != f"whatsapp:{NUMBER}":
            return web.json_response({"code": 21617, "message": f"refused for {to}"}, status=400)
        self.sent.setdefault(to, []).append(text)
        return web.json_response({"sid": "SM1", "body": text, "to": to}, status=201)

    async def _facebook(self, request: web.Request) -> web.Response:
        token = request.query.get("access_token") or request.headers.get("Authorization", "").removeprefix("Bearer ")
        if token != PAGE_TOKEN:
            return web.json_response({"error": {"code": 190}}, status=400)
        body = await request.json()
        if "sender_action" in body:
            return web.json_response({"recipient_id": body["recipient"]["id"]})
        text = body["message"].get("text", "")
        if self._out_of_order():
            return web.json_response({"error": {"code": 2, "is_transient": True}}, status=500)
        if body["recipient"]["id"] in self.closed:
            return web.json_response({"error": {"code": 10, "error_subcode": 2018278}}, status=400)
        if not text.strip() or len(text) > 2000 or set(body["message"]) != {"text"}:
            return web.json_response({"error": {"code": 100}}, status=400)
        self.sent.setdefault(body["recipient"]["id"], []).append(text)
        return web.json_response({"message_id": "m"})


def by_whatsapp(public_url: str, sender: str, text: str, sid: str) -> dict[str, Any]:
    """A request as Twilio makes it, to be given to an HTTP client."""
    fields = {"From": f"whatsapp:{sender}", "To": f"whatsapp:{NUMBER}", "Body": text, "MessageSid": sid, "NumMedia": "0", "ProfileName": ""}
    signature = RequestValidator(TWILIO_TOKEN).compute_signature(public_url + "/whatsapp/webhook", fields)
    headers = {"X-Twilio-Signature": signature, "Content-Type": "application/x-www-form-urlencoded"}
    return {"content": urlencode(fields), "headers": headers}


def by_messenger(*messages: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    """A request as Facebook makes it: sender and content of each message."""
    entries = [{"sender": {"id": sender}, "recipient": {"id": "page"}, **content} for sender, content in messages]
    body = json.dumps({"object": "page", "entry": [{"id": "page", "messaging": entries}]})
    signature = hmac.new(APP_SECRET.encode(), body.encode(), hashlib.sha256).hexdigest()
    return {"content": body, "headers": {"X-Hub-Signature-256": f"sha256={signature}", "Content-Type": "application/json"}}
