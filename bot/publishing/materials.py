"""From a content to the folder and the model that go with it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from bot.content.files import Content, content_hash, materialise, shipped
from bot.content.locked import with_project_parts
from bot.settings import settings
from bot.training import fitting_model

FOLDERS_KEPT = 8


def folder_of(content: Content) -> Path:
    """A folder to train from, named by what is in it, with every locked part as the project has it now.

    Raises `ContentError` when the content can't be read.
    """
    whole = content if content_hash(content) == content_hash(shipped()) else with_project_parts(content)
    parent = settings().var_dir / "content"
    folder = materialise(whole, parent / content_hash(whole)[:16])
    os.utime(folder)
    _drop_old(parent)
    return folder


def model_of(content: Content) -> Path:
    """Where the model of a content is, or will be. Raises `ContentError` when the content can't be read."""
    return fitting_model(folder_of(content))


def _drop_old(parent: Path) -> None:
    found = sorted((path for path in parent.iterdir() if path.is_dir()), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in found[FOLDERS_KEPT:]:
        shutil.rmtree(path, ignore_errors=True)
