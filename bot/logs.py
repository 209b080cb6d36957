"""Keeps what people wrote out of the logs: of an exception, only its kind is logged.

The text of an exception may quote a visitor: Rasa logs the whole conversation when an action fails, and a database its parameters.
"""

from __future__ import annotations

import logging
from typing import Any


def log_kinds_only() -> None:
    """From now on, no log record of this process carries an exception's text or traceback."""
    make = logging.getLogRecordFactory()

    def without_text(*args: Any, **kwargs: Any) -> logging.LogRecord:
        record = make(*args, **kwargs)
        if record.exc_info and record.exc_info[0]:
            record.msg, record.args = f"{record.name} failed: {record.exc_info[0].__name__}", ()
            record.exc_info = record.exc_text = None
        return record

    logging.setLogRecordFactory(without_text)
