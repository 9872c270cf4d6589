"""`python -m lab.evaluation`: measure askdoc's readers on questions with known answers."""

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
from functools import partial
from pathlib import Path
from typing import Any

import askdoc
from askdoc import AskdocError
from askdoc.read import READERS
from lab.evaluation import data, report
from lab.evaluation.asking import Build
from lab.evaluation.compare import differences
from lab.evaluation.data import SOURCES, Article, DataError, ReadingRow, Row
from lab.evaluation.figures import Figure, figures
from lab.evaluation.kept import FOLDS, unseen
from lab.evaluation.readers import NEURAL, build_assistant, make_reader
from lab.evaluation.run import Outcomes, perform, plan

_SAMPLE = 1000  # the lexical reader: all sets in well under two minutes on two processors
_ALL = "all"

Samples = dict[str, list[Row]]
Articles = dict[str, dict[str, Article]]


def _sets(names: str) -> list[str]:
    chosen = [name.strip() for name in names.split(",")]
    unknown = [name for name in chosen if name not in SOURCES]
    if unknown:
        raise argparse.ArgumentTypeError(f"no set {unknown[0]!r}; there are {', '.join(SOURCES)}")
    return [name for name in SOURCES if name in chosen]


def _readers(names: str) -> list[str]:
    chosen = list(dict.fromkeys(name.strip() for name in names.split(",")))
    unknown = [name for name in chosen if name not in READERS]
    if unknown:
        raise argparse.ArgumentTypeError(
            f"no reader {unknown[0]!r}; there are {', '.join(READERS)}"
        )
    return chosen


def _folds(text: str) -> str | int:
    if text == _ALL:
        return text
    if not text.isascii() or not text.isdigit() or int(text) >= FOLDS:
        raise argparse.ArgumentTypeError(f"neither 0 to {FOLDS - 1} nor {_ALL!r}: {text!r}")
    return int(text)


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
    parser.add_argument(
        "--reader",
        type=_readers,
        default=sorted(READERS),
        metavar="READERS",
        help="each is put every question, the others are compared with the first "
        f"(default {','.join(sorted(READERS))})",
    )
    parser.add_argument(
        "--model", type=Path, metavar="FOLDER", help="read with its network, not with askdoc's"
    )
    parser.add_argument(
        "--kept",
        type=_folds,
        metavar="N",
        help="only questions that a network trained with --fold N has not seen; "
        f"{_ALL!r}: one trained on all folds",
    )
    parser.add_argument(
        "--saved", action="store_true", help="ask a saved index rather than texts in memory"
    )
    parser.add_argument("--seed", type=int, default=0, help="of sample and intervals (default 0)")
    parser.add_argument(
        "--jobs", type=_positive, default=os.cpu_count() or 1, metavar="N", help="processes"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    parser.add_argument("--dump", type=Path, metavar="FILE", help="write each question's outcome")
    parser.add_argument("--plots", type=Path, metavar="FOLDER", help="draw pictures into it")
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
        "readers": options.reader,
        "kept": options.kept,
        "sample": None if options.full else options.sample,
        "seed": options.seed,
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "askdoc": askdoc.__version__,
        "jobs": options.jobs,
        "seconds": round(seconds, 1),
    }


def _questions(options: argparse.Namespace) -> tuple[Samples, Articles]:
    """The rows to ask, by set, and the articles of the sets that are asked by article.

    An article is whole whatever the sample, and whatever its questions were kept from.
    """
    size = None if options.full else options.sample
    samples: Samples = {}
    articles: Articles = {}
    for name in options.only:
        rows = data.load(options.data, name)
        asked = rows
        if options.kept is not None:
            asked = unseen(name, rows, None if options.kept == _ALL else options.kept)
        if not asked:
            print(f"lab.evaluation: {name} left out: no question is left of it", file=sys.stderr)
            continue
        samples[name] = data.sample(asked, size, options.seed)
        if SOURCES[name].by_article:
            articles[name] = data.articles(row for row in rows if isinstance(row, ReadingRow))
    if not samples:
        raise DataError("no question is left to ask. Name other sets with --only.")
    return samples, articles


def _check(options: argparse.Namespace) -> None:
    """Say now what would otherwise be found out after an hour's run."""
    for path in filter(None, (options.json, options.dump, options.plots)):
        if not path.parent.is_dir():
            raise DataError(f"no such folder: {path.parent}. Make it first.")
    if options.model and NEURAL not in options.reader:
        raise DataError(f"--model is for the {NEURAL} reader. Name it with --reader too.")
    for name in options.reader:
        make_reader(name, options.model)
    if options.plots:
        import matplotlib  # noqa: F401

        options.plots.mkdir(exist_ok=True)


def _draw(folder: Path, outcomes: Outcomes, found: dict[str, list[Figure]]) -> None:
    from lab.evaluation import chart, plots

    shown = plots.panels(outcomes)
    if shown:
        plots.draw_coverage(shown, folder / "coverage.svg")
        plots.draw_reliability(shown, folder / "reliability.svg")
    if not chart.draw_readers(found, folder / "readers.svg"):
        print("lab.evaluation: nothing measured that readers.svg shows", file=sys.stderr)


def _measure(options: argparse.Namespace, argv: Sequence[str]) -> int:
    _check(options)
    samples, articles = _questions(options)
    build = partial(build_assistant, saved=True) if options.saved else build_assistant
    builds: dict[str, Build] = {
        name: partial(build, reader=name, model=options.model) for name in options.reader
    }
    planned = plan(samples, articles, builds, askdoc.resolve)
    total = sum(piece.questions for piece in planned)
    began = time.perf_counter()
    with _bar(total, options.progress or sys.stderr.isatty()) as advance:
        outcomes = perform(planned, options.jobs, advance)
    seconds = time.perf_counter() - began
    found = {
        reader: [
            figure
            for name, rows in samples.items()
            for figure in figures(name, rows, outcomes[reader][name], options.seed)
        ]
        for reader in options.reader
    }
    compared = differences(found, options.seed)
    print(report.as_table(found, compared))
    print(f"asked {total} in {seconds:.0f} s, {options.jobs} at a time", file=sys.stderr)
    broken = report.failures(outcomes)
    if options.json:
        about = {**_about(options, argv, seconds), "failures": broken}
        report.write_json(options.json, about, found, compared)
    if options.dump:
        report.write_dump(options.dump, samples, outcomes)
    if options.plots:
        _draw(options.plots, outcomes, found)
    if broken:
        print(f"lab.evaluation: {len(broken)} questions failed; {broken[0]}", file=sys.stderr)
    return 1 if broken else 0


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; 0 measured, 1 measured but some questions broke, 2 an error."""
    arguments = sys.argv[1:] if argv is None else argv
    options = _parser().parse_args(arguments)
    try:
        return _measure(options, arguments)
    except (DataError, AskdocError) as error:
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
