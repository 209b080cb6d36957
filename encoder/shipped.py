"""The encoder that ships, read back from its ONNX file, so that it can go on learning."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from encoder.apologies import LABELS
from encoder.data import CATEGORIES, LEVELS
from encoder.model import CoachEncoder, Encoder, Towers

# The exporter renames the matrices; what multiplies by them is named for the part, and from the second tower on for its number.
_MULTIPLIES = re.compile(r"/(?P<part>layers\.\d+/\w+?|tags)(?:_(?P<tower>\d+))?/MatMul_quant")


def read_towers(path: Path, vocabulary: int, towers: int, shared: int, dropout: float = 0.1) -> list[CoachEncoder]:
    """The towers in the file that `encoder.export` wrote, in 32 bits.

    Raises `RuntimeError` when the file holds others.
    """
    graph = onnx.load(str(path)).graph
    kept = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    state = {name.removesuffix("_quantized"): _full(kept, name.removesuffix("_quantized")) for name in kept if name.startswith("towers.")}
    for node in graph.node:
        if found := _MULTIPLIES.fullmatch(node.name):
            part = found["part"].replace("/", ".")
            inside = part if part == "tags" else f"encoder.{part}"
            state[f"towers.{found['tower'] or 0}.{inside}.weight"] = _full(kept, node.input[1].removesuffix("_quantized")).T
    model = Towers([CoachEncoder(Encoder(vocabulary, dropout), len(LABELS), len(LEVELS), len(CATEGORIES)) for _ in range(towers)], shared)
    for name in model.state_dict().keys() - state.keys():
        # What the towers share stands in the file once.
        state[name] = state[re.sub(r"^towers\.\d+", "towers.0", name)]
    model.load_state_dict({name: state[name] for name in model.state_dict()})
    return list(model.towers)  # type: ignore[arg-type]


def _full(kept: dict[str, Any], name: str) -> Tensor:
    """A tensor in 32 bits: as it is, or from its eight-bit numbers with their scale."""
    if name in kept:
        return torch.from_numpy(kept[name].astype(np.float32))
    whole, scale, zero = (kept[f"{name}_{part}"].astype(np.float32) for part in ("quantized", "scale", "zero_point"))
    return torch.from_numpy((whole - zero) * scale)
