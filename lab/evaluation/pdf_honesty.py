"""`python -m lab.evaluation.pdf_honesty FOLDER`: does a PDF's text hold only what its pages say?

Poppler's `pdftotext` gives a page in three orders: as it takes a person to read it, as it is laid
out, and as the file writes it. Four words in a row of ours that are in a row in none of them are
likely put together from parts that do not belong together. Rows of tables, whose cells have their
columns' names before them, are left aside, and over the end of a page the lines at its head and
foot may be missing. A hyphen at a line's end may be the word's own or not. `new` is the share of
all sequences, `inside` that of those within a paragraph, which alone can be quoted. The other way
round, a word of three letters and more that pdftotext finds and we have nowhere is `lost`, unless
its letters stand in ours between those of its neighbours, parted into words otherwise. What stands
outside the box that a page is shown through no reader sees; it is taken from both sides.
"""

from __future__ import annotations

import argparse
import itertools
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from askdoc import load_paths

LENGTH = 4
"""Words in a sequence."""
MOST_NEW, MOST_LOST = 0.007, 0.005
"""What is aimed at for the worst file."""

_ORDERS = ((), ("-layout",), ("-raw",))
_MOST_IN_MARGIN = 3  # lines at a page's head or foot
_SHORTEST_LOST = 3
_SECONDS = 120
_APART = 1.0  # points
_WORD = re.compile(r"[^\W\d_]+|\d+")  # a note's mark may touch its word or not
_LETTER_FOR_BULLET = re.compile(r"^[ \t]*o[ \t]+", re.MULTILINE)
_BROKEN = re.compile(r"[-\u00ad\u2010]\n\s*")

Sequence4 = tuple[str, ...]


@dataclass(frozen=True)
class Honesty:
    """What was found for a file: shares, of `sequences` of ours and of words of pdftotext's."""

    name: str
    sequences: int
    new: float
    inside: float
    lost: float
    seconds: float
    invented: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def words_of(text: str, *, keep_hyphens: bool = False) -> list[str]:
    """The words of a text in small letters, those that a line's end parted in one piece or not."""
    text = unicodedata.normalize("NFKC", text).replace("\u00ad\n", "-\n")
    text = _LETTER_FOR_BULLET.sub("", text)
    return _WORD.findall((text if keep_hyphens else _BROKEN.sub("", text)).lower())


def sequences_of(words: Sequence[str]) -> Iterator[Sequence4]:
    """All sequences of LENGTH words."""
    return zip(*(words[at:] for at in range(LENGTH)), strict=False)


def known_sequences(orders: Iterable[str]) -> set[Sequence4]:
    """The sequences that a file has in these orders; a form feed ends a page."""
    known: set[Sequence4] = set()
    for text in orders:
        for keep in (False, True):
            known.update(sequences_of(words_of(text, keep_hyphens=keep)))
        pages = [[line for line in page.split("\n") if line.strip()] for page in text.split("\f")]
        for page, following in itertools.pairwise(filter(None, pages)):
            for foot, head in itertools.product(range(_MOST_IN_MARGIN + 1), repeat=2):
                ends = page[-foot - 2 * LENGTH : len(page) - foot]
                begins = following[head : head + 2 * LENGTH]
                joined = "\n".join([*ends, *begins])
                for keep in (False, True):
                    known.update(sequences_of(words_of(joined, keep_hyphens=keep)))
    return known


def compared(name: str, ours: str, orders: Sequence[str], seconds: float = 0.0) -> Honesty:
    """How honest our text of a file is. `orders` are pdftotext's, the default one first."""
    known = known_sequences(orders)
    found = _of_prose(ours, whole=True)
    new = [at for at, sequence in enumerate(found) if sequence not in known]
    apart = _of_prose(ours, whole=False)
    have = {*words_of(ours), *words_of(ours.replace("-", ""))}
    theirs = Counter(w for w in words_of(orders[0]) if len(w) >= _SHORTEST_LOST and w.isalpha())
    lost = {word: theirs[word] for word in _missing(orders[0], ours) if word in theirs}
    lost = {word: count for word, count in lost.items() if word not in have}
    return Honesty(
        name,
        len(found),
        len(new) / max(1, len(found)),
        sum(sequence not in known for sequence in apart) / max(1, len(apart)),
        sum(lost.values()) / max(1, theirs.total()),
        seconds,
        tuple(_stretches(found, new)),
        tuple(lost),
    )


