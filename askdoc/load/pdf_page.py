"""What stands on one page of a PDF: words and ruled lines, each with its place.

PDFium is asked for as little as will do, as a call from Python costs about as much as a letter is
worth: a letter's code and its text object, and places only where a run of letters begins and ends.
All places are in points as a reader sees the page: x to the right, y down, turned upright.
"""

from __future__ import annotations

import ctypes
import itertools
import math
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from askdoc.errors import AskdocError
from askdoc.load.pdf_accents import ACCENTS, CODES, composed, stretches
from askdoc.load.pdf_bidi import as_read, has_rtl
from askdoc.load.pdf_codes import LETTERS, LINE_END, SPACES, box_sign
from askdoc.load.pdf_content import Page
from askdoc.load.pdf_device import Shape, api
from askdoc.load.pdf_filled import Form
from askdoc.load.pdf_noise import Noise
from askdoc.load.pdf_pictures import is_picture
from askdoc.load.pdf_rules import rules_on
from askdoc.load.pdf_turned import Turned
from askdoc.load.pdf_unmapped import DOUBTFUL, Unmapped, unknown_in
from askdoc.load.pdf_word import Word, clean, joined, printed_before, set_dots

MOST_CHARACTERS = 300_000
"""More than this on one page is no page that anybody reads."""
_INVISIBLE = 3
_FILL_AND_STROKE = 2  # how word processors make a font bold that has no bold
_GAP_IN_RUN = 0.15  # of the letters' size
_LEAST_STEP, _MOST_STEP, _LEVEL = -0.02, 0.1, 0.01  # of the same: from a letter to the next
_FORCE_BOLD = 1 << 18
_BOLD_NAME = re.compile("bold|black|heavy|demi|cmbx|sfbx|[-,]bd|medi(?!um)", re.IGNORECASE)
_LEAST_SIGN = 1.0  # points: how wide what is drawn is at least
_SPACE, _LIGATED = 0x20, (["f"], ["T"])  # what follows those letters may be one with them
_REPLACEMENT, _LAST = 0xFFFD, 0x10FFFF


class TooMuchText(AskdocError):
    """A page holds more text than a page can."""


class _Style(NamedTuple):
    """What all letters of one text object share."""

    size: float
    bold: bool
    turn: int | None  # quarters of a turn against the page as shown, None for anything else
    widths: dict[str, float]  # of letters, in this font and size
    font: int
    hidden: bool  # never painted: what text recognition found in a picture
    letters: dict[int, str]  # by code, in this font: those that were met


class _Run(NamedTuple):
    letters: list[str]
    first: int
    last: int
    style: _Style
    glued: bool  # nothing stood between it and the run before
    broken: bool  # PDFium ended a line before it


class PageReader:
    """Reads the pages of one document; fonts are looked at once."""

    def __init__(self, form: Form | None = None) -> None:
        self._form = form
        self._bold: dict[int, bool] = {}
        self._letters: dict[int, dict[int, str]] = {}
        self._names: dict[int, str] = {}
        self.unmapped = Unmapped()
        self.noise = Noise()
        self._widths: dict[tuple[int, float, int | None], dict[str, float]] = {}

    def font(self, text_object: Any) -> int:
        """The number of an object's font, 0 for none."""
        font = api().raw.FPDFTextObj_GetFont(text_object) if text_object is not None else None
        return ctypes.cast(font, ctypes.c_void_p).value or 0 if font else 0

    def name(self, font: int) -> str:
        """The name of a font whose weight was asked for, "" for others."""
        return self._names.get(font, "")

    def widths(self, font: int, size: float, turn: int | None) -> dict[str, float]:
        """The widths of letters, known so far, in a font."""
        return self._widths.setdefault((font, round(size, 2), turn), {})

    def letters(self, font: int) -> dict[int, str]:
        """From codes, as PDFium gives them, to letters, known so far, in a font."""
        return self._letters.setdefault(font, {})

    def read(self, page: Any) -> Page:
        """The content of a page that is open.

        Raises:
            TooMuchText: there are more than MOST_CHARACTERS letters on it.
        """
        raw = api().raw
        shape = Shape(page)
        text_page = raw.FPDFText_LoadPage(page)
        if not text_page:
            raise ValueError("no text page")
        try:
            reading = _Reading(self, shape, text_page)
            runs = reading.runs()
            turn = _main_turn(runs)
            content = Page(*shape.turned_size(turn))
            reading.fill(content, runs, turn)
            self.unmapped.settle(content.words, content.turned)
            content.noise = self.noise.drop(content.words, self.name)
            content.unknown = unknown_in(content.words)
            own = content.letters()
            if self._form is not None:
                content.turned += self._form.fill(content.words, page, shape, turn)
        finally:
            raw.FPDFText_ClosePage(text_page)
        content.rules, dots, content.pictures = rules_on(page, shape, turn)
        if not content.noise and not content.recognized:
            content.is_picture = is_picture(page, shape, *own)
        set_dots(content.words, dots)
        return content

    def is_bold(self, text_object: Any) -> bool:
        raw = api().raw
        font = raw.FPDFTextObj_GetFont(text_object)
        if not font:
            return False
        key = ctypes.cast(font, ctypes.c_void_p).value or 0
        if key not in self._bold:
            name = ctypes.create_string_buffer(256)
            raw.FPDFFont_GetBaseFontName(font, name, 256)
            self._names[key] = name.value.decode("latin-1")
            named = _BOLD_NAME.search(self._names[key]) is not None
            # The weight that PDFium tells is a guess from the stems, and calls book faces bold.
            forced = bool(max(0, raw.FPDFFont_GetFlags(font)) & _FORCE_BOLD)
            self._bold[key] = named or forced
        return self._bold[key] or raw.FPDFTextObj_GetTextRenderMode(text_object) == _FILL_AND_STROKE


