"""From lines to running text: paragraphs, headings, list items, notes below the text.

A line goes on with the one before unless something says otherwise: a gap, another size, an indent,
a line that had room for the next word, a bullet. What goes on over a column's or a page's end is
put together again; the notes below a page stand after its text, but never inside a sentence.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from statistics import median

from askdoc.load.pdf.aligned import with_aligned
from askdoc.load.pdf.joins import Joins, is_written_next
from askdoc.load.pdf.lines import Line, PageText, body_size
from askdoc.load.pdf.notes import SMALL, is_note, take_notes
from askdoc.load.pdf.table import Table

_BULLET = re.compile(r"[•●◦○▪▫■□‣⁃∙·➢➤✓✔*o–—-](?=\s\S)|[•●◦▪■‣⁃∙➢➤✓✔](?=\S)")
_SURE_BULLET = re.compile(r"[•●◦○▪▫■□‣⁃∙➢➤✓✔]")
_NUMBERED = re.compile(
    r"(?:\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{2,4})[.)]|\[\d{1,3}\]|\d{1,2}(?:\.\d{1,2})+\.?)\s+\S"
)
_ENDS = re.compile(r"[.?!:;…][\"'”’»)\]]*(?:\[[\d,*†‡§]+\])?$")
_STOPS = re.compile(r"[.?!…][\"'”’»)\]]*(?:\[[\d,*†‡§]+\])?$")
_CAPTION = re.compile(r"(?:table|figure|fig\.|plate|box)\s+[\dIVX]+", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
_LARGE, _LARGER = 1.12, 1.25
_LONGEST_HEADING = 200
_MOST_LINES = 1_000  # of one paragraph
_MOST_HEADING_LINES = 4
ASIDE = ("note", "running", "turned")
"""Kinds of what does not belong to the text that goes on around it."""
_LONGEST_NUMBER = 6  # letters
_LEAST_COLUMN = 10  # times the size of letters: how wide a column is that text goes on in
_ALIKE = 0.8  # of the wider one of two columns


@dataclass
class Paragraph:
    """Lines that are read as one.

    `kind` is "text", "item", "heading" or "table"; "note" for what stands below the text, "running"
    for what stands in the margins of many pages, "turned" for text that is not upright.
    """

    kind: str
    lines: list[Line] = field(default_factory=list)
    table: Table | None = None
    page: int = 0
    tight: bool = False  # stands on the line right below the paragraph before
    turned: str = ""

    @property
    def size(self) -> float:
        return max(line.size for line in self.lines)


class Flow:
    """The paragraphs of a document."""

    def __init__(self, pages: list[PageText]) -> None:
        self._pages = pages
        lines = [item for page in pages for item in page.items if isinstance(item, Line)]
        self.body = body_size(lines)
        self._leading = _leadings(pages)
        self._joins = Joins(())  # of the page that is looked at
        bold = sum(len(line.text) for line in lines if line.bold)
        self._bold_means = bold < 0.4 * sum(len(line.text) for line in lines)

    def paragraphs(self) -> list[Paragraph]:
        found: list[Paragraph] = []
        for number, page in enumerate(self._pages):
            self._joins = Joins(item for item in page.items if isinstance(item, Line))
            notes = take_notes(page, self.body)
            here = self._of_items(page.items)
            open_before = _last_text(found)
            goes_on = self._continued(here, open_before) if open_before is not None else None
            if open_before is not None and goes_on is not None:
                open_before.lines += here.pop(goes_on).lines
            found += here
            # Before the last paragraph where that runs over the page's end: sentences stay whole.
            below = self._of_items([*notes], note=True)
            below += [Paragraph("running", [line], page=number) for line in page.running]
            last = found[-1] if found else None
            at = len(found)
            if below and last is not None and last.kind == "text" and _is_open(last):
                while (
                    at
                    and found[at - 1].page == number
                    and (found[at - 1] is last or found[at - 1].kind == "heading")
                ):
                    at -= 1
            found[at:at] = below
            for text in page.turned:
                found.append(Paragraph("turned", page=number, turned=text))
        return found

    def _of_items(self, items: list[Line | Table], note: bool = False) -> list[Paragraph]:
        found: list[Paragraph] = []
        before: Line | None = None
        for item in items if note else with_aligned(items):
            if isinstance(item, Table):
                found.append(Paragraph("table", table=item, page=item.page))
                before = None
                continue
            self._add(found, before, item, note)
            before = item
        return found

    def _add(self, found: list[Paragraph], before: Line | None, line: Line, note: bool) -> None:
        last = found[-1] if found and found[-1].lines else None
        if last is None or before is None:
            found.append(Paragraph(self._kind(line, note), [line], page=line.page))
            return
        if last.kind == "heading" or self._is_heading(line):
            if self._same_heading(last, before, line):
                last.lines.append(line)
            else:
                found.append(Paragraph(self._kind(line, note), [line], page=line.page))
            return
        parted = self._parted(last, before, line)
        if not parted and self._joins.is_doubtful(before, line):
            parted = 2
        if note and parted < 2 and is_note(line):
            parted = 2
        if parted:
            tight = parted == 1 and is_written_next(before, line)
            found.append(Paragraph(self._kind(line, note), [line], page=line.page, tight=tight))
        else:
            last.lines.append(line)

    def _kind(self, line: Line, note: bool) -> str:
        if note:
            return "note"
        if self._is_heading(line):
            return "heading"
        return "item" if _BULLET.match(line.text) else "text"

    def _is_heading(self, line: Line) -> bool:
        text = line.text
        if not _LETTER.search(text) or len(text) > _LONGEST_HEADING or " ... " in text:
            return False
        if _SURE_BULLET.match(text):
            return False
        if line.size >= (_LARGE if line.bold else _LARGER) * self.body:
            return not (len(text) > 60 and text[-1] in ".,;")
        short = line.x1 < line.right - line.size or len(text) < 60
        return (
            line.bold and self._bold_means and line.size >= SMALL * self.body and short
            and text[-1] not in ".,;:" and len(line.cells) == 1
        )  # fmt: skip

    def _same_heading(self, last: Paragraph, before: Line, line: Line) -> bool:
        return (
            last.kind == "heading" and self._is_heading(line)
            and abs(before.size - line.size) < 0.08 * line.size and before.bold == line.bold
            and before.region == line.region and before.page == line.page
            and 0 < line.base - before.base < 1.6 * line.size
            and len(last.lines) < _MOST_HEADING_LINES and not _NUMBERED.match(line.text)
            and (line.size >= _LARGE * self.body or before.x1 > before.right - 6 * before.size)
        )  # fmt: skip

    def _parted(self, last: Paragraph, a: Line, b: Line) -> int:
        """How a line is set off from the one before: 0 not at all, 1 by a line end, 2 by a gap."""
        if len(last.lines) >= _MOST_LINES:
            return 2
        if a.page != b.page or a.region != b.region:
            return 0 if self._runs_on(last, a, b) else 2
        if a.entry or b.entry:
            return 1  # a line of a form
        if min(a.x1, b.x1) <= max(a.x0, b.x0) and not is_written_next(a, b):
            return 2  # neither below nor behind it
        if _is_row(a) or _is_row(b):
            # Only the last cell of a row goes on right below it.
            goes_on = not _is_row(b) and b.x0 > a.cells[-1][0] - 0.5 * b.size
            if not goes_on and not (_is_full(a) and _is_full(b)):
                return 2
        leading = b.base - a.base
        usual = self._leading.get(round(b.size), 1.2 * b.size)
        wide = leading > 1.25 * usual + 0.5
        if self._begins_item(last, a, b, wide):
            # Items of one list stand close even where a gap parts them from each other.
            return 1 if last.kind == "item" or _NUMBERED.match(last.lines[0].text) else 2
        if (
            wide
            or abs(a.size - b.size) > 0.08 * b.size
            or (a.bold != b.bold and (a.bold and _short(a, b)))
        ):
            return 2
        return self._parted_by_shape(last, a, b)

    def _parted_by_shape(self, last: Paragraph, a: Line, b: Line) -> int:
        step = b.x0 - a.x0
        first = last.lines[0]
        centred = abs((a.x0 + a.x1) - (b.x0 + b.x1)) < 4 and step != 0
        short = _short(a, b)
        ends = _STOPS.search(a.text) is not None
        if last.kind == "item" or _NUMBERED.match(first.text):
            if step < -0.5 * b.size and b.x0 < first.second - 0.3 * b.size and len(last.lines) > 1:
                return 2
            if b.x0 <= first.x0 + 0.3 * b.size and first.second - first.x0 > b.size and short:
                return 2
        elif step > 0.7 * b.size and not centred and (len(last.lines) > 1 or ends):
            return 2 if ends or short else 1
        elif step < -0.7 * b.size and not centred and len(last.lines) > 1:
            return 2
        if not short:
            return 0
        if ends:
            return 2
        return 0 if b.text[0].islower() or a.text[-1] in ",-–\xad" else 1

    def _begins_item(self, last: Paragraph, a: Line, b: Line, wide: bool) -> bool:
        if _SURE_BULLET.match(b.text):
            return True
        if not (_BULLET.match(b.text) or _NUMBERED.match(b.text)):
            return False
        peers = last.kind == "item" or _NUMBERED.match(last.lines[0].text) is not None
        if peers and abs(b.x0 - last.lines[0].x0) < 0.5 * b.size:
            return (
                (len(last.lines) > 1 and a.x0 > b.x0 + 1)
                or _ENDS.search(a.text) is not None
                or _short(a, b)
            )
        return wide or _ENDS.search(a.text) is not None or _short(a, b)

    def _continued(self, here: list[Paragraph], last: Paragraph) -> int | None:
        """Which paragraph of a page goes on with the last one: the first below what floats."""
        for at, paragraph in enumerate(here):
            if paragraph.kind == "table" or _CAPTION.match(_first_text(paragraph)):
                continue
            return at if self._goes_over(last, paragraph) else None
        return None

    def _goes_over(self, last: Paragraph, first: Paragraph) -> bool:
        """Whether a page begins inside the last paragraph of the one before."""
        if first.kind not in ("text",) or last.kind not in ("text", "item"):
            return False
        return self._runs_on(last, last.lines[-1], first.lines[0])

    def _runs_on(self, last: Paragraph, a: Line, b: Line) -> bool:
        """Whether a line at the top of a column or page goes on with the one before."""
        if abs(a.size - b.size) > 0.08 * b.size or (a.bold != b.bold and not (b.text[0].islower())):
            return False
        if len(last.lines) >= _MOST_LINES or b.alone:
            return False
        if a.page == b.page and not _comes_next(a, b):
            return False
        if self._is_heading(b) or _SURE_BULLET.match(b.text) or not _is_open(last):
            return False
        if b.text[0].islower() or a.text[-1] in "-\xad,":
            return True
        # A name or number may begin the line, where the last one was full.
        return not _short(a, b) and not _NUMBERED.match(b.text)


def _leadings(pages: list[PageText]) -> dict[int, float]:
    """From the size of letters, rounded, to the usual step from line to line."""
    steps: dict[int, list[float]] = defaultdict(list)
    for page in pages:
        for a, b in zip(page.items, page.items[1:], strict=False):
            if isinstance(a, Line) and isinstance(b, Line) and a.region == b.region:
                step = b.base - a.base
                if 0.8 * b.size < step < 2.6 * b.size and abs(a.size - b.size) < 0.5:
                    steps[round(b.size)].append(step)
    return {size: min(median(found), 2.1 * size) for size, found in steps.items()}


def _short(a: Line, b: Line) -> bool:
    """Whether the first word of `b` had fitted on the line `a`."""
    return a.x1 + 0.3 * b.size + b.first_word < a.right - 0.4 * b.size


def _is_row(line: Line) -> bool:
    """Whether texts with wide gaps between them make the line, a number in front of it aside."""
    cells = line.cells[1:] if len(line.cells[0][2]) <= _LONGEST_NUMBER else line.cells
    return len(cells) > 1


def _is_full(line: Line) -> bool:
    """Whether a line goes from one edge of its column to the other, as justified text does."""
    return line.x0 < line.left + line.size and line.x1 > line.right - line.size


def _comes_next(a: Line, b: Line) -> bool:
    """Whether a line is read right after the last one of another part of its page.

    The file writes it so, or it stands on top of the next column, or right below.
    """
    if is_written_next(a, b):
        return True
    if b.base > a.base:
        return abs(a.left - b.left) < b.size
    wide, other = a.right - a.left, b.right - b.left
    beside = b.left > a.right or b.right < a.left
    return beside and min(wide, other) > max(_LEAST_COLUMN * b.size, _ALIKE * max(wide, other))


def _is_open(paragraph: Paragraph) -> bool:
    """Whether its last sentence has not ended."""
    text = paragraph.lines[-1].text
    return _ENDS.search(text) is None


def _last_text(found: list[Paragraph]) -> Paragraph | None:
    """The last paragraph that is the page's text, notes and turned text aside."""
    for paragraph in reversed(found):
        if paragraph.kind in ("text", "item"):
            return paragraph
        if paragraph.kind not in ASIDE:
            return None
    return None


def _first_text(paragraph: Paragraph) -> str:
    return paragraph.lines[0].text if paragraph.lines else ""
