"""Starts the Rasa server: on this machine only, with the project's channels, and quiet."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import structlog
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.action_client import ActionServer, check_answers_quickly
from bot.channels.inside import close_what_nobody_needs
from bot.logs import REQUEST_ID_HEADER, log_as_json, take_request_id
from bot.quick_conversations import make_conversations_quick
from bot.settings import ROOT, settings


def serve(model: Path) -> None:
    """Run the Rasa server with a model until it is told to stop.

    Ends the process when the model can't be loaded: Rasa itself would go on without one.
    """
    os.environ["COACH_ACTIONS_URL"] = settings().actions_url
    os.chdir(ROOT)
    log_as_json("rasa")

    import rasa.core.run
    from rasa.core.utils import AvailableEndpoints
    from rasa.utils.common import configure_library_logging, configure_logging_and_warnings
    from rasa.utils.log_utils import configure_structlog

    from bot.channels.processor import use_coach_processor

    # It sets up logging in its own way, so ours comes after it once more. Below this level Rasa writes messages' texts into its log.
    configure_structlog(logging.INFO)
    configure_logging_and_warnings(log_level=logging.INFO, warn_only_once=True, filter_repeated_logs=True)
    configure_library_logging()
    log_as_json("rasa")
    _log_events_without_tracebacks()
    endpoints = AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))
    endpoints.action = ActionServer(settings().actions_url)
    check_answers_quickly()
    make_conversations_quick()
    use_coach_processor()
    rasa.core.run.serve_application(
        model_path=str(model),
        interface=settings().inner_host,
        port=settings().rasa_port,
        credentials=str(ROOT / "credentials.yml"),
        endpoints=endpoints,
        auth_token=settings().api_token or None,
        enable_api=True,
        server_listeners=[
            (close_what_nobody_needs, "before_server_start"),
            (_always_tell_the_alarm, "before_server_start"),
            (_insist_on_a_model, "after_server_start"),
        ],
    )


async def _always_tell_the_alarm(app: Sanic, _: Any) -> None:
    """`POST /model/parse` answers `"alarm": null` where there is none; Rasa leaves out whatever is null."""

    async def complete(request: Request, response: HTTPResponse) -> None:
        if request.path == "/model/parse" and response.status == 200 and response.body:
            parsed = json.loads(response.body)
            response.body = json.dumps({"alarm": None, **parsed}).encode()

    app.register_middleware(complete, "response")

    async def follow(request: Request) -> None:
        take_request_id(request.headers.get(REQUEST_ID_HEADER))

    app.register_middleware(follow, "request")


async def _insist_on_a_model(app: Sanic, _: Any) -> None:
    """A server without a model would answer nobody: end, so that whoever watches starts it again."""
    if app.ctx.agent is None or not app.ctx.agent.is_ready():
        logging.getLogger(__name__).error("The model could not be loaded. Run 'make train', or put back a model that works.")
        logging.shutdown()
        os._exit(1)


def _log_events_without_tracebacks() -> None:
    """Rasa's structured log writes tracebacks with all their local variables, which are what visitors wrote."""

    def kind_only(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        problem = event.pop("exc_info", None)
        if isinstance(problem, BaseException):
            event["problem"] = type(problem).__name__
        return event

    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, kind_only, structlog.processors.KeyValueRenderer(key_order=["event"])],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=True,
    )
