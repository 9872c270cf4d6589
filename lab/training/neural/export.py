"""The trained network as the file that ships: ONNX, its weights in 7 bits.

The graph is written out node by node in onnxruntime's fused operators (embedding, attention,
skip-and-norm, bias-and-GELU), so nothing has to be recognised and fused when a user loads it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from lab.training.neural.encoder import HEADS, LAYERS

_OURS = "com.microsoft"


class _Graph:
    """Nodes and weights as they are added."""

    def __init__(self, weights: dict[str, torch.Tensor]) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.initializers: list[onnx.TensorProto] = []
        self._weights = weights

    def weight(self, name: str, turned: bool = False) -> str:
        value = self._weights[name].float().numpy()
        return self.constant(name, value.T.copy() if turned else value)

    def constant(self, name: str, value: NDArray[np.generic]) -> str:
        self.initializers.append(numpy_helper.from_array(value, name))
        return name

    def add(self, kind: str, inputs: list[str], output: str, domain: str = "", **given: Any) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], output, domain=domain, **given))
        return output

    def linear(self, value: str, name: str, output: str) -> str:
        product = self.add(
            "MatMul", [value, self.weight(f"{name}.weight", True)], f"{output}.product"
        )
        return self.add("Add", [product, self.weight(f"{name}.bias")], output)

    def layer(self, hidden: str, number: int) -> str:
        at = f"encoder.layers.{number}"
        mixed = self.add(
            "Attention",
            [hidden, self.weight(f"{at}.qkv.weight", True), self.weight(f"{at}.qkv.bias"), "mask"],
            f"{at}.attended", _OURS, num_heads=HEADS,
        )  # fmt: skip
        mixed = self.add("MatMul", [mixed, self.weight(f"{at}.mixed.weight", True)], f"{at}.out")
        hidden = self.skip(hidden, mixed, f"{at}.attention_norm", f"{at}.mixed.bias")
        inner = self.add("MatMul", [hidden, self.weight(f"{at}.inner.weight", True)], f"{at}.up")
        inner = self.add("BiasGelu", [inner, self.weight(f"{at}.inner.bias")], f"{at}.gelu", _OURS)
        outer = self.add("MatMul", [inner, self.weight(f"{at}.outer.weight", True)], f"{at}.down")
        return self.skip(hidden, outer, f"{at}.norm", f"{at}.outer.bias")

    def skip(self, hidden: str, added: str, norm: str, bias: str) -> str:
        inputs = [added, hidden, *(self.weight(f"{norm}.{k}") for k in ("weight", "bias"))]
        inputs.append(self.weight(bias))
        kind = "SkipLayerNormalization"
        return self.add(kind, inputs, f"{norm}.normed", _OURS, epsilon=1e-12)


def to_onnx(weights: dict[str, torch.Tensor]) -> onnx.ModelProto:
    """The network of these weights, in float32.

    Inputs `ids`, `types`, `mask`: int32 (batch, length). Outputs `start`, `end`: float32 (batch,
    length); `answers`: float32 (batch,); `borne`: float32 (batch, length).
    """
    graph = _Graph(weights)
    embeddings = [graph.weight(f"encoder.{n}.weight") for n in ("words", "positions", "types")]
    norm = [graph.weight(f"encoder.norm.{kind}") for kind in ("weight", "bias")]
    kind = "EmbedLayerNormalization"
    inputs = ["ids", "types", *embeddings, *norm]
    graph.nodes.append(
        helper.make_node(kind, inputs, ["embedded", "unused"], kind, domain=_OURS, epsilon=1e-12)
    )
    hidden = "embedded"
    for number in range(LAYERS):
        hidden = graph.layer(hidden, number)
    spans = graph.linear(hidden, "spans", "spans.logits")
    first = graph.constant("first", np.array(0, dtype=np.int64))
    second = graph.constant("second", np.array(1, dtype=np.int64))
    graph.add("Gather", [spans, first], "start", axis=2)
    graph.add("Gather", [spans, second], "end", axis=2)
    pooled = graph.add("Gather", [hidden, first], "pooled", axis=1)
    pooled = graph.add("Tanh", [graph.linear(pooled, "pool", "pool.linear")], "pool.tanh")
    answers = graph.linear(pooled, "answers", "answers.logits")
    graph.add("Gather", [answers, first], "answers", axis=1)
    borne = graph.linear(hidden, "borne", "borne.logits")
    graph.add("Squeeze", [borne, graph.constant("last", np.array([-1], dtype=np.int64))], "borne")
    return _model(graph)


def _model(graph: _Graph) -> onnx.ModelProto:
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT32, ["batch", "length"])
        for name in ("ids", "types", "mask")
    ]
    outputs = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
        for name, shape in (
            ("start", ["batch", "length"]), ("end", ["batch", "length"]), ("answers", ["batch"]),
            ("borne", ["batch", "length"]),
        )
    ]  # fmt: skip
    made = helper.make_graph(graph.nodes, "reader", inputs, outputs, graph.initializers)
    versions = [helper.make_opsetid("", 17), helper.make_opsetid(_OURS, 1)]
    return helper.make_model(made, opset_imports=versions, ir_version=9, producer_name="askdoc")


def quantize(source: Path, target: Path) -> None:
    """The same graph with its weights as integers of 7 bits, activations quantized as they come."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(
        source,
        target,
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,
        extra_options={"DefaultTensorType": TensorProto.FLOAT},
        nodes_to_exclude=["spans.logits.product", "pool.linear.product", "answers.logits.product",
                          "borne.logits.product", "start", "end", "pooled", "answers", "borne"],
    )  # fmt: skip
