"""What was filled in and typed onto a page of a PDF: the values of its form, and its notes.

None of it stands in the page's content. A value is put where its field is, and right behind the
label on its left, so that both are read together.
"""

from __future__ import annotations

import ctypes
import math
import re
from dataclasses import replace
from typing import Any, NamedTuple

from askdoc.load.pdf.bidi import in_reading_order
from askdoc.load.pdf.device import Shape, api
from askdoc.load.pdf.word import Word, clean

_MOST_ANNOTATIONS = 5_000
_LONGEST = 1 << 17  # bytes of one value
_UNSEEN = 1 << 1 | 1 << 5  # flags: hidden, not shown on screens
_PASSWORD, _MULTILINE = 1 << 13, 1 << 12  # flags of text fields
_SIZE = re.compile(rb"([\d.]{1,6})\s+Tf")
_TICKED, _EMPTY = "☒", "☐"
_FILLER = re.compile(r"[_.…·‥-]{2,}")
_BOXES = frozenset("☐□❏❑❒▢☒☑✓✔✗✘")
_LABEL_ENDS = (":", "?", "：")
_USUAL, _LARGEST = 10.0, 24.0
_LETTER = 0.5  # of the size: how wide a letter is about


class _Entry(NamedTuple):
    """Something filled in, and where."""

    lines: list[str]
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    tall: bool  # more than one line may stand in it


class Form:
    """The form of a document that is open; `close` comes before the document is closed."""

    def __init__(self, document: Any) -> None:
        raw = api().raw
        self._handle: Any = None
        if raw.FPDF_GetFormType(document) != raw.FORMTYPE_NONE:
            # PDFium keeps the address of what it is told here.
            self._info = raw.FPDF_FORMFILLINFO(version=2)
            self._handle = raw.FPDFDOC_InitFormFillEnvironment(document, self._info)

    def close(self) -> None:
        if self._handle:
            api().raw.FPDFDOC_ExitFormFillEnvironment(self._handle)
            self._handle = None

    def draw(self, bitmap: Any, page: Any, *where: int) -> None:
        """Draw the fields of a page, with what is in them; `where` as for the page itself."""
        if self._handle:
            api().raw.FPDF_FFLDraw(self._handle, bitmap, page, *where)

    def fill(self, words: list[Word], page: Any, shape: Shape, turn: int) -> list[str]:
        """Put what was filled in among the words of a page; the notes that are pinned to it."""
        raw = api().raw
        entries: list[_Entry] = []
        notes: list[str] = []
        for at in range(min(_MOST_ANNOTATIONS, raw.FPDFPage_GetAnnotCount(page))):
            annotation = raw.FPDFPage_GetAnnot(page, at)
            if not annotation:
                continue
            try:
                kind = raw.FPDFAnnot_GetSubtype(annotation)
                if raw.FPDFAnnot_GetFlags(annotation) & _UNSEEN:
                    continue
                if kind == raw.FPDF_ANNOT_TEXT:
                    notes += [" ".join(_text_of(annotation, b"Contents").split())]
                    continue
                lines = self._lines(annotation, kind)
                entry = _placed(annotation, lines, kind, self._size(annotation), shape, turn)
            finally:
                raw.FPDFPage_CloseAnnot(annotation)
            if entry is not None:
                entries.append(entry)
        for entry in sorted(entries, key=lambda one: (one.y0, one.x0)):
            _put(entry, words, _alone(entry, entries))
        return [f"Note: {note}" for note in notes if note]

    def _lines(self, annotation: Any, kind: int) -> list[str]:
        """What an annotation shows, line by line; nothing where it is none that was filled in."""
        raw = api().raw
        if kind == raw.FPDF_ANNOT_FREETEXT:
            return _lines_of(_text_of(annotation, b"Contents"))
        if kind != raw.FPDF_ANNOT_WIDGET or not self._handle:
            return []
        field = raw.FPDFAnnot_GetFormFieldType(self._handle, annotation)
        if field in (raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON):
            return [_TICKED if self._is_ticked(annotation, field) else _EMPTY]
        if field in (raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX):
            return self._chosen(annotation)
        if field == raw.FPDF_FORMFIELD_TEXTFIELD:
            if raw.FPDFAnnot_GetFormFieldFlags(self._handle, annotation) & _PASSWORD:
                return []
            return _lines_of(self._value(annotation))
        return []

    def _is_ticked(self, annotation: Any, field: int) -> bool:
        """Whether a box is ticked: what it looks like tells, and its value where nothing does."""
        state = _text_of(annotation, b"AS")
        if not state and field == api().raw.FPDF_FORMFIELD_CHECKBOX:
            state = _text_of(annotation, b"V")
        return state not in ("", "Off")

    def _value(self, annotation: Any) -> str:
        form = self._handle
        return _read(lambda *to: api().raw.FPDFAnnot_GetFormFieldValue(form, annotation, *to))

    def _chosen(self, annotation: Any) -> list[str]:
        """What is chosen of a list, as it is shown there."""
        raw, form = api().raw, self._handle
        count = min(_MOST_ANNOTATIONS, raw.FPDFAnnot_GetOptionCount(form, annotation))
        found = [
            _read(lambda *to, at=at: raw.FPDFAnnot_GetOptionLabel(form, annotation, at, *to))
            for at in range(count)
            if raw.FPDFAnnot_IsOptionSelected(form, annotation, at)
        ]
        shown = ", ".join(filter(None, found)) or self._value(annotation)
        return [line for line in [" ".join(clean(shown).split())] if line]

    def _size(self, annotation: Any) -> float:
        """The size of the letters, 0 where it is as large as there is room."""
        raw, size = api().raw, ctypes.c_float()
        if self._handle and raw.FPDFAnnot_GetFontSize(self._handle, annotation, size):
            return size.value if math.isfinite(size.value) else 0.0
        told = _SIZE.search(_text_of(annotation, b"DA").encode("ascii", "replace"))
        try:
            return float(told[1]) if told else 0.0
        except ValueError:
            return 0.0


