"""`python -m lab.fuzzing.texts`: random texts through splitting, asking and verifying.

Each text is a file, which is read, split, asked two questions (most of them with the lexical, a
share with the neural reader), and whose answers are verified against the file. Every citation must
be verbatim, every verdict that it stands, and nothing but askdoc's own errors may be raised.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

from askdoc import Answer, Assistant
from askdoc.errors import EmptySource, QuestionError, UnsupportedFormat
from askdoc.model import Document
from askdoc.split import split
from askdoc.verify import all_stand, verify
from lab.fuzzing.serving import serve, served
from lab.fuzzing.shapes import text, words
from lab.table import table

STEPS = ("split", "ask", "verify")
MOST_SECONDS = 5.0
"""Processor time for all steps of one text."""

_ASKS = ("Who", "When did", "Where is", "Why was", "How many", "What", "What did", "Which", "")
_NEURAL_EVERY = 20


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the command line asks for; 1 where something was found."""
    parser = argparse.ArgumentParser(prog="python -m lab.fuzzing.texts", description=__doc__)
    parser.add_argument("--texts", type=int, default=20_000, help="how many (20,000)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--neural-every", type=int, default=_NEURAL_EVERY, metavar="N",
                        help="one in N is read by the network (20); 0: none")  # fmt: skip
    parser.add_argument("--text", type=int, metavar="NUMBER", help="this one alone; it is printed")
    options = parser.parse_args(arguments)
    seed, every = options.seed, options.neural_every
    if options.text is not None:
        print(repr(text(_random(seed, options.text))))
        told = tried(seed, options.text, every)
        print(told)
        return 1 if told["wrong"] else 0
    found = list(served("lab.fuzzing.texts", [str(seed), str(every)], options.texts))
    wrong = 0
    for number, case in found:
        what = case if isinstance(case, str) else case["wrong"]
        if what:
            wrong += 1
            print(f"{what}\n  python -m lab.fuzzing.texts --seed {seed} --text {number}")
    print(summary([(number, case) for number, case in found if not isinstance(case, str)]))
    return 1 if wrong else 0


def summary(cases: Sequence[tuple[int, dict[str, Any]]]) -> str:
    """What was tried, and which text took most processor time, in all and for each step."""
    rows = []
    for reader in ("lexical", "neural"):
        these = [(number, case) for number, case in cases if case["reader"] == reader]
        for step in (*STEPS, "all") if these else ():
            times = [(_seconds(case, step), number, case["size"]) for number, case in these]
            most, number, size = max(times)
            middle = median(one[0] for one in times)
            rows.append(
                (reader, step, f"{1000 * middle:.1f}", f"{1000 * most:.0f}", str(number),
                 f"{size:,}")
            )  # fmt: skip
    told = f"{len(cases):,} texts of {sum(case['size'] for _, case in cases):,} characters: "
    told += f"{sum(case['refused'] for _, case in cases):,} without text that is read, "
    told += f"{sum(case['sentences'] for _, case in cases):,} sentences, "
    told += f"{sum(case['answers'] for _, case in cases):,} answers, "
    told += f"{sum(case['citations'] for _, case in cases):,} citations, all of them verbatim"
    if wrong := sum(bool(case["wrong"]) for _, case in cases):
        told += f" but in {wrong} texts"
    header = ("reader", "step", "median ms", "most ms", "text", "characters")
    return f"{table(header, rows, frozenset(range(2, 6)))}\n\n{told}"


def _seconds(case: dict[str, Any], step: str) -> float:
    return float(sum(case[one] for one in STEPS) if step == "all" else case[step])


def _random(seed: int, number: int) -> Random:
    return Random(f"text {seed} {number}")


class _Wrong(Exception):
    """What askdoc did wrong with a text."""


