"""Pages of PDFs as they look, and where words stand on them: asked of a child process.

A PDF may be made to crash or take over whatever draws it. So the child gives pixels, of which any
make a picture, and numbers, which are looked at here; what it costs is its own memory and time.
"""

from __future__ import annotations

import json
import threading
from struct import Struct
from typing import TYPE_CHECKING, NamedTuple

from askdoc.load.pdf.marks import Mark
from askdoc.load.pdf.picture import MOST_PIXELS, MOST_WIDE, Picture
from askdoc.store.prepared import pack

if TYPE_CHECKING:
    from askdoc.workers import Workers

CHILD = "askdoc.reading.page_child"
"""The module that the child runs."""

MARKS, PICTURE = "marks", "picture"
SECONDS = 20.0
"""Processor time for one page."""
MEMORY = 2**30
"""Bytes of address space."""

_SIZE = Struct("<II")
_MARK = Struct("<4d")
_MOST_MARKS = 10_000
_OUTSIDE = 0.05


class Source(NamedTuple):
    """A PDF: a file, or bytes that are at hand.

    `within` is the folder that the file must not lead out of, empty for any. `digest` is that of
    the content which it must have, in hexadecimal digits, empty for any.
    """

    path: str = ""
    data: bytes = b""
    within: str = ""
    digest: str = ""


class Wish(NamedTuple):
    """What a child is asked for."""

    kind: str
    path: str
    within: str
    digest: str
    page: int
    width: int = 0
    text: str = ""
    start: int = 0
    end: int = 0


class Pages:
    """Draws pages and finds words on them, one at a time; `close` ends the child.

    May be used from several threads.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._workers: Workers | None = None
        self._closed = False

    def __enter__(self) -> Pages:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the child, whatever it is doing; nothing is drawn from now on."""
        self._closed = True
        workers = self._workers
        if workers is not None:
            workers.close()

    def picture(self, source: Source, page: int, width: int) -> Picture | None:
        """How a page looks, None where that cannot be told.

        Args:
            source: the PDF.
            page: which one, from 1.
            width: in pixels, as wished.
        """
        wish = Wish(PICTURE, source.path, source.within, source.digest, page, width)
        reply = self._ask(wish, source.data)
        if len(reply) < _SIZE.size:
            return None
        wide, high = _SIZE.unpack_from(reply)
        pixels = reply[_SIZE.size :]
        sound = 0 < wide <= MOST_WIDE and 0 < high <= 3 * MOST_WIDE
        sound = sound and wide * high <= 2 * MOST_PIXELS and len(pixels) == 3 * wide * high
        return Picture(wide, high, pixels) if sound else None

    def marks(self, source: Source, page: int, text: str, start: int, end: int) -> list[Mark]:
        """Rectangles around exactly the words of a stretch of text; none where that is in doubt.

        Args:
            source: the PDF.
            page: which one, from 1.
            text: of that page, as the document has it.
            start, end: the stretch, as offsets into `text`.
        """
        wish = Wish(MARKS, source.path, source.within, source.digest, page, 0, text, start, end)
        reply = self._ask(wish, source.data)
        if not reply or len(reply) % _MARK.size or len(reply) > _MOST_MARKS * _MARK.size:
            return []
        marks = [Mark(*sides) for sides in _MARK.iter_unpack(reply)]
        return marks if all(map(_is_sound, marks)) else []

    def _ask(self, wish: Wish, data: bytes) -> bytes:
        """What the child replies, nothing where it does not."""
        from askdoc.workers import Workers

        message = pack((json.dumps(wish).encode("ascii"), data))
        with self._lock:
            if self._closed:
                return b""
            if self._workers is None:
                self._workers = Workers(CHILD, count=1, memory=MEMORY, seconds=SECONDS)
            try:
                (outcome,) = self._workers.run([message])
            except RuntimeError:
                return b""  # It was closed meanwhile.
        return outcome.reply or b""


def picture_told(picture: Picture | None) -> bytes:
    """A picture as a reply."""
    if picture is None:
        return b""
    return _SIZE.pack(picture.width, picture.height) + picture.pixels


def marks_told(marks: list[Mark]) -> bytes:
    """Marks as a reply."""
    return b"".join(_MARK.pack(*mark) for mark in marks)


def _is_sound(mark: Mark) -> bool:
    """Whether a rectangle lies on the page; what is no number compares with nothing."""
    return (
        -_OUTSIDE <= mark.left < mark.right <= 1 + _OUTSIDE
        and -_OUTSIDE <= mark.top < mark.bottom <= 1 + _OUTSIDE
    )
