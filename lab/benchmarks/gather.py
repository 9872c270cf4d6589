"""Make a corpus of a wanted size from folders of text, such as documentation packages install.

Text files and web pages are read, unpacked in memory where they are gzipped, in an order drawn by a
fixed seed; each is written as a text file, and what askdoc splits that file into is the corpus's
passages. Left out: what is there already, licences and change logs (`_LEFT_OUT`), which repeat each
other in every package, and documents that would be more than a twentieth of the corpus. Where the
folders hold too little, varied copies follow (`growth`), and `About.real` tells from where on.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import time
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from random import Random
from typing import TextIO

from askdoc import AskdocError, Document, Passage
from askdoc.load.common.decode import HEAD_BYTES, looks_like_text
from askdoc.load.text.plain import load_plain
from askdoc.load.web.html import load_html
from askdoc.split import VERSION, group, split
from lab.benchmarks.corpus import About, Corpus
from lab.benchmarks.growth import Growth
from lab.benchmarks.timing import BenchmarkError

SEED = 4
_PAGES = frozenset({".html", ".htm", ".xhtml"})
_TEXTS = frozenset({"", ".txt", ".text", ".md", ".markdown", ".rst", ".pod", ".adoc", ".debian"})
_LEFT_OUT = ("copyright", "changelog", "changes", "licen", "copying", "news", "todo", "genindex")
_MOST_BYTES = 16 * 2**20
_MEAN_PASSAGE = 600  # code points
_SHARE = 20  # no document is more than this part of the corpus
_LEAST_LONGEST = 6_000  # code points: an article
_IN_FOLDER = 1000
_RULE = 1  # raised when what is made of the same folders changes


def make(folder: Path, sources: Sequence[Path], size: int) -> Corpus:
    """The corpus of at least one and at most `size` passages in `folder`; kept for a next time.

    Args:
        folder: is emptied, unless the same corpus stands there.
        sources: folders with text.
        size: how many passages.

    Raises:
        BenchmarkError: there is no text.
        OSError: it cannot be written.
    """
    corpus = Corpus(folder)
    places = sorted(str(source.resolve()) for source in sources)
    how = f"seed {SEED}, rule {_RULE}, split {VERSION}"
    wanted = f"{size} passages of {', '.join(places)}; {how}"
    about = corpus.about()
    if about and about.wanted == wanted:
        return corpus
    if folder.exists():
        shutil.rmtree(folder)
    corpus.files.mkdir(parents=True)
    with corpus.split.open("w", encoding="utf-8") as passages:
        making = _Making(corpus, size, passages)
        making.add_all(_documents(sources, size))
        real = making.count
        if not real:
            raise BenchmarkError(f"no text in it: {', '.join(places)}. Name others with --text.")
        exponent = 0.0
        if making.count < size:
            passages.flush()
            growth = Growth(corpus, SEED)
            exponent = growth.exponent
            making.add_all(growth.documents())
    corpus.finish(
        About(wanted, making.count, real, making.documents, making.characters, exponent,
              making.seconds)
    )  # fmt: skip
    return corpus


class _Making:
    """A corpus while it grows to its size."""

    def __init__(self, corpus: Corpus, size: int, passages: TextIO) -> None:
        self._corpus = corpus
        self._size = size
        self._passages = passages
        self.count = self.documents = self.characters = 0
        self.seconds = 0.0

    def add_all(self, texts: Iterator[str]) -> None:
        """Add texts, each a document, until there are enough passages or no more texts."""
        while self.count < self._size and (text := next(texts, None)) is not None:
            self._add(text)

    def _add(self, text: str) -> None:
        path = self._corpus.files / f"{self.documents // _IN_FOLDER:03}"
        path.mkdir(exist_ok=True)
        path /= f"{self.documents:06}.txt"
        passages = self._written(path, text)
        left = self._size - self.count
        if len(passages) > left:
            passages = self._written(path, text[: passages[left - 1].end])[:left]
        for passage in passages:
            self._passages.write(json.dumps(passage.text) + "\n")
            self.characters += len(passage.text)
        self.count += len(passages)
        self.documents += 1

    def _written(self, path: Path, text: str) -> list[Passage]:
        """The passages of a text, read again from the file that it was written to."""
        path.write_bytes(text.encode("utf-8", "replace"))
        began = time.perf_counter()
        passages = list(group(split(load_plain(path.read_bytes(), path.name))))
        self.seconds += time.perf_counter() - began
        return passages


def _documents(sources: Sequence[Path], size: int) -> Iterator[str]:
    """Each text once, in an order that depends on the seed and the files' names only."""
    longest = max(_LEAST_LONGEST, size * _MEAN_PASSAGE // _SHARE)
    paths = [path for source in sorted(sources) for path in _files(source)]
    Random(SEED).shuffle(paths)
    seen: set[bytes] = set()
    for path in paths:
        text = _read(path)
        if not text.strip() or len(text) > longest:
            continue
        key = blake2b(text.encode("utf-8", "replace"), digest_size=16).digest()
        if key not in seen:
            seen.add(key)
            yield text


def _files(source: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(source):
        folders.sort()
        for name in sorted(names):
            path = Path(folder, name)
            if not name.lower().startswith(_LEFT_OUT) and not path.is_symlink():
                yield path


def _read(path: Path) -> str:
    """The text of a file, "" where it has none that is wanted."""
    plain = path.with_suffix("") if path.suffix == ".gz" else path
    suffix = plain.suffix.lower()
    if suffix not in _PAGES | _TEXTS:
        return ""
    with suppress(OSError, EOFError, zlib.error, AskdocError):
        if not path.is_file():
            return ""
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
        if len(data) <= _MOST_BYTES and looks_like_text(data[:HEAD_BYTES]):
            return _load(data, plain.name, suffix).text
    return ""


def _load(data: bytes, name: str, suffix: str) -> Document:
    return load_html(data, name) if suffix in _PAGES else load_plain(data, name)