def _read(ask: Any) -> str:
    """A text that PDFium writes into a buffer, as UTF-16."""
    size = ask(None, 0)
    if not 2 < size <= _LONGEST:
        return ""
    buffer = ctypes.create_string_buffer(size)
    ask(ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")


def _text_of(annotation: Any, key: bytes) -> str:
    return _read(lambda *to: api().raw.FPDFAnnot_GetStringValue(annotation, key, *to))


def _lines_of(text: str) -> list[str]:
    lines = [" ".join(clean(line).split()) for line in re.split(r"[\r\n]+", text)]
    return [line for line in lines if line]


def _placed(
    annotation: Any, lines: list[str], kind: int, size: float, shape: Shape, turn: int
) -> _Entry | None:
    raw = api().raw
    rect = raw.FS_RECTF()
    if not lines or not raw.FPDFAnnot_GetRect(annotation, rect):
        return None
    box = shape.box(rect.left, rect.bottom, rect.right, rect.top, turn)
    if not all(map(math.isfinite, box)):
        return None
    x0, y0, x1, y1 = box
    wide, high = shape.turned_size(turn)
    if x1 < 0 or y1 < 0 or x0 > wide or y0 > high or x1 - x0 < 1 or y1 - y0 < 1:
        return None
    if not 2 <= size <= _LARGEST:
        size = min(_USUAL, max(4.0, 0.8 * (y1 - y0)))
    tall = kind == raw.FPDF_ANNOT_FREETEXT or len(lines) > 1 or y1 - y0 > 3 * size
    return _Entry(lines, x0, y0, x1, y1, size, tall and lines[0] not in (_TICKED, _EMPTY))


def _alone(entry: _Entry, entries: list[_Entry]) -> bool:
    """Whether nothing else was filled in beside it."""
    middle = (entry.y0 + entry.y1) / 2
    return not any(other.y0 < middle < other.y1 for other in entries if other is not entry)


def _put(entry: _Entry, words: list[Word], alone: bool) -> None:
    """Write an entry into the words of its page, where it stands."""
    _clear(entry, words)
    size = entry.size
    base = entry.y0 + size if entry.tall else (entry.y0 + entry.y1) / 2 + 0.35 * size
    for line in entry.lines:
        beside = _beside(entry, words, base)
        label = max(
            (word for word in beside if word.x1 <= entry.x0 + size),
            key=lambda w: w.x1,
            default=None,
        )
        near = label or min(beside, key=lambda word: abs(word.x0 - entry.x1), default=None)
        x0 = entry.x0
        labelled = label is not None and label.text.endswith(_LABEL_ENDS)
        if label is not None and (alone or labelled):
            x0 = min(x0, label.x1 + 0.3 * size)
        _write(line, words, entry, x0, near, near.base if near else base, labelled)
        base = max(base, near.base if near else base) + 1.2 * size


def _beside(entry: _Entry, words: list[Word], base: float) -> list[Word]:
    """The words on the same line."""
    if entry.tall:
        return [word for word in words if abs(word.base - base) < 0.6 * entry.size]
    top, low = entry.y0, entry.y1 + 0.3 * entry.size
    found = [word for word in words if top < word.base < low]
    if not found:
        return []
    nearest = min(found, key=lambda word: abs(word.base - base)).base
    return [word for word in found if abs(word.base - nearest) < 0.3 * word.size]


def _write(
    line: str,
    words: list[Word],
    entry: _Entry,
    x0: float,
    near: Word | None,
    base: float,
    labelled: bool,
) -> None:
    """One line, its words as wide as letters are about, but inside of the field."""
    step = min(_LETTER * entry.size, max(1.0, entry.x1 - entry.x0) / max(1, len(line)))
    at = near.at if near is not None else (words[-1].at + 1 if words else 0)
    place = words.index(near) + 1 if near is not None and near.x0 < x0 else len(words)
    made = [
        Word(text, 0.0, 0.0, base, entry.size, False, at, entry=labelled) for text in line.split()
    ]
    # As it would stand there: the way back to the order of reading leads through this one.
    for number, word in enumerate(in_reading_order(made)):
        x1 = x0 + step * len(word.text)
        made[number] = replace(word, x0=x0, x1=x1)
        x0 = x1 + step
    words[place:place] = made


def _clear(entry: _Entry, words: list[Word]) -> None:
    """Take away what a field covers: the line to write on, the box to tick."""
    for at in range(len(words) - 1, -1, -1):
        word = words[at]
        if not entry.y0 - 0.3 * word.size < word.base < entry.y1 + 0.5 * word.size:
            continue
        if word.x1 <= entry.x0 + 1 or word.x0 >= entry.x1 - 1:
            continue
        left = _FILLER.sub("", word.text)
        if not left or (set(left) <= _BOXES and entry.lines[0] in (_TICKED, _EMPTY)):
            del words[at]
        elif word.text.startswith(left) and word.x0 < entry.x0:
            share = len(left) / len(word.text)
            words[at] = replace(word, text=left, x1=word.x0 + share * (word.x1 - word.x0))
