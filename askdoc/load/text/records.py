"""Write nested values down as a person would read them: records as lines, sections with headings.

A value in a list is a record: one line, `name: Anna | address.city: Kesk`, then its long texts as
paragraphs of their own and the lists in it. An object that is no record is a section: a line for
each of its small values, then its large ones below a heading each.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

from askdoc.english.analyzer import replace_lone_surrogates
from askdoc.load.tables.column_names import SAMPLE_ROWS, header_of
from askdoc.load.tables.lines import Lines
from askdoc.load.tables.named_rows import SEPARATOR, one_line
from askdoc.load.tables.writer import Numbered, TableLines


class Object(tuple[tuple[str, "Value"], ...]):
    """The names and values of an object, in their order; a name may come more than once."""

    __slots__ = ()


Value = None | bool | str | list["Value"] | Object
Steps = Iterator["Steps"]
"""What writes a value, and gives others to be written before it goes on."""

MAX_DEPTH = 200
TOO_DEEP = f"it is nested more than {MAX_DEPTH} deep"

_LONG = 240
"""A text with more characters, or with line ends, is a paragraph of its own."""

_MOST_IN_LINE = 60
_DEEPEST_IN_LINE = 4
_LONGEST_PATH = 160


class TooDeep(Exception):
    """A value is nested deeper than MAX_DEPTH."""


class Records:
    """Writes values into a text."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._tables = TableLines(lines)

    @property
    def notes(self) -> tuple[str, ...]:
        return self._tables.notes

    def write(self, value: Value) -> None:
        """One value, which is the whole file.

        Raises:
            TooDeep: as it says.
        """
        _run(self._value(value, "", "", 1))

    def write_all(self, values: Iterator[tuple[str, Value]]) -> None:
        """The values of a list with the names of their places.

        Raises:
            TooDeep: as it says.
        """
        first = list(islice(values, SAMPLE_ROWS))
        every = chain(first, values)
        if _are_rows([value for _, value in first]):
            self._tables.write(Numbered(place, _cells(value)) for place, value in every)
            return
        for place, value in every:
            _run(self._record(value, "", place))

    def _value(self, value: Value, title: str, path: str, level: int) -> Steps:
        """A section with a heading, or the list or text under it."""
        if title:
            self._lines.heading(title, level - 1)
        if isinstance(value, Object):
            yield from self._section(value, path, level)
        elif isinstance(value, list):
            places = ((f"{path}[{at}]", one) for at, one in enumerate(value))
            if _are_rows(value[:SAMPLE_ROWS]):
                self._tables.write(Numbered(place, _cells(one)) for place, one in places)
                return
            for place, one in places:
                yield self._record(one, "", place)
        else:
            self._text("", _text(value))

    def _section(self, members: Object, path: str, level: int) -> Steps:
        self._lines.place(path)
        large: list[tuple[str, Value]] = []
        for key, value in members:
            key = _key(key)
            leaves = _leaves(key, value)
            if leaves is not None:
                self._lines.line(_named_line(leaves))
            elif isinstance(value, list | Object):
                large.append((key, value))
            else:
                self._text(key, _text(value))
        for key, value in large:
            yield self._value(value, key, _short(_joined(path, key)), level + 1)
            self._lines.gap()

    def _record(self, value: Value, prefix: str, place: str) -> Steps:
        """A record on a line; what is too large for the line stands below it."""
        self._lines.place(place)
        members = value if isinstance(value, Object) else ((prefix, value),)
        inner = prefix if isinstance(value, Object) else ""
        small: list[tuple[str, str]] = []
        large: list[tuple[str, Value]] = []
        for key, one in members:
            name = _joined(inner, _key(key))
            leaves = _leaves(name, one)
            if leaves is None or len(small) + len(leaves) > _MOST_IN_LINE:
                large.append((name, one))
            else:
                small += leaves
        is_item = not prefix and not isinstance(value, list | Object)
        self._lines.line(f"- {small[0][1]}" if is_item and small else _named_line(small))
        for name, one in large:
            below = _short(name)
            if isinstance(one, list):
                for at, element in enumerate(one):
                    inside = f"{place}, " if " " in place else f"{place}."
                    yield self._record(element, below, f"{inside}{below}[{at}]" if below else place)
            elif isinstance(one, Object):
                yield self._record(one, below, place)
            else:
                self._text(name, _text(one))

    def _text(self, name: str, text: str) -> None:
        """A text that stands by itself, its name above it."""
        if text:
            self._lines.paragraph(f"{name}:" if name else "")
            self._lines.paragraph(text)


