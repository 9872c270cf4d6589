"""Where what stands in a file stands in the text that askdoc reads of it.

The questions give places in files. Plain text and Markdown are read as they stand; a table is
written with its columns' names on each row, where a cell is found again by its row and column.
"""

from __future__ import annotations

import csv
import io

from askdoc.load import load_bytes
from askdoc.load.formats import is_verbatim


class FieldDocument:
    """A document as askdoc reads it, and where what stood in the file stands in it."""

    def __init__(self, name: str, raw: str) -> None:
        self._raw = raw
        self._verbatim = is_verbatim(name)
        self.document = load_bytes(raw.encode(), name, name)
        if self._verbatim and self.document.text != raw:
            raise ValueError(f"{name} is not read as it stands")

    def place(self, start: int, answer: str) -> int | None:
        """Where an answer that begins at `start` in the file begins in the text, None: nowhere."""
        if self._verbatim:
            return start
        row = self._raw.count("\n", 0, start)
        places = {place.name: place.start for place in self.document.places}
        begin = places.get(f"row {row + 1}")
        if begin is None:
            return None
        end = self.document.text.find("\n", begin)
        line = self.document.text[begin : end if end >= 0 else None]
        before = self._raw[self._raw.rfind("\n", 0, start) + 1 : start]
        column = len(next(csv.reader(io.StringIO(before + "x")))) - 1
        cells = line.split(" | ")
        if column < len(cells) and answer in cells[column]:
            cell = cells[column]
            return begin + sum(len(c) + 3 for c in cells[:column]) + cell.rindex(answer)
        found = line.find(answer)
        return begin + found if found >= 0 else None
