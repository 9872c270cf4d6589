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
from lab.training.neural.export import quantize, to_onnx
from lab.training.neural.texts import base_folder

FULL = "full"


def ship(weights: dict[str, torch.Tensor], folder: Path) -> None:
    """Write a model's folder, and beside it, in `full/`, the same in float32 to compare with.

    What scores are worth together is kept from the folder's last settings, or is a first guess.
    """
    full = folder / FULL
    full.mkdir(parents=True, exist_ok=True)
    onnx.save(to_onnx(weights), full / WEIGHTS)
    with TemporaryDirectory() as beside:
        quantize(full / WEIGHTS, Path(beside) / WEIGHTS)
        shutil.copyfile(Path(beside) / WEIGHTS, folder / WEIGHTS)
    known = folder / SETTINGS
    settings = json.loads(known.read_text("utf-8")) if known.exists() else dict(_FIRST_GUESS)
    for place in (full, folder):
        shutil.copyfile(base_folder() / VOCABULARY, place / VOCABULARY)
        hashes = {
            name: sha256((place / name).read_bytes()).hexdigest() for name in (WEIGHTS, VOCABULARY)
        }
        text = json.dumps({"sha256": hashes, **_without_hashes(settings)}, indent=2)
        (place / SETTINGS).write_text(text + "\n", "utf-8")


def _without_hashes(settings: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in settings.items() if name != "sha256"}


_FIRST_GUESS: dict[str, object] = {
    "threshold": 0.5,
    "rank": {
        "best": 1.0, "span": 0.0, "answers": 0.5, "window": 1.0, "lexical": 0.0,
        "leftover": -3.0, "asks": -3.0,
    },
    "confidence": {
        "best": 0.0, "span": 0.5, "answers": 0.5, "window": 0.0, "lexical": 0.0,
        "leftover": -2.0, "asks": -2.0, "margin": 0.2, "sentences": 0.0, "worst": 0.0,
        "lost_names": 0.0, "denial": 0.0, "miscounted": 0.0, "lacking": -2.5, "bias": -1.0,
    },
}  # fmt: skip
