"""Tables as text: csv and tsv, whatever parts and quotes their cells.

The standard library's reader is strict where people are not, and its sniffer slow and often wrong.
Here the delimiter is the one that cuts most rows into equally many cells, and a quotation mark only
opens a cell if one closes it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import count, islice

from askdoc.errors import UnsupportedFormat
from askdoc.load.common.decode import HEAD_BYTES, Decoded, decode
from askdoc.load.opening import MAX_BYTES
from askdoc.load.tables.lines import Lines
from askdoc.load.tables.named_rows import one_line
from askdoc.load.tables.writer import Numbered, TableLines
from askdoc.model import Document

_DELIMITERS = ("\t", ";", ",", "|")
_SAMPLE_ROWS = 100
_SAMPLE_CHARACTERS = 2**17
_LEAST_SHARE, _LEAST_SHARE_OF_PROSE = 0.6, 0.9
_SEP_LINE = re.compile(r"sep=(.)(?:\r\n?|\n|\Z)", re.IGNORECASE)
_LINE_END = re.compile(r"\r\n?|\n")
_DECIMAL_COMMA = re.compile(r"\d,\d")
_MOST_NULS = 0.01
_LONGEST_CELL = 2**16


def load_csv(data: bytes, source: str) -> Document:
    """A document of a table's rows, a line each, with the names of the columns if it has any.

    Places are rows as a spreadsheet program counts them: the first is row 1, and a cell that goes
    over several lines is in one row.

    Raises:
        UnsupportedFormat: the bytes are not text.
        EmptySource: there is nothing but white space.
    """
    is_cut = len(data) > MAX_BYTES
    text, notes = _decoded(_up_to_a_row(data) if is_cut else data, source)
    said = _SEP_LINE.match(text)
    start = said.end() if said else 0
    delimiter = said[1] if said else delimiter_of(text)
    lines = Lines()
    tables = TableLines(lines)
    numbers = count(2 if said else 1)
    rows = zip(rows_of(text, delimiter, start), numbers, strict=False)
    tables.write(Numbered(f"row {number}", cells) for cells, number in rows)
    if is_cut and not tables.stopped_before:
        tables.stopped_before = f"row {next(numbers)}"
    return lines.document(source, notes + tables.notes)


def _up_to_a_row(data: bytes) -> bytes:
    """The whole rows among the first MAX_BYTES of a file that has more."""
    end = data.rfind(b"\n", 0, MAX_BYTES)
    if data.count(b'"', 0, max(end, 0)) % 2:  # the line ends in a cell that goes on
        opened = data.rfind(b'"', max(0, end - _LONGEST_CELL), end)
        end = data.rfind(b"\n", 0, opened) if opened >= 0 else end
    if end < 0:
        return data[:MAX_BYTES]
    return data[: end - end % 2 if b"\0" in data[:HEAD_BYTES] else end]  # UTF-16, perhaps


def _decoded(data: bytes, source: str) -> Decoded:
    try:
        return decode(data, source)
    except UnsupportedFormat:
        # A program that writes fixed fields may leave a few NULs in them.
        nuls = data.count(0)
        if not 0 < nuls <= _MOST_NULS * len(data):
            raise
        text, notes = decode(data.replace(b"\0", b""), source)
        return Decoded(text, (*notes, "characters that mean nothing (NUL) were left out"))


def rows_of(text: str, delimiter: str, start: int = 0) -> Iterator[list[str]]:
    """The cells of each row, each on one line; empty lines are rows, too.

    Args:
        text: the whole table.
        delimiter: what parts cells; empty: each line is one cell.
        start: where in the text the first row begins.
    """
    pattern, uneven = _cell(delimiter), _uneven_space(delimiter)
    has_cr = "\r" in text
    at, length = start, len(text)
    while at < length:
        if has_cr:
            match = _LINE_END.search(text, at)
            end, following = match.span() if match else (length, length)
        else:
            end = text.find("\n", at)
            end, following = (end, end + 1) if end >= 0 else (length, length)
        if delimiter and text.find('"', at, end) >= 0:
            plain = _plainly_quoted(text[at:end], delimiter)
            if plain is None:
                plain, at = _quoted_row(text, delimiter, pattern, at)
                match = _LINE_END.match(text, at)
                following = match.end() if match else at
            yield list(map(one_line, plain))
            at = following
            continue
        line = text[at:end]
        cells = line.split(delimiter) if delimiter else [line]
        yield list(map(one_line, cells)) if uneven.search(line) else cells
        at = following


def _plainly_quoted(line: str, delimiter: str) -> list[str] | None:
    """The cells of a line that the standard library's fast reader takes as it is meant."""
    import csv

    if ' "' in line:
        return None  # a cell with blanks before its mark, perhaps
    try:
        return next(csv.reader((line,), delimiter=delimiter, strict=True))
    except csv.Error:
        return None