class _Reading:
    """The text of one page, on its way from letters to words."""

    def __init__(self, reader: PageReader, shape: Shape, text_page: Any) -> None:
        self._reader, self._shape, self._page = reader, shape, text_page
        self._address = ctypes.cast(text_page, ctypes.c_void_p).value
        self._styles: dict[int, _Style] = {}
        self._looks: dict[tuple[object, ...], _Style] = {}
        self._end = (-1, 0.0, 0.0)  # a letter, and the right and lower edge of its box
        self._matrix = api().raw.FS_MATRIX()
        self._matrix_at = ctypes.addressof(self._matrix)
        self._rect = api().raw.FS_RECTF()
        self._rect_at = ctypes.addressof(self._rect)
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._x_at, self._y_at = ctypes.addressof(self._x), ctypes.addressof(self._y)

    def runs(self) -> list[_Run]:
        """Stretches of letters without a space, of one text object each."""
        count = api().raw.FPDFText_CountChars(self._page)
        if count > MOST_CHARACTERS:
            raise TooMuchText("there is more text on one page than a page can hold")
        letter, object_at, page = api().letter, api().object, self._address
        runs: list[_Run] = []
        letters: list[str] = []
        current, first, glued, broken = None, 0, False, False
        style: _Style | None = None
        for at in range(count):
            code = letter(page, at)
            if code in SPACES and (code >= 0x20 or not self._is_sign(at, code)):
                within = code == _SPACE and letters[-2:-1] in _LIGATED and self._is_in_last(at)
                if letters and style is not None:
                    runs.append(_Run(letters, first, at - 1, style, glued, broken))
                    letters = []
                glued, broken = within, code == LINE_END
                continue
            owner = object_at(page, at)
            if owner != current and letters and owner is not None and style is not None:
                # Marks of notes, and what parts them, are looked at one by one.
                sign = chr(code) if code <= _LAST else ""
                alike = letters[-1].isalpha() if sign.isalpha() else (
                    sign.isdigit() and letters[-1].isdigit()
                )  # fmt: skip
                if alike and self._goes_on(at, owner, style):
                    current = owner
                else:
                    runs.append(_Run(letters, first, at - 1, style, glued, broken))
                    letters, glued, broken = [], True, False
            if style is None or not letters:
                current, first = owner, at
                style = self._style_of(owner, at)
            known = style.letters.get(code)
            letters.append(self._letter(style, at, code) if known is None else known)
        if letters and style is not None:
            runs.append(_Run(letters, first, count - 1, style, glued, broken))
        return runs

    def _is_in_last(self, at: int) -> bool:
        """Whether a space stands inside of the ligature before it, so that it parts nothing."""
        edges = []
        for index in (at - 2, at - 1, at):
            if not api().box(self._address, index, self._rect_at):
                return False
            edges.append((self._rect.left, self._rect.right))
        return edges[0] == edges[1] and edges[1][0] < edges[2][0] < edges[1][1]

    def _goes_on(self, at: int, owner: int, style: _Style) -> bool:
        """Whether a letter stands right behind the one before, though in an object of its own.

        Some programs write a page letter by letter; what they look like is told by a box each.
        """
        if style.turn != 0 or self._shape.turns or self._style_of(owner, at) is not style:
            return False
        rect, box = self._rect, api().box
        if self._end[0] != at - 1:
            box(self._address, at - 1, self._rect_at)
            self._end = at - 1, rect.right, rect.bottom
        _, right, bottom = self._end
        if not box(self._address, at, self._rect_at):
            return False
        self._end = at, rect.right, rect.bottom
        near = _LEAST_STEP * style.size < rect.left - right < _MOST_STEP * style.size
        return bool(near and abs(rect.bottom - bottom) < _LEVEL * style.size)

    def _letter(self, style: _Style, at: int, code: int) -> str:
        """What a code stands for in a font that has not had it before."""
        shown = box_sign(code, self._reader.name(style.font))
        if shown:
            style.letters[code] = shown
            return shown
        # PDFium's sign for a hyphen at a line's end may be some other sign's code.
        named = code in LETTERS and not (code < 0x20 and self._is_untold(at))
        untold = code in (0, _REPLACEMENT) or code > _LAST or code in DOUBTFUL
        if not named and (untold or self._is_untold(at)):
            found = self._reader.unmapped.stand_in(style.font, code)
        else:
            found = LETTERS.get(code, chr(code))
        style.letters[code] = found
        return found

    def _is_sign(self, at: int, code: int) -> bool:
        """Whether something is drawn there, whose code is that of a line's end, or none at all."""
        if code or not api().object(self._address, at):
            return self._is_untold(at)
        box = api().box(self._address, at, self._rect_at)
        return bool(box) and abs(self._rect.right - self._rect.left) > _LEAST_SIGN

    def _is_untold(self, at: int) -> bool:
        """Whether the file does not say which letter stands there, but that there is one."""
        return bool(api().untold(self._address, at) == 1)

    def _style_of(self, owner: int | None, at: int) -> _Style:
        """The style of a text object, which looks like others of the page or is looked into."""
        style = self._styles.get(owner or 0)
        if style is None:
            call, matrix = api(), self._matrix
            told = call.matrix(self._address, at, self._matrix_at)
            look = (
                call.font(owner) if owner else None, call.mode(owner) if owner else None,
                call.size(self._address, at), told, matrix.a, matrix.b, matrix.c, matrix.d,
            )  # fmt: skip
            style = self._looks.get(look)
            if style is None:
                style = self._looks[look] = self._style(owner, at)
            self._styles[owner or 0] = style
        return style

    def _style(self, owner: int | None, at: int) -> _Style:
        raw = api().raw
        matrix = raw.FS_MATRIX()
        size = raw.FPDFText_GetFontSize(self._page, at)
        turn: int | None = 0
        if raw.FPDFText_GetMatrix(self._page, at, matrix):
            size *= math.hypot(matrix.c, matrix.d)
            quarters = math.atan2(matrix.b, matrix.a) / (math.pi / 2)
            # What is a little askew is the page of a scan.
            turn = round(quarters) % 4 if abs(quarters - round(quarters)) < 0.1 else None
        if turn is not None:
            turn = (turn - self._shape.turns) % 4
        if not 1.5 <= size <= 1000:
            raw.FPDFText_GetLooseCharBox(self._page, at, self._rect)
            high = abs(self._rect.top - self._rect.bottom)
            size = min(1000.0, max(1.5, high)) if math.isfinite(high) else 10.0
        held = ctypes.cast(owner, raw.FPDF_PAGEOBJECT) if owner else None
        bold = held is not None and self._reader.is_bold(held)
        font = self._reader.font(held)
        widths = self._reader.widths(font, size, turn)
        hidden = held is not None and raw.FPDFTextObj_GetTextRenderMode(held) == _INVISIBLE
        letters = self._reader.letters(font)
        return _Style(size, bold, turn, widths, font, hidden, letters)

    def fill(self, content: Page, runs: list[_Run], turn: int) -> None:
        """Put the runs together to words; those that are not upright are kept apart."""
        seen: dict[str, list[Word]] = {}
        turned = Turned()
        accents = any(not CODES.isdisjoint(style.letters) for style in self._styles.values())
        for run in _apart(runs) if accents else runs:
            self._reader.unmapped.count(run.style.font, run.letters)
            content.recognized = content.recognized or run.style.hidden
            if run.style.turn != turn:
                text, own = clean("".join(run.letters)), run.style.turn or 0
                ends = self._box(run.first, own), self._box(run.last, own)
                turned.add(text, run.glued or run.style.turn is None, ends, run.style.size)
                continue
            for number, word in enumerate(self._words(run, turn)):
                if not content.holds(word) or printed_before(word, seen):
                    continue
                last = content.words[-1] if content.words and not number else None
                # Where a font is not in the file, whether PDFium ends a line behind a raised letter
                # hangs on the fonts of the machine; a line that goes on in its place has not ended.
                near = run.glued or run.broken
                if near and last is not None:
                    whole = composed(last, word) if accents else None
                    if whole is not None:
                        content.words[-1] = whole
                        continue
                    if joined(content.words, last, word):
                        continue
                content.words.append(word)
        content.turned += turned.texts()

    def _words(self, run: _Run, turn: int) -> list[Word]:
        """The run as a word, or as several where PDFium overlooked a gap inside it."""
        ends = self._box(run.first, turn), self._box(run.last, turn)
        if ends[0] is None or ends[1] is None:
            return []
        style = run.style
        x0, x1 = min(ends[0][0], ends[1][0]), max(ends[0][2], ends[1][2])
        base = self._base(run.first, turn)
        text = clean("".join(run.letters))
        whole = Word(text, x0, x1, base, style.size, style.bold, run.first, font=style.font)
        if not whole.text or not math.isfinite(base):
            return []
        if has_rtl(whole.text):
            return [self._rtl(run, turn, whole)]
        widths = style.widths
        try:
            width = sum(map(widths.__getitem__, run.letters))
        except KeyError:
            width = sum(self._width(run, at, turn) for at in range(len(run.letters)))
        if x1 - x0 - width < _GAP_IN_RUN * style.size:
            return [whole]
        return self._split(run, turn, whole)

    def _rtl(self, run: _Run, turn: int, whole: Word) -> Word:
        """The word with its letters in the order in which they are read."""
        found = [self._box(at, turn) for at in range(run.first, run.last + 1)]
        boxes = [box for box in found if box is not None]
        if len(boxes) < len(run.letters) or len(found) > len(run.letters):
            return whole
        text = clean(as_read(run.letters, boxes))
        return whole._replace(
            text=text, x0=min(box[0] for box in boxes), x1=max(box[2] for box in boxes)
        )

    def _box(self, at: int, turn: int) -> tuple[float, float, float, float] | None:
        rect = self._rect
        if not api().box(self._address, at, self._rect_at):
            return None
        box = self._shape.box(rect.left, rect.bottom, rect.right, rect.top, turn)
        # Sums of what is finite are finite; NaN is not equal to itself.
        return box if math.isfinite(box[0] + box[1] + box[2] + box[3]) else None

    def _base(self, at: int, turn: int) -> float:
        """The y of the line that a letter stands on."""
        if not api().origin(self._address, at, self._x_at, self._y_at):
            return math.nan
        return self._shape.place(self._x.value, self._y.value, turn)[1]

    def _width(self, run: _Run, at: int, turn: int) -> float:
        letter = run.letters[at]
        if letter not in run.style.widths:
            box = self._box(run.first + at, turn)
            run.style.widths[letter] = box[2] - box[0] if box else 0.0
        return run.style.widths[letter]

    def _split(self, run: _Run, turn: int, whole: Word) -> list[Word]:
        boxes = [self._box(at, turn) for at in range(run.first, run.last + 1)]
        if None in boxes:
            return [whole]
        known = [box for box in boxes if box]
        gaps = [b[0] - a[2] for a, b in itertools.pairwise(known)]
        least = _GAP_IN_RUN * whole.size
        wide = [at for at, gap in enumerate(gaps, start=1) if gap > least]
        # Letters that all stand apart are set so, and make one word.
        if len(wide) > max(1, len(gaps) // 3):
            return [whole]
        words = []
        for start, end in zip([0, *wide], [*wide, len(known)], strict=True):
            text = clean("".join(run.letters[start:end]))
            if text:
                words.append(
                    whole._replace(
                        text=text, x0=known[start][0], x1=known[end - 1][2], at=run.first + start
                    )
                )
        return words


def _apart(runs: list[_Run]) -> Iterator[_Run]:
    """The runs, with each accent that is a sign of its own as one of its own."""
    for run in runs:
        if ACCENTS.isdisjoint(run.letters) or run.last - run.first + 1 != len(run.letters):
            yield run
            continue
        for start, end in stretches(run.letters):
            yield run._replace(
                letters=run.letters[start:end], first=run.first + start, last=run.first + end - 1,
                glued=run.glued or start > 0, broken=run.broken and not start,
            )  # fmt: skip


def _main_turn(runs: list[_Run]) -> int:
    """How most of the page's letters are turned, in quarters."""
    turns: Counter[int] = Counter()
    for run in runs:
        if run.style.turn is not None:
            turns[run.style.turn] += len(run.letters)
    return turns.most_common(1)[0][0] if turns else 0
