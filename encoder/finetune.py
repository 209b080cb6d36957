"""Fine-tunes the encoder on the training messages: which intent, how alarming, which kind of alarm.

The two tasks share one vector, so that the coach computes it once.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from encoder.data import CATEGORIES, LEVELS, Row, varied
from encoder.model import LAYERS, WIDTH, Encoder

PREFIX = "query: "
MAX_TOKENS = 160
BATCH = 32
SCALE = 20.0
IGNORED = -100
LABEL_SMOOTHING = 0.05
# How much the alarm tasks and the contrast between messages count beside the intents.
LEVEL_WEIGHT, CATEGORY_WEIGHT, CONTRAST_WEIGHT = 1.0, 0.5, 0.3


@dataclass(frozen=True)
class Plan:
    """How long and how fast to learn. `rate`: of the top layer; each layer below learns `decay` times as fast."""

    epochs: int = 10
    frozen_layers: int = 0
    rate: float = 2.5e-4
    decay: float = 0.9
    seed: int = 1


class Heads(nn.Module):
    """A direction in the encoder's space for each label; only used while fine-tuning."""

    def __init__(self, intents: list[str]) -> None:
        super().__init__()
        self.intents = nn.Parameter(torch.randn(len(intents), WIDTH) * 0.05)
        self.levels = nn.Parameter(torch.randn(len(LEVELS), WIDTH) * 0.05)
        self.categories = nn.Parameter(torch.randn(len(CATEGORIES), WIDTH) * 0.05)


def finetune(encoder: Encoder, tokenizer: Tokenizer, rows: list[Row], plan: Plan, say: Callable[[str], None] = print) -> Encoder:
    """Fine-tune `encoder` in place and return it."""
    torch.manual_seed(plan.seed)
    chance = random.Random(plan.seed)
    intents = sorted({row.intent for row in rows if row.intent})
    heads = Heads(intents)
    optimiser = _optimiser(encoder, heads, plan)
    steps = plan.epochs * ((len(rows) + BATCH - 1) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: min(1.0, (step + 1) / 100) * max(0.02, 1 - step / steps))
    encoder.train()
    started, done, total = time.time(), 0, 0.0
    for epoch in range(plan.epochs):
        for batch in _batches(rows, chance):
            optimiser.zero_grad()
            with torch.autocast("cpu", dtype=torch.bfloat16):
                vectors = encoder(*_tokens([row.text for row in batch], tokenizer))
            loss = _loss(vectors.float(), heads, batch, intents)
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_([p for p in encoder.parameters() if p.requires_grad], 1.0)
            optimiser.step()
            schedule.step()
            done, total = done + 1, total + loss.item()
            if done % 50 == 0:
                say(f"epoch {epoch + 1}/{plan.epochs}, step {done}/{steps}, loss {total / 50:.3f}, {time.time() - started:.0f} s")
                total = 0.0
    return encoder.eval()


def _optimiser(encoder: Encoder, heads: Heads, plan: Plan) -> torch.optim.Optimizer:
    for part in (encoder.words, encoder.positions, encoder.norm, *encoder.layers[: plan.frozen_layers]):
        part.requires_grad_(False)
    groups = [
        {"params": list(encoder.layers[i].parameters()), "lr": plan.rate * plan.decay ** (LAYERS - 1 - i)}
        for i in range(plan.frozen_layers, LAYERS)
    ]
    return torch.optim.AdamW([*groups, {"params": list(heads.parameters()), "lr": 2e-3}], weight_decay=0.01)


def _batches(rows: list[Row], chance: random.Random) -> Iterator[list[Row]]:
    """Batches of messages of like length, in random order."""
    harmless = [row for row in rows if row.level == "none"]
    mixed = [varied(row, harmless, chance) for row in rows]
    mixed.sort(key=lambda row: len(row.text) * (0.8 + 0.4 * chance.random()))
    batches = [mixed[i : i + BATCH] for i in range(0, len(mixed), BATCH)]
    chance.shuffle(batches)
    yield from batches


def _tokens(texts: list[str], tokenizer: Tokenizer) -> tuple[Tensor, Tensor]:
    encodings = tokenizer.encode_batch([PREFIX + text for text in texts])
    longest = max(len(e.ids) for e in encodings)
    ids = torch.ones(len(texts), longest, dtype=torch.long)
    mask = torch.zeros(len(texts), longest, dtype=torch.long)
    for row, encoding in enumerate(encodings):
        ids[row, : len(encoding.ids)] = torch.tensor(encoding.ids)
        mask[row, : len(encoding.ids)] = 1
    return ids, mask


def _loss(vectors: Tensor, heads: Heads, batch: list[Row], intents: list[str]) -> Tensor:
    wanted = torch.tensor([intents.index(row.intent) if row.intent else IGNORED for row in batch])
    levels = torch.tensor([LEVELS.index(row.level) for row in batch])
    categories = torch.tensor([CATEGORIES.index(row.category) if row.category else IGNORED for row in batch])
    loss = LEVEL_WEIGHT * _cosine_loss(vectors, heads.levels, levels)
    loss = loss + _cosine_loss(vectors, heads.intents, wanted)
    loss = loss + CATEGORY_WEIGHT * _cosine_loss(vectors, heads.categories, categories)
    return loss + CONTRAST_WEIGHT * _contrast(vectors, wanted)


def _cosine_loss(vectors: Tensor, directions: Tensor, labels: Tensor) -> Tensor:
    if not bool((labels != IGNORED).any()):
        return vectors.sum() * 0.0
    cosines = vectors @ functional.normalize(directions, dim=-1).T
    return functional.cross_entropy(SCALE * cosines, labels, ignore_index=IGNORED, label_smoothing=LABEL_SMOOTHING)


def _contrast(vectors: Tensor, labels: Tensor) -> Tensor:
    """Supervised contrastive loss (Khosla et al. 2020): messages of one intent together, others apart."""
    known = labels != IGNORED
    vectors, labels = vectors[known], labels[known]
    same = (labels[:, None] == labels[None, :]).float()
    same.fill_diagonal_(0.0)
    if not bool(same.sum() > 0):
        return vectors.sum() * 0.0
    likeness = SCALE / 2 * vectors @ vectors.T
    likeness = likeness.masked_fill(torch.eye(len(labels), dtype=torch.bool), -1e4)
    chances = likeness - likeness.logsumexp(dim=1, keepdim=True)
    has = same.sum(1) > 0
    return -((same * chances).sum(1)[has] / same.sum(1)[has]).mean()
