"""The network that is trained: MiniLM's encoder with two heads, in plain PyTorch.

BERT's encoder (Devlin et al. 2019) in the size of MiniLM (Wang et al. 2020): 6 layers, 12 heads,
384 dimensions. Written out, so that the checkpoint's names are those of the weights it starts from,
and nothing but torch is needed to train it or to turn it into ONNX.
"""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

LAYERS, HEADS, WIDTH, INNER, VOCABULARY, POSITIONS = 6, 12, 384, 1536, 30522, 512
# The largest weight as an integer.
_MOST = 64.0


class Linear(nn.Linear):
    """A linear map that can be run as it will be once its weights have 7 bits.

    As onnxruntime's dynamic quantization with a reduced range does it: weights as integers in
    [-64, 64] with a scale a row, what comes in as unsigned 8-bit integers with one scale for the
    whole batch. Two products then fit into 16 bits, so that processors without VNNI give what those
    with it give. Gradients pass through the rounding as if it were not there (Bengio et al. 2013).
    """

    rounded = False

    def forward(self, given: Tensor) -> Tensor:
        if not self.rounded:
            return functional.linear(given, self.weight, self.bias)
        weight = self.weight.detach()
        scale = weight.abs().amax(dim=1, keepdim=True) / _MOST
        weight = self.weight + ((weight / scale).round() * scale - weight)
        seen = given.detach().float()
        low, high = seen.amin().clamp(max=0.0), seen.amax().clamp(min=0.0)
        step = (high - low) / 255.0
        zero = (-low / step).round()
        rounded = ((seen / step).round() + zero).clamp(0.0, 255.0).sub(zero) * step
        return functional.linear(given + (rounded - seen).to(given.dtype), weight, self.bias)


class Layer(nn.Module):
    """Self-attention and a feed-forward network, each with a residual and a norm after it."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = Linear(WIDTH, 3 * WIDTH)
        self.mixed = Linear(WIDTH, WIDTH)
        self.attention_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.inner = Linear(WIDTH, INNER)
        self.outer = Linear(INNER, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, hidden: Tensor, mask: Tensor) -> Tensor:
        count, length, _ = hidden.shape
        queries, keys, values = (
            self.qkv(hidden).view(count, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        )
        # Written out: on a CPU the backward pass of PyTorch's fused attention is four times slower.
        scores = torch.matmul(queries, keys.transpose(-1, -2)) * (WIDTH // HEADS) ** -0.5 + mask
        mixed = torch.matmul(scores.softmax(-1), values)
        mixed = self.mixed(mixed.transpose(1, 2).reshape(count, length, WIDTH))
        hidden = self.attention_norm(hidden + self.dropout(mixed))
        outer = self.outer(functional.gelu(self.inner(hidden)))
        normed: Tensor = self.norm(hidden + self.dropout(outer))
        return normed


class Encoder(nn.Module):
    """Word pieces -> one vector each; shapes (batch, length) -> (batch, length, 384)."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.types = nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.dropout = nn.Dropout(dropout)

    def forward(self, ids: Tensor, types: Tensor, mask: Tensor) -> Tensor:
        """`types` is 0 for the question, 1 for the passage; `mask` is 1 where there is a piece."""
        places = torch.arange(ids.shape[1], device=ids.device)
        hidden = self.norm(self.words(ids) + self.positions(places) + self.types(types))
        hidden = self.dropout(hidden)
        seen = (1.0 - mask[:, None, None, :]) * -1e4
        for layer in self.layers:
            hidden = layer(hidden, seen)
        return hidden

    def round(self) -> None:
        """From now on, run as with weights of 7 bits."""
        for module in self.modules():
            if isinstance(module, Linear):
                module.rounded = True

    @classmethod
    def pretrained(cls, weights: Path, dropout: float = 0.1) -> Encoder:
        """The encoder with all-MiniLM-L6-v2's weights, from their safetensors file."""
        from safetensors.torch import load_file

        raw = load_file(weights)
        named: dict[str, Tensor] = {}
        for ours, theirs in EMBEDDINGS.items():
            named[ours] = raw[f"embeddings.{theirs}"]
        for number in range(LAYERS):
            layer = f"encoder.layer.{number}."
            for kind in ("weight", "bias"):
                named[f"layers.{number}.qkv.{kind}"] = torch.cat(
                    [
                        raw[f"{layer}attention.self.{part}.{kind}"]
                        for part in ("query", "key", "value")
                    ]
                )
                for ours, theirs in PARTS.items():
                    named[f"layers.{number}.{ours}.{kind}"] = raw[f"{layer}{theirs}.{kind}"]
        encoder = cls(dropout)
        encoder.load_state_dict(named)
        return encoder


# Our names and those of BERT's published weights: below "embeddings.", and in every layer.
EMBEDDINGS = {
    "words.weight": "word_embeddings.weight",
    "positions.weight": "position_embeddings.weight",
    "types.weight": "token_type_embeddings.weight",
    "norm.weight": "LayerNorm.weight",
    "norm.bias": "LayerNorm.bias",
}
PARTS = {
    "mixed": "attention.output.dense",
    "attention_norm": "attention.output.LayerNorm",
    "inner": "intermediate.dense",
    "outer": "output.dense",
    "norm": "output.LayerNorm",
}
