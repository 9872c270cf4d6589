"""askdoc beside Haystack's extractive reader, both with the same network's weights, on one core.

    python -m lab.benchmarks --only haystack --haystack PYTHON --model FOLDER

PYTHON belongs to a virtual environment of its own, since what Haystack needs must not come into
ours:

    python -m venv .venv-haystack
    .venv-haystack/bin/pip install haystack-ai transformers-haystack torch==2.13.0

(up to version 2 of Haystack, whose reader is part of it: haystack-ai transformers torch). FOLDER
holds our weights in float32 as `python -m lab.training.neural.transformers` writes them. Haystack's
pipeline is its retriever by BM25 in memory and its extractive reader as they come, on one thread;
it gets askdoc's own passages as its documents, so that both read the same.

Its reader gives the network no token types, which ours was trained with: the times and sizes below
do not depend on that, its answers do, so they are not compared.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lab.benchmarks.child import Report, ask_child
from lab.benchmarks.timing import BenchmarkError, p95

_MB, _MS = 1_000_000, 1000
_INSTALL = "Install there: haystack-ai transformers-haystack torch."
_OURS = ("askdoc",)
_THEIRS = ("haystack-ai", "transformers-haystack", "transformers", "torch")
_BUSY = "processor time of it"

HEADER = ("what", "askdoc", "Haystack", "unit", "times", "min", "max")
RIGHT = frozenset({1, 2, 4, 5, 6})


@dataclass(frozen=True)
class Beside:
    """One measure of both, in `unit`; `times` is how many times askdoc's figure Haystack's is.

    Where it was measured in pairs, `times` is the median of theirs, with the smallest and the
    largest; else `low` and `high` are None.
    """

    what: str
    unit: str
    askdoc: float
    haystack: float
    times: float
    low: float | None = None
    high: float | None = None

    def cells(self) -> tuple[str, ...]:
        """As a row below `HEADER`."""
        spread = ("-" if value is None else f"{value:.2f}" for value in (self.low, self.high))
        figures = (f"{self.askdoc:.1f}", f"{self.haystack:.1f}")
        return (self.what, *figures, self.unit, f"{self.times:.2f}", *spread)


def compare(
    text: str,
    passages: Sequence[str],
    questions: Sequence[str],
    rounds: int,
    haystack: Path,
    model: Path,
    askdoc: Path | None = None,
) -> list[Beside]:
    """Both systems in turn, in new processes each round, asked the same questions.

    Args:
        text: for askdoc.
        passages: the same, for Haystack.
        questions: shared out over the rounds; the first of each round shows the cold start.
        rounds: at most half as many as there are questions.
        haystack: the Python that has Haystack.
        model: the folder of the float32 weights.
        askdoc: the Python that has askdoc, None for this one.

    Raises:
        BenchmarkError: one of them fails, or there are not two questions.
    """
    rounds = min(rounds, len(questions) // 2)
    if not rounds:
        raise BenchmarkError("too short to ask questions about. Name a longer --article.")
    ours = {"system": "askdoc", "reader": "neural", "texts": {"article": text}}
    theirs = {"system": "haystack", "passages": passages, "model": str(model.resolve())}
    sizes = (
        ask_child({**ours, "installed": _OURS}, askdoc).disk,
        (
            ask_child({"installed": _THEIRS}, haystack, _INSTALL).disk
            + sum(file.stat().st_size for file in model.rglob("*") if file.is_file())
        ),
    )
    pairs = []
    for number in range(rounds):
        asked = {"questions": questions[number::rounds]}
        one = ask_child({**ours, **asked}, askdoc)
        pairs.append((one, ask_child({**theirs, **asked}, haystack, _INSTALL)))
    return list(_rows(pairs, sizes))


def _rows(pairs: Sequence[tuple[Report, Report]], sizes: tuple[int, int]) -> Iterator[Beside]:
    yield _paired("cold start to the first answer", [(a.cold, b.cold) for a, b in pairs])
    yield _paired(f"- {_BUSY}", [(a.cold_busy, b.cold_busy) for a, b in pairs])
    warm = [both for a, b in pairs for both in zip(a.times[1:], b.times[1:], strict=True)]
    yield _paired("a question, p50", warm)
    yield _paired(
        f"- {_BUSY}", [both for a, b in pairs for both in zip(a.busy[1:], b.busy[1:], strict=True)]
    )
    yield _alone("a question, p95", "ms", [_MS * p95(times) for times in zip(*warm, strict=True)])
    peaks = [max(report.peak for report in side) / _MB for side in zip(*pairs, strict=True)]
    yield _alone("memory at its peak", "MB", peaks)
    yield _alone("on disk, with the model", "MB", [size / _MB for size in sizes])


def _alone(what: str, unit: str, both: Sequence[float]) -> Beside:
    ours, theirs = both
    return Beside(what, unit, ours, theirs, theirs / ours)


def _paired(what: str, pairs: Sequence[tuple[float, float]]) -> Beside:
    """Of seconds that were taken in turn."""
    ratios = [other / one for one, other in pairs]
    ours, theirs = (_MS * statistics.median(side) for side in zip(*pairs, strict=True))
    return Beside(what, "ms", ours, theirs, statistics.median(ratios), min(ratios), max(ratios))
