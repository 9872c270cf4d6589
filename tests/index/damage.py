"""Damages a saved index in many ways and asks it: a program of its own, since what it tries may end it.

Called with the folder of an index, a folder of files that it was made of, the first number of the
ways to damage it and how many. Writes a line of JSON for each way: what was done, and what came of
it, which is "right", "told" (a SavedIndexError) or what went wrong.
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
from pathlib import Path
from random import Random
from tempfile import mkdtemp

from askdoc import Assistant
from askdoc.errors import SavedIndexError
from askdoc.index import update

QUESTIONS = (
    "What did the ferry carry?",
    "Who kept the lamp of the tower?",
    "When was the pier closed?",
    "Who is captain of the Halcyon?",
)
SECONDS, MEMORY = 30, 2 * 2**30
RIGHT, TOLD = 0, 3


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


def main(index: Path, docs: Path, first: int, count: int) -> None:
    expected = answers(index)
    for number in range(first, first + count):
        random = Random(number)
        place = Path(mkdtemp())
        try:
            copy = Path(shutil.copytree(index, place / "index"))
            files = sorted(f for f in copy.rglob("*") if f.is_file() and f.suffix != ".lock")
            # The smallest ones would hardly ever be hit else.
            what = damage(random.choice(files), random)
            asked = tried(lambda: answers(copy) == expected)
            again = tried(lambda: bool(update(copy, processes=0)) and answers(copy) == expected)
        finally:
            shutil.rmtree(place)
        said = {RIGHT: "right", TOLD: "told"}
        print(
            json.dumps(
                [number, what, said.get(asked, f"asking: {asked}"),
                 said.get(again, f"updating: {again}")]
            ),
            flush=True,
        )  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
