"""The files that ship: the network in 8 bits, its vocabulary, and their hashes."""

from __future__ import annotations

import json
import shutil
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import onnx
import torch

from askdoc.read.network import SETTINGS, VOCABULARY, WEIGHTS
from askdoc.read.neural import RANK, SURE
from lab.training.neural.export import quantize, to_onnx
from lab.training.neural.texts import base_folder

FULL = "full"


def ship(weights: dict[str, torch.Tensor], folder: Path) -> None:
    """Write a model's folder, and beside it, in `full/`, the same in float32 to compare with.

    What scores are worth together is a first guess, until `mix` has fitted it.
    """
    full = folder / FULL
    full.mkdir(parents=True, exist_ok=True)
    onnx.save(to_onnx(weights), full / WEIGHTS)
    with TemporaryDirectory() as beside:
        quantize(full / WEIGHTS, Path(beside) / WEIGHTS)
        shutil.copyfile(Path(beside) / WEIGHTS, folder / WEIGHTS)
    for place in (full, folder):
        shutil.copyfile(base_folder() / VOCABULARY, place / VOCABULARY)
        hashes = {
            name: sha256((place / name).read_bytes()).hexdigest() for name in (WEIGHTS, VOCABULARY)
        }
        text = json.dumps({"sha256": hashes, **_FIRST_GUESS}, indent=2)
        (place / SETTINGS).write_text(text + "\n", "utf-8")


# What counts before anything was fitted: best span and "answers" of the window, the rest nothing.
_FIRST_GUESS: dict[str, object] = {
    "threshold": 0.5,
    "rank": dict.fromkeys(RANK, 0.0) | {"best": 1.0, "answers": 0.5, "leftover": -3.0},
    "confidence": dict.fromkeys(SURE, 0.0) | {"span": 0.5, "answers": 0.5, "bias": -1.0},
}
