"""Spread the questions over processes; what comes back does not depend on how many there are.

One piece of work is one document with all the questions about it, put to one reader, so that each
document is built once a reader and no piece depends on another.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import partial
from typing import Any

from lab.evaluation import asking
from lab.evaluation.asking import (
    ArticleOutcome,
    Build,
    FollowUpOutcome,
    ParagraphOutcome,
    RankingOutcome,
    Resolve,
)
from lab.evaluation.data import SOURCES, Article, FollowUpRow, RankingRow, ReadingRow, Row

Outcome = ArticleOutcome | ParagraphOutcome | RankingOutcome | FollowUpOutcome
Outcomes = dict[str, dict[str, list[Outcome]]]  # by reader, then by set


@dataclass(frozen=True)
class Piece:
    """Work for one process: `work` takes no arguments and gives an outcome for each question."""

    reader: str
    set: str
    questions: int
    work: Callable[[], Sequence[Outcome]]


def _rank(build: Build, rows: Sequence[RankingRow]) -> list[RankingOutcome]:
    return [asking.rank(build, row) for row in rows]


def _resolve(resolve: Resolve, rows: Sequence[FollowUpRow]) -> list[FollowUpOutcome]:
    return [asking.resolve_follow_up(resolve, row) for row in rows]


def _batches(rows: list[Any], size: int = 25) -> Iterator[list[Any]]:
    return (rows[at : at + size] for at in range(0, len(rows), size))


def article_pieces(
    reader: str, name: str, rows: Sequence[Row], articles: Mapping[str, Article], build: Build
) -> Iterator[Piece]:
    """One piece an article, with those of its questions that have an answer."""
    by_title: dict[str, list[tuple[ReadingRow, int]]] = {}
    for row in rows:
        if isinstance(row, ReadingRow) and row.answers:
            start = articles[row.title].starts[row.context]
            by_title.setdefault(row.title, []).append((row, start))
    for title, asked in by_title.items():
        work = partial(asking.ask_article, build, articles[title].text, asked)
        yield Piece(reader, name, len(asked), work)


def pieces(
    reader: str, name: str, rows: Sequence[Row], build: Build, resolve: Resolve
) -> Iterator[Piece]:
    """The work on a set's rows, but for what is asked of whole articles."""
    by_context: dict[str, list[ReadingRow]] = {}
    for row in rows:
        if isinstance(row, ReadingRow):
            by_context.setdefault(row.context, []).append(row)
    for context, asked in by_context.items():
        yield Piece(reader, name, len(asked), partial(asking.ask_paragraph, build, context, asked))
    for batch in _batches([row for row in rows if isinstance(row, RankingRow)]):
        yield Piece(reader, name, len(batch), partial(_rank, build, batch))
    for batch in _batches([row for row in rows if isinstance(row, FollowUpRow)]):
        yield Piece(reader, name, len(batch), partial(_resolve, resolve, batch))


def plan(
    samples: Mapping[str, Sequence[Row]],
    articles: Mapping[str, Mapping[str, Article]],
    builds: Mapping[str, Build],
    resolve: Resolve,
) -> list[Piece]:
    """All the work, the large pieces first, so that no process is left with one at the end.

    `samples` maps a set's name to the rows to ask, `articles` the name of a set that is asked by
    article to its articles, which are whole whatever the sample, and `builds` the name of each
    reader to what makes an asker that reads with it.
    """
    planned: list[Piece] = []
    for reader, build in builds.items():
        for name, rows in samples.items():
            if SOURCES[name].by_article:
                planned.extend(article_pieces(reader, name, rows, articles[name], build))
    for reader, build in builds.items():
        for name, rows in samples.items():
            planned.extend(pieces(reader, name, rows, build, resolve))
    return planned


def _perform(piece: Piece) -> Sequence[Outcome]:
    return piece.work()


_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


@contextlib.contextmanager
def _one_thread_each() -> Iterator[None]:
    """Processes started within use one thread for linear algebra: together they fill the machine.

    With a thread a processor in each of them, they wait for each other three times as long.
    """
    before = {name: os.environ.get(name) for name in _THREADS}
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def perform(planned: Sequence[Piece], jobs: int, advance: Callable[[int], object]) -> Outcomes:
    """Do the work in `jobs` processes (1: in this one); outcomes come in planned order.

    `advance` is called with the number of questions each time that a piece is done.

    Raises:
        concurrent.futures.process.BrokenProcessPool: a process was killed.
    """
    done: list[Sequence[Outcome]] = [()] * len(planned)
    if jobs <= 1:
        for at, piece in enumerate(planned):
            done[at] = piece.work()
            advance(piece.questions)
    else:
        # Spawned, not forked: the same on every system, and safe beside a progress bar's thread.
        context = multiprocessing.get_context("spawn")
        with _one_thread_each(), ProcessPoolExecutor(jobs, mp_context=context) as pool:
            running = {pool.submit(_perform, piece): at for at, piece in enumerate(planned)}
            for future in as_completed(running):
                done[running[future]] = future.result()
                advance(planned[running[future]].questions)
    outcomes: Outcomes = {}
    for piece, result in zip(planned, done, strict=True):
        outcomes.setdefault(piece.reader, {}).setdefault(piece.set, []).extend(result)
    return outcomes
