"""Versions: never changed, numbered in a row, and only one of them published."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.content import versions as module
from bot.content.files import Content, ContentError, content_hash, materialise, may_change, shipped
from bot.content.versions import (
    NewVersion,
    publications,
    publish_again,
    publish_new,
    published,
    published_number,
    take_in_shipped,
    version,
    versions,
)
from bot.settings import ROOT
from bot.store.database import session
from bot.store.tables import Audit
from tests.databases import Database


def changed(old: str = "Fijn dat je er bent.", new: str = "Wat goed dat je er bent.") -> Content:
    content = dict(shipped())
    assert old in content["domain.yml"]
    content["domain.yml"] = content["domain.yml"].replace(old, new)
    return content


def test_version_0_is_what_the_project_ships(database: Database) -> None:
    first = published()
    assert (first.number, first.shipped, first.report) == (0, True, None)
    assert first.content == shipped()
    assert first.hash == content_hash(shipped())


def publish(content: Content, who: str, expected: int, note: str = "warmer begin") -> int:
    with session() as db:
        return publish_new(db, NewVersion(content, who, note, {"ok": True}), expected)


def take_back(number: int, who: str, expected: int) -> None:
    with session() as db:
        publish_again(db, number, who, "toch liever zoals het was", expected)


def test_a_version_is_published_and_taken_back(database: Database) -> None:
    published()
    assert publish(changed(), "lilia", expected=0) == 1
    assert published().content == changed()
    assert published().report == {"ok": True}
    take_back(0, "peter", expected=1)
    assert published_number() == 0
    assert [(line.number, line.who) for line in publications()][:2] == [(0, "peter"), (1, "lilia")]
    assert [line.number for line in versions()] == [1, 0]
    with session() as db:
        rows = db.execute(sa.select(Audit.who, Audit.subject_id).where(Audit.what == "content_published").order_by(Audit.at)).all()
    assert [tuple(row) for row in rows][1:] == [("lilia", "1"), ("peter", "0")]


def test_nothing_is_published_over_what_somebody_else_published(database: Database) -> None:
    published()
    publish(changed(new="Hallo van Lilia."), "lilia", expected=0)
    with pytest.raises(ContentError, match="Intussen is versie 1"):
        publish(changed(new="Hallo van Peter."), "peter", expected=0)
    with pytest.raises(ContentError, match="Intussen is versie 1"):
        take_back(0, "peter", expected=0)
    with pytest.raises(ContentError, match="Versie 9 is er niet"):
        take_back(9, "peter", expected=1)
    assert published_number() == 1
    assert [line.number for line in versions()] == [1, 0]


def test_of_many_at_once_one_is_published(database: Database) -> None:
    published()
    done: list[int] = []
    refused: list[ContentError] = []

    def run() -> None:
        try:
            done.append(publish(changed(), "x", expected=0))
        except ContentError as problem:
            refused.append(problem)

    threads = [threading.Thread(target=run) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (done, len(refused), len(versions())) == ([1], 5, 2)


def test_an_update_of_the_project_is_taken_over_unless_a_therapist_published(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    published()
    monkeypatch.setattr(module, "shipped", lambda: changed(new="Nieuw van het project."))
    assert take_in_shipped() == 1
    assert take_in_shipped() == 1
    assert publish(changed(), "lilia", expected=1) == 2
    monkeypatch.setattr(module, "shipped", lambda: changed(new="Nog nieuwer."))
    assert take_in_shipped() == 2
    assert version(3).shipped
    assert published_number() == 2


@pytest.mark.parametrize(
    ("path", "may"),
    [
        ("domain.yml", True),
        ("data/nlu/apology.yml", True),
        ("data/stories/nieuw.yml", True),
        ("data/nlu/alarm.yml", False),
        ("data/rules/always.yml", False),
        ("config.yml", False),
        ("data/nlu/../../config.yml", False),
        ("data/nlu/./alarm.yml", False),
        ("data/nlu//alarm.yml", False),
        ("/data/nlu/x.yml", False),
        ("data/nlu/deep/x.yml", False),
        ("data/stories/.hidden.yml", False),
        ("data/stories/x.py", False),
    ],
)
def test_what_may_be_changed(path: str, may: bool) -> None:
    assert may_change(path) is may


def test_a_folder_has_the_content_and_the_locked_files(tmp_path: Path) -> None:
    folder = materialise(changed(), tmp_path / "7")
    assert (folder / "domain.yml").read_text() == changed()["domain.yml"]
    for name in ("config.yml", "data/nlu/alarm.yml", "data/rules/always.yml"):
        assert (folder / name).read_bytes() == (ROOT / name).read_bytes()
    without = {path: text for path, text in changed().items() if path != "data/stories/hurt.yml"}
    materialise(without, tmp_path / "7")
    assert not (folder / "data" / "stories" / "hurt.yml").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["7"]


def test_a_folder_is_never_written_outside_or_over_the_locked_files(tmp_path: Path) -> None:
    for path in ("data/nlu/alarm.yml", "../buiten.yml", "data/rules/always.yml"):
        with pytest.raises(ContentError):
            materialise({**shipped(), path: "x"}, tmp_path / "7")
    assert not list(tmp_path.iterdir())


def test_the_hash_tells_path_from_text() -> None:
    assert content_hash({"a": "bc"}) != content_hash({"ab": "c"})
    assert content_hash({"a": "x", "b": "y"}) == content_hash({"b": "y", "a": "x"})
