"""Keeps the vectors of the training messages on disk, so that a therapist's edit of ten messages encodes ten, not thousands."""

from __future__ import annotations

import hashlib
import os
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from bot.nlu.encoder import Vector, encode_all, encoder_hash
from bot.settings import settings

CHUNK = 512


def encode_and_keep(texts: list[str]) -> Vector:
    """Vectors of training texts, float32 of shape (len(texts), 768), from the cache where it has them."""
    cache = settings().var_dir / "cache" / f"vectors-{encoder_hash()[:16]}.npz"
    known = _read(cache)
    new = sorted({text for text in texts if _key(text) not in known}, key=len)
    if new:
        chunks = [new[i : i + CHUNK] for i in range(0, len(new), CHUNK)]
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            for chunk, vectors in zip(chunks, pool.map(encode_all, chunks), strict=True):
                known.update(zip(map(_key, chunk), vectors, strict=True))
        _write(cache, known)
    return np.stack([known[_key(text)] for text in texts]) if texts else encode_all([])


def _key(text: str) -> str:
    # Therapists file visitors' messages under intents; the cache keeps none of their words.
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _read(cache: Path) -> dict[str, Vector]:
    try:
        with np.load(cache) as kept:
            return dict(zip(kept["keys"].tolist(), kept["vectors"], strict=True))
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        # No cache yet, or one that was cut off while it was written: it is made anew.
        return {}


def _write(cache: Path, known: dict[str, Vector]) -> None:
    cache.parent.mkdir(parents=True, exist_ok=True)
    unfinished = cache.with_suffix(f".{os.getpid()}.npz")
    np.savez(unfinished, keys=np.array(list(known)), vectors=np.stack(list(known.values())))
    unfinished.replace(cache)
