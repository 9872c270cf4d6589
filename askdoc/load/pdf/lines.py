"""The lines of a page in reading order."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass, field

from askdoc.load.pdf.bidi import has_rtl, in_reading_order, is_rtl, with_brackets
from askdoc.load.pdf.content import Page
from askdoc.load.pdf.order import MOST_WORDS, Atom, Block, Piece, atoms_of, in_order
from askdoc.load.pdf.plain import parts_of, ranks_of, span_of
from askdoc.load.pdf.table import Table, tables_on
from askdoc.load.pdf.word import Word, behind_word

_WIDE_GAP = 2.5
_LEADERS = re.compile(r"(?:\s*[.…·]){4,}\s*")
_NOTE_MARK = re.compile(r"[\d,*†‡§]{1,5}")
_MOST_TITLES = 0.35  # of all letters
_LONGEST_HEADER = 40
_CLOSING = frozenset(",.;:!?)]’”/")
_CURRENCIES = ("$", "€", "£", "¥")
_CLOSING_CELL = ("%", ")", ")%")


@dataclass
class Line:
    """A line of text on its page; `left` and `right` are the edges of its column."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    bold: bool
    page: int
    region: int
    left: float = 0.0
    right: float = 0.0
    first_word: float = 0.0  # its width
    second: float = 0.0  # where the second word begins
    cells: list[tuple[float, float, str]] = field(default_factory=list)
    entry: bool = False  # "label: value", filled in
    words: list[Word] = field(default_factory=list)  # of a bold line, which may head a table
    alone: bool = False  # begins a block that goes on with nothing above
    first: int = 0  # of its words in the file's order
    last: int = 0


@dataclass
class PageText:
    """A page's lines and tables in reading order."""

    height: float
    items: list[Line | Table] = field(default_factory=list)
    turned: list[str] = field(default_factory=list)
    letters: int = 0
    running: list[Line] = field(default_factory=list)  # taken out here, and said nowhere else


def parts_on(page: Page) -> list[tuple[bool, list[list[Piece]]]]:
    """The rows of a page in the order in which they are read, in the parts that stand alone.

    With each part comes whether others stand beside it.
    """
    blocks, words = tables_on(page.words, page.rules)
    atoms = atoms_of(words)
    if len(words) > MOST_WORDS:
        regions: list[list[Piece]] = [[*atoms, *blocks]]
    else:
        regions = in_order([*atoms, *blocks])
    ranks = ranks_of(page.words)
    parts: list[tuple[bool, list[list[Piece]]]] = []
    for region in regions:
        of_region = parts_of(region, ranks)
        parts += [(len(of_region) > 1, part) for part in of_region]
    return parts


def read_page(page: Page, number: int) -> PageText:
    """Put what stands on a page in order. `number` counts from 0."""
    found = PageText(page.height, turned=page.turned)
    found.letters = sum(len(word.text) for word in page.words) + sum(map(len, page.turned))
    ranks = ranks_of(page.words)
    for at, (alone, part) in enumerate(parts_on(page)):
        lines: list[Line] = []
        for row in part:
            if isinstance(row[0], Block):
                assert isinstance(row[0].content, Table)
                row[0].content.page = number
                row[0].content.cells = []  # words are many, and their texts are kept
                found.items.append(row[0].content)
                continue
            line = _line([piece for piece in row if isinstance(piece, Atom)], number, at)
            line.alone = alone and not lines
            line.first, line.last = span_of(row, ranks)
            lines.append(line)
            found.items.append(line)
        _set_edges(lines)
    return found


def put_in_order(atoms: list[Atom]) -> bool:
    """Put what makes a line in the order of reading; whether that is from right to left."""
    atoms.sort(key=lambda atom: atom.x0)
    rtl = is_rtl([word for atom in atoms for word in atom.words])
    if rtl:
        atoms.reverse()
    return rtl


def _line(atoms: list[Atom], page: int, region: int) -> Line:
    rtl = put_in_order(atoms)
    words = [word for atom in atoms for word in atom.words]
    main = max(atoms, key=lambda atom: atom.length)
    letters = sum([len(word.text) for word in words])
    bold = sum([len(word.text) for word in words if word.bold])
    texts = [_text(in_reading_order(a.words, rtl), main.base, main.size) for a in atoms]
    text = _LEADERS.sub(" ... ", " ".join(texts)).strip()
    if has_rtl(text):
        text = with_brackets(text)
    first = words[0]
    line = Line(
        text, min(atom.x0 for atom in atoms), max(atom.x1 for atom in atoms),
        main.base, main.size, bold >= 0.9 * letters, page, region,
    )  # fmt: skip
    line.first_word = first.x1 - first.x0
    line.second = words[1].x0 if len(words) > 1 else line.x1
    line.entry = any(word.entry for word in words)
    line.cells = _cells(atoms, texts, main.size)
    if line.bold and len(words) <= _LONGEST_HEADER:
        line.words = words
    return line


def _cells(atoms: list[Atom], texts: list[str], size: float) -> list[tuple[float, float, str]]:
    """The parts of a line between wide gaps: left edge, right edge, text."""
    cells: list[tuple[float, float, str]] = []
    for atom, text in zip(atoms, texts, strict=True):
        close = abs(atom.x0 - cells[-1][1]) < _WIDE_GAP * size if cells else False
        # A statement's currency stands at the left of its column, the figure at the right.
        close = (close and not text.startswith(_CURRENCIES)) or text in _CLOSING_CELL
        if cells and (close or cells[-1][2] in _CURRENCIES):
            left, _, before = cells[-1]
            cells[-1] = (left, atom.x1, f"{before} {text}")
        else:
            cells.append((atom.x0, atom.x1, text))
    return cells


def _text(words: list[Word], base: float, size: float) -> str:
    """Words with spaces; a note's raised mark, wherever it stands, goes into brackets."""
    parts: list[str] = []
    end = float("-inf")
    for word in words:
        gap = word.x0 - end
        touches = abs(gap) < 0.06 * size
        end = word.x1
        if parts and touches and word.text[0] in _CLOSING:
            parts[-1] += word.text
            continue
        raised = word.size < 0.85 * size and word.base < base - 0.15 * size
        if raised and _NOTE_MARK.fullmatch(word.text):
            mark = f"[{word.text}]"
            number = behind_word(parts[-1], gap, size, word.text) if parts else None
            if number:
                parts[-1] = number
            elif parts and not parts[-1][-1:].isdigit():
                parts[-1] += mark
            else:
                parts.append(mark)
        else:
            parts.append(word.text)
    return " ".join(parts)


def _set_edges(lines: list[Line]) -> None:
    """The edges of a column: the right one is reached by two lines, if there are many."""
    if not lines:
        return
    left = min(line.x0 for line in lines)
    ends = sorted((line.x1 for line in lines), reverse=True)
    right = ends[0]
    if len(ends) >= 8:
        right = next((a for a, b in itertools.pairwise(ends) if a - b <= 2 * lines[0].size), right)
    for line in lines:
        line.left, line.right = left, right


def body_size(lines: list[Line]) -> float:
    """The size of most letters; where many are larger, as on slides, of the larger ones."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(2 * line.size) / 2] += len(line.text)
    if not sizes:
        return 10.0
    usual = sizes.most_common(1)[0][0]
    largest_first = sorted(sizes, reverse=True)
    share = _MOST_TITLES * sizes.total()
    while largest_first[0] > usual and sizes[largest_first[0]] < share:
        share -= sizes[largest_first.pop(0)]
    above = sum(count for size, count in sizes.items() if size > 1.1 * usual)
    return largest_first[0] if above > _MOST_TITLES * sizes.total() else usual
