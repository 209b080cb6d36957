"""What was written since the encoder that ships was made: it has not learned that yet."""

from __future__ import annotations

import random
import subprocess
import tempfile
from pathlib import Path

from encoder.apologies import Draft, read_drafts
from encoder.data import ROOT, Row, read_rows

# Beside what is new, so that the rest is not forgotten.
OLD_MESSAGES, OLD_DRAFTS = 12_000, 500


def new_and_some_old(encoder: Path, seed: int) -> tuple[list[Row], list[Draft]]:
    """New messages twice and new apologies, each with some of those that the encoder knows. Raises `CalledProcessError` outside a git clone."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        _data_when(encoder, Path(folder))
        known_rows, known_drafts = set(read_rows(Path(folder))), set(read_drafts(Path(folder)))
    rows = [row for row in read_rows() if row not in known_rows]
    drafts = [draft for draft in read_drafts() if draft not in known_drafts]
    print(f"New: {len(rows)} messages, {len(drafts)} apologies", flush=True)
    old_rows = chance.sample(sorted(known_rows, key=repr), min(OLD_MESSAGES, len(known_rows)))
    return [*rows, *rows, *old_rows], [*drafts, *chance.sample(sorted(known_drafts, key=repr), min(OLD_DRAFTS, len(known_drafts)))]


def _data_when(encoder: Path, folder: Path) -> None:
    """The project's data as it was when this file was last changed."""
    commit = _git("log", "-1", "--format=%H", "--", str(encoder)).decode().strip()
    subprocess.run(["tar", "-x", "-C", str(folder)], input=_git("archive", commit, "data"), check=True)


def _git(*words: str) -> bytes:
    return subprocess.run(["git", *words], cwd=ROOT, check=True, capture_output=True).stdout
