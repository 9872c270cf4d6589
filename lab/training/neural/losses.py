"""What the network is taught, as one number a batch.

- Spans: cross-entropy of start and end over a window's pieces and "no answer", against all
  annotators' spans at once.
- Rank: the same over the pieces of all windows of a question together, without "no answer", so that
  scores compare between windows (the shared normalisation of Clark and Gardner, 2018).
- Answers: sigmoid loss of "this window answers".
- Borne: sigmoid loss of "this piece of the question is borne out", over the pieces where that is
  known, those that are not borne out counting as much as all others together.

Where only the sentence is known that holds the answer, the first two are of all its pieces
together.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from lab.training.neural.network import Output

_RANK, _ANSWERS, _BORNE = 0.5, 0.5, 0.25
_NEVER = -1e4


def loss(output: Output, batch: dict[str, Tensor]) -> tuple[Tensor, dict[str, float]]:
    """The loss of a batch (see `windows.Batch`), and its parts."""
    passage = batch["passage"]
    allowed = passage.clone()
    allowed[:, 0] = 1.0
    span = torch.zeros(())
    rank = torch.zeros(())
    has = 1.0 - batch["start"][:, 0]
    group, weak = batch["group"], batch["weak"] > 0
    for logits, target in ((output.start, batch["start"]), (output.end, batch["end"])):
        logits = logits.float()
        inside = logits.masked_fill(allowed == 0, _NEVER)
        logs = inside.log_softmax(-1)
        span = span - torch.where(weak, _within(logs, target), (target * logs).sum(-1)).mean() / 2
        total = logits.masked_fill(passage == 0, _NEVER).logsumexp(-1)
        together = _logsumexp_by(total, group)[group]
        logs = logits - together[:, None]
        each = -torch.where(weak, _within(logs, target), (target * passage * logs).sum(-1))
        rank = rank + (each * has).sum() / has.sum().clamp(min=1.0) / 2
    answers = functional.binary_cross_entropy_with_logits(output.answers.float(), has)
    borne = _borne(output.borne.float(), batch["borne"])
    parts = {
        "span": float(span), "rank": float(rank), "answers": float(answers), "borne": float(borne)
    }  # fmt: skip
    return span + _RANK * rank + _ANSWERS * answers + _BORNE * borne, parts


def _within(logs: Tensor, target: Tensor) -> Tensor:
    """The logarithm of what the pieces of a target have together."""
    return logs.masked_fill(target == 0, _NEVER).logsumexp(-1)


def _borne(logits: Tensor, told: Tensor) -> Tensor:
    each = functional.binary_cross_entropy_with_logits(
        logits, told.clamp(min=0.0), reduction="none"
    )
    parts = []
    for value in (0.0, 1.0):
        of = (told == value).float()
        parts.append((each * of).sum() / of.sum().clamp(min=1.0))
    return (parts[0] + parts[1]) / 2


def _logsumexp_by(values: Tensor, group: Tensor) -> Tensor:
    """logsumexp of the values of each group."""
    count = int(group.max()) + 1
    most = torch.full((count,), _NEVER).scatter_reduce(0, group, values.detach(), "amax")
    summed = torch.zeros(count).index_add(0, group, (values - most[group]).exp())
    return most + summed.log()