def _missing(theirs: str, ours: str) -> Iterator[str]:
    """The words whose letters ours have nowhere between those of the words around them."""
    words, letters = words_of(theirs), "".join(words_of(ours))
    known = set(words_of(ours))
    for before, word, after in zip(["", *words], words, [*words[1:], ""], strict=False):
        if word not in known and before + word + after not in letters:
            yield word


def _of_prose(text: str, *, whole: bool) -> list[Sequence4]:
    """The sequences of our text that go over neither a row of a table nor, perhaps, a gap."""
    found: list[Sequence4] = []
    for is_row, lines in itertools.groupby(text.split("\n"), lambda line: " | " in line):
        if not is_row:
            prose = "\n".join(lines)
            for part in [prose] if whole else prose.split("\n\n"):
                found += sequences_of(words_of(part))
    return found


def _stretches(found: list[Sequence4], new: list[int]) -> Iterator[str]:
    """The new sequences as text, those that overlap put together."""
    start = 0
    for at, place in enumerate(new):
        if at + 1 == len(new) or new[at + 1] - place > LENGTH:
            first, last = new[start], place
            ahead = [sequence[0] for sequence in found[first:last]]
            yield " ".join([*ahead, *found[last]])
            start = at + 1


def _orders(path: Path) -> list[str]:
    texts = []
    with tempfile.TemporaryDirectory() as folder:
        shown = _as_shown(path, Path(folder))
        for options in _ORDERS:
            command = ["pdftotext", *options, "--", str(shown), "-"]
            ran = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
            texts.append(ran.stdout.decode("utf-8", "replace"))
    return texts


def _as_shown(path: Path, folder: Path) -> Path:
    """The file, or a copy in a folder whose pages are as large as the box they are shown through.

    pdftotext reads what stands around that box as well, printers' marks for one.
    """
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(path) as document:
            cropped = False
            for page in document:
                whole, shown = page.get_mediabox(), page.get_cropbox()
                if any(abs(a - b) > _APART for a, b in zip(whole, shown, strict=True)):
                    page.set_mediabox(*shown)
                    cropped = True
            if not cropped:
                return path
            document.save(folder / "shown.pdf")
            return folder / "shown.pdf"
    except pypdfium2.PdfiumError:
        return path


def measured(path: Path) -> Honesty | None:
    """How honest our text of a PDF is, None where it is not read."""
    began = time.process_time()
    documents, _ = load_paths([str(path)])
    seconds = time.process_time() - began
    if not documents:
        return None
    return compared(path.name, documents[0].text, _orders(path), seconds)


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        yield from sorted(path.rglob("*.pdf")) if path.is_dir() else [path]


def _print(result: Honesty, show: int) -> None:
    print(
        f"{result.name[:60]:60} {result.sequences:9,} {result.new:8.2%} {result.inside:8.2%}"
        f" {result.lost:7.2%}",
        flush=True,
    )
    for text in result.invented[:show]:
        print(f"      + {text}")
    if show and result.missing:
        print(f"      - {' '.join(result.missing[: 3 * show])}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m lab.evaluation.pdf_honesty")
    parser.add_argument("paths", type=Path, nargs="+", metavar="PATH", help="PDFs, folders of them")
    parser.add_argument("--show", type=int, default=0, help="how many findings to show a file")
    given = parser.parse_args()
    if shutil.which("pdftotext") is None:
        sys.exit("pdf_honesty: there is no pdftotext. Install poppler-utils.")
    print(f"{'file':60} {'sequences':>9} {'new':>8} {'inside':>8} {'lost':>7}")
    results: list[Honesty] = []
    for path in _files(given.paths):
        result = measured(path)
        if result is None:
            print(f"{path.name[:60]:60} not read")
            continue
        _print(result, given.show)
        results.append(result)
    if not results:
        sys.exit("pdf_honesty: no PDF was read. Name some, or a folder with some.")
    _print_total(results)


def _print_total(results: list[Honesty]) -> None:
    total = max(1, sum(result.sequences for result in results))
    new = sum(result.new * result.sequences for result in results) / total
    inside = sum(result.inside * result.sequences for result in results) / total
    print(f"{len(results)} files, {total:,} sequences: {new:.2%} new, {inside:.2%} inside")
    for name, most in (("new", MOST_NEW), ("inside", MOST_NEW), ("lost", MOST_LOST)):
        shares = [getattr(result, name) for result in results]
        within = sum(share <= most for share in shares)
        print(f"{name}: worst {max(shares):.2%}; at most {most:.1%} in {within} files")


if __name__ == "__main__":
    main()
