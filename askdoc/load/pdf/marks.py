"""Where the words of a quotation stand on the picture of their page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from askdoc.load.pdf.device import Shape, api
from askdoc.load.pdf.filled import Form
from askdoc.load.pdf.letters import Letters
from askdoc.load.pdf.page import PageReader
from askdoc.load.pdf.quoted import place_of
from askdoc.load.pdf.reading import opened
from askdoc.load.pdf.stream import Stream, letters_of
from askdoc.load.pdf.word import Word

_MOST_APART = 1.0  # of the letters' size: what stands further away gets a mark of its own
_LEVEL = 0.5  # of the same: on one line
_OUTSIDE = 0.02  # of the page: a mark that reaches further out is none on it


class Mark(NamedTuple):
    """A rectangle on a page's picture; its sides as shares of the picture's width and height."""

    left: float
    top: float
    right: float
    bottom: float


def marks_on(data: bytes, page: int, text: str, start: int, end: int) -> list[Mark]:
    """Rectangles around exactly the words of a stretch of text; none where that is in doubt.

    Args:
        data: the PDF.
        page: which one, from 1.
        text: of that page, as the document has it.
        start, end: the stretch, as offsets into `text`.

    Raises:
        LoadError: it is no PDF that can be opened.
        TooMuchText: there is more text on the page than a page can hold.
    """
    with opened(data, "") as document:
        form = Form(document)
        try:
            handle = api().raw.FPDF_LoadPage(document, page - 1)
            if not handle:
                return []
            try:
                return _marks(handle, form, text, start, end)
            finally:
                api().raw.FPDF_ClosePage(handle)
        finally:
            form.close()


def _marks(page: Any, form: Form, text: str, start: int, end: int) -> list[Mark]:
    try:
        content = PageReader(form).read(page)
    except ValueError:
        return []
    stream = Stream(content)
    shape = Shape(page)
    edges = _Edges(page, shape, content.turn)
    words: list[Word] = []
    for first, last in place_of(stream, text, start, end):
        for word, before, behind in stream.covered(first, last):
            part = edges.cut(word, before, behind) if before or behind else word
            if part is None:
                return []
            words.append(part)
    marks = [_shown(rect, shape, content.turn) for rect in _rects(words)]
    return marks if all(map(_is_on_page, marks)) else []


class _Edges:
    """Cuts words where a quotation begins or ends inside of them."""

    def __init__(self, page: Any, shape: Shape, turn: int) -> None:
        self._page, self._shape, self._turn = page, shape, turn

    def cut(self, word: Word, before: int, behind: int) -> Word | None:
        """A word without some of its letters, None where it cannot be told where these stand.

        Args:
            word: as it stands on the page.
            before: so many letters and digits at its beginning are left out.
            behind: and so many at its end.
        """
        raw = api().raw
        text_page = raw.FPDFText_LoadPage(self._page)
        if not text_page:
            return None
        try:
            letters = Letters(text_page)
            count = min(letters.count(), word.at + 2 * len(word.text))
            own: list[tuple[int, str]] = []
            key = letters_of(word.text)
            for at in range(word.at, count):
                code = api().letter(text_page, at)
                own += [(at, sign) for sign in letters_of(chr(min(code, 0x10FFFF)))]
                if len(own) >= len(key):
                    break
            if "".join(sign for _, sign in own) != key:
                return None
            ats = [own[before][0], own[len(own) - 1 - behind][0]]
            first, last = letters.boxes(ats, self._shape, self._turn)
        finally:
            raw.FPDFText_ClosePage(text_page)
        if first is None or last is None:
            return None
        x0, x1 = first[0] if before else word.x0, last[2] if behind else word.x1
        inside = word.x0 - 0.5 <= x0 < x1 <= word.x1 + 0.5
        part = Word(word.text, x0, x1, word.base, word.size, word.bold, word.at)
        return part if inside else None


def _rects(words: Iterable[Word]) -> list[tuple[float, float, float, float]]:
    """A rectangle for words that stand beside each other on one line."""
    found: list[tuple[float, float, float, float]] = []
    last: Word | None = None
    for word in words:
        if last is not None and _goes_on(last, word):
            left, top, right, bottom = found[-1]
            found[-1] = (
                min(left, word.x0), min(top, word.y0), max(right, word.x1), max(bottom, word.y1),
            )  # fmt: skip
        else:
            found.append((word.x0, word.y0, word.x1, word.y1))
        last = word
    return found


def _goes_on(last: Word, word: Word) -> bool:
    size = max(last.size, word.size)
    gap = max(word.x0 - last.x1, last.x0 - word.x1)
    return abs(word.base - last.base) < _LEVEL * size and gap < _MOST_APART * size


def _shown(rect: tuple[float, float, float, float], shape: Shape, turn: int) -> Mark:
    """A rectangle of the page that was turned upright, on the page as it is shown."""
    left, top, right, bottom = rect
    for quarters in range(turn, 0, -1):
        # Before its last turn this was as high as it is wide now.
        high = shape.turned_size(quarters)[0]
        left, top, right, bottom = top, high - right, bottom, high - left
    width, height = shape.turned_size(0)
    return Mark(left / width, top / height, right / width, bottom / height)


def _is_on_page(mark: Mark) -> bool:
    return (
        -_OUTSIDE < mark.left < mark.right < 1 + _OUTSIDE
        and -_OUTSIDE < mark.top < mark.bottom < 1 + _OUTSIDE
    )