def _run(steps: Steps) -> None:
    waiting = [steps]
    while waiting:
        following = next(waiting[-1], None)
        if following is None:
            waiting.pop()
        elif len(waiting) >= MAX_DEPTH:
            raise TooDeep
        else:
            waiting.append(following)


def _leaves(name: str, value: Value) -> list[tuple[str, str]] | None:
    """The texts in a value with their names, None where a line cannot hold them."""
    found: list[tuple[str, str]] = []
    waiting = [(name, value, 0)]
    while waiting:
        name, value, depth = waiting.pop()
        if isinstance(value, Object):
            if depth == _DEEPEST_IN_LINE or len(value) > _MOST_IN_LINE:
                return None
            waiting += [(_joined(name, _key(key)), one, depth + 1) for key, one in value[::-1]]
            continue
        text = _list_line(value) if isinstance(value, list) else _text(value)
        if text is None or len(text) > _LONG or "\n" in text or "\r" in text:
            return None
        if text:
            found.append((name, one_line(text)))
        if len(found) > _MOST_IN_LINE or len(waiting) > 2 * _MOST_IN_LINE:
            return None
    return found


def _list_line(values: list[Value]) -> str | None:
    """A short list as it stands in a line: figures or words with commas, None for any other."""
    if len(values) > _MOST_IN_LINE:
        return None
    texts: list[str] = []
    for value in values:
        if isinstance(value, list):
            if len(value) > _MOST_IN_LINE or any(isinstance(one, list | Object) for one in value):
                return None
            texts.append(", ".join(filter(None, map(_text, value))))
        elif isinstance(value, Object):
            return None
        else:
            texts.append(_text(value))
    nested = any(isinstance(value, list) for value in values)
    if nested and _are_rows(values) and header_of([_cells(row) for row in values]) is not None:
        return None
    return ("; " if nested else ", ").join(filter(None, texts))


def _named_line(leaves: list[tuple[str, str]]) -> str:
    return SEPARATOR.join(f"{name}: {text}" if name else text for name, text in leaves)


def _are_rows(values: list[Value]) -> bool:
    """Whether a list is a table: lists of several figures or short texts."""
    return len(values) > 1 and all(
        isinstance(row, list)
        and len(row) > 1
        and all(not isinstance(cell, list | Object) and len(_text(cell)) <= _LONG for cell in row)
        for row in values
    )


def _cells(value: Value) -> list[str]:
    """A row's cells; what is in a cell stands in it as one text."""
    cells: list[str] = []
    for cell in value if isinstance(value, list) else [value]:
        texts: list[str] = []
        waiting = [cell]
        while waiting:
            one = waiting.pop()
            if isinstance(one, Object):
                waiting += [inner for _, inner in one[::-1]]
            elif isinstance(one, list):
                waiting += one[::-1]
            else:
                texts.append(one_line(_text(one)))
        cells.append("; ".join(filter(None, texts)))
    return cells


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return ""
    return replace_lone_surrogates(value.replace("\0", "")).strip()


def _key(key: str) -> str:
    return one_line(replace_lone_surrogates(key.replace("\0", "")))


def _joined(path: str, key: str) -> str:
    """A path with one more name; what is repeated in each of many lines may not grow for ever."""
    return f"{_short(path)}.{key}" if path and key else path or key


def _short(path: str) -> str:
    return path if len(path) <= _LONGEST_PATH else f"…{path[-_LONGEST_PATH:]}"
