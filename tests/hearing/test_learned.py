"""The classifier behind `feeling` is rarely wrong when it is sure; measured on thirds that it did not see."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

from bot.hearing import feelings, learned
from bot.hearing.feelings import feeling
from bot.nlu.kept_vectors import encode_and_keep

ROWS = [json.loads(line) for line in learned.FEELINGS_FILE.read_text("utf-8").splitlines()]
MOST_WRONG = 0.03


def _third(text: str) -> int:
    return int(hashlib.md5(text.encode()).hexdigest(), 16) % 3


def test_the_data_is_what_it_should_be() -> None:
    texts = [row["text"] for row in ROWS]
    assert len(texts) == len(set(texts))
    for name in feelings.FEELINGS:
        assert sum(name in row["feelings"][:1] for row in ROWS) >= 60, name
    assert sum(not row["feelings"] for row in ROWS) >= 300


def test_less_than_three_in_a_hundred_unseen_messages_get_a_wrong_feeling(monkeypatch: pytest.MonkeyPatch) -> None:
    texts, labels = learned.examples()
    vectors = dict(zip(texts, encode_and_keep(texts), strict=True))
    monkeypatch.setattr(learned, "encode", vectors.__getitem__)
    wrong = 0
    for third in range(3):
        seen = [number for number, text in enumerate(texts) if number >= len(ROWS) or _third(text) != third]
        model = learned.fitted([texts[number] for number in seen], [labels[number] for number in seen])
        monkeypatch.setattr(learned, "prepare", lambda model=model: model)
        for row in (row for row in ROWS if _third(row["text"]) == third):
            fair = {*row["feelings"], *(learned.BROAD.get(name, name) for name in row["feelings"])}
            found = feeling(row["text"])
            wrong += found is not None and found.name not in fair
    assert wrong / len(ROWS) < MOST_WRONG


def test_it_is_kept_and_read_again(tmp_path: Path) -> None:
    fitted = learned.prepare()
    learned._write(tmp_path / "kept.npz", fitted)
    again = learned._read(tmp_path / "kept.npz")
    assert again is not None and again.classes == fitted.classes
    assert np.allclose(again.weights, fitted.weights)


def test_a_broken_file_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "kept.npz").write_bytes(b"PK\x03\x04 broken")
    assert learned._read(tmp_path / "kept.npz") is None
    assert learned._read(tmp_path / "none.npz") is None


def test_the_chances_of_a_message_are_chances() -> None:
    chances = learned.prepare().chances(learned.encode("hij heeft mij bedrogen"))
    assert set(chances) >= {"verdrietig", "boos", "schuldig", learned.NONE}
    assert abs(sum(chances.values()) - 1) < 1e-5
