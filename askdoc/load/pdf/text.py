"""Writes the paragraphs of a PDF as one text, and marks where pages and headings begin."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping

from askdoc.load.pdf.flow import ASIDE, Paragraph
from askdoc.load.pdf.hyphens import Joiner
from askdoc.load.pdf.lines import Line
from askdoc.load.pdf.rows import written
from askdoc.load.pdf.table import Table
from askdoc.load.tables.titles import is_units, joined, titles_of
from askdoc.model import Heading, Span
from askdoc.model import Table as MarkedTable

_BULLET = re.compile(r"[•●◦○▪▫■□‣⁃∙·➢➤✓✔*o–—-]\s*")
_NOT_WORDS = re.compile(r"[\W_]+")
_NUMBERING = re.compile(
    r"^(?:(?:chapter|section|part|appendix)\s+)?[\divxlcA-H]+(?:\.\d+)*[.):]?\s+(?=\S)", re.I
)
_NUMBER = re.compile(r"^(\d{1,3})[.)]?\s+(?=\S)")
_LONGEST_TITLE_OF_ROWS = 80
Outline = Mapping[tuple[int, str], int]
"""Page (from 0) and title, as `plain` gives it, to the heading's level."""


def plain(title: str) -> str:
    """A title without numbering, letter case and marks, to tell whether two are the same."""
    return _NOT_WORDS.sub("", _NUMBERING.sub("", title.strip())).casefold()


class Writer:
    """The text under construction."""

    def __init__(self, joiner: Joiner, outline: Outline) -> None:
        self._joiner, self._outline = joiner, outline
        self._parts: list[str] = []
        self._length = 0
        self._page = -1
        self._table: Table | None = None
        self._titles: list[str] = []  # of that table
        self._line = ""  # the paragraph above
        self._last: list[str] = []  # its last lines, and of those above that
        self.headings: list[Heading] = []
        self.page_starts: list[int] = []
        self.tables: list[MarkedTable] = []

    def text(self) -> str:
        return "".join(self._parts)

    def finish(self, pages: int) -> None:
        """The pages after the last text begin where it ends."""
        self.page_starts += [self._length] * (pages - len(self.page_starts))
        if self.page_starts:
            self.page_starts[0] = 0

    def write(self, paragraphs: list[Paragraph]) -> None:
        """Write all paragraphs."""
        levels = self._levels(paragraphs)
        for paragraph in paragraphs:
            if paragraph.kind == "table":
                assert paragraph.table is not None
                self._write_table(paragraph.table)
                continue
            if paragraph.kind not in ASIDE and not _is_title_of_rows(paragraph):
                self._table = None
            if paragraph.kind == "turned":
                self._put(paragraph.turned, "\n\n", paragraph.page)
                continue
            self._write_lines(paragraph, levels)

    def _write_lines(self, paragraph: Paragraph, levels: dict[tuple[float, bool], int]) -> None:
        whole, pages = "", []
        for at, line in enumerate(paragraph.lines):
            text = line.text
            if at == 0 and paragraph.kind == "item":
                text = f"- {_BULLET.sub('', text, count=1)}"
            if at == 0 and paragraph.kind == "note":
                text = _NUMBER.sub(r"[\1] ", text)
            before = whole
            whole = self._joiner.put(whole, text)
            pages.append((len(whole) - len(text) if before else 0, line.page))
        whole = whole.replace("\xad", "")
        if not whole.strip():
            return
        self._line = whole
        self._last = [*self._last, *(line.text for line in paragraph.lines)][-2:]
        start = self._put(whole, "\n" if paragraph.tight else "\n\n", paragraph.lines[0].page)
        for offset, page in pages:
            self._start_pages(page, start + min(offset, len(whole)))
        level = self._level(paragraph, whole, levels)
        if level:
            title = " ".join(whole.split())
            self.headings.append(Heading(Span(start, start + len(whole)), title, level))

    def _write_table(self, table: Table) -> None:
        found = written(table, self._table, self._joiner.join, self._titles)
        goes_on = self._table is not None and bool(found.lines)
        if found.lines:
            if found.titles is not self._titles:
                self._titles = [*self._titles_above(found.titles), *found.titles]
            start = self._put("\n".join(found.lines), "\n" if goes_on else "\n\n", table.page)
            section = self.headings[-1].title if self.headings else ""
            if title := joined(self._titles, section):
                self.tables.append(MarkedTable(Span(start, self._length), title))
        self._table = table
        self._line, self._last = "", []

    def _titles_above(self, titles: list[str]) -> list[str]:
        """What stands above a table, and above the titles that stand in its first rows."""
        last = [*self._last, *titles[:1]][-2:]
        if len(last) == 2 and is_units(last[1]):
            found = titles_of(last[1], last[0])
            return found[:-1] if titles else found
        return titles_of(self._line)

    def _put(self, text: str, gap: str, page: int) -> int:
        """Write a text behind a gap; where it begins."""
        if self._length:
            self._append(gap)
        start = self._length
        self._start_pages(page, start)
        self._append(text)
        return start

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _start_pages(self, page: int, at: int) -> None:
        while len(self.page_starts) <= page:
            self.page_starts.append(at)

    def _levels(self, paragraphs: list[Paragraph]) -> dict[tuple[float, bool], int]:
        """From a heading's look to its level: what the outline says, else by size."""
        told: dict[tuple[float, bool], Counter[int]] = defaultdict(Counter)
        looks = set()
        for paragraph in paragraphs:
            if paragraph.kind == "heading":
                looks.add(_look(paragraph))
                title = " ".join(line.text for line in paragraph.lines)
                level = self._outline.get((paragraph.page, plain(title)))
                if level:
                    told[_look(paragraph)][level] += 1
        ranks = {look: at for at, look in enumerate(sorted(looks, reverse=True), start=1)}
        return {
            look: told[look].most_common(1)[0][0] if look in told else min(6, rank)
            for look, rank in ranks.items()
        }

    def _level(self, paragraph: Paragraph, text: str, levels: dict[tuple[float, bool], int]) -> int:
        """The level of a heading, 0 for other text."""
        page = paragraph.lines[0].page
        if paragraph.kind in ("heading", "text") and len(text) <= 200:
            told = self._outline.get((page, plain(text)))
            if told:
                return told
        return levels[_look(paragraph)] if paragraph.kind == "heading" else 0


def _is_title_of_rows(paragraph: Paragraph) -> bool:
    """Whether a line may stand between rows of one table: "Earnings per share:"."""
    if len(paragraph.lines) != 1:
        return False
    text = paragraph.lines[0].text
    return text.endswith(":") and len(text) <= _LONGEST_TITLE_OF_ROWS


def _look(paragraph: Paragraph) -> tuple[float, bool]:
    line = max(paragraph.lines, key=lambda one: one.size)
    return round(2 * line.size) / 2, line.bold


def lines_for_words(paragraphs: list[Paragraph]) -> list[str]:
    """All lines of text, to learn the document's words from."""
    texts = []
    for paragraph in paragraphs:
        texts += [line.text for line in paragraph.lines if isinstance(line, Line)]
        if paragraph.table is not None:
            texts += [line for row in paragraph.table.rows for cell in row for line in cell]
    return texts
