"""Starts the Rasa server: on this machine only, with the project's channels, and quiet."""

from __future__ import annotations

import logging
import os
from pathlib import Path

from bot.settings import ROOT, settings


def serve(model: Path) -> None:
    """Run the Rasa server with a model until it is told to stop."""
    os.environ["COACH_ACTIONS_URL"] = settings().actions_url
    os.chdir(ROOT)

    import rasa.core.run
    from rasa.core.utils import AvailableEndpoints
    from rasa.utils.common import configure_library_logging, configure_logging_and_warnings

    configure_logging_and_warnings(log_level=logging.INFO, warn_only_once=True, filter_repeated_logs=True)
    configure_library_logging()
    rasa.core.run.serve_application(
        model_path=str(model),
        interface="127.0.0.1",
        port=settings().rasa_port,
        credentials=str(ROOT / "credentials.yml"),
        endpoints=AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml")),
        auth_token=settings().api_token or None,
        enable_api=True,
    )
