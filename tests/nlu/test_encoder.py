import numpy as np
import pytest

from bot.nlu import kept_vectors
from bot.nlu.encoder import DIMENSIONS, encode, encode_all, read
from bot.settings import settings

TEXTS = [
    "Hij lachte me uit waar zijn vrienden bij waren.",
    "ok",
    "Ik heb mijn vrouw gekwetst en ik weet niet hoe ik dat goed kan maken, want ze praat al drie dagen niet tegen me.",
]


def test_a_vector_has_length_one() -> None:
    assert np.linalg.norm(encode(TEXTS[0])) == pytest.approx(1.0, abs=1e-4)


def test_texts_side_by_side_get_the_vectors_that_they_get_alone() -> None:
    together = encode_all(TEXTS)
    assert together.shape == (len(TEXTS), DIMENSIONS)
    for text, vector in zip(TEXTS, together, strict=True):
        read.cache_clear()
        assert np.array_equal(vector, encode(text))


def test_no_texts_are_no_vectors() -> None:
    assert encode_all([]).shape == (0, DIMENSIONS)


def test_a_message_of_4000_characters_is_encoded() -> None:
    assert encode("wij praten niet meer " * 200).shape == (DIMENSIONS,)


def test_meaning_beats_words() -> None:
    regret = encode("ik heb haar pijn gedaan en dat vind ik vreselijk")
    same, other = encode("het spijt me zo wat ik tegen hem gezegd heb"), encode("hij heeft mij zoveel pijn gedaan")
    assert float(regret @ same) > float(regret @ other)


@pytest.fixture
def cache(tmp_path, monkeypatch):
    from dataclasses import replace

    monkeypatch.setattr(kept_vectors, "settings", lambda: replace(settings(), var_dir=tmp_path))
    return tmp_path / "cache"


def test_kept_vectors_are_used_again(cache, monkeypatch) -> None:
    first = kept_vectors.encode_and_keep(TEXTS)

    def fail(texts: list[str]) -> None:
        raise AssertionError("encoded again")

    monkeypatch.setattr(kept_vectors, "encode_all", fail)
    assert np.array_equal(kept_vectors.encode_and_keep(TEXTS), first)


def test_only_new_texts_are_encoded(cache, monkeypatch) -> None:
    kept_vectors.encode_and_keep(TEXTS)
    asked = []
    monkeypatch.setattr(kept_vectors, "encode_all", lambda texts: asked.extend(texts) or encode_all(texts))
    kept_vectors.encode_and_keep([*TEXTS, "iets nieuws"])
    assert asked == ["iets nieuws"]


def test_a_damaged_cache_is_made_anew(cache) -> None:
    kept_vectors.encode_and_keep(TEXTS)
    file = next(cache.glob("vectors-*.npz"))
    file.write_bytes(file.read_bytes()[:200])
    assert kept_vectors.encode_and_keep(TEXTS).shape == (len(TEXTS), DIMENSIONS)


def test_the_cache_holds_no_words(cache) -> None:
    kept_vectors.encode_and_keep(TEXTS)
    content = next(cache.glob("vectors-*.npz")).read_bytes()
    assert b"vrienden" not in content and "vrienden".encode("utf-32-le") not in content
