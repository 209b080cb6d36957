"""What the audit of the libraries makes of pip-audit's answer, and that its page is about the versions in use."""

from __future__ import annotations

import re

from bot.settings import ROOT
from scripts.audit import PAGE, verdict

HOLE = {"id": "PYSEC-2030-1", "aliases": ["CVE-2030-12345"], "fix_versions": ["2.0"]}
SKIPPED = {"name": "x", "skip_reason": "Dependency not found on PyPI and could not be audited: x (1)"}


def test_a_hole_that_nobody_thought_about_fails() -> None:
    status, lines = verdict([{"name": "x", "version": "1.0", "vulns": [HOLE]}], "")
    assert status == 1
    assert "x 1.0" in lines[0] and "CVE-2030-12345" in lines[0] and "2.0" in lines[0]


def test_one_that_the_page_speaks_of_passes() -> None:
    assert verdict([{"name": "x", "version": "1.0", "vulns": [HOLE]}], "… CVE-2030-12345 …")[0] == 0


def test_no_data_is_no_verdict_and_is_said() -> None:
    status, lines = verdict([SKIPPED, SKIPPED], "")
    assert status == 0
    assert "Not audited" in lines[0]
    assert "1 could not be looked up" in verdict([SKIPPED, {"name": "y", "version": "1", "vulns": []}], "")[1][0]


def test_the_page_is_about_the_versions_in_use() -> None:
    locked = dict(re.findall(r'\[\[package\]\]\nname = "([^"]+)"\nversion = "([^"]+)"', (ROOT / "uv.lock").read_text()))
    rows = re.findall(r"^\| ([a-z][\w-]*) \| ([\d.]+) \|", PAGE.read_text("utf-8"), re.MULTILINE)
    assert len(rows) > 10
    assert [(name, version) for name, version in rows if locked.get(name) != version] == []
