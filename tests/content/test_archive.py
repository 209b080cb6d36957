"""The content as a zip file: there and back without loss, and nothing that a file hides does harm."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies

from bot.content.archive import packed, unpacked
from bot.content.files import ContentError, shipped

BASE = shipped()
TEXTS = strategies.text(strategies.characters(blacklist_categories=("Cs",)), max_size=60).map(lambda text: text.replace("\r\n", "\n"))
PATHS = strategies.from_regex(r"data/(nlu|stories)/[a-z_]{1,12}\.yml", fullmatch=True).filter(lambda path: path != "data/nlu/alarm.yml")


def archive(files: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return target.getvalue()


def test_the_projects_content_comes_back_to_the_letter() -> None:
    data = packed(BASE)
    assert unpacked(data) == dict(BASE)
    assert packed(unpacked(data)) == data


@given(strategies.dictionaries(PATHS, TEXTS, max_size=4))
@settings(max_examples=100, deadline=None)
def test_any_text_comes_back(files: dict[str, str]) -> None:
    known = {path: text for path, text in files.items() if not text.startswith("\ufeff")}
    assert unpacked(packed(known)) == known


@pytest.mark.parametrize(
    "path",
    [
        "../domain.yml",
        "/etc/passwd",
        "data/nlu/../../config.yml",
        "data\\nlu\\x.yml",
        "C:/domain.yml",
        "config.yml",
        "data/rules/always.yml",
        "data/nlu/alarm.yml",
        "data/helplines.yml",
        "./domain.yml",
        "data/nlu/sub/x.yml",
        "data/stories/.hidden.yml",
        "data/nlu/x.py",
    ],
)
def test_paths_outside_are_refused(path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ContentError, match="hoort er niet in"):
        unpacked(archive({"domain.yml": b"x", path: b"x"}))
    assert not list(tmp_path.iterdir())


def test_a_bomb_is_refused_before_it_goes_off() -> None:
    bomb = archive({f"data/nlu/a{number}.yml": bytes(3_000_000) for number in range(10)})
    assert len(bomb) < 100_000
    with pytest.raises(ContentError, match="veel te groot"):
        unpacked(bomb)
    with pytest.raises(ContentError, match="veel te groot"):
        unpacked(archive({f"data/nlu/a{number}.yml": b"" for number in range(500)}))


def test_a_bomb_that_lies_about_its_size_is_refused() -> None:
    honest = bytearray(archive({"domain.yml": bytes(1_000_000)}))
    size = (1_000_000).to_bytes(4, "little")
    lying = bytes(honest.replace(size, (10).to_bytes(4, "little")))
    with pytest.raises(ContentError):
        unpacked(lying)


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"no zip at all", packed(BASE)[:2000], packed(BASE)[:-30], bytes(5_000_000)], ids=range(6)
)
def test_what_is_no_archive_is_said_plainly(data: bytes) -> None:
    with pytest.raises(ContentError, match=r"zip-bestand|te groot"):
        unpacked(data)


def test_a_locked_archive_and_other_encodings_are_refused() -> None:
    locked = bytearray(archive({"domain.yml": b"responses: {}"}, zipfile.ZIP_STORED))
    for at in (locked.find(b"PK\x03\x04") + 6, locked.find(b"PK\x01\x02") + 8):
        locked[at] |= 1
    with pytest.raises(ContentError):
        unpacked(bytes(locked))
    with pytest.raises(ContentError, match="UTF-8"):
        unpacked(archive({"domain.yml": "é".encode("latin-1")}))


def test_a_name_that_stands_twice_is_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made, pytest.warns(UserWarning, match="Duplicate"):
        made.writestr("domain.yml", "een")
        made.writestr("domain.yml", "twee")
    with pytest.raises(ContentError):
        unpacked(target.getvalue())
