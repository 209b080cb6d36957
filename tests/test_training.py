"""Which model fits what, and that the cache of trainings stays small. That a sentence is trained in seconds is seen in tests/publishing/."""

from __future__ import annotations

import os
import sqlite3
import time
from pathlib import Path

import pytest

from bot.content.files import Content, materialise, shipped
from bot.settings import ROOT
from bot.training import MODELS_KEPT, drop_old_models, fitting_model, understanding
from bot.training_cache import tidy_cache
from tests.databases import Database


def folder_with(tmp_path: Path, name: str, path: str, old: str, new: str) -> Path:
    content: Content = {**shipped(), path: shipped()[path].replace(old, new)}
    assert content[path] != shipped()[path]
    return materialise(content, tmp_path / name)


def test_a_folder_with_what_is_shipped_needs_the_same_model(tmp_path: Path) -> None:
    assert fitting_model(materialise(shipped(), tmp_path / "0")) == fitting_model(ROOT)


def test_a_sentence_or_story_needs_a_new_model_but_no_newunderstanding(tmp_path: Path) -> None:
    sentence = folder_with(tmp_path, "sentence", "domain.yml", "Fijn dat je er bent.", "Goed dat je er bent.")
    story = folder_with(tmp_path, "story", "data/stories/hurt.yml", "utter_hurt_more", "utter_hurt_need")
    message = folder_with(tmp_path, "message", "data/nlu/small_talk.yml", "- hoi\n", "- hoi daar coach\n")
    assert len({fitting_model(folder) for folder in (ROOT, sentence, story, message)}) == 4
    assert understanding(sentence) == understanding(story) == understanding(ROOT)
    assert understanding(message) != understanding(ROOT)


def test_leftovers_of_killed_trainings_go_and_what_is_listed_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RASA_MAX_CACHE_SIZE", raising=False)
    cache = tidy_cache(tmp_path)
    for name in ("tmpkept", "tmpkilled"):
        (cache / name).mkdir()
    (tmp_path / "tmpold").mkdir()
    (tmp_path / "vectors-1.npz").touch()
    with sqlite3.connect(cache / "cache.db") as connection:
        connection.execute("CREATE TABLE cache_entry (result_location TEXT)")
        connection.execute("INSERT INTO cache_entry VALUES (?), (NULL)", (str(cache / "tmpkept"),))
    connection.close()
    tidy_cache(tmp_path)
    assert {path.name for path in cache.iterdir()} == {"tmpkept", "cache.db"}
    assert {path.name for path in tmp_path.iterdir()} == {"rasa", "vectors-1.npz"}
    assert 0 < int(os.environ["RASA_MAX_CACHE_SIZE"]) <= 500
    (cache / "cache.db").write_bytes(b"no database at all, cut off by a power loss")
    assert list(tidy_cache(tmp_path).iterdir()) == []


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_last_models_are_kept_and_those_in_use(database: Database) -> None:
    folder = database.var / "models"
    folder.mkdir()
    models = [folder / f"eerste-stap-{number:016x}.tar.gz" for number in range(MODELS_KEPT + 3)]
    for age, path in enumerate(models):
        path.touch()
        os.utime(path, (time.time() - age * 60,) * 2)
    drop_old_models(keep=[models[-1]])
    assert set(folder.iterdir()) == {*models[:MODELS_KEPT], models[-1]}
