"""A document as rows of a screen, made only as far as they are looked at. No terminal here.

A file may have a million lines, or one line of 100 MB: lines are broken where they are shown, long
ones in pieces that are broken each by itself.
"""

from __future__ import annotations

from typing import NamedTuple

from askdoc.model import Citation, Document, Span
from askdoc.present import sanitize
from askdoc.present.wrap import wrapped

_PIECE = 4_000  # characters of a long line that are broken together
_NARROWEST = 10  # cells for the text beside the numbers


class Spot(NamedTuple):
    """A row: of which line (from 1), of which piece of it, and which of its rows (from 0)."""

    line: int
    piece: int = 0
    row: int = 0


class Row(NamedTuple):
    """A row as it is shown.

    `number` is the line's, None but on its first row; `quoted` is whether the line holds any of the
    quote, and `marked` the part of `text` that does.
    """

    number: int | None
    quoted: bool
    text: str
    marked: Span


class Pages:
    """Where one is in a document, and what is to be seen from there.

    Args:
        document: what is looked at.
        citation: what is marked in it, and where one begins.
    """

    def __init__(self, document: Document, citation: Citation) -> None:
        self._document = document
        self._citation = citation
        self._width, self._height = 80, 20
        self._first = document.line_at(citation.start)
        self._last = document.line_at(max(citation.start, citation.end - 1))
        self.digits = len(str(document.lines))
        self.top = self._began = Spot(1)
        self.to_citation()

    def fit(self, width: int, height: int) -> None:
        """Tell the screen's size in cells and rows; who has not moved still sees the quote."""
        height = max(1, height)
        if (width, height) == (self._width, self._height):
            return
        moved = self.top != self._began
        self._width, self._height = width, height
        if moved:
            self.top = Spot(self.top.line, self.top.piece)
        else:
            self.to_citation()

    @property
    def gutter(self) -> int:
        """The cells before the text: a mark, the number and two blanks."""
        return self.digits + 4

    @property
    def rows(self) -> list[Row]:
        """What is to be seen now."""
        rows: list[Row] = []
        spot: Spot | None = self.top
        while spot is not None and len(rows) < self._height:
            made = self._made(spot.line, spot.piece)
            rows += made[spot.row :]
            spot = self._next_piece(spot)
        return rows[: self._height]

    @property
    def share(self) -> float:
        """How far down one is, in [0, 1]."""
        return min(1.0, self.top.line / self._document.lines)

    def down(self, rows: int) -> None:
        """Move on; the last row stays in sight."""
        for _ in range(rows):
            following = self._after(self.top)
            if following is None:
                return
            self.top = following

    def up(self, rows: int) -> None:
        """Move back."""
        for _ in range(rows):
            before = self._before(self.top)
            if before is None:
                return
            self.top = before

    def page_down(self) -> None:
        self.down(max(1, self._height - 1))

    def page_up(self) -> None:
        self.up(max(1, self._height - 1))

    def to_start(self) -> None:
        self.top = Spot(1)

    def to_end(self) -> None:
        """The last rows at the foot of the screen."""
        last = self._document.lines
        pieces = self._pieces(last)
        self.top = Spot(last, pieces - 1, len(self._made(last, pieces - 1)) - 1)
        self.up(self._height - 1)

    def to_citation(self) -> None:
        """The quote, about a third down the screen."""
        start, _ = self._document.line_span(self._first)
        piece = max(0, self._citation.start - start) // _PIECE
        made = self._made(self._first, piece)
        row = next((at for at, row in enumerate(made) if row.marked.start < row.marked.end), 0)
        self.top = Spot(self._first, piece, row)
        self.up(self._height // 3)
        self._began = self.top

    def _pieces(self, line: int) -> int:
        start, end = self._document.line_span(line)
        return max(1, -(-(end - start) // _PIECE))

    def _made(self, line: int, piece: int) -> list[Row]:
        """The rows of a piece of a line."""
        start, end = self._document.line_span(line)
        start += piece * _PIECE
        end = min(end, start + _PIECE)
        quoted_from = min(max(start, self._citation.start), end)
        quoted_to = max(min(end, self._citation.end), quoted_from)
        before = self._flat(start, quoted_from)
        quote = self._flat(quoted_from, quoted_to)
        text = before + quote + self._flat(quoted_to, end)
        in_quote = self._first <= line <= self._last
        rows = []
        for at, span in enumerate(wrapped(text, max(_NARROWEST, self._width - self.gutter))):
            length = span.end - span.start
            marked = Span(
                min(max(0, len(before) - span.start), length),
                min(max(0, len(before) + len(quote) - span.start), length),
            )
            number = line if at == 0 and piece == 0 else None
            rows.append(Row(number, in_quote, text[span.start : span.end], marked))
        return rows

    def _flat(self, start: int, end: int) -> str:
        piece = self._document.part(start, end).rstrip("\r\n")
        return sanitize(piece.replace("\t", "    "))

    def _next_piece(self, spot: Spot) -> Spot | None:
        if spot.piece + 1 < self._pieces(spot.line):
            return Spot(spot.line, spot.piece + 1)
        return Spot(spot.line + 1) if spot.line < self._document.lines else None

    def _after(self, spot: Spot) -> Spot | None:
        if spot.row + 1 < len(self._made(spot.line, spot.piece)):
            return spot._replace(row=spot.row + 1)
        return self._next_piece(spot)

    def _before(self, spot: Spot) -> Spot | None:
        if spot.row > 0:
            return spot._replace(row=min(spot.row, len(self._made(spot.line, spot.piece))) - 1)
        if spot.piece > 0:
            line, piece = spot.line, spot.piece - 1
        elif spot.line > 1:
            line = spot.line - 1
            piece = self._pieces(line) - 1
        else:
            return None
        return Spot(line, piece, len(self._made(line, piece)) - 1)
