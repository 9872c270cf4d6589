"""The loop: batches in, checkpoints out; stopped at any moment, it goes on where it was."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, pi
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional
from tqdm import tqdm

from lab.training.neural.losses import loss
from lab.training.neural.network import Network, Output
from lab.training.neural.windows import Batch, Sampler

_SAVE_EVERY = 300.0  # seconds
_LOG_EVERY = 25  # steps
_PARTS = 3


@dataclass(frozen=True)
class Recipe:
    """How long and how fast to learn; `tokens` counts pieces over all batches.

    `rounded` is the share of them, at the end, that the network is run as if it had 7 bits.
    """

    tokens: int
    rate: float = 1e-4
    heads_rate: float = 5e-4
    warmup: float = 0.06
    floor: float = 0.02
    average: float = 0.998
    rounded: float = 0.0
    threads: int = 2


@dataclass
class _Place:
    epoch: int = 0
    pool: int = 0
    batch: int = 0
    tokens: int = 0
    step: int = 0


def train(network: Network, sampler: Sampler, recipe: Recipe, folder: Path) -> Network:
    """Train, or go on training from the checkpoint in `folder`; gives the averaged network."""
    torch.set_num_threads(recipe.threads)
    folder.mkdir(parents=True, exist_ok=True)
    network.encoder.words.weight.requires_grad_(False)
    optimizer = _optimizer(network, recipe)
    average = {name: value.detach().clone() for name, value in network.state_dict().items()}
    place = _restore(folder, network, optimizer, average)
    network.train()
    bar = tqdm(
        total=recipe.tokens, initial=place.tokens, unit="tok", unit_scale=True, mininterval=5
    )
    saved = time.monotonic()
    recent: dict[str, float] = {}
    for batch in _batches(sampler, place, recipe.tokens):
        if place.tokens >= recipe.tokens * (1.0 - recipe.rounded):
            network.encoder.round()
        parts = _step(network, optimizer, batch, _pace(place.tokens / recipe.tokens, recipe))
        _blend(average, network, min(recipe.average, place.step / (place.step + 10)))
        for name, value in parts.items():
            recent[name] = recent.get(name, value) * 0.98 + value * 0.02
        bar.update(batch.tokens)
        if place.step % _LOG_EVERY == 0:
            bar.set_postfix({name: f"{value:.3f}" for name, value in recent.items()})
            _log(folder, place, recent)
        if time.monotonic() - saved > _SAVE_EVERY:
            _save(folder, network, optimizer, average, place)
            saved = time.monotonic()
    _save(folder, network, optimizer, average, place)
    bar.close()
    network.load_state_dict(average)
    torch.save(average, folder / "averaged.pt")
    return network.eval()


def _batches(sampler: Sampler, place: _Place, tokens: int) -> Iterator[Batch]:
    """The batches from `place` on; `place` is moved before a batch is handed out."""
    while True:
        while place.pool < sampler.pools(place.epoch):
            batches = sampler.batches(place.epoch, place.pool)
            while place.batch < len(batches):
                if place.tokens >= tokens:
                    return
                batch = batches[place.batch]
                place.batch += 1
                place.step += 1
                place.tokens += batch.tokens
                yield batch
            place.pool, place.batch = place.pool + 1, 0
        place.epoch, place.pool = place.epoch + 1, 0


def tensors(batch: Batch) -> dict[str, Tensor]:
    return {name: torch.from_numpy(value) for name, value in vars(batch).items()}


def _step(
    network: Network, optimizer: torch.optim.Optimizer, batch: Batch, pace: float
) -> dict[str, float]:
    for group in optimizer.param_groups:
        group["lr"] = group["full"] * pace
    given = tensors(batch)
    with torch.autocast("cpu", torch.bfloat16):
        output = _forward(network, given)
    total, parts = loss(output, given)
    total.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0, foreach=True)
    optimizer.step()
    optimizer.zero_grad()
    return parts


def _forward(network: Network, given: dict[str, Tensor]) -> Output:
    """The network over windows of like length together: a fifth less padding than all at once."""
    lengths = given["mask"].sum(-1).long()
    order = lengths.argsort()
    parts = []
    for rows in order.chunk(_PARTS):
        longest = -(-int(lengths[rows].max()) // 8) * 8
        cut = (given[name][rows, :longest] for name in ("ids", "types", "mask"))
        made = network(*cut)
        wide = (0, given["ids"].shape[1] - longest)
        start, end, borne = (
            functional.pad(of.float(), wide) for of in (made.start, made.end, made.borne)
        )
        parts.append(Output(start, end, made.answers, borne))
    back = order.argsort()
    return Output(*(torch.cat(of)[back] for of in zip(*parts, strict=True)))


def _pace(done: float, recipe: Recipe) -> float:
    """The share of the full rate after a share of the tokens: up in a line, down in a cosine."""
    if done < recipe.warmup:
        return max(done, 1e-3) / recipe.warmup
    past = min(1.0, (done - recipe.warmup) / (1.0 - recipe.warmup))
    return recipe.floor + (1.0 - recipe.floor) * (1.0 + cos(pi * past)) / 2.0


def _optimizer(network: Network, recipe: Recipe) -> torch.optim.Optimizer:
    groups: dict[tuple[float, float], list[Tensor]] = {}
    for name, value in network.named_parameters():
        if value.requires_grad:
            rate = recipe.rate if name.startswith("encoder.") else recipe.heads_rate
            decay = 0.01 if value.dim() > 1 else 0.0
            groups.setdefault((rate, decay), []).append(value)
    return torch.optim.AdamW(
        [
            {"params": of, "lr": rate, "full": rate, "weight_decay": decay}
            for (rate, decay), of in groups.items()
        ],
        betas=(0.9, 0.98),
        fused=True,
    )


@torch.no_grad()
def _blend(average: dict[str, Tensor], network: Network, keep: float) -> None:
    for name, value in network.state_dict().items():
        if name != "encoder.words.weight":
            average[name].lerp_(value, 1.0 - keep)


def _save(
    folder: Path,
    network: Network,
    optimizer: torch.optim.Optimizer,
    average: dict[str, Tensor],
    place: _Place,
) -> None:
    beside = folder / "checkpoint.tmp"
    state = {
        "network": network.state_dict(),
        "optimizer": optimizer.state_dict(),
        "average": average,
        "place": vars(place).copy(),
    }
    torch.save(state, beside)
    beside.replace(folder / "checkpoint.pt")  # a crash leaves the last one whole


def _restore(
    folder: Path, network: Network, optimizer: torch.optim.Optimizer, average: dict[str, Tensor]
) -> _Place:
    path = folder / "checkpoint.pt"
    if not path.exists():
        return _Place()
    state: dict[str, Any] = torch.load(path)
    network.load_state_dict(state["network"])
    optimizer.load_state_dict(state["optimizer"])
    average.update(state["average"])
    return _Place(**state["place"])


def _log(folder: Path, place: _Place, recent: dict[str, float]) -> None:
    with (folder / "losses.jsonl").open("a", encoding="utf-8") as log:
        row = {"step": place.step, "tokens": place.tokens, **recent}
        log.write(json.dumps({k: round(v, 5) for k, v in row.items()}) + "\n")
