"""Trains a model when none fits the data, and knows which one fits."""

from __future__ import annotations

import gzip
import hashlib
import os
import uuid
import zlib
from pathlib import Path

from bot.nlu.model_choice import model_identity
from bot.settings import ROOT, settings

PREFIX = "eerste-stap"


class TrainingError(RuntimeError):
    """Training failed. The message says what to do."""


def what_a_model_depends_on() -> list[Path]:
    """Every file that changes what is trained."""
    files = [ROOT / "config.yml", ROOT / "domain.yml", ROOT / "uv.lock"]
    files += [p for p in (ROOT / "data").rglob("*") if p.is_file() and p.name not in ("helplines.yml", "readings.yml")]
    files += (ROOT / "bot" / "nlu").glob("*.py")
    files += (ROOT / "bot" / "alarm").glob("*.py")
    files += (ROOT / "vendor" / "encoder").glob("*.*")
    return sorted(files)


def fitting_model() -> Path:
    """Where the model that fits the present data is, or will be."""
    total = hashlib.sha256(model_identity().encode())
    for path in what_a_model_depends_on():
        total.update(str(path.relative_to(ROOT)).encode())
        total.update(path.read_bytes())
    return settings().var_dir / "models" / f"{PREFIX}-{total.hexdigest()[:16]}.tar.gz"


def intact(model: Path) -> bool:
    """Whether the model's file can be read to its end, and its checksum is right."""
    try:
        with gzip.open(model) as file:
            while file.read(1 << 20):
                pass
    except (EOFError, OSError, zlib.error):
        return False
    return True


def train() -> Path:
    """Train the model that fits the present data, and return its file.

    Raises `TrainingError` when Rasa could not train.
    """
    model = fitting_model()
    model.parent.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("RASA_CACHE_DIRECTORY", str(settings().var_dir / "cache"))
    os.chdir(ROOT)

    from rasa.model_training import train as rasa_train
    from rasa.shared.nlu.training_data.training_data import TrainingData

    # Rasa hashes every message after every step, for a cache that finds out what need not be trained again. That took longer than
    # training all of it; and whether a model fits is known from its name.
    TrainingData.fingerprint = lambda self: uuid.uuid4().hex
    result = rasa_train(
        domain="domain.yml",
        config="config.yml",
        training_files=["data/nlu", "data/stories", "data/rules"],
        output=str(model.parent),
        fixed_model_name=model.name.removesuffix(".tar.gz"),
    )
    if result.code != 0 or not model.exists():
        raise TrainingError("Training failed. Look in the lines above; 'make check' names mistakes in the data.")
    return model
