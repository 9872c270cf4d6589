"""JSON and JSON lines, read as the records that they hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from askdoc.errors import UnsupportedFormat
from askdoc.load.common.decode import decode
from askdoc.load.tables.lines import Lines
from askdoc.load.text.records import TOO_DEEP, Object, Records, TooDeep, Value
from askdoc.model import Document

if TYPE_CHECKING:
    from json import JSONDecodeError, JSONDecoder

_SPACE = re.compile(r"[ \t\r\n\ufeff]*")
_NAMED_LINES = 5


def load_json(data: bytes, source: str) -> Document:
    """A document of what a JSON file holds: a line for each record, or for each named value.

    Numbers stand as they are written, and a name that comes twice is kept twice. Long texts are
    paragraphs of their own. Places are "record 12" in a file that is one list, else paths such as
    "orders[2].items".

    Raises:
        UnsupportedFormat: it is no JSON (the message says where), or nested too deep.
        EmptySource: it says nothing.
    """
    from json import JSONDecodeError

    text, notes = decode(data, source)
    lines = Lines()
    records = Records(lines)
    try:
        _write(text, records)
    except JSONDecodeError as error:
        if error.msg != "Extra data" or (rows := _all_lines(text)) is None:
            raise _no_json(error, source) from None
        lines = Lines()
        records = Records(lines)
        records.write_all(iter(rows))
    except (RecursionError, TooDeep):
        raise _too_deep(source) from None
    return lines.document(source, notes + records.notes)


def load_jsonl(data: bytes, source: str) -> Document:
    """A document of JSON lines, each a record; lines that are no JSON are named in a note.

    Raises:
        UnsupportedFormat: no line is JSON, or one is nested too deep.
        EmptySource: they say nothing.
    """
    text, notes = decode(data, source)
    lines = Lines()
    records = Records(lines)
    reader = _LineReader(text)
    try:
        records.write_all(reader.values())
    except (RecursionError, TooDeep):
        raise _too_deep(source) from None
    if reader.first_error is not None and not reader.good:
        raise _no_json(reader.first_error, source, reader.bad[0])
    return lines.document(source, notes + reader.notes() + records.notes)


def decoder() -> JSONDecoder:
    """Reads numbers as they are written, objects as pairs, and forgives line ends in strings."""
    from json import JSONDecoder

    return JSONDecoder(
        object_pairs_hook=Object,
        parse_float=str,
        parse_int=str,
        parse_constant=str,
        strict=False,
    )


class _LineReader:
    """Reads values line by line."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.good = 0
        self.bad: list[int] = []
        self.first_error: JSONDecodeError | None = None

    def values(self) -> Iterator[tuple[str, Value]]:
        from json import JSONDecodeError

        reader = decoder()
        at, number = 0, 0
        while at < len(self._text):
            end = self._text.find("\n", at)
            end = end if end >= 0 else len(self._text)
            line = self._text[at:end].strip(" \t\r\n\ufeff")
            at, number = end + 1, number + 1
            if not line:
                continue
            try:
                value = reader.decode(line)
            except JSONDecodeError as error:
                self.bad.append(number)
                self.first_error = self.first_error or error
                continue
            self.good += 1
            yield f"line {number}", value

    def notes(self) -> tuple[str, ...]:
        named = ", ".join(map(str, self.bad[:_NAMED_LINES]))
        if len(self.bad) > _NAMED_LINES:
            return (f"{len(self.bad)} lines are no JSON and were left out: {named} and others",)
        if len(self.bad) > 1:
            return (f"lines {named} are no JSON and were left out",)
        return (f"line {named} is no JSON and was left out",) if self.bad else ()


def _all_lines(text: str) -> list[tuple[str, Value]] | None:
    """The values of JSON lines that go by the name of JSON, None where some are none."""
    reader = _LineReader(text)
    values: list[tuple[str, Value]] = []
    try:
        for value in reader.values():
            values.append(value)
            if reader.bad:
                return None
    except RecursionError:
        return None
    return None if reader.bad else values


def _write(text: str, records: Records) -> None:
    from json import JSONDecodeError

    at = _skip(text, 0)
    if text[at : at + 1] == "[":
        elements = _Elements(text, at)
        records.write_all(elements.values())
        at = elements.end
    else:
        value, at = decoder().raw_decode(text, at)
        records.write(value)
    at = _skip(text, at)
    if at < len(text):
        raise JSONDecodeError("Extra data", text, at)


class _Elements:
    """The elements of the list that a file is, one at a time: it need not be held as a whole."""

    def __init__(self, text: str, start: int) -> None:
        self._text = text
        self.end = start

    def values(self) -> Iterator[tuple[str, Value]]:
        from json import JSONDecodeError

        reader, text = decoder(), self._text
        at = _skip(text, self.end + 1)
        number = 0
        while number or text[at : at + 1] != "]":
            value, at = reader.raw_decode(text, at)
            number += 1
            yield f"record {number}", value
            at = _skip(text, at)
            if text[at : at + 1] == "]":
                break
            if text[at : at + 1] != ",":
                raise JSONDecodeError("Expecting ',' delimiter", text, at)
            at = _skip(text, at + 1)
        self.end = at + 1


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _no_json(error: JSONDecodeError, source: str, line: int | None = None) -> UnsupportedFormat:
    return UnsupportedFormat(
        f"not JSON from line {line or error.lineno}, column {error.colno} on",
        source,
        "Mend it there, or give it the suffix .txt to read it as it is.",
    )


def _too_deep(source: str) -> UnsupportedFormat:
    return UnsupportedFormat(TOO_DEEP, source, "Split it into smaller parts, or leave it out.")