def tried(seed: int, number: int, neural_every: int) -> dict[str, Any]:
    """What comes of a text: what is wrong ("" for nothing), counts, and seconds of each step."""
    rng = _random(seed, number)
    content = text(rng)
    neural = bool(neural_every) and number % neural_every == neural_every - 1
    told: dict[str, Any] = dict.fromkeys((*STEPS, "sentences", "answers", "citations"), 0)
    told |= {"wrong": "", "refused": False, "size": len(content)}
    told["reader"] = "neural" if neural else "lexical"
    with TemporaryDirectory() as folder:
        path = Path(folder) / rng.choice(("a.txt", "a.md", "notes"))
        path.write_bytes(content.encode())
        try:
            _try(path, content, rng, told)
        except (EmptySource, UnsupportedFormat):
            told["refused"] = True
        except _Wrong as wrong:
            told["wrong"] = str(wrong)
        except Exception as error:
            told["wrong"] = f"{type(error).__name__}: {error}"
    taken = _seconds(told, "all")
    if not told["wrong"] and taken > MOST_SECONDS:
        told["wrong"] = f"{taken:.1f} s of processor time"
    return told


def _try(path: Path, content: str, rng: Random, told: dict[str, Any]) -> None:
    start = process_time()
    assistant = Assistant.from_paths(path, reader=_reader(told["reader"]))
    (document,) = assistant.documents
    if document.text != content.removeprefix("\ufeff"):
        raise _Wrong("the text is not what the file holds")
    told["sentences"] = _check_split(document)
    told["split"], start = process_time() - start, process_time()
    answers = _asked(assistant, content, rng)
    told["ask"], start = process_time() - start, process_time()
    for answer in answers:
        _check_quotes(answer, document)
    verdicts = verify(answers)
    told["verify"] = process_time() - start
    told["answers"], told["citations"] = len(answers), len(verdicts)
    if not all_stand(verdicts):
        bad = next(verdict for verdict in verdicts if verdict.standing != "stands")
        quote = bad.citation.quote if bad.citation else ""
        raise _Wrong(f"verify says {bad.standing}: {bad.detail}: {quote!r}")


def _asked(assistant: Assistant, content: str, rng: Random) -> list[Answer]:
    """Answers to questions in the text's own words and others."""
    found = content.split()[:500] or words(rng)
    answers = []
    for threshold in (None, 0.0):
        own = rng.choices(found, k=rng.randrange(1, 6)) + words(rng, 3)
        question = f"{rng.choice(_ASKS)} {' '.join(own)}?"
        try:
            limit = rng.choice((1, 3, 20))
            answers.append(assistant.ask(question, limit=limit, threshold=threshold))
        except QuestionError as error:
            if not error.remedy:
                raise _Wrong("an error that does not help") from error
    return answers


def _check_split(document: Document) -> int:
    """Sentences are in order, and together all of the text but white space; how many they are."""
    at = count = 0
    for sentence in (sentence for block in split(document) for sentence in block):
        if document.text[at : sentence.start].strip():
            raise _Wrong(f"text between sentences, at {at}")
        if not sentence.start < sentence.end or sentence.text != sentence.text.strip():
            raise _Wrong(f"white space around a sentence, at {sentence.start}")
        at, count = sentence.end, count + 1
    if document.text[at:].strip():
        raise _Wrong(f"text after the last sentence, at {at}")
    return count


def _check_quotes(answer: Answer, document: Document) -> None:
    for citation in (*answer.citations, *answer.nearest):
        if not citation.quote or document.text[citation.start : citation.end] != citation.quote:
            raise _Wrong(f"not verbatim: {citation.quote!r}")
        short = citation.short
        if short and document.text[short.start : short.end] != short.text:
            raise _Wrong(f"a short answer that is not verbatim: {short.text!r}")
    if answer.text != "\n".join(citation.quote for citation in answer.citations):
        raise _Wrong("the answer's text is not its quotes")
    if Answer.model_validate_json(answer.model_dump_json()) != answer:
        raise _Wrong("another answer after JSON")


_readers: dict[str, Any] = {}


def _reader(name: str) -> Any:
    """A reader, loaded once."""
    from askdoc.read import reader

    if name not in _readers:
        _readers[name] = reader(name)
    return _readers[name]


def _serve(seed: int, every: int, first: int, end: int) -> None:
    for name in ("lexical", "neural")[: 2 if every else 1]:  # loaded outside of any case's time
        Assistant.from_texts({"a.txt": "The lamp is lit."}, reader=_reader(name)).ask("lamp?")
    for number in range(-3, 0):
        tried(seed, number, 0)
    serve(lambda number: tried(seed, number, every), first, end)


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1].lstrip("-").isdigit():
        _serve(*map(int, sys.argv[1:]))
        os._exit(0)
    sys.exit(main())
