"""Opens a PDF and reads it page by page.

PDFium is not safe to use from several threads at once, so one document is read at a time; how long
that may take is for the caller to limit. On a damaged file PDFium gives what it can find and says
nothing, so what the file itself tells of its pages is compared with what was found.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

from askdoc.english.analyzer import replace_lone_surrogates
from askdoc.errors import (
    EmptySource,
    LoadError,
    SourceTooLarge,
    SourceUnreadable,
    UnsupportedFormat,
)
from askdoc.load.common.clauses import with_clauses
from askdoc.load.pdf.device import api
from askdoc.load.pdf.filled import Form
from askdoc.load.pdf.flow import Flow
from askdoc.load.pdf.hyphens import Joiner
from askdoc.load.pdf.lines import PageText, read_page
from askdoc.load.pdf.page import PageReader, TooMuchText
from askdoc.load.pdf.running import drop_running
from askdoc.load.pdf.text import Writer, lines_for_words, plain
from askdoc.load.pdf.unread import REMEDY, Unread
from askdoc.model import Document

MOST_PAGES = 20_000
MOST_CHARACTERS = 50_000_000
_MOST_TITLES = 5_000
_LONGEST_TITLE = 1_000
_DEEPEST_TITLE = 6
_XFA = (
    "it is a form of a kind that only Adobe's programs show (XFA), and what it holds could not be "
    "read. Print it as a plain PDF from there"
)
_COUNT = re.compile(rb"/Count\s+(\d{1,9})\b")
_PAGE = re.compile(rb"/Type\s*/Page\b")
_one_at_a_time = Lock()


def read_pdf(data: bytes, source: str) -> Document:
    """What `load_pdf` says, for bytes that have the signature of a PDF."""
    with opened(data, source) as document:
        return _Reading(document, data, source).document()


@contextmanager
def opened(data: bytes, source: str) -> Iterator[Any]:
    """A PDF that is open, as PDFium has it; meanwhile no other thread has one.

    Raises:
        UnsupportedFormat, SourceUnreadable: as `load_pdf`.
    """
    with _one_at_a_time:
        raw = api().raw
        buffer = ctypes.create_string_buffer(data, len(data))
        document = raw.FPDF_LoadMemDocument64(buffer, len(data), None)
        if not document:
            raise _not_opened(raw.FPDF_GetLastError(), source)
        try:
            yield document
        finally:
            raw.FPDF_CloseDocument(document)


class _Reading:
    """One document that is open."""

    def __init__(self, document: Any, data: bytes, source: str) -> None:
        self._document, self._data, self._source = document, data, source
        self._pages: list[PageText] = []
        self._unread = Unread()
        self._pictures = False

    def document(self) -> Document:
        self._read_pages()
        drop_running(self._pages)
        paragraphs = Flow(self._pages).paragraphs()
        writer = Writer(Joiner(lines_for_words(paragraphs)), _outline(self._document))
        writer.write(paragraphs)
        writer.finish(len(self._pages))
        text = replace_lone_surrogates(writer.text())
        if not text.strip():
            raise self._no_text()
        return with_clauses(Document(
            text, self._source, tuple(writer.headings), tuple(writer.page_starts), self._notes(),
            tables=tuple(writer.tables),
        ))  # fmt: skip

    def _read_pages(self) -> None:
        raw = api().raw
        count = raw.FPDF_GetPageCount(self._document)
        if count < 1:
            raise _damaged(self._source)
        if count > MOST_PAGES:
            raise SourceTooLarge(
                f"it has {count:,} pages, more than the {MOST_PAGES:,} that are read",
                self._source,
                "Split it into smaller files.",
            )
        form = Form(self._document)
        try:
            reader = PageReader(form)
            self._read_each(reader, count)
            if reader.noise.fonts:
                # Now that they are known, also where they have few letters on a page.
                self._pages, self._unread = [], Unread()
                self._read_each(reader, count)
        finally:
            form.close()

    def _read_each(self, reader: PageReader, count: int) -> None:
        letters = 0
        for number in range(count):
            page = self._read_page(reader, number)
            self._pages.append(page)
            letters += page.letters
            if letters > MOST_CHARACTERS:
                raise SourceTooLarge(
                    "it has more text than is held in memory",
                    self._source,
                    "Split it into smaller files.",
                )
        if len(self._unread.broken) == count:
            raise _damaged(self._source)

    def _read_page(self, reader: PageReader, number: int) -> PageText:
        raw = api().raw
        page = raw.FPDF_LoadPage(self._document, number)
        if not page:
            self._unread.broken.append(number + 1)
            return PageText(792.0)
        try:
            content = reader.read(page)
        except TooMuchText as error:
            raise SourceTooLarge(
                f"{error.what}, on page {number + 1}", self._source, "Leave that page out."
            ) from None
        except ValueError:
            self._unread.broken.append(number + 1)
            return PageText(792.0)
        finally:
            raw.FPDF_ClosePage(page)
        self._pictures = self._pictures or content.pictures
        for found, pages in (
            (content.is_picture, self._unread.pictures),
            (content.noise, self._unread.noise),
            (content.unknown, self._unread.unknown),
        ):
            if found:
                pages.append(number + 1)
        return read_page(content, number)

    def _notes(self) -> tuple[str, ...]:
        notes = self._unread.notes(len(self._pages))
        if api().raw.FPDF_GetFormType(self._document) == api().raw.FORMTYPE_XFA_FULL:
            notes.append(_XFA)
        ends = self._data.count(b"%%EOF")
        found, held = len(self._pages), len(_PAGE.findall(self._data))
        told = max((int(count) for count in _COUNT.findall(self._data)), default=0)
        # A file that was changed holds pages that are no longer its own, and an end for each time.
        if min(told, held) > found and ends == 1:
            notes.append(
                f"the file is damaged: of its {min(told, held)} pages only {found} could be found"
            )
        elif not ends or b"startxref" not in self._data[max(0, self._data.rindex(b"%%EOF") - 99) :]:
            notes.append("the file is damaged: its end is missing, and text may be as well")
        return tuple(notes)

    def _no_text(self) -> LoadError:
        if self._unread.noise:
            return EmptySource(
                "its letters make no words, since the file says wrongly which they are",
                self._source,
                REMEDY,
            )
        if self._pictures or self._unread.pictures:
            return EmptySource(
                "there are pictures in it only, no text, as in a scan", self._source, REMEDY
            )
        return EmptySource(
            "there is no text in it", self._source, "Give a file that has some, or leave it out."
        )


def _outline(document: Any) -> dict[tuple[int, str], int]:
    """The outline's titles, with the page that each leads to and its level."""
    raw = api().raw
    found: dict[tuple[int, str], int] = {}
    # Depth first; a damaged outline may lead back into itself.
    seen: set[int] = set()
    waiting = [(raw.FPDFBookmark_GetFirstChild(document, None), 1)]
    while waiting and len(seen) < _MOST_TITLES:
        mark, level = waiting.pop()
        key = ctypes.cast(mark, ctypes.c_void_p).value if mark else None
        if key is None or key in seen:
            continue
        seen.add(key)
        waiting.append((raw.FPDFBookmark_GetNextSibling(document, mark), level))
        if level < _DEEPEST_TITLE:
            waiting.append((raw.FPDFBookmark_GetFirstChild(document, mark), level + 1))
        target = raw.FPDFBookmark_GetDest(document, mark)
        page = raw.FPDFDest_GetDestPageIndex(document, target) if target else -1
        title = plain(_title(mark))
        if title and page >= 0:
            found.setdefault((page, title), level)
    return found


def _title(mark: Any) -> str:
    raw = api().raw
    buffer = ctypes.create_string_buffer(2 * _LONGEST_TITLE)
    size = raw.FPDFBookmark_GetTitle(mark, buffer, len(buffer))
    if not 0 < size <= len(buffer):
        return ""
    return buffer.raw[:size].decode("utf-16-le", "replace").rstrip("\0")


def _not_opened(error: int, source: str) -> LoadError:
    raw = api().raw
    if error in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
        return SourceUnreadable(
            "it is protected by a password", source, "Save it without one, and give that file."
        )
    return _damaged(source)


def _damaged(source: str) -> LoadError:
    return UnsupportedFormat(
        "the PDF is damaged, and no page of it can be read", source, "Get the file again."
    )
