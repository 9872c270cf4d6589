"""Damages a saved index in many ways and asks it: a program, for what it tries may end it.

Called with the folder of an index, the first number of the ways to damage it, and how many. Writes
a line of JSON for each way: what was done, and what came of asking and of updating it, which is
"right", "told" (a SavedIndexError) or what went wrong.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import sys
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random
from tempfile import mkdtemp
from typing import Any

from askdoc import Assistant
from askdoc.errors import SavedIndexError
from askdoc.index import remove, update

QUESTIONS = (
    "What did the ferry carry?",
    "Who kept the lamp of the tower?",
    "When was the pier closed?",
    "Who is captain of the Halcyon?",
)
SECONDS, MEMORY = 30, 2 * 2**30
RIGHT, TOLD = 0, 3
SAID = {RIGHT: "right", TOLD: "told"}


def answers(index: Path) -> object:
    """All that an index says."""
    assistant = Assistant.open(index, reader="lexical")
    return json.loads(
        json.dumps(
            [
                [assistant.ask(q, limit=5, threshold=0.0).model_dump() for q in QUESTIONS],
                [
                    [hit.passage.document.source, hit.passage.start, hit.passage.text, hit.score]
                    for hit in assistant.search("ferry tower lamp pier captain", limit=50)
                ],
                [[d.source, d.text, d.headings, d.page_starts] for d in assistant.documents],
                [[p.document.source, p.start, p.end, p.text] for p in assistant.passages],
                assistant.extents,
            ],
            default=str,
        )
    )


def are_right(index: Path, expected: object) -> bool:
    """Whether it says what it did."""
    return answers(index) == expected


def are_right_again(index: Path, expected: object) -> bool:
    """Whether it holds what it did after something was added and taken out again."""
    passing = index.with_name("passing.txt")
    passing.write_text("A ship passes by, with a lamp and a captain.")
    update(index, passing, processes=0)
    assert any("passes by" in hit.passage.text for hit in Assistant.open(index).search("passes"))
    remove(index, [passing])
    # What was deleted may still count in the scores.
    return held(answers(index)) == held(expected)


def held(said: Any) -> object:
    """The documents and passages of `answers`, and what was found whatever its score."""
    _, hits, documents, passages, extents = said
    return sorted(hit[:3] for hit in hits), documents, passages, extents


def damage(file: Path, random: Random) -> str:
    """Change a file; how."""
    content = bytearray(file.read_bytes())
    size = len(content)
    way = random.choice(
        ["flip", "flip", "flip", "flip", "byte", "byte", "cut", "zeros", "more", "block", "empty"]
    )
    at = random.randrange(size) if size else 0
    if not size:
        way = "more"
    if way == "flip":
        content[at] ^= 1 << random.randrange(8)
    elif way == "byte":
        content[at] = random.randrange(256)
    elif way == "cut":
        del content[at:]
    elif way == "zeros":
        content[at : at + 64] = bytes(len(content[at : at + 64]))
    elif way == "more":
        content += random.randbytes(random.randrange(1, 100))
    elif way == "block":
        other = random.randrange(size)
        content[at : at + 64] = content[other : other + len(content[at : at + 64])]
    else:
        content.clear()
    file.write_bytes(content)
    return f"{way} at {at} of {size} in {file.name}"


def tried(attempt: Callable[[], bool]) -> int:
    """What comes of an attempt, as an exit code, in a process of its own."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    code = 1
    try:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        signal.alarm(SECONDS)
        code = RIGHT if attempt() else 2
    except SavedIndexError:
        code = TOLD
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def main(index: Path, first: int, count: int) -> None:
    expected = answers(index)
    for number in range(first, first + count):
        random = Random(number)
        place = Path(mkdtemp())
        try:
            copy = Path(shutil.copytree(index, place / "index"))
            files = sorted(f for f in copy.rglob("*") if f.is_file() and f.suffix != ".lock")
            what = damage(random.choice(files), random)
            asked = tried(partial(are_right, copy, expected))
            # That takes longer, and mostly ends where asking did.
            updates = number % 3 == 0
            again = tried(partial(are_right_again, copy, expected)) if updates else asked
        finally:
            shutil.rmtree(place)
        print(
            json.dumps([number, what, SAID.get(asked, asked), SAID.get(again, again)]), flush=True
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
