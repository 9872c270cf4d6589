"""What a user waits for: the command to start, one question, a question to a warm assistant."""

from __future__ import annotations

import re
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from lab.benchmarks.timing import BenchmarkError, Result, p95, process, ratio, seconds

_OPENINGS = ("What about", "Who said that", "When did", "How many", "Why did", "Where was")
_WARM = 10.0  # ms
_OK = frozenset({0})
_ANSWERED_OR_NOT = frozenset({0, 1})


def questions_about(text: str, count: int = 60) -> list[str]:
    """Different questions, each of the longest words of one part of the text; at most `count`.

    Made from the text itself, so that any article can be measured with questions that find much
    to compare; they need not be sensible.
    """
    words = re.findall(r"[^\W\d_]+", text)
    size = max(3, len(words) // count)
    parts = (words[at : at + size] for at in range(0, len(words), size))
    longest = (sorted(dict.fromkeys(part), key=len, reverse=True)[:3] for part in parts)
    asked = (
        f"{_OPENINGS[at % len(_OPENINGS)]} {' '.join(part)}?" for at, part in enumerate(longest)
    )
    return list(dict.fromkeys(asked))[:count]


def startup(article: Path, question: str, rounds: int) -> Iterator[Result]:
    """The installed command against plain Python, with exact paths and in an empty folder.

    Raises:
        BenchmarkError: the command is not installed beside this Python, or fails.
    """
    askdoc = Path(sys.executable).parent / "askdoc"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yield ratio(
            "askdoc --help / python -c pass",
            process([askdoc, "--help"], folder, _OK),
            process([sys.executable, "-c", "pass"], folder, _OK),
            rounds,
            target=2.0,
        )
        yield ratio(
            'askdoc query --reader lexical / python -c "import nltk, pydantic"',
            process(
                [askdoc, "query", "--reader", "lexical", question, article.resolve()],
                folder,
                _ANSWERED_OR_NOT,
            ),
            process([sys.executable, "-c", "import nltk, pydantic"], folder, _OK),
            rounds,
            target=3.0,
        )


def warm(article: Path, questions: Sequence[str]) -> Iterator[Result]:
    """Questions to a lexical assistant at hand, each asked once, after one that is not counted.

    Raises:
        BenchmarkError: there are not two questions.
        askdoc.AskdocError: the article cannot be read.
    """
    from askdoc import Assistant

    if len(questions) < 2:
        raise BenchmarkError(f"too short to ask questions about: {article}. Name a longer article.")
    assistant = Assistant.from_paths(article, reader="lexical")
    assistant.ask(questions[0])
    busy = time.process_time()
    times = [1000 * seconds(partial(assistant.ask, question)) for question in questions[1:]]
    busy = 1000 * (time.process_time() - busy) / len(times)
    low, median, high = min(times), statistics.median(times), max(times)
    # On a machine that others use too, the processor's time tells what a free one would need.
    note = f"{len(times)} questions, {busy:.1f} ms of processor time each"
    what = "a question to an assistant at hand"
    yield Result(f"{what}, p50", "ms", median, low, high, _WARM, note=note)
    yield Result(f"{what}, p95", "ms", p95(times), low, high, _WARM)
    # The index may be built when it is first needed, so the first question belongs to it.
    first = [
        1000 * seconds(lambda: Assistant.from_paths(article, reader="lexical").ask(questions[0]))
        for _ in range(5)
    ]
    what = "read and index the article, ask the first"
    yield Result(what, "ms", statistics.median(first), min(first), max(first))
