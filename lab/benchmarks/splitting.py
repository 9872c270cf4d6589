"""How fast text becomes sentences and terms: on plain text, on real files, on text made to be slow.

Each hostile text is split in a process of its own, which is stopped when it takes too long.
"""

from __future__ import annotations

import gzip
import multiprocessing
import statistics
import zlib
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

from askdoc import Document
from lab.benchmarks.timing import BenchmarkError, Result, seconds

_MB = 1_000_000
_PATIENCE = 60  # seconds for one hostile text
_LEAST = 5.0  # MB/s on plain text
_MOST = 1.5  # s/MB on any text
_MOST_READ = 10 * _MB  # characters of a folder's files
_LONGEST_FILE = 2 * _MB  # bytes

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
    return _speed(
        "splitting plain text", [text], note, lambda: _split_seconds(text), rounds, _LEAST
    )


def files(folder: Path, rounds: int = 5) -> Iterator[Result]:
    """Megabytes a second on the text files below a folder, such as a system's documentation.

    Three ways: to sentences and passages as objects, to the same as numbers, passages to terms.

    Raises:
        BenchmarkError: there is no text below the folder.
    """
    from askdoc.english.analyzer import joined_terms
    from askdoc.split import cut, group, split

    texts = _texts(folder)
    if not texts:
        raise BenchmarkError(f"no text files: {folder}. Name another with --text.")
    documents = [Document(text, "text.txt") for text in texts]

    def objects() -> list[str]:
        return [passage.text for document in documents for passage in group(split(document))]

    passages = objects()
    for what, work, least in (
        ("splitting files into passages", objects, _LEAST),
        ("cutting files into numbers", lambda: [cut(text, ()) for text in texts], _LEAST),
        ("terms of passages", lambda: [joined_terms(passage) for passage in passages], None),
    ):
        yield _speed(what, texts, f"{len(texts)} files", partial(seconds, work), rounds, least)


def _texts(folder: Path) -> list[str]:
    """The texts below a folder (.gz too) in order of their names, about 10 MB at most."""
    found: list[str] = []
    size = 0
    for path in sorted(folder.rglob("*")):
        try:
            if not path.is_file() or path.stat().st_size > _LONGEST_FILE:
                continue
            data = path.read_bytes()
            text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode()
        except (OSError, EOFError, zlib.error, UnicodeDecodeError):
            continue
        if "\0" not in text and len(text) <= _LONGEST_FILE:
            found.append(text)
            size += len(text)
        if size > _MOST_READ:
            break
    return found


def _speed(
    what: str,
    texts: Sequence[str],
    note: str,
    taken: Callable[[], float],
    rounds: int,
    least: float | None,
) -> Result:
    """The speed at which texts are done in `taken()` seconds, the first time left out."""
    megabytes = sum(len(text.encode()) for text in texts) / _MB
    taken()
    speeds = [megabytes / taken() for _ in range(rounds)]
    return Result(
        what,
        "MB/s",
        statistics.median(speeds),
        min(speeds),
        max(speeds),
        least,
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
