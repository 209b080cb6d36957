"""The threat model names tests that exist, leaves no attacker out, and every threat has its control and its proof."""

from __future__ import annotations

import ast
import re

import pytest

from bot.settings import ROOT

MODEL = (ROOT / "docs" / "safety" / "threats.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", MODEL)))
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in MODEL.splitlines() if re.match(r"\| T\d+ \|", line)]
ATTACKERS = (
    "partner with the phone",
    "stalker",
    "neighbour",
    "bot net",
    "dishonest therapist",
    "stolen laptop",
    "other site",
    "program on the server",
)
KINDS = {"S", "T", "R", "I", "D", "E"}


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_every_named_test_exists(file: str, name: str) -> None:
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    assert name in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def test_every_threat_has_its_columns_and_a_proof() -> None:
    assert len(ROWS) > 20
    for row in ROWS:
        number, kinds, asset, attacker, way, control, proof = row
        assert set(kinds.split()) <= KINDS, number
        assert asset and attacker and way and control, number
        assert "`tests/" in proof or "no test" in proof, number


def test_numbers_are_used_once_and_in_order() -> None:
    assert [row[0] for row in ROWS] == [f"T{number}" for number in range(1, len(ROWS) + 1)]


@pytest.mark.parametrize("attacker", ATTACKERS)
def test_no_attacker_is_forgotten(attacker: str) -> None:
    assert any(attacker in row[3] for row in ROWS)


def test_each_kind_of_threat_is_thought_of() -> None:
    assert {kind for row in ROWS for kind in row[1].split()} == KINDS
