"""Jupyter notebooks, cell by cell: what was written, the code as a source file has it, its results.

Of a result that is there in several forms one is read: a table of a page for its columns' names,
else plain text. Pictures are left out, and so is the trace of an error but for what it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from askdoc.english.analyzer import replace_lone_surrogates
from askdoc.errors import EmptySource, UnsupportedFormat
from askdoc.load.common.decode import decode
from askdoc.load.common.joined import Joined
from askdoc.load.text.json import decoder
from askdoc.load.text.markdown import mark_headings
from askdoc.load.text.pipe_tables import mark_tables
from askdoc.load.text.records import Object, Value
from askdoc.load.web.html import extract
from askdoc.model import Document

# What terminals take for colours.
_ESCAPES = re.compile(r"\x1b\[[0-9;?]{0,20}[A-Za-z]")
# What programs print of an object that is shown as a picture.
_ONLY_NAMED = re.compile(r"\s*<[^<>\n]{1,200}>\s*")
_MOST_LEVELS = 6
_HOLDERS = ("cells", "worksheets")


def load_ipynb(data: bytes, source: str) -> Document:
    """A document of a notebook's cells, each in a place of its own ("cell 3").

    Headings are those of its Markdown.

    Raises:
        UnsupportedFormat: the bytes are no notebook.
        EmptySource: no cell has text.
    """
    text, notes = decode(data, source)
    notebook = _parsed(text, source)
    written = Joined()
    for note in notes:
        written.note(note)
    for number, cell in enumerate(_cells(notebook), start=1):
        written.start_place(f"cell {number}")
        _write(cell, written)
    if written.is_empty:
        raise EmptySource(
            "there is no text in it", source, "Give a file that has some, or leave it out."
        )
    return written.result(source)


def _parsed(text: str, source: str) -> Object:
    try:
        value = decoder().decode(text.strip("\ufeff \t\r\n"))
    except (ValueError, RecursionError):
        value = None
    named = [_get(value, name) for name in _HOLDERS] if isinstance(value, Object) else []
    if not isinstance(value, Object) or not any(isinstance(one, list) for one in named):
        raise UnsupportedFormat("not a notebook", source, "Give it the suffix of its format.")
    return value


def _cells(notebook: Object) -> Iterator[Object]:
    """The cells in order; old notebooks have them in worksheets."""
    for sheet in _listed(notebook, "worksheets"):
        yield from _listed(sheet, "cells")
    yield from _listed(notebook, "cells")


def _write(cell: Object, written: Joined) -> None:
    kind = _text(_get(cell, "cell_type"))
    said = _text(_get(cell, "source") or _get(cell, "input")).strip("\r\n")
    if kind == "markdown":
        if said.strip():
            document = mark_tables(mark_headings(Document(said, "")))
            written.block(document.text, document.headings, tables=document.tables)
    elif kind == "heading":
        level = _text(_get(cell, "level"))
        written.heading(said, min(_MOST_LEVELS, int(level)) if level in set("123456") else 1)
    else:
        written.block(said if said.strip() else "")
    for output in _listed(cell, "outputs"):
        _write_output(output, written)


def _write_output(output: Object, written: Joined) -> None:
    if name := _text(_get(output, "ename")):
        written.block(f"{name}: {_plain(_text(_get(output, 'evalue')))}".rstrip(": "))
        return
    data = _get(output, "data")
    forms = data if isinstance(data, Object) else output
    page = _text(_get(forms, "text/html") or _get(forms, "html"))
    if "<table" in page:
        shown = extract(page, with_title=False)
        written.block(shown.text, shown.headings, tables=shown.tables)
        return
    text = _plain(_text(_get(forms, "text/markdown") or _get(forms, "text/plain")))
    text = text or _plain(_text(_get(output, "text")))
    if not _ONLY_NAMED.fullmatch(text):
        written.block(text.strip("\n") if text.strip() else "")


def _plain(text: str) -> str:
    return _ESCAPES.sub("", text.replace("\r\n", "\n"))


def _get(members: Object, name: str) -> Value:
    return next((value for key, value in members if key == name), None)


def _listed(members: Object, name: str) -> list[Object]:
    """The objects in the list of this name."""
    value = _get(members, name)
    return [one for one in value if isinstance(one, Object)] if isinstance(value, list) else []


def _text(value: Value) -> str:
    """A text, which notebooks write as one or as a list of its lines."""
    if isinstance(value, list):
        value = "".join(line for line in value if isinstance(line, str))
    return replace_lone_surrogates(value) if isinstance(value, str) else ""
