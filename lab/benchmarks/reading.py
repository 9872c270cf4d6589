"""What the neural reader costs on one core, beside the lexical: a question, a start, memory.

All figures are of processes that are pinned to one core (`timing.pinned`), so that they mean the
same on a laptop and on a server.
"""

from __future__ import annotations

import re
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from askdoc.read import READERS
from lab.benchmarks.child import Report, ask_child
from lab.benchmarks.parts import parts
from lab.benchmarks.timing import BenchmarkError, Result, in_turn, p95, process

_ON_ARTICLE, _ON_CORPUS, _MEMORY = 150.0, 400.0, 350.0  # ms, ms, MB
_MB, _MS = 1_000_000, 1000
_LARGE = 1_000_000  # code points of the article over and over
_LOADS, _SPLIT = 5, 20
_NEEDED = ("numpy", "onnxruntime", "askdoc", "askdoc.read.neural")
_OK, _ANSWERED_OR_NOT = frozenset({0}), frozenset({0, 1})


@dataclass(frozen=True)
class Corpus:
    """What is asked: name -> text, the questions, and what to call it."""

    what: str
    texts: dict[str, str]
    questions: tuple[str, ...]
    note: str = ""


def over_and_over(text: str, questions: Sequence[str], size: int = _LARGE) -> Corpus:
    """A corpus of at least `size` code points: the text again and again, with other numbers."""

    def copy(number: int) -> str:
        def counted(found: re.Match[str]) -> str:
            return str(int(found[0]) + number).zfill(len(found[0]))

        return re.sub(r"[0-9]{1,18}", counted, text)

    copies = {f"copy {number}": copy(number) for number in range(size // len(text) + 1)}
    note = f"{len(copies)} copies of the article with other numbers"
    return Corpus("a large corpus", copies, tuple(questions), note)


def measure(article: Path, corpora: Sequence[Corpus], rounds: int) -> list[Result]:
    """All of the part's figures; `corpora` are the article as texts, and a large corpus.

    Raises:
        BenchmarkError: a process cannot be started or fails, as where the model is missing, or
            there are not two questions.
    """
    found: list[Result] = []
    for corpus, target in zip(corpora, (_ON_ARTICLE, _ON_CORPUS), strict=True):
        for reader in READERS:
            asked = {"system": "askdoc", "reader": reader, "texts": corpus.texts}
            report = ask_child({**asked, "questions": corpus.questions})
            found += warm(corpus, reader, report, target if reader == "neural" else None)
            found.append(_memory(corpus, reader, report, corpus is corpora[0]))
        found.append(
            parts(
                f"neural: parts of a question on {corpus.what}",
                corpus.texts,
                corpus.questions[: _SPLIT + 1],
            )
        )
    found.append(_load())
    found.append(cold(article.resolve(), corpora[0].questions[0], rounds))
    return found


def warm(corpus: Corpus, reader: str, report: Report, target: float | None) -> Iterator[Result]:
    """p50 and p95 of what questions took, all but the first."""
    spent = [_MS * one for one in report.times[1:]]
    if not spent:
        raise BenchmarkError(f"too short to ask questions about: {corpus.what}. Name a longer one.")
    busy = _MS * statistics.mean(report.busy[1:])
    what = f"{reader}: a question on {corpus.what}"
    low, high = min(spent), max(spent)
    note = f"{len(spent)} questions, {busy:.1f} ms of processor time each"
    yield Result(f"{what}, p50", "ms", statistics.median(spent), low, high, target, note=note)
    yield Result(f"{what}, p95", "ms", p95(spent), low, high, target, note=corpus.note)


def _memory(corpus: Corpus, reader: str, report: Report, small: bool) -> Result:
    """The most memory of a process that has answered, and what of it is imports'.

    The target is for one article: a corpus is held in memory whole, and takes what it takes.
    """
    modules = ["numpy", "onnxruntime", "pydantic", "nltk"]
    if reader == "lexical":
        modules.remove("onnxruntime")
    bare = ask_child({"imports": modules}).peak / _MB
    peak = report.peak / _MB
    target = _MEMORY if small and reader == "neural" else None
    note = f"{bare:.0f} MB of it: import {', '.join(modules)}"
    return Result(f"{reader}: memory on {corpus.what}", "MB", peak, peak, peak, target, note=note)


def _load() -> Result:
    """Milliseconds to make the reader, what it needs imported, in new processes."""
    request = {"system": "askdoc", "reader": "neural", "texts": {}, "imports": _NEEDED}
    reports = [ask_child(request) for _ in range(_LOADS)]
    times = [_MS * report.loaded for report in reports]
    imports = _MS * statistics.median(report.imported for report in reports)
    note = f"after {imports:.0f} ms to import {', '.join(_NEEDED)}"
    low, high = min(times), max(times)
    return Result("neural: load the reader", "ms", statistics.median(times), low, high, note=note)


def cold(article: Path, question: str, rounds: int) -> Result:
    """The command, new, against three times its imports plus the same with the lexical reader.

    The figure is the median over rounds in which all three run in turn.

    Raises:
        BenchmarkError: the command is not installed beside this Python, or fails.
    """
    askdoc = Path(sys.executable).parent / "askdoc"
    imports = [sys.executable, "-c", "import numpy, pydantic, onnxruntime"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        works = [
            process(
                [askdoc, "query", "--reader", reader, question, article], folder, _ANSWERED_OR_NOT
            )
            for reader in READERS
        ]
        runs = in_turn([*works, process(imports, folder, _OK)], rounds)
    ratios = [neural / (3 * bare + lexical) for neural, lexical, bare in runs]
    neural, lexical, bare = (_MS * statistics.median(times) for times in zip(*runs, strict=True))
    return Result(
        "askdoc query --reader neural / (3 imports + lexical)",
        "times",
        statistics.median(ratios),
        min(ratios),
        max(ratios),
        1.0,
        note=f"{neural:.0f} ms to 3 x {bare:.0f} ms + {lexical:.0f} ms",
    )
