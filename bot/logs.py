"""Logs that a machine can read and that tell nothing of a visitor: JSON lines, of an exception only its kind.

The text of an exception may quote a visitor: Rasa logs the whole conversation when an action fails, and a database its parameters.
Each message has an id that goes along from the web server to the Rasa server to the actions, and stands in every line about it.
"""

from __future__ import annotations

import json
import logging
import re
import secrets
import shutil
import sys
from contextvars import ContextVar
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

# The id of the message that is being answered; empty where none is.
request_id: ContextVar[str] = ContextVar("request_id", default="")
REQUEST_ID_HEADER = "X-Request-ID"
_OURS = re.compile(r"[0-9a-f]{16}")
# `logger.info(…, extra={FIELDS: {"seconds": 0.1}})` puts more into the line; never anything that a visitor wrote, nor who it was.
FIELDS = "fields"
MOST_BYTES = 10_000_000
KEPT_FILES = 5


def new_request_id() -> str:
    """An id for a message that has just come; the log lines of this task carry it from now on."""
    made = secrets.token_hex(8)
    request_id.set(made)
    return made


def take_request_id(header: str | None) -> None:
    """Have the log lines of this task carry the id that a neighbour sent; anything else than an id of ours is left out."""
    request_id.set(header if header and _OURS.fullmatch(header) else "")


def log_as_json(part: str) -> None:
    """From now on this process logs JSON lines on standard error; `part` is the name of the server."""
    log_kinds_only()
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_JsonLines(part))
    logging.getLogger().handlers = [handler]
    for name in ("sanic.root", "sanic.error", "sanic.access", "uvicorn", "uvicorn.error"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [], True
    logging.getLogger("bot").setLevel(logging.INFO)
    # An address may have a token in it.
    logging.getLogger("httpx").setLevel(logging.WARNING)
    # Of libraries about themselves; they would be the only lines that are no JSON.
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").setLevel(logging.ERROR)


def log_kinds_only() -> None:
    """From now on, no log record of this process carries an exception's text or traceback."""
    make = logging.LogRecord

    def without_text(*args: Any, **kwargs: Any) -> logging.LogRecord:
        record = make(*args, **kwargs)
        if record.exc_info and record.exc_info[0]:
            record.msg, record.args = f"{record.name} failed: {record.exc_info[0].__name__}", ()
            record.exc_info = record.exc_text = None
        return record

    logging.setLogRecordFactory(without_text)


def rotate(folder: Path) -> None:
    """Begin anew every log file of the folder that has become too long; the five before it are kept.

    The servers hold the file open: its content is copied, then it is emptied. What they write in between is lost, at most a few lines.
    """
    for log in folder.glob("*.log"):
        if log.stat().st_size < MOST_BYTES:
            continue
        for number in range(KEPT_FILES, 1, -1):
            older = log.with_name(f"{log.name}.{number - 1}")
            if older.exists():
                older.replace(log.with_name(f"{log.name}.{number}"))
        shutil.copyfile(log, log.with_name(f"{log.name}.1"))
        with log.open("r+b") as file:
            file.truncate(0)


class _JsonLines(logging.Formatter):
    def __init__(self, part: str) -> None:
        super().__init__()
        self._part = part

    def format(self, record: logging.LogRecord) -> str:
        """One line (see parent class)."""
        line = {
            "time": datetime.fromtimestamp(record.created, timezone.utc).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "part": self._part,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request := request_id.get():
            line["request"] = request
        line |= getattr(record, FIELDS, {})
        return json.dumps(line, ensure_ascii=False)
