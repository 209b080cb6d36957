"""The parts of the command line that check and publish: what the operator types, and what the servers start."""

from __future__ import annotations

import argparse
import os
import warnings
from pathlib import Path
from typing import Any

from bot.processes import quiet_environment
from bot.settings import ROOT
from bot.store.upgrade import upgrade

COMMANDS = ("check", "serve-publisher", "work")


def add_arguments(commands: Any) -> None:
    """Add them to the command line."""
    check = commands.add_parser("check", help="check a changed content against what is published: what gets better or worse")
    check.add_argument("folder", type=Path, nargs="?", default=ROOT, help="where domain.yml and data/ are")
    commands.add_parser("serve-publisher", help="what therapists ask for: trying, checking, publishing, one after the other")
    commands.add_parser("work", help="one such job").add_argument("job")


def run(arguments: argparse.Namespace) -> int:
    """Run one of them, and return the exit status: 1 where a checked content must not be published.

    Raises `ContentError` when a folder can't be read.
    """
    if arguments.command == "check":
        return _check(arguments.folder.resolve())
    if arguments.command == "work":
        from bot.publishing.work import do

        quiet_rasa()
        do(arguments.job)
    else:
        from bot.publishing.publisher import serve

        upgrade()
        serve()
    return 0


def quiet_rasa() -> None:
    """Rasa prints every message that it reads unless told not to."""
    import logging

    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.WARNING)
    warnings.simplefilter("ignore")


def _check(folder: Path) -> int:
    from bot.content.versions import published
    from bot.publishing.check import check, content_in
    from bot.publishing.report import in_words
    from bot.supervisor import say

    upgrade()
    os.environ.update(quiet_environment())
    quiet_rasa()
    report = check(content_in(folder), published(), say)
    say(f"\n{in_words(report)}")
    return 0 if report.fit else 1
