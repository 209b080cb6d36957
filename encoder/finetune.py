"""Fine-tunes the encoder on the training messages (which intent, how alarming, which kind of alarm) and on the labelled apologies.

All tasks share one pass through the encoder, so that the coach computes it once.
"""

from __future__ import annotations

import copy
import random
import time
from dataclasses import dataclass

import torch
from tokenizers import Encoding, Tokenizer
from torch import Tensor, nn
from torch.nn import functional
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from encoder.apologies import LABELS, ROUNDS, Draft, text_and_spans, varied_draft
from encoder.data import CATEGORIES, LEVELS, Row, varied
from encoder.model import LAYERS, SCALE, WIDTH, CoachEncoder, cosines, pooled

PREFIX = "query: "
MAX_TOKENS = 160
BATCH = 32
DRAFTS_IN_BATCH = 10
IGNORED = -100
# Half precision takes half the time, where the processor has it; elsewhere it is emulated and takes several times as long.
QUICK = torch.bfloat16 if torch.ops.mkldnn._is_mkldnn_bf16_supported() else torch.float32
LABEL_SMOOTHING = 0.05
# How much the alarm tasks and the contrast between messages count beside the intents.
LEVEL_WEIGHT, CATEGORY_WEIGHT, CONTRAST_WEIGHT = 2.0, 0.5, 0.3
TAG_WEIGHT = 1.0
# The weights that ship are a moving average: one lucky or unlucky batch at the end does not decide.
AVERAGE_DECAY = 0.998


@dataclass(frozen=True)
class Plan:
    """How long and how fast to learn. `rate`: of the top layer; each layer below learns `decay` times as fast."""

    epochs: int = 6
    frozen_layers: int = 2
    rate: float = 2.5e-4
    decay: float = 0.9
    seed: int = 1

    @property
    def name(self) -> str:
        """What tells this plan's result from another's."""
        return f"{self.epochs}-{self.frozen_layers}-{self.rate}-{self.decay}-{self.seed}"


class Learner:
    """The model that learns, and a copy of its encoder that does the heavy sums: in half precision, where the processor has it."""

    def __init__(self, model: CoachEncoder, intents: list[str], tokenizer: Tokenizer) -> None:
        self.model = model
        self.intents = intents
        self.tokenizer = tokenizer
        # A direction for each intent; only used while fine-tuning, the coach's own classifier learns intents anew.
        self.intent_directions = nn.Parameter(torch.randn(len(intents), WIDTH) * 0.05)
        self.half = copy.deepcopy(model.encoder).to(QUICK).train()

    def hidden(self, texts: list[str]) -> tuple[Tensor, Tensor, list[Encoding]]:
        """A vector for every token, the mask, and the tokens themselves."""
        ids, mask, encodings = _tokens(texts, self.tokenizer)
        return self.half.hidden(ids, mask.to(QUICK)).float(), mask, encodings

    def collect_gradients(self) -> None:
        """Bring what the copy learned to the model."""
        for full, half in zip(self.model.encoder.parameters(), self.half.parameters(), strict=True):
            full.grad = None if half.grad is None else half.grad.float()
            half.grad = None

    def renew_copy(self) -> None:
        """Bring the model's new weights to the copy."""
        with torch.no_grad():
            for full, half in zip(self.model.encoder.parameters(), self.half.parameters(), strict=True):
                if full.requires_grad:
                    half.copy_(full)


def finetune(model: CoachEncoder, tokenizer: Tokenizer, rows: list[Row], drafts: list[Draft], plan: Plan) -> CoachEncoder:
    """Fine-tune a copy of `model` and return it; says on standard output how far it is."""
    torch.manual_seed(plan.seed)
    chance = random.Random(plan.seed)
    optimiser, learner = _optimiser(model, sorted({row.intent for row in rows if row.intent}), tokenizer, plan)
    average = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(AVERAGE_DECAY))
    steps = plan.epochs * len(_batches(rows, drafts, random.Random(0)))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: min(1.0, (step + 1) / 100) * max(0.02, 1 - step / steps))
    started, done, total = time.time(), 0, 0.0
    for epoch in range(plan.epochs):
        for batch in _batches(rows, drafts, chance):
            optimiser.zero_grad()
            loss = _tag_loss(learner, batch) if isinstance(batch[0], tuple) else _message_loss(learner, batch)
            loss.backward()  # type: ignore[no-untyped-call]
            learner.collect_gradients()
            nn.utils.clip_grad_norm_([p for p in model.parameters() if p.requires_grad], 1.0)
            optimiser.step()
            schedule.step()
            learner.renew_copy()
            average.update_parameters(model)
            done, total = done + 1, total + loss.item()
            if done % 50 == 0:
                print(
                    f"epoch {epoch + 1}/{plan.epochs}, step {done}/{steps}, loss {total / 50:.3f}, {time.time() - started:.0f} s",
                    flush=True,
                )
                total = 0.0
    return average.module.eval()  # type: ignore[no-any-return]


