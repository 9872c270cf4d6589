"""The reader's network: the encoder, and its heads.

They tell where the answer begins and ends, whether there is one, and which pieces of the question
are borne out by what was read.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor, nn

from lab.training.neural.encoder import WIDTH, Encoder


class Output(NamedTuple):
    """Logits: `start`, `end` and `borne` (batch, length), `answers` (batch,)."""

    start: Tensor
    end: Tensor
    answers: Tensor
    borne: Tensor


class Network(nn.Module):
    """Encoder and heads; the first piece's start and end stand for "no answer here"."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder
        self.spans = nn.Linear(WIDTH, 2)
        self.pool = nn.Linear(WIDTH, WIDTH)
        self.answers = nn.Linear(WIDTH, 1)
        self.borne = nn.Linear(WIDTH, 1)
        for head in (self.spans, self.pool, self.answers, self.borne):
            nn.init.normal_(head.weight, std=0.02)
            nn.init.zeros_(head.bias)

    def forward(self, ids: Tensor, types: Tensor, mask: Tensor) -> Output:
        hidden = self.encoder(ids, types, mask)
        start, end = self.spans(hidden).unbind(-1)
        pooled = torch.tanh(self.pool(hidden[:, 0]))
        borne = self.borne(hidden).squeeze(-1)
        return Output(start, end, self.answers(pooled).squeeze(-1), borne)

    @classmethod
    def pretrained(cls, folder: Path, dropout: float) -> Network:
        """The base encoder from `folder` with heads that know nothing yet."""
        return cls(Encoder.pretrained(folder / "model.safetensors", dropout))
