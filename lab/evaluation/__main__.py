"""`python -m lab.evaluation`: measure askdoc on questions with known answers."""

from __future__ import annotations

import argparse
import contextlib
import os
import platform
import shlex
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import askdoc
from lab.evaluation import data, report
from lab.evaluation.asking import Resolve, build_assistant
from lab.evaluation.data import SOURCES, Article, DataError, ReadingRow, Row
from lab.evaluation.figures import figures
from lab.evaluation.run import perform, plan

_SAMPLE = 1000  # all sets in well under two minutes on two processors

Samples = dict[str, list[Row]]
Articles = dict[str, dict[str, Article]]


def _sets(names: str) -> list[str]:
    chosen = [name.strip() for name in names.split(",")]
    unknown = [name for name in chosen if name not in SOURCES]
    if unknown:
        raise argparse.ArgumentTypeError(f"no set {unknown[0]!r}; there are {', '.join(SOURCES)}")
    return [name for name in SOURCES if name in chosen]


def _positive(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not int(text):
        raise argparse.ArgumentTypeError(f"not a whole number above 0: {text!r}")
    return int(text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m lab.evaluation", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, metavar="FOLDER")
    size = parser.add_mutually_exclusive_group()
    size.add_argument(
        "--sample",
        type=_positive,
        default=_SAMPLE,
        metavar="N",
        help=f"questions a set, drawn by the seed (default {_SAMPLE})",
    )
    size.add_argument("--full", action="store_true", help="all questions")
    parser.add_argument(
        "--only", type=_sets, default=list(SOURCES), metavar="SETS", help=", ".join(SOURCES)
    )
    parser.add_argument("--seed", type=int, default=0, help="of sample and intervals (default 0)")
    parser.add_argument(
        "--jobs", type=_positive, default=os.cpu_count() or 1, metavar="N", help="processes"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    parser.add_argument("--dump", type=Path, metavar="FILE", help="write each question's outcome")
    parser.add_argument("--progress", action="store_true", help="a bar even without a terminal")
    return parser


@contextlib.contextmanager
def _bar(total: int, wanted: bool) -> Iterator[Callable[[int], object]]:
    if not wanted:
        yield lambda _: None
        return
    from tqdm import tqdm

    with tqdm(total=total, unit="question", file=sys.stderr) as bar:
        yield bar.update


def _about(options: argparse.Namespace, argv: Sequence[str], seconds: float) -> dict[str, Any]:
    return {
        "command": shlex.join(["python", "-m", "lab.evaluation", *argv]),
        "sample": None if options.full else options.sample,
        "seed": options.seed,
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "askdoc": askdoc.__version__,
        "jobs": options.jobs,
        "seconds": round(seconds, 1),
    }


def _questions(options: argparse.Namespace) -> tuple[Samples, Articles]:
    """The rows to ask, by set, and the articles of the sets that are asked by article."""
    size = None if options.full else options.sample
    samples: Samples = {}
    articles: Articles = {}
    for name in options.only:
        rows = data.load(options.data, name)
        samples[name] = data.sample(rows, size, options.seed)
        if SOURCES[name].by_article:
            articles[name] = data.articles(row for row in rows if isinstance(row, ReadingRow))
    return samples, articles


def _measure(options: argparse.Namespace, argv: Sequence[str]) -> int:
    for path in filter(None, (options.json, options.dump)):
        if not path.parent.is_dir():  # said now, not after an hour's run
            raise DataError(f"no such folder: {path.parent}. Make it first.")
    samples, articles = _questions(options)
    resolve: Resolve | None = getattr(askdoc, "resolve", None)
    planned = plan(samples, articles, build_assistant, resolve)
    total = sum(piece.questions for piece in planned)
    began = time.perf_counter()
    with _bar(total, options.progress or sys.stderr.isatty()) as advance:
        outcomes = perform(planned, options.jobs, advance)
    seconds = time.perf_counter() - began
    rewriting = resolve is not None
    found = [
        figure
        for name, rows in samples.items()
        for figure in figures(name, rows, outcomes[name], options.seed, rewriting)
    ]
    print(report.as_table(found))
    print(f"asked {total} in {seconds:.0f} s, {options.jobs} at a time", file=sys.stderr)
    broken = report.failures(outcomes)
    if options.json:
        about = {**_about(options, argv, seconds), "failures": broken}
        report.write_json(options.json, about, found)
    if options.dump:
        report.write_dump(options.dump, samples, outcomes)
    if broken:
        print(f"lab.evaluation: {len(broken)} questions failed; {broken[0]}", file=sys.stderr)
    return 1 if broken else 0


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; 0 measured, 1 measured but some questions broke, 2 an error."""
    arguments = sys.argv[1:] if argv is None else argv
    options = _parser().parse_args(arguments)
    try:
        return _measure(options, arguments)
    except DataError as error:
        message = str(error)
    except ModuleNotFoundError as error:
        message = f"{error.name} is not installed. Run: pip install -e '.[lab]'"
    except OSError as error:
        message = f"{error.strerror}: {error.filename}. Name another file."
    except BrokenProcessPool:
        message = "a process was killed, perhaps for want of memory. Try fewer --jobs."
    print(f"lab.evaluation: {message}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
