"""The sentence encoder: multilingual-e5-small, fine-tuned on this project's messages (see `encoder/`), run by onnxruntime.

One session per process, shared by the featurizer and the alarm detector.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bot.settings import ROOT

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

FOLDER = ROOT / "vendor" / "encoder"
DIMENSIONS = 768
# float32 of shape (768,), or (n, 768) for n texts.
Vector = NDArray[np.float32]

# The model was trained with this before every text, and on no longer ones.
PREFIX = "query: "
MAX_TOKENS = 160
CACHED_TEXTS = 2048


@cache
def encoder_hash() -> str:
    """Which encoder this is: part of every model's fingerprint."""
    total = hashlib.sha256()
    for name in ("encoder.onnx", "tokenizer.json"):
        total.update((FOLDER / name).read_bytes())
    return total.hexdigest()


@dataclass(frozen=True)
class Reading:
    """What the encoder makes of a text. `vector`: its meaning, float32 of shape (768,), of length 1.

    `levels` and `categories`: chance (0 to 1) of each level (`none` among them) and each category of alarm, as the encoder learned them.
    """

    vector: Vector
    levels: dict[str, float]
    categories: dict[str, float]


@lru_cache(maxsize=CACHED_TEXTS)
def read(text: str) -> Reading:
    """Read a text once; whoever needs the vector or the chances later finds them in the cache."""
    encoding = _tokenizer().encode(PREFIX + text)
    ids = np.array([encoding.ids], dtype=np.int64)
    vectors, levels, categories = _session().run(["vectors", "levels", "categories"], {"ids": ids, "mask": np.ones_like(ids)})
    vectors[0].setflags(write=False)
    return Reading(vectors[0], _named("levels", levels[0]), _named("categories", categories[0]))


def encode(text: str) -> Vector:
    """Meaning of a text as a vector: float32 of shape (768,), of length 1."""
    return read(text).vector


@dataclass(frozen=True)
class Tags:
    """Chances of each label for every token of a text. `spans`: (start, end) of each token in the text; `chances`: float32 (tokens, labels)."""

    labels: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    chances: Vector


def tag(text: str) -> Tags:
    """Which labels of an apology the tokens of a text carry; a text of more than 160 tokens is read up to there."""
    encoding = _tokenizer().encode(PREFIX + text)
    ids = np.array([encoding.ids], dtype=np.int64)
    chances = _session().run(["tags"], {"ids": ids, "mask": np.ones_like(ids)})[0][0]
    kept = [row for row, (start, end) in enumerate(encoding.offsets) if end > max(start, len(PREFIX))]
    spans = tuple((max(0, encoding.offsets[row][0] - len(PREFIX)), encoding.offsets[row][1] - len(PREFIX)) for row in kept)
    return Tags(_labels("tags"), spans, chances[kept])


@cache
def _labels(output: str) -> tuple[str, ...]:
    return tuple(_session().get_modelmeta().custom_metadata_map[output].split(","))


def _named(output: str, chances: Vector) -> dict[str, float]:
    return {label: float(chance) for label, chance in zip(_labels(output), chances, strict=True)}


def encode_all(texts: Sequence[str]) -> Vector:
    """Vectors of several texts: float32 of shape (len(texts), 768).

    One by one: eight-bit arithmetic rounds by the largest value in a batch, so that a text's vector would depend on its neighbours.
    """
    vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
    for row, text in enumerate(texts):
        vectors[row] = encode(text)
    return vectors


@cache
def _tokenizer() -> Tokenizer:
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(FOLDER / "tokenizer.json"))
    tokenizer.enable_truncation(MAX_TOKENS)
    return tokenizer


@cache
def _session() -> InferenceSession:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # The servers answer several visitors at once; each message gets one core.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(str(Path(FOLDER / "encoder.onnx")), options, providers=["CPUExecutionProvider"])
