"""Writes the encoder as ONNX with eight-bit weights, which is what the coach runs."""

from __future__ import annotations

import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from encoder.apologies import LABELS
from encoder.model import TaggingEncoder

OPSET = 17


def export(encoder: TaggingEncoder, target: Path, quantised: bool = True) -> None:
    """Write `encoder` to `target`: inputs `ids` and `mask` (texts, tokens), outputs `vectors` (texts, 384) and `tags` (texts, tokens, labels).

    The names of the labels stand in the file's metadata.
    """
    example = torch.ones(2, 8, dtype=torch.long)
    axes = {"ids": {0: "texts", 1: "tokens"}, "mask": {0: "texts", 1: "tokens"}, "vectors": {0: "texts"}, "tags": {0: "texts", 1: "tokens"}}
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        torch.onnx.export(
            encoder.eval(),
            (example, example),
            str(full),
            input_names=["ids", "mask"],
            output_names=["vectors", "tags"],
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
        )
        model = onnx.load(str(full))
        onnx.helper.set_model_props(model, {"tags": ",".join(LABELS)})
        if not quantised:
            onnx.save(model, str(target))
            return
        onnx.save(model, str(full))
        quantize_dynamic(str(full), str(target), op_types_to_quantize=["MatMul", "Gather"], weight_type=QuantType.QInt8, per_channel=True)
