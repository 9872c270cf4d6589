"""The weights of a network that ships, taken back from its integers, to train on from them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper

# What the graph has turned: inputs in rows, outputs in columns.
_TURNED = ("qkv", "mixed", "inner", "outer", "spans", "pool", "answers", "borne")


def weights_of(path: Path) -> dict[str, torch.Tensor]:
    """The weights in float32, by the names that `network.Network` gives them.

    A weight is its integer, less its zero point, times the scale of its column. Heads that the
    network does not have yet are missing.
    """
    stored = {one.name: numpy_helper.to_array(one) for one in onnx.load(path).graph.initializer}
    made: dict[str, torch.Tensor] = {}
    for name in stored:
        plain = name.removesuffix("_quantized")
        if not plain.endswith((".weight", ".bias")):
            continue
        value = _value(stored, name, plain)
        if plain.endswith(".weight") and plain.split(".")[-2] in _TURNED:
            value = value.T
        made[plain] = torch.from_numpy(np.array(value, dtype=np.float32, order="C"))
    return made


def _value(stored: dict[str, NDArray[np.generic]], name: str, plain: str) -> NDArray[np.float32]:
    if name == plain:
        return stored[name].astype(np.float32)
    scale, zero = stored[f"{plain}_scale"], stored[f"{plain}_zero_point"]
    integers = stored[name].astype(np.float32) - zero.astype(np.float32)
    return integers * scale.astype(np.float32)
