"""Starts the action server: on the inner address only, quiet, with the id of the message in its log."""

from __future__ import annotations

import logging
import os

from sanic.request import Request

from bot.logs import REQUEST_ID_HEADER, log_as_json, take_request_id
from bot.settings import ROOT, settings


def serve() -> None:
    """Run the action server until it is told to stop."""
    os.chdir(ROOT)
    from rasa_sdk.endpoint import create_app

    app = create_app("actions", cors_origins=[])

    async def follow(request: Request) -> None:
        take_request_id(request.headers.get(REQUEST_ID_HEADER))

    app.register_middleware(follow, "request")
    logging.getLogger().setLevel(logging.INFO)
    log_as_json("actions")
    # Rasa's own start listens on every address of the machine.
    app.run(settings().inner_host, settings().actions_port, workers=1, access_log=False)
