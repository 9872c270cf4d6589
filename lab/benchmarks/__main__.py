"""`python -m lab.benchmarks`: measure what users wait for, against the targets.

`--only haystack --haystack PYTHON --model FOLDER` measures askdoc beside Haystack instead; what it
needs is told in `lab/benchmarks/comparison.py`. `--only scale` measures the saved index beside
other retrievers, at up to a million passages (`lab/benchmarks/scale.py`).
"""

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
from askdoc import Assistant
from lab.benchmarks import asking, comparison, reading, scale_command, scale_table, splitting
from lab.benchmarks.comparison import Beside
from lab.benchmarks.scale import Measured
from lab.benchmarks.timing import BenchmarkError, Result, pinned
from lab.evaluation.data import DataError, ReadingRow, articles, load
from lab.table import table

_SEEDS = Path(__file__).parents[2] / "seeds"
_PARTS = ("startup", "warm", "split", "hostile", "reader")
_HAYSTACK, _SCALE = "haystack", "scale"
_ASKED = 60
_HEADER = ("what", "figure", "min", "max", "unit", "target", "", "")
_RIGHT = frozenset({1, 2, 3})


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "python -m lab.benchmarks",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--article", type=Path, metavar="PATH", help="what to ask (default: the sample in seeds/)"
    )
    parser.add_argument(
        "--data",
        type=Path,
        metavar="FOLDER",
        help="split and ask its squad2a, not the article repeated",
    )
    parser.add_argument(
        "--rounds", type=int, default=15, metavar="N", help="pairs of processes (default 15)"
    )
    parser.add_argument(
        "--only", choices=(*_PARTS, _HAYSTACK, _SCALE), action="append", help="may be given again"
    )
    parser.add_argument(
        "--haystack", type=Path, metavar="PYTHON", help="the Python that has Haystack"
    )
    parser.add_argument(
        "--model", type=Path, metavar="FOLDER", help="our float32 weights, for Haystack"
    )
    parser.add_argument(
        "--askdoc", type=Path, metavar="PYTHON", help="beside Haystack, askdoc by this Python"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    scale_command.add_options(parser)
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


def _large(data: Path | None, article: str, questions: Sequence[str]) -> reading.Corpus:
    """Many documents, and what to ask them."""
    if data is None:
        return reading.over_and_over(article, questions)
    rows = [row for row in load(data, "squad2a") if isinstance(row, ReadingRow)]
    texts = {title: one.text for title, one in articles(rows).items()}
    asked = dict.fromkeys(row.question for row in rows[:: max(1, len(rows) // _ASKED)])
    return reading.Corpus("a large corpus", texts, tuple(asked)[:_ASKED], "squad2a")


def _results(
    options: argparse.Namespace, article: Path, text: str, questions: Sequence[str]
) -> Iterator[Result]:
    parts = options.only or _PARTS
    if "startup" in parts:
        yield from asking.startup(article, questions[0], options.rounds)
    if "warm" in parts:
        yield from asking.warm(article, questions)
    if "split" in parts:
        yield splitting.plain(*_plain_text(options.data, text))
        for folder in options.text or ():
            yield from splitting.files(folder)
    if "hostile" in parts:
        yield from splitting.hostile()
    if "reader" in parts:
        small = reading.Corpus("the article", {article.name: text}, tuple(questions))
        corpora = small, _large(options.data, text, questions)
        yield from pinned(reading.measure, article, corpora, options.rounds)


def _beside(options: argparse.Namespace, text: str, questions: Sequence[str]) -> list[Beside]:
    if _HAYSTACK not in (options.only or ()):
        return []
    if options.haystack is None or options.model is None:
        raise BenchmarkError(
            "Haystack is not installed here. Give --haystack PYTHON --model FOLDER."
        )
    if not (options.model / "config.json").is_file():
        raise BenchmarkError(
            f"no model: {options.model}. Write it with python -m lab.training.neural.transformers."
        )
    passages = [passage.text for passage in Assistant.from_texts({"article": text}).passages]
    return pinned(
        comparison.compare,
        text, passages, questions, options.rounds, options.haystack, options.model, options.askdoc,
    )  # fmt: skip


def _cells(result: Result) -> tuple[str, ...]:
    figure, low, high = (
        "-" if value is None else f"{value:.2f}"
        for value in (result.figure, result.low, result.high)
    )
    sign = ">=" if result.at_least else "<="
    target = "" if result.target is None else f"{sign} {result.target:g}"
    met = "" if result.met is None else "met" if result.met else "MISSED"
    return result.what, figure, low, high, result.unit, target, met, result.note


def _write_json(
    path: Path,
    argv: Sequence[str],
    results: Sequence[Result],
    beside: Sequence[Beside],
    scale: Sequence[Measured],
) -> None:
    whole = {
        "command": shlex.join(["python", "-m", "lab.benchmarks", *argv]),
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "askdoc": askdoc.__version__,
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors",
        "results": [{**asdict(result), "met": result.met} for result in results],
        "beside": [asdict(row) for row in beside],
        "scale": [asdict(one) for one in scale],
    }
    path.write_text(json.dumps(whole, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _run(options: argparse.Namespace, argv: Sequence[str]) -> None:
    article = _article(options.article)
    text = article.read_text(encoding="utf-8", errors="replace")
    questions = asking.questions_about(text, _ASKED)
    if not questions:
        raise BenchmarkError(f"no words in it: {article}. Name another with --article.")
    results = list(_results(options, article, text, questions))
    beside = _beside(options, text, questions)
    measured = scale_command.run(options) if _SCALE in (options.only or ()) else []
    results += scale_table.floors(measured)
    if measured:
        scale_command.show(measured, options)
    if results:
        print(table(_HEADER, [_cells(result) for result in results], _RIGHT))
    if beside:
        print(table(comparison.HEADER, [row.cells() for row in beside], comparison.RIGHT))
    if options.json:
        _write_json(options.json, argv, results, beside, measured)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; 0 measured (whether targets were met or not), 2 an error."""
    arguments = sys.argv[1:] if argv is None else argv
    options = _parser().parse_args(arguments)
    try:
        _run(options, arguments)
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
