"""What stands in the margins on page after page: running titles, and the numbers of pages."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict

from askdoc.load.pdf.lines import Line, PageText, body_size

_NUMBERS = re.compile(r"\d+")
_ROMAN = re.compile(r"[ivxlc]{1,7}")
_MARGIN, _NUMBER_MARGIN = 0.14, 0.22  # of the page's height: where running titles may stand
_NEAR_LINES = 2.5  # times the size of letters: lines of one running title
_LETTERS = re.compile(r"[^\W\d_]")
_WORDS = re.compile(r"[^\W\d_]{3,}")
_MOST_RUNNING = 4
_LEAST_PAGES = 3


def drop_running(pages: list[PageText]) -> None:
    """Take out running headers and footers, and page numbers.

    They stand outermost on their page, and again, digits aside, at the same height on the pages
    around it. A number alone counts only where it goes up with the pages. What is set larger than
    the text is a title of its own: of a slide, or a letter. What has a word that the text has not
    is kept where it stands first, so that no word of the pages is lost.
    """
    taken: list[Line] = []
    body = body_size([item for page in pages for item in page.items if isinstance(item, Line)])
    for top in (True, False):
        outer = [_outermost(page, top, 1.2 * body) for page in pages]
        for depth in range(_MOST_RUNNING):
            dropped = _running(outer, depth)
            if not dropped:
                break
            taken += dropped
            gone = set(map(id, dropped))
            for at, page in enumerate(pages):
                page.items = [item for item in page.items if id(item) not in gone]
                if len(outer[at]) > depth and id(outer[at][depth]) not in gone:
                    outer[at] = []  # what lies further in is the page's text

    if taken:
        _keep_first(taken, pages)


def _keep_first(taken: list[Line], pages: list[PageText]) -> None:
    """Keep those of the lines that were taken out that say what has not been said before."""
    said: set[str] = set()
    for page in pages:
        for item in page.items:
            cells = [] if isinstance(item, Line) else itertools.chain(*item.rows)
            for text in [item.text] if isinstance(item, Line) else itertools.chain(*cells):
                said.update(_WORDS.findall(text.casefold()))
    for line in sorted(taken, key=lambda line: (line.page, line.base)):
        words = set(_WORDS.findall(line.text.casefold()))
        if words - said:
            said |= words
            pages[line.page].running.append(line)


def _outermost(page: PageText, top: bool, largest: float) -> list[Line]:
    """The lines in a page's upper or lower margin, from the edge inwards, as far as they are near.

    Numbers that stand alone may stand further inside than words.
    """
    found: list[Line] = []
    lines = [item for item in page.items if isinstance(item, Line)]
    for line in sorted(lines, key=lambda one: (round(one.base) * (1 if top else -1), one.x0)):
        inside = (line.base if top else page.height - line.base) / page.height
        depth = _MARGIN if len(_LETTERS.findall(line.text)) > 1 else _NUMBER_MARGIN
        apart = found and abs(line.base - found[-1].base) > _NEAR_LINES * line.size
        if inside > depth or line.size > largest or apart or len(found) == _MOST_RUNNING:
            break
        found.append(line)
    return found


def _key(line: Line) -> str:
    """A line without what changes from page to page."""
    text = _NUMBERS.sub("#", line.text.casefold())
    words = text.split()
    return " ".join("#" if _ROMAN.fullmatch(word) else word for word in words)


def _running(outer: list[list[Line]], depth: int) -> list[Line]:
    """The lines at this depth that run over the pages."""
    places: dict[tuple[str, int], list[Line]] = defaultdict(list)
    for lines in outer:
        if len(lines) > depth:
            line = lines[depth]
            for near in (0, 1):
                places[_key(line), int(line.base // 6) + near].append(line)
    found: dict[int, Line] = {}
    for (key, _), lines in places.items():
        numbered = _counts_up(lines)
        if len(lines) < (2 if numbered else _LEAST_PAGES):
            continue
        bare = not re.search(r"[^\W\d_]{2}", key.replace("page", ""))
        if (bare or len(outer) < _LEAST_PAGES) and not numbered:
            continue
        by_page = {line.page for line in lines}
        for line in lines:
            if any(line.page + step in by_page for step in (-2, -1, 1, 2)):
                found[id(line)] = line
    return [*found.values(), *_like_those(list(found.values()), outer, depth)]


def _like_those(found: list[Line], outer: list[list[Line]], depth: int) -> list[Line]:
    """Lines where others run over most pages, with their own page's number as those have."""
    steps = Counter(value - line.page for line in found for value in _values(line.text))
    heights = Counter(round(line.base) for line in found)
    if len(found) < max(_LEAST_PAGES, len(outer) // 3):
        return []
    step = max(steps, key=lambda one: steps[one], default=0)
    known = set(map(id, found))
    return [
        line
        for lines in outer
        for line in lines[depth : depth + 1]
        if id(line) not in known
        and heights[round(line.base)] >= _LEAST_PAGES
        and line.page + step in _values(line.text)
        and steps[step] >= _LEAST_PAGES
    ]


def _counts_up(lines: list[Line]) -> bool:
    """Whether a number in the lines goes up as the pages do."""
    steps = 0
    for a, b in itertools.pairwise(lines):
        pages = b.page - a.page
        before, after = _values(a.text), _values(b.text)
        steps += any(y - x == pages for x, y in zip(before, after, strict=False))
    return steps >= 0.7 * (len(lines) - 1) > 0


def _values(text: str) -> list[int]:
    numbers = [int(number[:9]) for number in _NUMBERS.findall(text)]
    return numbers or [_roman(word) for word in text.casefold().split() if _ROMAN.fullmatch(word)]


def _roman(word: str) -> int:
    worth = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}[letter] for letter in word]
    return sum(-a if a < b else a for a, b in zip(worth, [*worth[1:], 0], strict=True))
