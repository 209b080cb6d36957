"""The safety case names tests that exist, and leaves no safety rule out."""

from __future__ import annotations

import ast
import re

import pytest

from bot.settings import ROOT

CASE = (ROOT / "docs" / "safety" / "hazards.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", CASE)))


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_every_named_test_exists(file: str, name: str) -> None:
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    defined = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    assert name in defined


def test_every_row_names_a_test() -> None:
    rows = [line for line in CASE.splitlines() if re.match(r"\| [HS]\d+ \|", line)]
    assert not [row for row in rows if "`tests/" not in row]


@pytest.mark.parametrize("rule", [f"S{number}" for number in range(1, 9)])
def test_every_safety_rule_has_its_row(rule: str) -> None:
    assert f"| {rule} |" in CASE
