"""askdoc's saved index beside others, at growing numbers of passages, on one core.

    python -m lab.benchmarks --only scale --passages 1000,100000 --text /usr/share/doc

Every system builds, opens and is asked in processes of its own, in turn, on the same core, the
same questions. Files that were just written are in the system's cache: "cold" is a new process, not
a new disk. askdoc builds from files, which it loads and splits; the others get the passages that
came of that. What the question's analysis costs is in the figures of askdoc's own row only.
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from lab.benchmarks import queries
from lab.benchmarks.child import run_worker
from lab.benchmarks.corpus import About, Asked, Corpus
from lab.benchmarks.gather import SEED, make
from lab.benchmarks.systems import BUILT_BY, RANK, SYSTEMS, TANTIVY, system
from lab.benchmarks.timing import BenchmarkError, p95

QUESTIONS, LIMIT, TOP = 200, 20, 10
_MOST_ROUNDS = 5
_PATIENCE = 120.0  # seconds of one process's asking
_ROOT = Path(__file__).parents[2]
_WORKER = "lab.benchmarks.systems"


@dataclass(frozen=True)
class Plan:
    """What is to be measured.

    Attributes:
        text: folders that the corpora are made of.
        work: where corpora are kept and indexes built.
        sizes: numbers of passages.
        systems: names of `systems.SYSTEMS`.
        rounds: in how many processes each system is asked.
    """

    text: tuple[Path, ...]
    work: Path
    sizes: tuple[int, ...] = (1_000, 100_000, 1_000_000)
    systems: tuple[str, ...] = SYSTEMS
    rounds: int = _MOST_ROUNDS


@dataclass(frozen=True)
class Row:
    """One system at one size: seconds, and bytes.

    Attributes:
        build: None where another system built the index.
        disk: of the index.
        imported: what its imports took, before it opened its index.
        cold: opening and the first question, after that.
        median, slow: p50 and p95 of the other questions.
        peak: the most memory while it was open and asked; `bare` of it was there before.
        build_peak: the most memory of a process while building.
        alike: of the first ten passages, the share that rank-bm25 has among its own ten.
        found: of the questions, the share whose passage is among the twenty.
        asked: how many questions, at most, a process was asked.
        to_rank: how many times this median rank-bm25's is, round for round.
        to_tantivy: how many times bare tantivy's median this one is, round for round.
        build_to_tantivy: the same of building.
    """

    system: str
    passages: int
    build: float | None
    disk: int
    imported: float
    cold: float
    median: float
    slow: float
    peak: int
    bare: int
    build_peak: int
    alike: float | None
    found: float
    asked: int
    to_rank: float | None = None
    to_tantivy: float | None = None
    build_to_tantivy: float | None = None


@dataclass(frozen=True)
class Measured:
    """What came out at one size, and what was left out and why."""

    about: About
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()


class _Built(NamedTuple):
    folder: Path
    seconds: float | None
    disk: int
    peak: int


@dataclass
class _Session:
    """One size: what was built and told so far, and what was left out."""

    corpus: Corpus
    about: About
    questions: Sequence[Asked]
    folder: Path
    built: dict[str, _Built] = field(default_factory=dict)
    told: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def measure(plan: Plan) -> list[Measured]:
    """Make the corpora and measure all systems at each size.

    Raises:
        BenchmarkError: there is no text, or too little to ask about.
        OSError: a corpus cannot be written.
    """
    return [_measure_size(plan, size) for size in sorted(plan.sizes)]


def _measure_size(plan: Plan, size: int) -> Measured:
    corpus = make(plan.work / f"corpus-{size}", plan.text, size)
    about = corpus.about()
    questions = queries.draw(corpus, QUESTIONS, SEED)
    if about is None or len(questions) < 2:
        raise BenchmarkError(f"too little text to ask about: {size} passages. Give more of it.")
    session = _Session(corpus, about, questions, plan.work / f"index-{size}")
    for name in plan.systems:
        _build(session, name)
    for number in range(min(plan.rounds, _MOST_ROUNDS)):
        _say(f"{about.passages} passages: round {number + 1}")
        for name in list(session.built):
            _ask(session, name, number)
    rows = tuple(_rows(session))
    shutil.rmtree(session.folder, ignore_errors=True)
    return Measured(about, rows, tuple(session.notes))


def _build(session: _Session, name: str) -> None:
    """Build a system's index, or note why not."""
    shared = BUILT_BY.get(name)
    folder = session.folder / (shared or name)
    needed, free = system(name).memory * session.about.passages, _free_memory()
    if free is not None and needed > free:
        session.notes.append(
            f"{name} left out: it would need about {needed / 1e9:.0f} GB of memory"
        )
        return
    if shared and folder.exists():
        session.built[name] = _Built(folder, None, _size(folder), 0)
        return
    _say(f"{session.about.passages} passages: {name} builds")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        told = _work(name, folder, corpus=str(session.corpus.folder))
    except BenchmarkError as error:
        shutil.rmtree(folder)
        session.notes.append(f"{name} left out: {error}")
        return
    session.built[name] = _Built(folder, told["built"], _size(folder), told["peak"])


