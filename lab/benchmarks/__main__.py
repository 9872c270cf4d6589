"""`python -m lab.benchmarks`: measure what users wait for, against the targets."""

from __future__ import annotations

import argparse
import json
import os
import platform
import shlex
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import askdoc
from lab.benchmarks import asking, splitting
from lab.benchmarks.timing import BenchmarkError, Result
from lab.evaluation.data import DataError, ReadingRow, articles, load
from lab.table import table

_SEEDS = Path(__file__).parents[2] / "seeds"
_PARTS = ("startup", "warm", "split", "hostile")
_HEADER = ("what", "figure", "min", "max", "unit", "target", "", "")
_RIGHT = frozenset({1, 2, 3})


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m lab.benchmarks", description=__doc__)
    parser.add_argument(
        "--article", type=Path, metavar="PATH", help="what to ask (default: the sample in seeds/)"
    )
    parser.add_argument(
        "--data", type=Path, metavar="FOLDER", help="split its squad2a, not the article repeated"
    )
    parser.add_argument(
        "--rounds", type=int, default=15, metavar="N", help="pairs of processes (default 15)"
    )
    parser.add_argument("--only", choices=_PARTS, action="append", help="may be given again")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    return parser


def _article(path: Path | None) -> Path:
    if path is None:
        found = sorted(path for path in _SEEDS.glob("*.txt") if path.stem.upper() != "README")
        if not found:
            raise BenchmarkError(f"no sample document: {_SEEDS}. Name one with --article.")
        path = found[0]
    if not path.is_file():
        raise BenchmarkError(f"no such file: {path}. Name another with --article.")
    return path


def _plain_text(data: Path | None, article: str) -> tuple[str, str]:
    """A text to split, and what it is."""
    if data is None:
        return (article + "\n\n") * (1_000_000 // len(article) + 1), "the article over and over"
    rows = (row for row in load(data, "squad2a") if isinstance(row, ReadingRow))
    return "\n\n".join(article.text for article in articles(rows).values()), "squad2a"


def _results(options: argparse.Namespace) -> Iterator[Result]:
    article = _article(options.article)
    text = article.read_text(encoding="utf-8", errors="replace")
    questions = asking.questions_about(text)
    if not questions:
        raise BenchmarkError(f"no words in it: {article}. Name another with --article.")
    parts = options.only or _PARTS
    if "startup" in parts:
        yield from asking.startup(article, questions[0], options.rounds)
    if "warm" in parts:
        yield from asking.warm(article, questions)
    if "split" in parts:
        yield splitting.plain(*_plain_text(options.data, text))
    if "hostile" in parts:
        yield from splitting.hostile()


def _cells(result: Result) -> tuple[str, ...]:
    figure, low, high = (
        "-" if value is None else f"{value:.2f}"
        for value in (result.figure, result.low, result.high)
    )
    sign = ">=" if result.at_least else "<="
    target = "" if result.target is None else f"{sign} {result.target:g}"
    met = "" if result.met is None else "met" if result.met else "MISSED"
    return result.what, figure, low, high, result.unit, target, met, result.note


def _write_json(path: Path, argv: Sequence[str], results: Sequence[Result]) -> None:
    whole = {
        "command": shlex.join(["python", "-m", "lab.benchmarks", *argv]),
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "askdoc": askdoc.__version__,
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors",
        "results": [{**asdict(result), "met": result.met} for result in results],
    }
    path.write_text(json.dumps(whole, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; 0 measured (whether targets were met or not), 2 an error."""
    arguments = sys.argv[1:] if argv is None else argv
    options = _parser().parse_args(arguments)
    try:
        results = list(_results(options))
        print(table(_HEADER, [_cells(result) for result in results], _RIGHT))
        if options.json:
            _write_json(options.json, arguments, results)
    except (BenchmarkError, DataError, askdoc.AskdocError) as error:
        message = str(error)
    except OSError as error:
        message = f"{error.strerror}: {error.filename}. Name another file."
    else:
        return 0
    print(f"lab.benchmarks: {message}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
