"""A program that has one file read and asks it, and tells on standard output what that cost.

`python -m lab.fuzzing.hostile.reading WAY FILE`, where WAY is "ask" (held in memory) or "index" (by
way of a saved index beside the file). Both as the command line does it: what needs a parser is read
in a child process.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TypedDict

from askdoc import Assistant
from askdoc.errors import AskdocError
from askdoc.index import update
from lab.fuzzing.costs import children, limit_memory, peak_memory

QUESTION = "Where is the lamp lit at dusk?"


MOST_MEMORY = 4 * 2**30
"""Bytes of address space of this program, so that a machine outlives it."""


class Told(TypedDict):
    """What is told of a file.

    `outcome` is "read" or what askdoc says of it; the times are seconds of processor time, of this
    process up to where the file was read and from there on, and of its children; `peak` and
    `child_peak` are bytes.
    """

    outcome: str
    read: float
    asked: float
    peak: int
    child: float
    child_peak: int


def main(way: str, path: Path) -> Told:
    """Read and ask a file."""
    outcome = "read"
    read = used = _used()
    try:
        if way == "index":
            index = path.parent / "index"
            problems = update(index, path, processes=1).problems
            read = used = _used()
            if problems:
                raise problems[0]
            assistant = Assistant.open(index, reader="lexical")
        else:
            assistant = Assistant.from_paths(path, reader="lexical")
            read = used = _used()
        assistant.ask(QUESTION)
        assistant.ask(QUESTION, limit=5, threshold=0.0)
        used = _used()
    except AskdocError as error:
        outcome, used = f"{type(error).__name__}: {error}", _used()
        read = read or used
    child, child_peak = children()
    return Told(
        outcome=outcome,
        read=read,
        asked=used - read,
        peak=peak_memory(),
        child=child,
        child_peak=child_peak if child else 0,
    )


def _used() -> float:
    return sum(os.times()[:2])


if __name__ == "__main__":
    limit_memory(MOST_MEMORY)
    print(json.dumps(main(sys.argv[1], Path(sys.argv[2]))))
