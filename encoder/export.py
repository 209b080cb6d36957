"""Writes the encoder as ONNX with eight-bit weights, which is what the coach runs."""

from __future__ import annotations

import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from encoder.model import Encoder

OPSET = 17


def export(encoder: Encoder, target: Path, quantised: bool = True) -> None:
    """Write `encoder` to `target`: inputs `ids` and `mask` (texts, tokens), output `vectors` (texts, 384)."""
    example = torch.ones(2, 8, dtype=torch.long)
    axes = {"ids": {0: "texts", 1: "tokens"}, "mask": {0: "texts", 1: "tokens"}, "vectors": {0: "texts"}}
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        torch.onnx.export(
            encoder.eval(),
            (example, example),
            str(full),
            input_names=["ids", "mask"],
            output_names=["vectors"],
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
        )
        if not quantised:
            onnx.save(onnx.load(str(full)), str(target))
            return
        quantize_dynamic(str(full), str(target), op_types_to_quantize=["MatMul", "Gather"], weight_type=QuantType.QInt8, per_channel=True)
