"""Every row of what the coach teaches has a response that says it and a story in which it is said."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from bot.publishing.forbidden import reasons_against
from bot.settings import ROOT
from scripts.article import TABLE, carriers, flows, rows, table

ROWS, FLOWS, CARRIERS = rows(), flows(), carriers()
DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))
SOURCES = {path.name: path.read_text("utf-8") for path in (ROOT / "actions").glob("*.py")}


def test_no_row_is_missing() -> None:
    assert list(ROWS) == [f"T{number}" for number in range(1, 42)]
    assert set(CARRIERS) == set(ROWS)


@pytest.mark.parametrize("number", ROWS)
def test_the_response_exists_and_the_story_says_it(number: str) -> None:
    response, story = ROWS[number]["response"], ROWS[number]["story"]
    assert response in DOMAIN["responses"]
    assert response in CARRIERS[number], "the row's number stands as a comment at the response"
    assert story in FLOWS, f"no story or rule is called '{story}'"
    assert response in said_in(FLOWS[story][1]), f"'{story}' does not say {response}"


@pytest.mark.parametrize("number", [number for number, row in ROWS.items() if row.get("unsafe")])
def test_an_unsafe_row_is_nowhere_said_as_a_duty(number: str) -> None:
    for response in CARRIERS[number]:
        for variant in DOMAIN["responses"][response]:
            assert not reasons_against(response, variant["text"]), response


def test_the_page_is_up_to_date() -> None:
    assert TABLE.read_text("utf-8") == table(), "run: .venv/bin/python -m scripts.article"


def said_in(steps: list[Any]) -> set[str]:
    """The responses that the steps say themselves, or have an action or a form say."""
    actions = {step["action"] for step in steps if "action" in step}
    found = {name for name in actions if name.startswith("utter_")}
    for action in actions - found:
        if action in DOMAIN["forms"]:
            found |= {f"utter_ask_{slot}" for slot in DOMAIN["forms"][action]["required_slots"]}
        source = source_of(action)
        found |= {name for name in DOMAIN["responses"] if f'"{name}"' in source}
    return found


def source_of(action: str) -> str:
    """The files that name an action or a form, and those of their folder that they take their words from."""
    todo = {name for name, source in SOURCES.items() if f'"{action}"' in source}
    read: set[str] = set()
    while todo:
        name = todo.pop()
        read.add(name)
        todo |= {f"{taken}.py" for taken in re.findall(r"^from actions\.(\w+) import", SOURCES[name], re.MULTILINE)} - read
    return "\n".join(SOURCES[name] for name in read)
