"""`python -m lab.fuzzing.questions`: questions that nobody asks, through every door.

Doors: an assistant over documents in memory (both readers), over a saved index, a conversation
that has begun, the program's arguments (`askdoc query`, `askdoc search`) and lines that are piped
into its shell. Each must give an answer or a clear error, within limits of processor time and
memory.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

from askdoc import Answer, Assistant
from askdoc.errors import AskdocError
from askdoc.index import update
from lab.evaluation.talks import FOLDER
from lab.fuzzing.costs import children, in_mib, peak_memory
from lab.fuzzing.serving import serve, served
from lab.fuzzing.traps import TRAPS
from lab.table import table

MOST_SECONDS = 10.0
"""Processor time for one question; where the program is started for it, with that."""

MOST_GROWTH = 512 * 2**20
"""Bytes of memory beyond what was held before the question, or for all of a program."""

DOORS = ("memory", "neural", "index", "conversation", "arguments", "search", "shell")
_PROGRAMS = ("arguments", "search", "shell")
_LONGEST_ARGUMENT = 128 * 1024 - 1  # bytes; the system's own limit
_TOP = 12


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the command line asks for; 1 where something was found."""
    parser = argparse.ArgumentParser(prog="python -m lab.fuzzing.questions", description=__doc__)
    parser.add_argument("--door", choices=DOORS, action="append", help="may be given again (all)")
    parser.add_argument("--scale", type=float, default=1.0, help="of the questions' size (1)")
    options = parser.parse_args(arguments)
    cases: list[tuple[str, int, dict[str, Any]]] = []
    wrong = 0
    for door in options.door or DOORS:
        given = [door, str(options.scale)]
        for number, told in served("lab.fuzzing.questions", given, len(TRAPS)):
            case = {"wrong": told} if isinstance(told, str) else told
            if case["wrong"]:
                wrong += 1
                print(f"{door}: {TRAPS[number].name}: {case['wrong']}", flush=True)
            cases.append((door, number, case))
    print(summary(cases))
    return 1 if wrong else 0


def summary(cases: Sequence[tuple[str, int, dict[str, Any]]]) -> str:
    """The slowest questions and those that took most memory, and what came of all."""
    told = [case for case in cases if "seconds" in case[2]]
    slowest = sorted(told, key=lambda case: -case[2]["seconds"])[:_TOP]
    largest = sorted(told, key=lambda case: -case[2]["grown"])[:_TOP]
    header = ("question", "door", "s", "MiB more", "what came of it")
    right = frozenset((2, 3))
    counts = {what: sum(what == case["outcome"] for _, _, case in told) for what in _OUTCOMES}
    return "\n\n".join(
        [
            "most processor time\n" + table(header, list(map(_cells, slowest)), right),
            "most memory\n" + table(header, list(map(_cells, largest)), right),
            f"{len(TRAPS)} questions, {len(cases)} asked: "
            + ", ".join(f"{count} {what}" for what, count in counts.items())
            + f"; {sum(bool(case['wrong']) for _, _, case in cases)} faults",
        ]
    )


def _cells(case: tuple[str, int, dict[str, Any]]) -> tuple[str, ...]:
    door, number, told = case
    name, grown = TRAPS[number].name, in_mib(told["grown"])
    return name, door, f"{told['seconds']:.2f}", grown, str(told["outcome"])


_OUTCOMES = ("answered", "not said", "a clear error", "not to be passed")
Door = Callable[[str], str]
"""From a question to one of the outcomes; raises whatever askdoc does not promise."""


class Fault(Exception):
    """What askdoc did wrong."""


def door_of(name: str, folder: Path) -> Door:
    """What asks; `folder` is empty, and remains as long as it is used."""
    documents = sorted(FOLDER.rglob("*.txt"))
    if name in _PROGRAMS:
        return lambda question: _program(name, question, documents, folder)
    if name == "index":
        update(folder / "index", documents, processes=0)
        assistant = Assistant.open(folder / "index", reader="lexical")
    else:
        reader = "neural" if name == "neural" else "lexical"
        assistant = Assistant.from_paths(documents, reader=reader)
    assistant.ask("Where was the cello found?")
    if name != "conversation":
        return lambda question: _asked(lambda: _both(assistant, question))

    def talk(question: str) -> Answer:
        conversation = assistant.conversation()
        conversation.ask("Where was the cello found?")
        conversation.ask("Who found it?")
        conversation.ask(question)
        return conversation.ask("And why?")

    return lambda question: _asked(lambda: talk(question))


