"""How fast text becomes sentences: on plain text, and on text made to be slow.

Each hostile text is split in a process of its own, which is stopped when it takes too long.
"""

from __future__ import annotations

import multiprocessing
import statistics
from collections.abc import Iterator
from multiprocessing.connection import Connection

from askdoc import Document
from lab.benchmarks.timing import Result, seconds

_MB = 1_000_000
_PATIENCE = 60  # seconds for one hostile text
_LEAST = 2.0  # MB/s on plain text
_MOST = 1 / _LEAST + 1.0  # s/MB on any text: one second longer than plain text may take

HOSTILE = {
    "newlines": "\n",
    "blank lines with blanks": " \n\t\n",
    "quotation marks": '"',
    "curly quotation marks": "“”",
    "apostrophes": "'",
    "opening brackets": "(",
    "closing brackets": ")",
    "full stops": ".",
    "spaced full stops": ". . . ",
    "question marks and quotes": '?" ',
    "a.b.c.d.": "a.b.c.d.",
    "initials": "A. B. ",
    "one line without spaces": "abcdefghij",
    "blanks": " ",
    "bullets": "- a\n",
    "heading marks": "#",
}


def _split_seconds(text: str) -> float:
    from askdoc.split import split

    document = Document(text, "text.txt")
    return seconds(lambda: split(document))


def plain(text: str, note: str, rounds: int = 5) -> Result:
    """Megabytes (10^6 bytes of UTF-8) a second on plain text, the median of `rounds`."""
    megabytes = len(text.encode()) / _MB
    _split_seconds(text)
    speeds = [megabytes / _split_seconds(text) for _ in range(rounds)]
    return Result(
        "splitting plain text",
        "MB/s",
        statistics.median(speeds),
        min(speeds),
        max(speeds),
        _LEAST,
        at_least=True,
        note=f"{megabytes:.1f} MB, {note}",
    )


def _child(text: str, out: Connection) -> None:
    _split_seconds("Warm up. Once.")
    out.send(_split_seconds(text))


def hostile(megabytes: float = 1.0) -> Iterator[Result]:
    """Seconds a megabyte on each hostile text of this size, one run each."""
    context = multiprocessing.get_context("spawn")
    for name, unit in HOSTILE.items():
        text = unit * int(megabytes * _MB / len(unit.encode()))
        receiving, sending = context.Pipe(duplex=False)
        child = context.Process(target=_child, args=(text, sending))
        child.start()
        sending.close()
        taken, note = None, ""
        try:
            if receiving.poll(_PATIENCE):
                taken = receiving.recv() / megabytes
            else:
                note = f"stopped after {_PATIENCE} s"
        except EOFError:
            note = "the process broke"
        child.kill()
        child.join()
        yield Result(f"splitting {name}", "s/MB", taken, taken, taken, _MOST, note=note)
