"""Rasa's cache of what was trained, kept within bounds: an edit of a sentence does not train the understanding again."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

MOST_MEGABYTES = 300
DATABASE = "cache.db"


def tidy_cache(folder: Path) -> Path:
    """Remove what killed trainings and earlier versions of the project left in `folder`. Returns the folder for Rasa's cache."""
    cache = folder / "rasa"
    cache.mkdir(parents=True, exist_ok=True)
    # Rasa drops what was not used for the longest time when its cache would be larger.
    os.environ["RASA_MAX_CACHE_SIZE"] = str(MOST_MEGABYTES)
    # Once Rasa's cache was the folder itself.
    (folder / DATABASE).unlink(missing_ok=True)
    _remove_folders(folder, known={cache.name})
    _remove_folders(cache, _known(cache / DATABASE))
    return cache


def _remove_folders(folder: Path, known: set[str]) -> None:
    for path in folder.iterdir():
        if path.is_dir() and path.name not in known:
            shutil.rmtree(path, ignore_errors=True)


def _known(database: Path) -> set[str]:
    """Names of the folders in the cache's own list; none, and an empty list, where it can't be read."""
    if not database.exists():
        return set()
    try:
        with closing(sqlite3.connect(database)) as connection:
            rows = connection.execute("SELECT result_location FROM cache_entry WHERE result_location IS NOT NULL").fetchall()
    except sqlite3.DatabaseError:
        database.unlink()
        return set()
    return {Path(row[0]).name for row in rows}
