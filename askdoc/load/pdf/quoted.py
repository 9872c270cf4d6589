"""Where a stretch of a document's text stands among the words of its page.

The page is read once more as it was for the text, so the letters of both agree but for what rows of
tables repeat and running titles lack. What cannot be told for sure is not told: where letters stand
several times, those around them decide, and where these don't there is no place.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from askdoc.load.pdf.stream import Stream, letters_of
from askdoc.load.tables.named_rows import SEPARATOR

_AROUND = (20, 80, 240)
"""Letters before and behind that tell places apart, fewer first."""
_MOST_PLACES = 200
_LEAST_IN_ROW = 6  # letters
_LEAST_IN_CELL = 12
_NAME_ENDS = ": "
_MOST_NAMES = 4  # colons in a cell that may end the name of its column

Letters = tuple[int, int]
"""A stretch of a page's letters, half-open."""


def place_of(stream: Stream, text: str, start: int, end: int) -> list[Letters]:
    """The letters that a stretch of a page's text has on the page; none where that is in doubt.

    Args:
        stream: the page's words.
        text: of the page, as the document has it.
        start, end: the stretch, as offsets into it.
    """
    quote = text[start:end]
    key = letters_of(quote)
    if not key:
        return []
    whole, at = letters_of(text), len(letters_of(text[:start]))
    told, found = _places(whole, key), _places(stream.letters, key)
    if found:
        if len(found) == len(told) and at in told:
            begin = found[told.index(at)]
            return [(begin, begin + len(key))]
        return _by_surroundings(stream.letters, whole, at, len(key))
    rows = list(islice(_rows(stream, _cells(quote)), _MOST_PLACES))
    if len(rows) == len(told) and at in told:
        return rows[told.index(at)]
    return []


def _places(letters: str, key: str) -> list[int]:
    """Where a key begins; overlapping places count."""
    found: list[int] = []
    at = letters.find(key)
    while at >= 0 and len(found) < _MOST_PLACES:
        found.append(at)
        at = letters.find(key, at + 1)
    return found


def _by_surroundings(letters: str, whole: str, at: int, size: int) -> list[Letters]:
    """The one place whose surroundings are those of the text, None where it is not one."""
    for width in _AROUND:
        for before, behind in ((width, 0), (0, width), (width, width)):
            first = max(0, at - before)
            key = whole[first : at + size + behind]
            if len(_places(letters, key)) == 1 == len(_places(whole, key)):
                begin = letters.index(key) + at - first
                return [(begin, begin + size)]
    return []


def _cells(quote: str) -> list[list[str]]:
    """For each cell of a row what may stand on the page: all of it, or what is behind a name."""
    cells = []
    for cell in " ".join(quote.split()).split(SEPARATOR):
        parts = cell.split(_NAME_ENDS, _MOST_NAMES)
        texts = [_NAME_ENDS.join(parts[at:]) for at in range(len(parts))]
        cells.append([key for key in map(letters_of, texts) if key])
    return [options for options in cells if options]


def _rows(stream: Stream, cells: list[list[str]]) -> Iterator[list[Letters]]:
    """The places where whole words make the cells of a row, one right after the other."""
    if not cells or (len(cells) == 1 and len(cells[0]) < 2):
        return
    for key in cells[0]:
        for at in _places(stream.letters, key):
            found = _row(stream, cells, at)
            least = _LEAST_IN_ROW if len(cells) > 1 else _LEAST_IN_CELL
            if found and sum(end - start for start, end in found) >= least:
                yield found


def _row(stream: Stream, cells: list[list[str]], at: int) -> list[Letters]:
    found: list[Letters] = []
    for options in cells:
        end = next(
            (
                at + len(key)
                for key in options
                if stream.letters.startswith(key, at) and stream.ends_word(at + len(key))
            ),
            None,
        )
        if end is None or not stream.begins_word(at):
            return []
        found.append((at, end))
        at = end
    return found
