"""The files that a therapist may change, and a folder with them beside the locked ones, to train from."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from bot.settings import ROOT

# Text of each file by its path in the project, with '/' between folders.
Content = Mapping[str, str]

DOMAIN = "domain.yml"
MESSAGES = "data/nlu"
STORIES = "data/stories"
# What people say who are in danger is not for editing.
LOCKED_FILES = frozenset({"data/nlu/alarm.yml"})
# What training needs beside the content. Read from the project each time, so that no draft can change it.
LOCKED = ("config.yml", "data/rules", "data/nlu/alarm.yml")


class ContentError(ValueError):
    """A content can't be used. The message is one line in Dutch for a therapist."""


def may_change(path: str) -> bool:
    """Whether a file belongs to what therapists change."""
    parts = PurePosixPath(path)
    inside = path == str(parts) and str(parts.parent) in (MESSAGES, STORIES) and parts.suffix == ".yml" and not parts.name.startswith(".")
    return path == DOMAIN or (inside and path not in LOCKED_FILES)


def shipped() -> Content:
    """What the project brings."""
    files = [ROOT / DOMAIN, *(ROOT / MESSAGES).glob("*.yml"), *(ROOT / STORIES).glob("*.yml")]
    paths = {path.relative_to(ROOT).as_posix(): path for path in sorted(files)}
    return {name: path.read_text("utf-8") for name, path in paths.items() if may_change(name)}


def content_hash(content: Content) -> str:
    """64 hexadecimal digits, the same for the same texts under the same paths."""
    total = hashlib.sha256()
    for path in sorted(content):
        for part in (path, content[path]):
            encoded = part.encode("utf-8")
            total.update(len(encoded).to_bytes(8, "big") + encoded)
    return total.hexdigest()


def materialise(content: Content, folder: Path) -> Path:
    """Write a content and the locked files into a folder, in place of what was there, and return it; one that has all that already stays.

    A kill or a full disk leaves what was there, or nothing. Raises `ContentError` for a path that is not for therapists.
    """
    strange = [path for path in content if not may_change(path)]
    if strange or DOMAIN not in content:
        raise ContentError(f"Deze bestanden horen niet bij wat je mag veranderen: {', '.join(sorted(strange)) or 'domain.yml ontbreekt'}.")
    wanted = {path: text.encode("utf-8") for path, text in content.items()}
    wanted |= {source.relative_to(ROOT).as_posix(): source.read_bytes() for source in _locked_files()}
    if _has_exactly(folder, wanted):
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = folder.with_name(f".{folder.name}.{os.getpid()}")
    shutil.rmtree(draft, ignore_errors=True)
    for path, data in wanted.items():
        (draft / path).parent.mkdir(parents=True, exist_ok=True)
        (draft / path).write_bytes(data)
    shutil.rmtree(folder, ignore_errors=True)
    draft.replace(folder)
    return folder


def _has_exactly(folder: Path, wanted: Mapping[str, bytes]) -> bool:
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return found.keys() == wanted.keys() and all(path.read_bytes() == wanted[name] for name, path in found.items())


def _locked_files() -> Iterator[Path]:
    for path in (ROOT / name for name in LOCKED):
        yield from [path] if path.is_file() else sorted(path.glob("*.yml"))
