"""The lines of a page in reading order, and what stands in the margins on page after page."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
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
_NUMBERS = re.compile(r"\d+")
_ROMAN = re.compile(r"[ivxlc]{1,7}")
_MARGIN, _NUMBER_MARGIN = 0.14, 0.22  # of the page's height: where running titles may stand
_MOST_TITLES = 0.35  # of all letters
_LONGEST_HEADER = 40
_NEAR_LINES = 2.5  # times the size of letters: lines of one running title
_LETTERS = re.compile(r"[^\W\d_]")
_WORDS = re.compile(r"[^\W\d_]{3,}")
_MOST_RUNNING = 4
_CLOSING = frozenset(",.;:!?)]’”/")
_LEAST_PAGES = 3
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


def read_page(page: Page, number: int) -> PageText:
    """Put what stands on a page in order. `number` counts from 0."""
    found = PageText(page.height, turned=page.turned)
    found.letters = sum(len(word.text) for word in page.words) + sum(map(len, page.turned))
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
    for at, (alone, part) in enumerate(parts):
        lines: list[Line] = []
        for row in part:
            if isinstance(row[0], Block):
                assert isinstance(row[0].content, Table)
                row[0].content.page = number
                found.items.append(row[0].content)
                continue
            line = _line([piece for piece in row if isinstance(piece, Atom)], number, at)
            line.alone = alone and not lines
            line.first, line.last = span_of(row, ranks)
            lines.append(line)
            found.items.append(line)
        _set_edges(lines)
    return found


def _line(atoms: list[Atom], page: int, region: int) -> Line:
    atoms.sort(key=lambda atom: atom.x0)
    words = [word for atom in atoms for word in atom.words]
    rtl = is_rtl(words)
    if rtl:
        atoms.reverse()
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


def drop_running(pages: list[PageText]) -> None:
    """Take out running headers and footers, and page numbers.

    They stand outermost on their page, and again, digits aside, at the same height on the pages
    around it. A number alone counts only where it goes up with the pages. What is set larger than
    the text is a title of its own: of a slide, or a letter. What has a word that the text has not
    is kept where it stands first, so that no word of the pages is lost.
    """
    taken: list[Line] = []
    body = body_size([item for page in pages for item in page.items if isinstance(item, Line)])
    for top in (True, False):
        outer = [_outermost(page, top, 1.2 * body) for page in pages]
        for depth in range(_MOST_RUNNING):
            dropped = _running(outer, depth)
            if not dropped:
                break
            taken += dropped
            gone = set(map(id, dropped))
            for at, page in enumerate(pages):
                page.items = [item for item in page.items if id(item) not in gone]
                if len(outer[at]) > depth and id(outer[at][depth]) not in gone:
                    outer[at] = []  # what lies further in is the page's text

    if taken:
        _keep_first(taken, pages)


def _keep_first(taken: list[Line], pages: list[PageText]) -> None:
    """Keep those of the lines that were taken out that say what has not been said before."""
    said: set[str] = set()
    for page in pages:
        for item in page.items:
            cells = [] if isinstance(item, Line) else itertools.chain(*item.rows)
            for text in [item.text] if isinstance(item, Line) else itertools.chain(*cells):
                said.update(_WORDS.findall(text.casefold()))
    for line in sorted(taken, key=lambda line: (line.page, line.base)):
        words = set(_WORDS.findall(line.text.casefold()))
        if words - said:
            said |= words
            pages[line.page].running.append(line)


def _outermost(page: PageText, top: bool, largest: float) -> list[Line]:
    """The lines in a page's upper or lower margin, from the edge inwards, as far as they are near.

    Numbers that stand alone may stand further inside than words.
    """
    found: list[Line] = []
    lines = [item for item in page.items if isinstance(item, Line)]
    for line in sorted(lines, key=lambda one: (round(one.base) * (1 if top else -1), one.x0)):
        inside = (line.base if top else page.height - line.base) / page.height
        depth = _MARGIN if len(_LETTERS.findall(line.text)) > 1 else _NUMBER_MARGIN
        apart = found and abs(line.base - found[-1].base) > _NEAR_LINES * line.size
        if inside > depth or line.size > largest or apart or len(found) == _MOST_RUNNING:
            break
        found.append(line)
    return found


def _key(line: Line) -> str:
    """A line without what changes from page to page."""
    text = _NUMBERS.sub("#", line.text.casefold())
    words = text.split()
    return " ".join("#" if _ROMAN.fullmatch(word) else word for word in words)


def _running(outer: list[list[Line]], depth: int) -> list[Line]:
    """The lines at this depth that run over the pages."""
    places: dict[tuple[str, int], list[Line]] = defaultdict(list)
    for lines in outer:
        if len(lines) > depth:
            line = lines[depth]
            for near in (0, 1):
                places[_key(line), int(line.base // 6) + near].append(line)
    found: dict[int, Line] = {}
    for (key, _), lines in places.items():
        numbered = _counts_up(lines)
        if len(lines) < (2 if numbered else _LEAST_PAGES):
            continue
        bare = not re.search(r"[^\W\d_]{2}", key.replace("page", ""))
        if (bare or len(outer) < _LEAST_PAGES) and not numbered:
            continue
        by_page = {line.page for line in lines}
        for line in lines:
            if any(line.page + step in by_page for step in (-2, -1, 1, 2)):
                found[id(line)] = line
    return [*found.values(), *_like_those(list(found.values()), outer, depth)]


def _like_those(found: list[Line], outer: list[list[Line]], depth: int) -> list[Line]:
    """Lines where others run over most pages, with their own page's number as those have."""
    steps = Counter(value - line.page for line in found for value in _values(line.text))
    heights = Counter(round(line.base) for line in found)
    if len(found) < max(_LEAST_PAGES, len(outer) // 3):
        return []
    step = max(steps, key=lambda one: steps[one], default=0)
    known = set(map(id, found))
    return [
        line
        for lines in outer
        for line in lines[depth : depth + 1]
        if id(line) not in known
        and heights[round(line.base)] >= _LEAST_PAGES
        and line.page + step in _values(line.text)
        and steps[step] >= _LEAST_PAGES
    ]


def _counts_up(lines: list[Line]) -> bool:
    """Whether a number in the lines goes up as the pages do."""
    steps = 0
    for a, b in itertools.pairwise(lines):
        pages = b.page - a.page
        before, after = _values(a.text), _values(b.text)
        steps += any(y - x == pages for x, y in zip(before, after, strict=False))
    return steps >= 0.7 * (len(lines) - 1) > 0


def _values(text: str) -> list[int]:
    numbers = [int(number[:9]) for number in _NUMBERS.findall(text)]
    return numbers or [_roman(word) for word in text.casefold().split() if _ROMAN.fullmatch(word)]


def _roman(word: str) -> int:
    worth = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}[letter] for letter in word]
    return sum(-a if a < b else a for a, b in zip(worth, [*worth[1:], 0], strict=True))
