"""The order in which a person reads what stands on a page: columns, then lines from the top.

Words become atoms, stretches of a line without a wide gap. A gutter is a strip that no atom crosses
over some height, with running text to both sides of it; what crosses it (a title, a wide figure's
caption) parts the columns above from those below. The order in which the file writes its words is
evidence, not law: a table is written row by row, columns are written one after the other.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from dataclasses import dataclass, field
from statistics import median

from askdoc.load.pdf.word import Word

MOST_WORDS = 6_000
"""With more words on a page their order in the file is taken as it is."""
_WORD_GAP = 0.9  # of the letters' size: wider gaps may be gutters
_LEAST_GUTTER = 6.0
_DEEPEST = 8
_LEAST_ROWS = 3
_SHORTEST_ROW = 12
_MOST_GUTTERS = 12
_MOST_COLUMNS = 3
_MOST_IN_COLUMNS = 0.75  # of the pieces of a side that is itself in columns


@dataclass
class Atom:
    """Words that stand side by side on one line."""

    words: list[Word]
    x0: float = 0.0
    x1: float = 0.0
    base: float = 0.0
    size: float = 0.0

    def __post_init__(self) -> None:
        if self.words:
            self.measure()

    def measure(self) -> None:
        main = self.words[0]
        if len({word.size for word in self.words}) > 1:
            letters: dict[float, int] = {}
            for word in self.words:
                size = round(word.size, 1)
                letters[size] = letters.get(size, 0) + len(word.text)
            most = max(letters, key=lambda size: (letters[size], size))
            main = next(word for word in self.words if round(word.size, 1) == most)
        self.x0 = min([word.x0 for word in self.words])
        self.x1 = max([word.x1 for word in self.words])
        self.base, self.size = main.base, main.size

    @property
    def y0(self) -> float:
        return self.base - 0.75 * self.size

    @property
    def y1(self) -> float:
        return self.base + 0.25 * self.size

    @property
    def length(self) -> int:
        return sum([len(word.text) for word in self.words]) + len(self.words)

    @property
    def first(self) -> int:
        return self.words[0].at if self.words else 0


@dataclass
class Block:
    """A table or another thing that is no line, as wide and high as it stands on the page."""

    x0: float
    y0: float
    x1: float
    y1: float
    content: object
    at: int

    size: float = 10.0
    length: int = 1000
    words: list[Word] = field(default_factory=list)

    @property
    def base(self) -> float:
        return self.y1

    @property
    def first(self) -> int:
        return self.at


Piece = Atom | Block


def atoms_of(words: list[Word]) -> list[Atom]:
    """Words that stand side by side on one line, put together; each atom from left to right."""
    found: list[list[Word]] = []
    for word in words:
        if found and _follows(found[-1][-1], word):
            found[-1].append(word)
        else:
            found.append([word])
    return _merged([Atom(group) for group in found])


def _follows(last: Word, word: Word) -> bool:
    size, less = last.size, word.size
    if size < less:
        size, less = less, size
    if not -0.3 * size < word.x0 - last.x1 < _WORD_GAP * size:
        return False
    return abs(word.base - last.base) < (0.25 * size if less > 0.85 * size else 0.6 * size)


def _merged(atoms: list[Atom]) -> list[Atom]:
    """Atoms of one line that the file wrote at different times, put together."""
    merged: list[Atom] = []
    for row in rows_of(list(atoms)):
        last: Atom | None = None
        for atom in sorted(row, key=lambda piece: piece.x0):
            assert isinstance(atom, Atom)
            if last is not None and (
                -0.3 * last.size < atom.x0 - last.x1 < 0.6 * max(last.size, atom.size)
            ):
                last.words += atom.words
                last.measure()
            else:
                merged.append(atom)
                last = atom
    return merged


def rows_of(pieces: list[Piece] | list[Atom]) -> list[list[Piece]]:
    """Pieces that stand on one line, from the top; a block is a row of its own."""
    rows: list[list[Piece]] = []
    base = size = 0.0
    for piece in sorted(pieces, key=lambda one: (one.base, one.x0)):
        alone = isinstance(piece, Block) or (rows and isinstance(rows[-1][0], Block))
        if rows and not alone and piece.base - base <= 0.3 * max(size, piece.size):
            rows[-1].append(piece)
            if piece.size > size:
                base, size = piece.base, piece.size
        else:
            rows.append([piece])
            base, size = piece.base, piece.size
    return rows


def in_order(pieces: list[Piece], depth: int = 0) -> list[list[Piece]]:
    """The pieces of a page in regions that are read one after the other."""
    if not pieces:
        return []
    cut = _cut(pieces, depth) if depth < _DEEPEST and len(pieces) > 2 else None
    if cut is None:
        return [pieces]
    return [region for part in cut for region in in_order(part, depth + 1)]


def _cut(pieces: list[Piece], depth: int) -> list[list[Piece]] | None:
    """The parts to read one after the other, where there is a gutter."""
    size = median([piece.size for piece in pieces])
    pieces = sorted(pieces, key=lambda piece: piece.base)
    best: tuple[float, list[list[Piece]]] | None = None
    for middle in _gutters(pieces, size):
        worth, parts = _bands(pieces, middle, size, depth)
        if worth > 0 and (best is None or worth > best[0]):
            best = worth, parts
    return best[1] if best else None


def _gutters(pieces: list[Piece], size: float) -> list[float]:
    """Where gutters may be: a little to the left of where several pieces begin, most first."""
    starts = sorted(piece.x0 for piece in pieces)
    groups: list[list[float]] = []
    for start in starts:
        if groups and start - groups[-1][-1] <= 0.3 * size:
            groups[-1].append(start)
        else:
            groups.append([start])
    groups = [group for group in groups[1:] if len(group) > 1]
    groups.sort(key=len, reverse=True)
    return [group[0] - 0.3 * size for group in groups[:_MOST_GUTTERS]]


def _bands(
    pieces: list[Piece], middle: float, size: float, depth: int
) -> tuple[float, list[list[Piece]]]:
    """The page cut by what crosses a gutter, and how much of it stands in columns beside it.

    The pieces come from the top.
    """
    crossing: list[Piece] = []
    beside: list[Piece] = []
    left, right, near = middle - 1, middle + 1, middle - 2 * size
    for piece in pieces:
        # What begins right before the gutter stands in it, as a page's number does.
        crosses = piece.x1 > right if piece.x0 < left else False
        crosses = crosses or near < piece.x0 < piece.x1 <= right
        (crossing if crosses else beside).append(piece)
    bases = [piece.base for piece in beside]
    parts: list[list[Piece]] = []
    wide: list[Piece] = []
    worth, at = 0.0, 0
    for crosser in [*crossing, None]:
        end = len(beside) if crosser is None else bisect_right(bases, crosser.base, at)
        band, at = beside[at:end], end
        # A piece alone has nothing beside it.
        value, sides = _sides(band, middle, size, depth) if len(band) > 1 else (0.0, [])
        if value > 0:
            if wide:
                parts.append(wide)
                wide = []
            parts += sides
            worth += value
        else:
            wide += band
        if crosser is not None:
            wide.append(crosser)
    if wide:
        parts.append(wide)
    return worth, parts


def _sides(
    band: list[Piece], middle: float, size: float, depth: int
) -> tuple[float, list[list[Piece]]]:
    """What stands left and right of a gutter, and how high the lesser of both is; 0 for none."""
    left = [piece for piece in band if piece.x1 <= middle + 1]
    right = [piece for piece in band if piece.x1 > middle + 1]
    if not left or not right:
        return 0.0, []
    ends = sorted([piece.x1 for piece in left])
    gap = min([piece.x0 for piece in right]) - ends[-1 - len(ends) // 20]
    if gap < max(_LEAST_GUTTER, 0.7 * size):
        return 0.0, []
    both = rows_of(left), rows_of(right)
    rows = len(both[0]), len(both[1])
    written_apart = _switches(left, right) <= max(1, min(rows) // 6)
    if written_apart:
        good = min(rows) >= 2 and max(rows) >= _LEAST_ROWS
        good = good and all(_is_text(side, 0.4, _SHORTEST_ROW) for side in both)
    else:
        good = min(rows) >= 2 * _LEAST_ROWS and all(
            _is_text(lines, 0.75, 2 * _SHORTEST_ROW) or _are_columns(side, lines, depth)
            for side, lines in zip((left, right), both, strict=True)
        )
    if not good:
        return 0.0, []
    return min(map(_height, both)) * min(1.0, gap / (2 * size)), [left, right]


def _are_columns(side: list[Piece], rows: list[list[Piece]], depth: int) -> bool:
    """Whether a side of a gutter is itself parted by gutters, as in three columns."""
    if depth >= _MOST_COLUMNS or not _is_text(rows, 0.3, _SHORTEST_ROW):
        return False
    cut = _cut(side, depth + 1)
    return cut is not None and sum(map(_fills, cut)) >= _MOST_IN_COLUMNS * len(side)


def _fills(part: list[Piece]) -> int:
    """How many pieces there are, if they are running text."""
    if len(part) < _LEAST_ROWS or not _is_text(rows_of(part), 0.75, _SHORTEST_ROW):
        return 0
    return len(part)


def _switches(left: list[Piece], right: list[Piece]) -> int:
    """How often the file goes from one side to the other and back."""
    order = sorted([(piece.first, 0) for piece in left] + [(piece.first, 1) for piece in right])
    changes = sum(a[1] != b[1] for a, b in itertools.pairwise(order))
    return max(0, changes - 1)


def _is_text(rows: list[list[Piece]], fill: float, length: int) -> bool:
    """Whether most lines of a side fill its width, as running text does, and figures do not."""
    lefts = [min([piece.x0 for piece in row]) for row in rows]
    rights = [max([piece.x1 for piece in row]) for row in rows]
    wide = max(rights) - min(lefts) + 0.1
    if median([(x1 - x0) / wide for x0, x1 in zip(lefts, rights, strict=True)]) < fill:
        return False
    if median([sum([piece.length for piece in row]) for row in rows]) < length:
        return False
    texts = ["".join([word.text for piece in row for word in piece.words]) for row in rows]
    words = [2 * sum(map(str.isdigit, text)) < max(1, len(text)) for text in texts]
    return 2 * sum(words) >= len(rows)


def _height(rows: list[list[Piece]]) -> float:
    return sum(max([one.y1 for one in row]) - min([one.y0 for one in row]) for row in rows)
