"""Servers of a module's own, to be changed by publishing, and this process on the same database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.content.files import Content, shipped
from bot.settings import settings
from bot.store.database import engine
from tests.conftest import Coach, servers


@contextmanager
def own_servers(folder: Path) -> Iterator[Coach]:
    """The servers; training reuses what the project's cache has."""
    patch = pytest.MonkeyPatch()
    try:
        with servers(folder, cache=True) as running:
            patch.setenv("COACH_VAR_DIR", str(folder))
            patch.setenv("DATABASE_URL", "")
            _forget()
            yield running
            engine().dispose()
    finally:
        patch.undo()
        _forget()


def greeting_with(text: str) -> Content:
    """What ships, but every greeting begins with this text."""
    domain = shipped()["domain.yml"]
    start = domain.index("  utter_greet:\n")
    end = domain.index("\n\n", start)
    lines = "".join(f'    - text: "{text} Wat houdt je bezig{more}?"\n' for more in ("", " vandaag", " op dit moment"))
    return {**shipped(), "domain.yml": domain[:start] + "  utter_greet:\n" + lines.rstrip() + domain[end:]}


def _forget() -> None:
    settings.cache_clear()
    engine.cache_clear()
