"""What stands above a table and holds for all of it: its title, its units.

"Consolidated income statement", "in millions of CHF": without them a row's figure is only half of
what it says, and no row repeats them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from askdoc.model import Span, Table

LONGEST_TITLE = 300
"""A title with more characters than this is a text above the table."""

_LONGEST_LINE, _LONGEST_BEFORE = 160, 100
_ENDS = (".", ",", ":", ";", "!", "?", "|")

MOST_TITLES = 3
"""How many lines above a table may be its title, each below the other."""

_BETWEEN = " – "
_SOURCE = re.compile(r"(?:notes?|sources?|quellen?|remarks?)\b\W|[*†‡]|\(?\d{1,2}\)", re.IGNORECASE)
_NUMBERED = re.compile(
    r"(?:supplementary |suppl\. )?(?:table|tab\.|tabelle|tableau|tabla|tabell|schedule|exhibit)\s"
    r"(?:[a-z]{0,2}[.-]?\d[\w.-]*|[ivxl]{1,5}\b)",
    re.IGNORECASE,
)
_SCALE = (
    r"(?:thousands?|millions?|billions?|tausend|mio\b|mrd\b|percent|per cent|%|[$€£¥]"
    r"|chf\b|eur\b|euros?\b|usd\b|gbp\b|nok\b|sek\b|dkk\b|jpy\b|dollars|pounds|francs|kronor"
    r"|kroner|yen\b|tonnes|kilograms|hectares|persons)"
)
_UNITS = re.compile(
    r"[(\[]?"
    r"(?:(?:all|unless|amounts?|figures?|values?|numbers?|expressed|stated|as) [\w ,]{0,60}?)?"
    rf"(?:in|are|unless) [\w ]{{0,20}}?(?:{_SCALE}|otherwise)",
    re.IGNORECASE,
)
_CURRENCY = r"(?:chf|eur|usd|gbp|nok|sek|dkk|jpy|cny|aud|cad|inr|pln|czk|huf|[$€£¥])"
_CORNER = re.compile(
    rf"[(\[]?(?:[tkm]{_CURRENCY}|{_CURRENCY}|(?:us |us)?{_CURRENCY}?\s?(?:in )?"
    r"(?:m|mn|k|bn|mio\.?|mrd\.?|thousands?|millions?|billions?|['’]?000s?)"
    rf"(?: {_CURRENCY})?)[)\]]?",
    re.IGNORECASE,
)
_LONGEST_CORNER = 60
_NAMED_UNITS = re.compile(rf"[(\[][^()\[\]]{{0,60}}?\b{_SCALE}", re.IGNORECASE)
_BRACKETED_UNITS = re.compile(
    rf"(?:\([^()]{{0,60}}?\bin {_SCALE}[^()]*\)|\[[^\[\]]{{0,60}}?\bin {_SCALE}[^\[\]]*\]"
    r"|[(\[]?% of [\w ]{3,40}[)\]]?)",
    re.IGNORECASE,
)


def titles_above(rows: Sequence[Sequence[str]]) -> list[str]:
    """Which of the rows above the names of columns are titles: a few short ones of one cell."""
    lines = [next(filter(None, cells)) for cells in rows if sum(map(bool, cells)) == 1]
    return [line for line in lines if len(line) <= _LONGEST_LINE and not is_source(line)][
        :MOST_TITLES
    ]


def joined(titles: Sequence[str], section: str = "") -> str:
    """Titles that stand below each other as one; units alone have that of their section before."""
    if titles and all(is_units(title) or is_corner(title) for title in titles):
        titles = [section, *titles]
    title = _BETWEEN.join(dict.fromkeys(filter(None, titles)))
    return title if len(title) <= LONGEST_TITLE else (titles[0] if titles else "")[:LONGEST_TITLE]


def shifted(tables: Iterable[Table], by: int) -> Iterator[Table]:
    """Marked tables of a text that stands so many characters further down in another."""
    for table in tables:
        start, end = table.span
        yield table._replace(span=Span(start + by, end + by))


def is_source(line: str) -> bool:
    """Whether a line opens as those below tables do: "Source: ...", "* without ..."."""
    return _SOURCE.match(line) is not None


def is_units(line: str) -> bool:
    """Whether a line only says in what the figures below it count: "(in millions of CHF)"."""
    if len(line) > _LONGEST_LINE:
        return False
    return _UNITS.match(line) is not None or _BRACKETED_UNITS.fullmatch(line) is not None


def is_corner(text: str) -> bool:
    """Whether the cell above the names of rows says the units of all: "NOK thousand", "TCHF"."""
    return len(text) <= _LONGEST_CORNER and (
        _CORNER.fullmatch(text) is not None or _UNITS.match(text) is not None
    )


def titles_of(line: str, before: str = "") -> list[str]:
    """What the line above a table, and the line before that, say of the table: its titles.

    Where the line only says the units, a short one before it, no sentence, says what they are of.
    """
    title, before = title_of(line), " ".join(before.split())
    if not title:
        return []
    told = is_units(title) and not title.endswith(_ENDS) and len(before) <= _LONGEST_BEFORE
    opens = before[:1].isupper() or before[:1].isdigit()
    return [before, title] if told and opens and not before.endswith(_ENDS) else [title]


def title_of(line: str) -> str:
    """The line above a table if it is the table's title or its units, else nothing.

    A table can stand below any text; only a number ("Table 3") or units tell that the line belongs
    to it.
    """
    line = " ".join(line.split())
    if len(line) > LONGEST_TITLE or not line:
        return ""
    told = _NUMBERED.match(line) or is_units(line) or _NAMED_UNITS.search(line)
    return line if told else ""
