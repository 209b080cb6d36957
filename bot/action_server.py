"""Starts the action server: on the inner address only, quiet, with the id of the message in its log."""

from __future__ import annotations

import logging
import os
import time

from sanic.request import Request
from sanic.response import HTTPResponse

from bot.logs import FIELDS, REQUEST_ID_HEADER, log_as_json, take_request_id
from bot.settings import ROOT, settings

logger = logging.getLogger(__name__)


def serve() -> None:
    """Run the action server until it is told to stop."""
    os.chdir(ROOT)
    log_as_json("actions")
    from rasa_sdk.endpoint import create_app

    app = create_app("actions", cors_origins=[])

    async def follow(request: Request) -> None:
        request.ctx.began = time.perf_counter()
        take_request_id(request.headers.get(REQUEST_ID_HEADER))

    async def note(request: Request, response: HTTPResponse) -> None:
        if request.path == "/webhook" and isinstance(request.json, dict):
            seconds = round(time.perf_counter() - request.ctx.began, 3)
            fields = {"action": request.json.get("next_action"), "status": response.status, "seconds": seconds}
            logger.info("An action was run", extra={FIELDS: fields})

    app.register_middleware(follow, "request")
    app.register_middleware(note, "response")
    # Rasa's own start listens on every address of the machine.
    app.run(settings().inner_host, settings().actions_port, workers=1, access_log=False)