def _both(assistant: Assistant, question: str) -> Answer:
    assistant.search(question, limit=5)
    return assistant.ask(question)


def _asked(ask: Callable[[], Answer]) -> str:
    try:
        answer = ask()
    except AskdocError as error:
        if not error.what or not error.remedy or len(str(error)) > 1_000:
            raise Fault(f"an error that does not help: {str(error)[:200]!r}") from error
        return "a clear error"
    answer.model_dump_json().encode()
    return "answered" if answer.answered else "not said"


def _program(name: str, question: str, documents: Sequence[Path], folder: Path) -> str:
    """Ask by a program of its own."""
    paths = list(map(str, documents))
    raw = question.encode("utf-8", "surrogatepass")
    reader = ["--reader=lexical"]
    if name == "shell":
        command: list[str | bytes] = [*reader, "--no-suggestions", "--no-cache", *paths]
    else:
        if b"\0" in raw or len(raw) > _LONGEST_ARGUMENT:
            return "not to be passed"
        if name == "search":
            _index_once(folder / "index", documents)
            command = ["search", "--index", str(folder / "index"), "--", raw]
        else:
            command = ["query", *reader, "--no-cache", "--", raw, *paths]
    done = subprocess.run(
        [sys.executable, "-m", "askdoc", *command],
        input=raw + b"\nWhere was the cello found?\n" if name == "shell" else b"",
        capture_output=True,
        check=False,
    )
    told = done.stderr.decode("utf-8", "replace")
    if done.returncode not in (0, 1, 2) or "Traceback" in told or "fault in askdoc" in told:
        raise Fault(f"exit code {done.returncode}: {told[-300:]!r}")
    if done.returncode == 2:
        if not told.startswith("askdoc: ") or len(told) > 100_000:
            raise Fault(f"an error that does not help: {told[:200]!r}")
        return "a clear error"
    if name == "shell" and b"hay barn" not in done.stdout:
        raise Fault("the shell did not answer the question after it")
    return "not said" if done.returncode else "answered"


def _index_once(index: Path, documents: Sequence[Path]) -> None:
    if not index.exists():
        update(index, documents, processes=0)


def tried(door: Door, name: str, number: int, scale: float) -> dict[str, Any]:
    """What comes of a question by one door: the outcome, what is wrong, and what it cost."""
    question = TRAPS[number].make(scale)
    before = peak_memory()
    used, _ = children()
    start = process_time()
    outcome, wrong = "", ""
    try:
        outcome = door(question)
    except Exception as error:
        wrong = str(error) if isinstance(error, Fault) else f"{type(error).__name__}: {error}"[:300]
    now, largest = children()
    program = name in _PROGRAMS
    seconds = now - used if program else process_time() - start
    # Of programs only the largest so far is known, and then this one is at most as large; none is
    # told to be smaller than this process was when it started it.
    grown = (largest if largest > before else 0) if program else peak_memory() - before
    if not wrong and seconds > MOST_SECONDS:
        wrong = f"{seconds:.1f} s of processor time"
    if not wrong and grown > MOST_GROWTH:
        wrong = f"{in_mib(grown)} MiB of memory"
    return {"outcome": outcome, "wrong": wrong, "seconds": seconds, "grown": grown}


def _serve(name: str, scale: float, first: int, end: int) -> None:
    with TemporaryDirectory() as folder:
        door = door_of(name, Path(folder))
        serve(lambda number: tried(door, name, number, scale), first, end)


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in DOORS:
        _serve(sys.argv[1], float(sys.argv[2]), *map(int, sys.argv[3:]))
        sys.stdout.flush()
        os._exit(0)
    sys.exit(main())
