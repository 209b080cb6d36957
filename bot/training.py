"""Trains a model when none fits the data, and knows which one fits."""

from __future__ import annotations

import fcntl
import gzip
import hashlib
import os
import shutil
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.content.files import DOMAIN, MESSAGES, STORIES
from bot.nlu.model_choice import model_identity
from bot.settings import ROOT, settings
from bot.training_cache import tidy_cache

PREFIX = "eerste-stap"
# Read when the servers start, so no reason to train.
NOT_TRAINED = ("helplines.yml", "readings.yml")
MODELS_KEPT = 8


class TrainingError(RuntimeError):
    """Training failed. The message says what to do."""


def what_a_model_depends_on(folder: Path = ROOT) -> dict[str, Path]:
    """Every file that changes what is trained, by its path in the project; those of the content from `folder`."""
    files = [path for path in _project_files() if folder == ROOT or not _of_content(path.relative_to(ROOT).as_posix())]
    found = {path.relative_to(ROOT).as_posix(): path for path in files}
    if folder != ROOT:
        own = [folder / DOMAIN, *(folder / MESSAGES).rglob("*"), *(folder / STORIES).rglob("*")]
        found |= {path.relative_to(folder).as_posix(): path for path in own if path.is_file()}
    return dict(sorted(found.items()))


def fitting_model(folder: Path = ROOT) -> Path:
    """Where the model is, or will be, that fits the project with the content in `folder`."""
    digest = _digest(what_a_model_depends_on(folder).items())
    return settings().var_dir / "models" / f"{PREFIX}-{digest[:16]}.tar.gz"


def understanding(folder: Path) -> str:
    """Hash of what the understanding of a message is trained from: all but the sentences, stories and rules."""
    talking = (DOMAIN, STORIES, "data/rules/")
    return _digest((name, path) for name, path in what_a_model_depends_on(folder).items() if not name.startswith(talking))


def talking(folder: Path) -> str:
    """Hash of what the talk is trained from: all but the messages."""
    messages = (f"{MESSAGES}/", "data/alarm/", "vendor/encoder/")
    return _digest((name, path) for name, path in what_a_model_depends_on(folder).items() if not name.startswith(messages))


def intact(model: Path) -> bool:
    """Whether the model's file can be read to its end, and its checksum is right."""
    try:
        with gzip.open(model) as file:
            while file.read(1 << 20):
                pass
    except (EOFError, OSError, zlib.error):
        return False
    return True


def train(folder: Path = ROOT) -> Path:
    """Train the model that fits the content in `folder`, and return its file. One training at a time; a second one waits.

    Raises `TrainingError` when Rasa could not train; no half model is left then, nor when this process is killed.
    """
    model = fitting_model(folder)
    model.parent.mkdir(parents=True, exist_ok=True)
    with _alone():
        if not model.exists():
            _train(folder, model)
        os.utime(model)
    return model


def drop_old_models(keep: Iterable[Path]) -> None:
    """Keep the models that were used last, and these; an older version's is trained again when it is asked for."""
    found = sorted((settings().var_dir / "models").glob(f"{PREFIX}-*.tar.gz"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in set(found[MODELS_KEPT:]) - set(keep):
        path.unlink(missing_ok=True)


def _train(folder: Path, model: Path) -> None:
    cache = tidy_cache(settings().var_dir / "cache")
    unfinished = model.parent / "unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    # Rasa keeps what it is at work on in the system's temporary folder, and leaves it there when it is killed.
    (unfinished / "tmp").mkdir(parents=True)
    os.environ |= {"RASA_CACHE_DIRECTORY": str(cache), "TMPDIR": str(unfinished / "tmp")}
    os.chdir(ROOT)

    from rasa.model_training import train as rasa_train

    from bot.quick_training import make_rasa_quick

    make_rasa_quick(messages=understanding(folder), talks=talking(folder))
    result = rasa_train(
        domain=str(folder / DOMAIN),
        config=str(folder / "config.yml"),
        training_files=[str(folder / name) for name in (MESSAGES, STORIES, "data/rules")],
        output=str(unfinished),
        fixed_model_name=model.name.removesuffix(".tar.gz"),
        # Else Rasa glues stories together at random, hundreds of times; policies that only memorise throw all of that away again.
        core_additional_arguments={"augmentation_factor": 0},
    )
    made = unfinished / model.name
    if result.code != 0 or not made.exists():
        raise TrainingError("Training failed. Look in the lines above; 'make check' names mistakes in the data.")
    with made.open("rb") as file:
        os.fsync(file.fileno())
    made.replace(model)
    shutil.rmtree(unfinished, ignore_errors=True)


@contextmanager
def _alone() -> Iterator[None]:
    with (settings().var_dir / "training.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _project_files() -> list[Path]:
    files = [ROOT / "config.yml", ROOT / DOMAIN, ROOT / "uv.lock"]
    files += [path for path in (ROOT / "data").rglob("*") if path.is_file() and path.name not in NOT_TRAINED]
    files += (ROOT / "bot" / "nlu").glob("*.py")
    files += (ROOT / "bot" / "alarm").glob("*.py")
    files += (ROOT / "vendor" / "encoder").glob("*.*")
    files += [ROOT / "bot" / "quick_policies.py"]
    return files


def _of_content(name: str) -> bool:
    return name == DOMAIN or name.startswith((f"{MESSAGES}/", f"{STORIES}/"))


def _digest(files: Iterable[tuple[str, Path]]) -> str:
    total = hashlib.sha256(model_identity().encode())
    for name, path in files:
        total.update(name.encode())
        total.update(path.read_bytes())
    return total.hexdigest()