def _optimiser(model: CoachEncoder, intents: list[str], tokenizer: Tokenizer, plan: Plan) -> tuple[torch.optim.Optimizer, Learner]:
    encoder = model.encoder
    for part in (encoder.words, encoder.positions, encoder.norm, *encoder.layers[: plan.frozen_layers]):
        part.requires_grad_(False)
    learner = Learner(model, intents, tokenizer)
    groups = [
        {"params": list(encoder.layers[i].parameters()), "lr": plan.rate * plan.decay ** (LAYERS - 1 - i)}
        for i in range(plan.frozen_layers, LAYERS)
    ]
    on_top = [learner.intent_directions, model.levels, model.categories, *model.tags.parameters()]
    return torch.optim.AdamW([*groups, {"params": on_top, "lr": 2e-3}], weight_decay=0.01), learner


def _batches(rows: list[Row], drafts: list[Draft], chance: random.Random) -> list[list[Row] | list[Draft]]:
    """Batches of messages, and batches of apologies, each of like length; all in random order."""
    harmless = [row for row in rows if row.level == "none"]
    mixed = [varied(row, harmless, chance) for row in rows]
    mixed.sort(key=lambda row: len(row.text) * (0.9 + 0.2 * chance.random()))
    letters = [varied_draft(draft, drafts, chance) for draft in drafts * ROUNDS]
    letters.sort(key=lambda draft: sum(len(part.text) for part in draft) * (0.9 + 0.2 * chance.random()))
    batches: list[list[Row] | list[Draft]] = []
    batches += [mixed[i : i + BATCH] for i in range(0, len(mixed), BATCH)]
    batches += [letters[i : i + DRAFTS_IN_BATCH] for i in range(0, len(letters), DRAFTS_IN_BATCH)]
    chance.shuffle(batches)
    return batches


def _message_loss(learner: Learner, batch: list[Row]) -> Tensor:
    hidden, mask, _ = learner.hidden([row.text for row in batch])
    vectors, model = pooled(hidden, mask), learner.model
    wanted = torch.tensor([learner.intents.index(row.intent) if row.intent else IGNORED for row in batch])
    levels = torch.tensor([LEVELS.index(row.level) for row in batch])
    categories = torch.tensor([CATEGORIES.index(row.category) if row.category else IGNORED for row in batch])
    loss = LEVEL_WEIGHT * _cosine_loss(vectors, model.levels, levels)
    loss = loss + _cosine_loss(vectors, learner.intent_directions, wanted)
    loss = loss + CATEGORY_WEIGHT * _cosine_loss(vectors, model.categories, categories)
    return loss + CONTRAST_WEIGHT * _contrast(vectors, wanted)


def _tag_loss(learner: Learner, batch: list[Draft]) -> Tensor:
    """For every token, which labels the part has that it stands in."""
    texts, spans = zip(*(text_and_spans(draft) for draft in batch), strict=True)
    hidden, mask, encodings = learner.hidden(list(texts))
    wanted = torch.zeros(*mask.shape, len(LABELS))
    for row, encoding in enumerate(encodings):
        for column, (start, end) in enumerate(encoding.offsets):
            middle = (start + end) / 2 - len(PREFIX)
            labels = next((names for a, b, names in spans[row] if a <= middle <= b), ())
            wanted[row, column, [LABELS.index(name) for name in labels]] = 1.0
    losses = functional.binary_cross_entropy_with_logits(learner.model.tags(hidden), wanted, reduction="none").sum(-1)
    return TAG_WEIGHT * (losses * mask).sum() / mask.sum()


def _tokens(texts: list[str], tokenizer: Tokenizer) -> tuple[Tensor, Tensor, list[Encoding]]:
    encodings = tokenizer.encode_batch([PREFIX + text for text in texts])
    longest = max(len(e.ids) for e in encodings)
    ids = torch.ones(len(texts), longest, dtype=torch.long)
    mask = torch.zeros(len(texts), longest, dtype=torch.long)
    for row, encoding in enumerate(encodings):
        ids[row, : len(encoding.ids)] = torch.tensor(encoding.ids)
        mask[row, : len(encoding.ids)] = 1
    return ids, mask, encodings


def _cosine_loss(vectors: Tensor, directions: Tensor, labels: Tensor) -> Tensor:
    if not bool((labels != IGNORED).any()):
        return vectors.sum() * 0.0
    return functional.cross_entropy(SCALE * cosines(vectors, directions), labels, ignore_index=IGNORED, label_smoothing=LABEL_SMOOTHING)


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
