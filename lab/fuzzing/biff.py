"""Small workbooks of Excel 97: the records of a stream, which readers take without a container."""

from __future__ import annotations

import struct
from collections.abc import Sequence

Cell = str | float | bool | None
Row = Sequence[Cell | tuple[Cell, int]]
BOLD, DATE, PERCENT = 1, 2, 3
"""Looks that a cell may have, as numbers of its formats; 0 is none."""

_FORMATS = ((170, "yyyy-mm-dd"), (171, "0.0%"))
_FORMAT_OF = (0, 0, 170, 171)


def book(
    *sheets: tuple[str, Sequence[Row]],
    hidden: Sequence[str] = (),
    hidden_rows: Sequence[int] = (),
    hidden_columns: Sequence[int] = (),
    merged: Sequence[tuple[int, int, int, int]] = (),
) -> bytes:
    """A workbook.

    Args:
        sheets: the name and the rows of each; a cell is a value, or a value and its looks.
        hidden: the names of sheets that are not shown.
        hidden_rows: of all sheets, from 0; so are columns.
        hidden_columns: the numbers of columns that are not shown.
        merged: first row, last row, first column, last column of cells shown as one.
    """
    head = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    head += _record(0x0042, struct.pack("<H", 1200))
    head += b"".join(map(_font, (400, 400, 400, 400, 700)))
    for key, code in _FORMATS:
        head += _record(0x041E, struct.pack("<HHB", key, len(code), 0) + code.encode("latin-1"))
    for look, key in enumerate(_FORMAT_OF):
        font = 5 if look == BOLD else 0
        head += _record(0x00E0, struct.pack("<HHH", font, key, 0) + bytes(14))
    parts = [
        _sheet(rows, hidden_rows, hidden_columns, merged if at == 0 else ())
        for at, (_, rows) in enumerate(sheets)
    ]
    end = _record(0x000A, b"")
    names = [_short(name) for name, _ in sheets]
    at = len(head) + len(end) + sum(4 + 6 + len(name) for name in names)
    for (name, _), coded, part in zip(sheets, names, parts, strict=True):
        head += _record(0x0085, struct.pack("<IBB", at, name in hidden, 0) + coded)
        at += len(part)
    return head + end + b"".join(parts)


def _sheet(
    rows: Sequence[Row],
    hidden_rows: Sequence[int],
    hidden_columns: Sequence[int],
    merged: Sequence[tuple[int, int, int, int]],
) -> bytes:
    made = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    for column in hidden_columns:
        made += _record(0x007D, struct.pack("<HHHHHH", column, column, 2000, 0, 1, 0))
    for at, row in enumerate(rows):
        options = 0x0100 | (0x20 if at in hidden_rows else 0)
        made += _record(0x0208, struct.pack("<HHHHHHI", at, 0, len(row), 255, 0, 0, options))
        for column, cell in enumerate(row):
            value, look = cell if isinstance(cell, tuple) else (cell, 0)
            made += _cell(at, column, value, look)
    if merged:
        ranges = b"".join(struct.pack("<HHHH", *one) for one in merged)
        made += _record(0x00E5, struct.pack("<H", len(merged)) + ranges)
    return made + _record(0x000A, b"")


def _cell(row: int, column: int, value: Cell, look: int) -> bytes:
    place = struct.pack("<HHH", row, column, look)
    if value is None:
        return b""
    if isinstance(value, bool):
        return _record(0x0205, place + struct.pack("<BB", value, 0))
    if isinstance(value, str):
        return _record(0x0204, place + struct.pack("<HB", len(value), 1) + _coded(value))
    return _record(0x0203, place + struct.pack("<d", value))


def _font(weight: int) -> bytes:
    looks = struct.pack("<HHHHHBBBB", 200, int(weight > 400), 0, weight, 0, 0, 0, 0, 0)
    return _record(0x0031, looks + _short("A"))


def _short(text: str) -> bytes:
    return struct.pack("<BB", len(text), 1) + _coded(text)


def _coded(text: str) -> bytes:
    return text.encode("utf-16-le")


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data
