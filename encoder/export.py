"""Writes the encoder as ONNX with eight-bit weights, which is what the coach runs."""

from __future__ import annotations

import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from encoder.apologies import LABELS
from encoder.data import CATEGORIES, LEVELS
from encoder.model import Towers

OPSET = 17


def export(encoder: Towers, target: Path, quantised: bool = True) -> None:
    """Write `encoder` to `target`: inputs `ids` and `mask` (texts, tokens), outputs `vectors` (texts, 384 for each tower), `tags` (texts, tokens, labels),

    `levels` (texts, 4) and `categories` (texts, 7). The names of the labels stand in the file's metadata.
    """
    example = torch.ones(2, 8, dtype=torch.long)
    both = {0: "texts", 1: "tokens"}
    axes = {"ids": both, "mask": both, "tags": both, **{name: {0: "texts"} for name in ("vectors", "levels", "categories")}}
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        torch.onnx.export(
            encoder.eval(),
            (example, example),
            str(full),
            input_names=["ids", "mask"],
            output_names=["vectors", "tags", "levels", "categories"],
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
        )
        model = onnx.load(str(full))
        onnx.helper.set_model_props(model, {"tags": ",".join(LABELS), "levels": ",".join(LEVELS), "categories": ",".join(CATEGORIES)})
        if not quantised:
            onnx.save(model, str(target))
            return
        onnx.save(model, str(full))
        quantize_dynamic(
            str(full),
            str(target),
            op_types_to_quantize=["MatMul", "Gather"],
            weight_type=QuantType.QInt8,
            per_channel=True,
            # Seven of the eight bits: processors without VNNI add two products in sixteen bits, which overflow else.
            reduce_range=True,
        )