def _quoted_row(
    text: str, delimiter: str, pattern: re.Pattern[str], at: int
) -> tuple[list[str], int]:
    """The cells of a row that begins here and has quotation marks, and where it ends."""
    cells: list[str] = []
    while (found := pattern.match(text, at)) is not None:
        quoted = found["quoted"]
        cells.append(found["bare"] if quoted is None else quoted.replace('""', '"'))
        at = found.end()
        if text[at : at + 1] != delimiter:
            break
        at += 1
    return cells, at


def _uneven_space(delimiter: str) -> re.Pattern[str]:
    """White space at the ends of cells, and any that is not a single blank."""
    mark = re.escape(delimiter)
    beside = f"|{mark} | {mark}" if mark else ""
    return re.compile(rf"[^\S \t]|  |\A | \Z{beside}" + ("" if delimiter == "\t" else r"|\t"))


def _cell(delimiter: str) -> re.Pattern[str]:
    """A cell: quoted up to a mark that ends it, or up to the next delimiter or the line's end.

    Where the mark that closes is followed by more text, the marks are a part of the text. A long
    cell that turns out to be none is read once more at most, since the mark where it failed is
    where the next one could begin.
    """
    mark = re.escape(delimiter)
    return re.compile(
        rf' *"(?P<quoted>(?:[^"]|"")*+)" *(?={mark}|[\r\n]|\Z)|(?P<bare>[^{mark}\r\n]*+)'
    )


def delimiter_of(text: str) -> str:
    """What parts the cells of a table, empty if its rows have one cell."""
    sample = text[:_SAMPLE_CHARACTERS]
    found: list[tuple[float, int, str]] = []
    for delimiter in _DELIMITERS:
        if delimiter not in sample:
            continue
        rows = islice(rows_of(sample, delimiter), _SAMPLE_ROWS)
        counts = Counter(len(cells) for cells in rows if any(cells))
        cut = {count: share for count, share in counts.items() if count > 1}
        if not cut:
            continue
        usual = max(cut, key=lambda count: (cut[count], count))
        share = cut[usual] / counts.total()
        if share >= (_LEAST_SHARE_OF_PROSE if _is_like_prose(sample, delimiter) else _LEAST_SHARE):
            found.append((share, usual, delimiter))
    if len(found) > 1 and _is_decimal_comma(sample):
        found = [one for one in found if one[2] != ","]
    # Of those that cut nearly all rows alike, the one that cuts them finest.
    best = max((share for share, _, _ in found), default=0.0)
    alike = [one for one in found if one[0] >= best - 0.1]
    if alike:
        return max(alike, key=lambda one: one[1])[2]
    return _most_used(sample)


def _is_like_prose(sample: str, delimiter: str) -> bool:
    """Whether a mark only stands where running text has it, before a blank."""
    return sample.count(delimiter) == sample.count(delimiter + " ")


def _is_decimal_comma(sample: str) -> bool:
    return 10 * len(_DECIMAL_COMMA.findall(sample)) >= 9 * sample.count(",")


def _most_used(sample: str) -> str:
    """The delimiter of rows of many lengths: one that most lines have as prose has none."""
    lines = [line for line in _LINE_END.split(sample) if line.strip()][:_SAMPLE_ROWS]
    best, most = "", 0.8 * len(lines)
    for delimiter in _DELIMITERS:
        count = sum(delimiter in line.replace(delimiter + " ", "") for line in lines)
        if count > most or (count == most and not best):
            best, most = delimiter, count
    return best
