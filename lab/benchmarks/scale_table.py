"""The rows of `scale` as tables for a person and for the README, and what they are held to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from lab.benchmarks.scale import Measured, Row
from lab.benchmarks.systems import ASKDOC, RETRIEVER, system
from lab.benchmarks.timing import Result
from lab.table import markdown, table

_MB, _MS = 1_000_000, 1000

HEADER = (
    "passages", "system", "terms", "build s", "x tantivy", "disk MB", "cold ms", "p50 ms", "p95 ms",
    "rank-bm25 / p50", "p50 / tantivy", "memory MB", "imports' MB", "top 10", "found",
)  # fmt: skip
RIGHT = frozenset({0, *range(3, len(HEADER))})


def render(measured: Sequence[Measured], as_markdown: bool) -> str:
    """One table of all sizes, and below it what the text was and what was left out."""
    rows = [_cells(row) for one in measured for row in one.rows]
    draw = markdown if as_markdown else table
    notes = [note for one in measured for note in _notes(one)]
    gap = "\n\n" if as_markdown else "\n"
    return gap.join([draw(HEADER, rows, RIGHT), *notes])


def _cells(row: Row) -> tuple[str, ...]:
    return (
        f"{row.passages:,}",
        row.system,
        system(row.system).analysis,
        _number(row.build),
        _number(row.build_to_tantivy),
        _number(row.disk / _MB),
        _number(_MS * row.cold),
        _number(_MS * row.median),
        _number(_MS * row.slow),
        _number(row.to_rank),
        _number(row.to_tantivy),
        _number(row.peak / _MB),
        _number(row.bare / _MB),
        "-" if row.alike is None else f"{row.alike:.2f}",
        f"{row.found:.2f}",
    )


def _number(value: float | None) -> str:
    """With about three digits, as many as such measurements are worth."""
    if value is None:
        return "-"
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _notes(one: Measured) -> Iterator[str]:
    about = one.about
    copied = about.passages - about.real
    of = "all as they stand in the sources"
    if copied:
        of = f"{copied:,} of them in varied copies (Heaps' exponent {about.growth:.2f})"
    yield (
        f"{about.passages:,} passages of {about.characters / about.passages:.0f} characters in "
        f"{about.documents:,} documents, {of}. Loading and splitting them alone: "
        f"{about.split_seconds:.1f} s."
    )
    for row in one.rows:
        if row.asked < max(other.asked for other in one.rows):
            yield f"{about.passages:,} passages: {row.system} was asked {row.asked} questions only."
    yield from (f"{about.passages:,} passages: {note}" for note in one.notes)


_Floor = tuple[str, str, int, float, bool, Callable[[Row], float | None]]
_FLOORS: tuple[_Floor, ...] = (
    ("rank-bm25 / a warm question", "times", 100_000, 300.0, True, lambda row: row.to_rank),
    ("a warm question / bare tantivy", "times", 100_000, 1.5, False, lambda row: row.to_tantivy),
    ("a warm question, p95", "ms", 1_000_000, 10.0, False, lambda row: _MS * row.slow),
    ("open and first question", "ms", 0, 50.0, False, lambda row: _MS * row.cold),
    ("memory while open", "MB", 0, 100.0, False, lambda row: row.peak / _MB),
    ("build / bare tantivy", "times", 0, 3.0, False, lambda row: row.build_to_tantivy),
)  # Of which size it is told; 0 for all.


def floors(measured: Sequence[Measured]) -> Iterator[Result]:
    """askdoc's rows against what they are held to, where that was measured."""
    for row in (row for one in measured for row in one.rows):
        if row.system not in (ASKDOC, RETRIEVER):
            continue
        for what, unit, size, target, at_least, figure in _FLOORS:
            value = figure(row)
            if value is not None and size in (0, row.passages):
                name = f"{row.system} at {row.passages:,}: {what}"
                yield Result(name, unit, value, None, None, target, at_least)