def _ask(session: _Session, name: str, number: int) -> None:
    """Ask a system all questions in a new process, each round beginning with another one.

    A system that ran out of patience before is not asked again.
    """
    told = session.told.setdefault(name, [])
    if told and len(told[0]["seconds"]) < len(session.questions):
        return
    turned = [*session.questions[number:], *session.questions[:number]]
    asked = [asdict(question) for question in turned]
    try:
        one = _work(name, session.built[name].folder, questions=asked, limit=LIMIT,
                    patience=_PATIENCE)  # fmt: skip
    except BenchmarkError as error:
        session.notes.append(f"{name} left out: {error}")
        del session.built[name], session.told[name]
        return
    told.append(one)


def _work(name: str, folder: Path, **request: object) -> Any:
    # The lab is not installed: where a worker finds it must not hang on where this one was started.
    places = os.pathsep.join(filter(None, [str(_ROOT), os.environ.get("PYTHONPATH")]))
    return run_worker(
        [sys.executable, "-P", "-m", _WORKER],
        {"system": name, "folder": str(folder), **request},
        environment={"PYTHONPATH": places},
    )


def _rows(session: _Session) -> Iterator[Row]:
    for name, told in session.told.items():
        built = session.built[name]
        times = [seconds for one in told for seconds in one["seconds"][1:]]
        yield Row(
            system=name,
            passages=session.about.passages,
            build=built.seconds,
            disk=built.disk,
            imported=statistics.median(one["imported"] for one in told),
            cold=statistics.median(one["cold"] for one in told),
            median=statistics.median(times),
            slow=p95(times),
            peak=max(one["peak"] for one in told),
            bare=max(one["bare"] for one in told),
            build_peak=built.peak,
            alike=_alike(told[0]["answers"], session.told.get(RANK)),
            found=_found(told[0]["answers"], session.questions),
            asked=len(told[0]["seconds"]),
            to_rank=_ratio(session.told.get(RANK), told),
            to_tantivy=_ratio(told, session.told.get(TANTIVY)),
            build_to_tantivy=_build_ratio(built, session.built.get(TANTIVY)),
        )


def _ratio(
    above: Sequence[dict[str, Any]] | None, below: Sequence[dict[str, Any]] | None
) -> float | None:
    """How many times the one's median the other's is: the median over rounds that both were in."""
    if not above or not below:
        return None
    pairs = zip(map(_median, above), map(_median, below), strict=False)
    return statistics.median(one / other for one, other in pairs)


def _median(told: dict[str, Any]) -> float:
    """Of what the questions took, without the first."""
    return float(statistics.median(told["seconds"][1:]))


def _build_ratio(one: _Built, other: _Built | None) -> float | None:
    if other is None or not one.seconds or not other.seconds:
        return None
    return one.seconds / other.seconds


def _alike(answers: Sequence[Sequence[str]], rank: Sequence[dict[str, Any]] | None) -> float | None:
    """The mean share of the first ten in common, over the questions that rank-bm25 was asked."""
    if not rank:
        return None
    shares = []
    for ours, theirs in zip(answers, rank[0]["answers"], strict=False):
        best: set[str] = set(theirs[:TOP])
        shares.append(len(best.intersection(ours[:TOP])) / max(1, len(best)))
    return statistics.mean(shares)


def _found(answers: Sequence[Sequence[str]], questions: Sequence[Asked]) -> float:
    return statistics.mean(
        question.passage in found for found, question in zip(answers, questions, strict=False)
    )


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _free_memory() -> int | None:
    """Bytes that could be had, None where the system does not tell."""
    with suppress(OSError):
        found = re.search(r"MemAvailable:\s*(\d+) kB", Path("/proc/meminfo").read_text())
        if found:
            return 1024 * int(found[1])
    return None


def _say(what: str) -> None:
    print(f"lab.benchmarks: {what}", file=sys.stderr, flush=True)
