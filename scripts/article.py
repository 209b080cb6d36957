"""Makes docs/article.md: what the coach teaches, and the response and the story that carry it. `python -m scripts.article`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "docs" / "article.md"
HEAD = """# What the coach teaches, and where it says so

Made of `docs/article.yml` by `.venv/bin/python -m scripts.article`; a test fails when it is out of date, or when a response or story that it
names is gone. Rows with (!) are never said while an alarm stands, and to nobody as a duty. The response is the main one; the others that
carry the row have its number as a comment in `domain.yml`.

| row | what it teaches | response | story or rule | also said in |
| --- | --- | --- | --- | --- |
"""


def rows() -> dict[str, dict[str, Any]]:
    """The rows of `docs/article.yml`, by number."""
    found: dict[str, dict[str, Any]] = yaml.safe_load((ROOT / "docs" / "article.yml").read_text("utf-8"))["rows"]
    return found


def carriers() -> dict[str, list[str]]:
    """The responses whose comment in `domain.yml` names a row, by row."""
    found: dict[str, list[str]] = {}
    for response, numbers in re.findall(r"^  (utter_\w+):\s*#(.*)$", (ROOT / "domain.yml").read_text("utf-8"), re.MULTILINE):
        for number in re.findall(r"T\d+", numbers):
            found.setdefault(number, []).append(response)
    return found


def flows() -> dict[str, tuple[str, list[Any]]]:
    """Every story and rule by name, with its file and its steps."""
    found = {}
    for path in sorted((ROOT / "data").glob("stories/*.yml")) + sorted((ROOT / "data").glob("rules/*.yml")):
        content = yaml.safe_load(path.read_text("utf-8"))
        for kind, name in (("stories", "story"), ("rules", "rule")):
            found.update({flow[name]: (path.name, flow["steps"]) for flow in content.get(kind) or []})
    return found


def table() -> str:
    """The whole page."""
    known, also = flows(), carriers()
    lines = []
    for number, row in rows().items():
        file, _ = known.get(row["story"], ("?", []))
        others = ", ".join(f"`{name}`" for name in also.get(number, []) if name != row["response"])
        mark = " (!)" if row.get("unsafe") else ""
        lines.append(f"| {number}{mark} | {row['teaches']} | `{row['response']}` | {row['story']} (`{file}`) | {others} |")
    return HEAD + "\n".join(lines) + "\n"


if __name__ == "__main__":
    TABLE.write_text(table(), "utf-8")
