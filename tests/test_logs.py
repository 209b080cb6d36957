"""Log lines are JSON, carry the id of their message, tell nothing of a visitor, and do not fill the disk."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from pathlib import Path

import pytest

from bot import logs
from bot.settings import ROOT

SCRIPT = """
import logging, warnings
from bot.logs import FIELDS, log_as_json, new_request_id, take_request_id
log_as_json("web")
logger = logging.getLogger("bot.test")
logger.error("nothing is being answered")
new_request_id()
logger.info("answered", extra={FIELDS: {"seconds": 0.5}})
take_request_id("0123456789abcdef")
logger.warning("from a neighbour")
take_request_id("mijn man slaat me")
logger.warning("not an id of ours")
warnings.warn("of a library")
try:
    raise ValueError("hij heeft me geslagen")
except ValueError:
    logger.exception("while handling 'hij heeft me geslagen'")
"""


def test_every_line_is_json_and_says_nothing() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "slaa" not in done.stderr
    assert "geslagen" not in done.stderr
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert [line["message"] for line in lines] == [
        "nothing is being answered",
        "answered",
        "from a neighbour",
        "not an id of ours",
        "bot.test failed: ValueError",
    ]
    assert ["request" in line for line in lines] == [False, True, True, False, False]
    assert lines[2]["request"] == "0123456789abcdef"
    assert (lines[1]["seconds"], lines[1]["part"], lines[1]["level"]) == (0.5, "web", "info")


def test_a_long_log_begins_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "MOST_BYTES", 1000)
    log = tmp_path / "web.log"
    # A server keeps its file open for good.
    with log.open("ab") as server:
        for number in range(logs.KEPT_FILES + 3):
            server.write(f"{number} {'x' * 1000}\n".encode())
            server.flush()
            logs.rotate(tmp_path)
            logs.rotate(tmp_path)
        server.write(b"the newest\n")
        server.flush()
    assert log.read_text() == "the newest\n"
    kept = sorted(path.name for path in tmp_path.iterdir() if path != log)
    assert kept == [f"web.log.{number}" for number in range(1, logs.KEPT_FILES + 1)]
    assert [(tmp_path / name).read_text().split()[0] for name in kept] == ["7", "6", "5", "4", "3"]


def test_asking_for_kinds_only_twice_is_harmless() -> None:
    before = logging.getLogRecordFactory()
    try:
        logs.log_kinds_only()
        logs.log_kinds_only()
        record = logging.getLogRecordFactory()("x", 40, "f", 1, "text %s", ("secret",), (ValueError, ValueError("secret"), None))
        assert record.getMessage() == "x failed: ValueError"
    finally:
        logging.setLogRecordFactory(before)
