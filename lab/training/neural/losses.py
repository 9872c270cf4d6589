"""What the network is taught, as one number a batch.

- Spans: cross-entropy of start and end over a window's pieces and "no answer", against all
  annotators' spans at once.
- Rank: the same over the pieces of all windows of a question together, without "no answer", so that
  scores compare between windows (the shared normalisation of Clark and Gardner, 2018).
- Answers: logistic loss of "this window answers".
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from lab.training.neural.network import Output

_RANK, _ANSWERS = 0.5, 0.5
_NEVER = -1e4


def loss(output: Output, batch: dict[str, Tensor]) -> tuple[Tensor, dict[str, float]]:
    """The loss of a batch (see `windows.Batch`), and its parts."""
    passage = batch["passage"]
    allowed = passage.clone()
    allowed[:, 0] = 1.0
    span = torch.zeros(())
    rank = torch.zeros(())
    has = 1.0 - batch["start"][:, 0]
    group = batch["group"]
    for logits, target in ((output.start, batch["start"]), (output.end, batch["end"])):
        logits = logits.float()
        inside = logits.masked_fill(allowed == 0, _NEVER)
        span = span - (target * inside.log_softmax(-1)).sum(-1).mean() / 2
        total = logits.masked_fill(passage == 0, _NEVER).logsumexp(-1)
        together = _logsumexp_by(total, group)[group]
        each = -(target * passage * (logits - together[:, None])).sum(-1)
        rank = rank + (each * has).sum() / has.sum().clamp(min=1.0) / 2
    answers = functional.binary_cross_entropy_with_logits(output.answers.float(), has)
    parts = {"span": float(span), "rank": float(rank), "answers": float(answers)}
    return span + _RANK * rank + _ANSWERS * answers, parts


def _logsumexp_by(values: Tensor, group: Tensor) -> Tensor:
    """logsumexp of the values of each group."""
    count = int(group.max()) + 1
    most = torch.full((count,), _NEVER).scatter_reduce(0, group, values.detach(), "amax")
    summed = torch.zeros(count).index_add(0, group, (values - most[group]).exp())
    return most + summed.log()
