"""Starts the Rasa server: on this machine only, with the project's channels, and quiet."""

from __future__ import annotations

import json
import logging
import os
from pathlib import Path
from typing import Any

from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.logs import log_kinds_only
from bot.settings import ROOT, settings


def serve(model: Path) -> None:
    """Run the Rasa server with a model until it is told to stop."""
    os.environ["COACH_ACTIONS_URL"] = settings().actions_url
    os.chdir(ROOT)

    import rasa.core.run
    from rasa.core.utils import AvailableEndpoints
    from rasa.utils.common import configure_library_logging, configure_logging_and_warnings
    from rasa.utils.log_utils import configure_structlog

    # Below this level Rasa writes messages' texts into its log.
    configure_structlog(logging.INFO)
    configure_logging_and_warnings(log_level=logging.INFO, warn_only_once=True, filter_repeated_logs=True)
    configure_library_logging()
    log_kinds_only()
    rasa.core.run.serve_application(
        model_path=str(model),
        interface="127.0.0.1",
        port=settings().rasa_port,
        credentials=str(ROOT / "credentials.yml"),
        endpoints=AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml")),
        auth_token=settings().api_token or None,
        enable_api=True,
        server_listeners=[(_always_tell_the_alarm, "before_server_start")],
    )


async def _always_tell_the_alarm(app: Sanic, _: Any) -> None:
    """`POST /model/parse` answers `"alarm": null` where there is none; Rasa leaves out whatever is null."""

    async def complete(request: Request, response: HTTPResponse) -> None:
        if request.path == "/model/parse" and response.status == 200 and response.body:
            parsed = json.loads(response.body)
            response.body = json.dumps({"alarm": None, **parsed}).encode()

    app.register_middleware(complete, "response")
