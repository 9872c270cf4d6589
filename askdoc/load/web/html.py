"""HTML, read as a person reads the page: what is on the screen, without menus and controls.

An offset is one into the extracted text, not into the file. Nothing that belongs to an article is
left out: header, footer and aside often hold its byline or credits, so only what is surely a menu,
a control, hidden or machinery goes, and even menus stay where a page has nothing else to read.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from askdoc.errors import EmptySource
from askdoc.load.common.clauses import with_clauses
from askdoc.load.common.decode import decode
from askdoc.load.common.layout import BLOCK, LINE, Layout
from askdoc.load.common.markup import Tag, cut, declared_encoding, decode_references
from askdoc.load.common.raised import Raised
from askdoc.load.tables.titles import shifted
from askdoc.load.web.asides import Asides
from askdoc.load.web.header_rows import header_rows
from askdoc.load.web.ruby import Ruby
from askdoc.load.web.shown import CONTROLS, NEVER_IN_MENUS, NEVER_SHOWN, Shown, shown
from askdoc.model import Document, Heading, Span, Table


def _elements(names: str) -> frozenset[str]:
    return frozenset(names.split())


_COUNT = re.compile(r"\s*([0-9]{1,4})(?![0-9])")

# Elements of drawings and formulas, which a slash ends at once also in HTML.
_FOREIGN = frozenset(("svg", "desc", "metadata", "annotation", "annotation-xml", "xml"))
_VOID = _elements(
    "area base basefont bgsound br col command embed frame hr img input keygen link meta param "
    "source track wbr"
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = frozenset(("ul", "ol", "dl", "dir", "menu"))
_CELLS = frozenset(("td", "th"))
_TABLE_PARTS = frozenset(("table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"))
_LINES = frozenset(("dt", "dd", "thead", "tbody", "tfoot", "optgroup", "option", "legend"))
_BLOCKS = _elements(
    "address article aside blockquote body caption center details dialog div fieldset figcaption "
    "figure footer form header hgroup html main nav p search section summary"
)
# Elements that are kept track of; a <b> or <span> that ends in the wrong place changes nothing.
_STRUCTURE = (
    _BLOCKS
    | _LINES
    | _LISTS
    | _TABLE_PARTS
    | NEVER_SHOWN
    | CONTROLS
    | _HEADINGS.keys()
    | {"li", "pre", "listing", "xmp", "svg", "head", "title"}
)
# What a start tag ends without an end tag, as the HTML standard has it.
_ENDS: dict[str, frozenset[str]] = {
    **dict.fromkeys(_BLOCKS | _LISTS | _HEADINGS.keys() | {"pre", "table"}, frozenset(("p",))),
    "li": frozenset(("li", "p")),
    "dt": frozenset(("dt", "dd", "p")),
    "dd": frozenset(("dt", "dd", "p")),
    "td": frozenset(("td", "th", "p")),
    "th": frozenset(("td", "th", "p")),
    "tr": frozenset(("td", "th", "tr", "caption", "p")),
    **dict.fromkeys(
        ("thead", "tbody", "tfoot"),
        frozenset(("td", "th", "tr", "thead", "tbody", "tfoot", "caption", "p")),
    ),
    "option": frozenset(("option",)),
}
# These do not stand inside a heading: one that has text and was not ended ends before them.
_ENDS_HEADING = _LISTS | {"p", "table", "section", "article", "main", "pre", "blockquote"}
_REACH = 256  # how many open elements an end tag may reach over, lest a page take for ever


def load_html(data: bytes, source: str) -> Document:
    """A document of what a reader sees of the page, with its headings.

    The page's title becomes the first heading where the page has no <h1> and does not repeat it.

    Raises:
        UnsupportedFormat: the bytes are not text.
        EmptySource: the page shows no text.
    """
    html, notes = decode(data, source, declared_encoding(data))
    page = extract(html, xml=source.lower().endswith(".xhtml"))
    if not page.text:
        raise EmptySource(
            "the page shows no text", source, "If a script fills it in, save it as text instead."
        )
    text, headings, tables, asides = page
    return with_clauses(
        Document(text, source, headings=headings, notes=notes, tables=tables, asides=asides)
    )


class Extracted(NamedTuple):
    """The text that a page shows, and what is marked in it."""

    text: str
    headings: tuple[Heading, ...]
    tables: tuple[Table, ...]
    asides: tuple[Span, ...] = ()


def extract(html: str, *, xml: bool = False, with_title: bool = True) -> Extracted:
    """What a page shows; no text if it shows none.

    `with_title`: the page's title becomes its first heading where it has no other.
    """
    xml = xml or html.lstrip().startswith("<?xml")
    headers = header_rows(html, xml=xml)
    page = _read(html, xml, headers, whole=False)
    text = page.layout.result()
    if not text or page.in_unclosed_menu:
        page = _read(html, xml, headers, whole=True)
        text = page.layout.result()
    headings, tables = page.layout.headings, page.layout.tables
    asides = page.asides.spans(text)
    name = page.title if with_title else ""
    if not text or not name or _has_title(headings, name):
        return Extracted(text, tuple(headings), tuple(tables), asides)
    shift = len(name) + 2
    moved = [
        Heading(Span(span.start + shift, span.end + shift), words, level)
        for span, words, level in headings
    ]
    titled = (Heading(Span(0, len(name)), name, 1), *moved)
    asides = tuple(Span(span.start + shift, span.end + shift) for span in asides)
    return Extracted(f"{name}\n\n{text}", titled, tuple(shifted(tables, shift)), asides)


def _count(value: str | None) -> int:
    """How many columns or rows a cell says that it fills."""
    digits = _COUNT.match(value) if value else None
    return int(digits[1]) if digits else 1


def _has_title(headings: list[Heading], title: str) -> bool:
    return any(h.level == 1 or h.title.casefold() == title.casefold() for h in headings)


def _read(html: str, xml: bool, headers: frozenset[int], whole: bool) -> _Page:
    page = _Page(whole, xml, headers)
    for piece in cut(html, xml=xml):
        if isinstance(piece, str):
            page.text(piece)
        else:
            page.tag(piece)
    page.layout.end_heading()
    return page


class _Page:
    """The elements that are open while a page is read, and the text that it has shown so far."""

    def __init__(self, whole: bool, xml: bool, header_rows: frozenset[int]) -> None:
        self.layout = Layout()
        self.asides = Asides()
        self.title = ""
        self._whole = whole  # show menus, controls and what is hidden, too
        self._xml = xml
        self._header_rows = header_rows
        self._raised = Raised()
        self._ruby = Ruby()
        self._rows = -1  # the number of the last row, of all tables
        self._open: list[str] = []
        self._lists = 0
        self._dropped_at: int | None = None  # the open element whose content is not shown
        self._dropped_for_menu = False

    @property
    def in_unclosed_menu(self) -> bool:
        """Whether the page ended inside a menu: then the article may have been in it."""
        return self._dropped_at is not None and self._dropped_for_menu

    def text(self, raw: str) -> None:
        if self._open and self._open[-1] == "title":
            # A drawing's title is not the page's.
            if not self.title and "svg" not in self._open[-_REACH:]:
                self.title = " ".join(decode_references(raw).split())
        elif self._dropped_at is None:
            text = self._ruby.text(self._raised.text(decode_references(raw)))
            self.asides.text(text)
            self.layout.text(text)

    def tag(self, tag: Tag) -> None:
        self._raised.see(tag)
        if tag.name == "a":
            self.asides.link(tag)
        if closing := self._ruby.see(tag, ends=tag.name in _STRUCTURE):
            self.layout.text(closing)
        if tag.closing:
            self.end(tag.name)
        else:
            self.start(tag)

    def start(self, tag: Tag) -> None:
        name = tag.name
        self._rows += name == "tr"
        ends = _ENDS.get(name)
        while ends and self._open and self._open[-1] in ends:
            self._close_last()
        if self._open and self._open[-1] == "head" and name in _ENDS:
            self._close_last()
        if self._dropped_for_menu and name in NEVER_IN_MENUS:
            self._close_down_to(self._dropped_at or 0)
        if name in _VOID:
            self._void(name)
            return
        drops = self._dropped_at is None and self._is_dropped(tag)
        if drops:
            self._dropped_at = len(self._open)
        if drops or name in _STRUCTURE or name == self._dropped_name:
            self._open.append(name)
            self._lists += name in _LISTS
        if self._dropped_at is None:
            self.asides.start(tag, len(self._open), self.layout.length)
            self._show_start(name, tag)
        if tag.self_closing and (self._xml or name in _FOREIGN):
            self.end(name)

    @property
    def _dropped_name(self) -> str | None:
        return None if self._dropped_at is None else self._open[self._dropped_at]

    def end(self, name: str) -> None:
        if name in ("body", "html"):
            return  # whatever follows is still on the page
        last = self._open[: -_REACH - 1 : -1]
        if name not in last:
            if name == "p" and self._dropped_at is None:
                self.layout.set_off(BLOCK)
            elif name == "br":
                self._void(name)
            elif name == "q" and self._dropped_at is None:
                self.layout.text("”")
            return
        distance = last.index(name)
        if name not in _TABLE_PARTS and any(inner in _TABLE_PARTS for inner in last[:distance]):
            return  # an element that was opened outside a table does not end inside it
        self._close_down_to(len(self._open) - distance - 1)

    def _close_down_to(self, depth: int) -> None:
        while len(self._open) > depth:
            self._close_last()

    def _close_last(self) -> None:
        name = self._open.pop()
        if self._dropped_at is None:
            self._show_end(name)
            self.asides.end(len(self._open) + 1, self.layout.length)
        elif self._dropped_at == len(self._open):
            self._dropped_at = None
            self._dropped_for_menu = False
        self._lists -= name in _LISTS

    def _is_dropped(self, tag: Tag) -> bool:
        name = tag.name
        if self._whole:
            return name in NEVER_SHOWN or name == "title"
        if name in CONTROLS:
            return not self.layout.in_heading  # a heading that folds is often a button
        fate = shown(tag)
        self._dropped_for_menu = fate is Shown.MENU
        return fate is not Shown.YES

    def _void(self, name: str) -> None:
        if self._dropped_at is not None:
            return
        if name == "br":
            self.layout.line_end()
        elif name == "hr":
            self.layout.set_off(BLOCK)

    def _show_start(self, name: str, tag: Tag) -> None:
        layout = self.layout
        if name in _ENDS_HEADING and layout.heading_has_text:
            layout.end_heading()
        if name in _HEADINGS:
            layout.start_heading(_HEADINGS[name])
        elif name == "table":
            layout.start_table()
        elif name == "tr":
            layout.start_row(header=self._rows in self._header_rows)
        elif name in _CELLS:
            self._start_cell(tag)
        elif name == "caption":
            layout.start_caption()
        elif name == "li":
            layout.start_item()
        elif name in ("pre", "listing", "xmp"):
            layout.start_pre()
        elif name == "q":
            layout.text("“")
        else:
            self._set_off(name)

    def _start_cell(self, tag: Tag) -> None:
        if not self._header_rows or not tag.raw_attributes:
            self.layout.start_cell(label=tag.name == "td")
            return
        attributes = tag.attributes()
        span, rows = _count(attributes.get("colspan")), _count(attributes.get("rowspan"))
        self.layout.start_cell(span, rows=rows, label=tag.name == "td")

    def _show_end(self, name: str) -> None:
        layout = self.layout
        if name in _HEADINGS:
            layout.end_heading()
        elif name == "tr":
            layout.end_row()
        elif name == "table":
            layout.set_off(BLOCK)
        elif name == "caption":
            layout.end_caption()
        elif name == "li":
            layout.end_item()
        elif name in ("pre", "listing", "xmp"):
            layout.end_pre()
        else:
            self._set_off(name)

    def _set_off(self, name: str) -> None:
        if name in _LISTS:
            self.layout.set_off(LINE if self._lists > 1 else BLOCK)
        elif name in _BLOCKS:
            self.layout.set_off(BLOCK)
        elif name in _LINES:
            self.layout.set_off(LINE)
