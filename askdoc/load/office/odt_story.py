"""Follow the XML of an OpenDocument text, element by element, and give out its blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from askdoc.load.office.blocks import LINE_END, Block
from askdoc.load.office.odt_paragraphs import Paragraphs
from askdoc.load.office.odt_tables import Grid

_INDEXES = frozenset(
    f"text:{kind}"
    for kind in (
        "table-of-content", "alphabetical-index", "illustration-index", "table-index",
        "object-index", "user-index",
    )
)  # fmt: skip
_DROPPED = _INDEXES | {
    "office:annotation", "office:forms", "office:binary-data", "office:master-styles",
    "office:meta", "office:settings", "office:scripts", "office:font-face-decls",
    "text:deletion", "text:ruby-text", "text:hidden-text", "text:hidden-paragraph",
    "text:placeholder", "svg:title", "svg:desc",
}  # fmt: skip
_INLINE = {"text:s": " ", "text:tab": "\t", "text:line-break": LINE_END}
_LINE_BREAKS = str.maketrans("\n\r\f", "   ")


class Story(Paragraphs):
    """A target for styles.xml and content.xml, one after the other, or for a flat file.

    Args:
        write: takes the blocks of the body as they are complete.
        formula: gives the text of an embedded object that is a formula.
        margins: whether to read headers and footers as well.
    """

    def __init__(
        self,
        write: Callable[[Iterable[Block]], None],
        formula: Callable[[str], str] = lambda reference: "",
        margins: bool = False,
    ) -> None:
        super().__init__(write)
        self._dropped = _DROPPED - {"office:master-styles"} if margins else _DROPPED
        self._formula = formula
        self.is_text = False
        self.knows_pages = False
        self._depth = 0
        self._dropped_at = 0  # the depth of the element that is dropped, 0 for none
        self._grids: list[Grid] = []
        self._region = ""  # the change that is being told of
        self._deletions: set[str] = set()

    def text(self, text: str) -> None:
        if self._dropped_at:
            return
        if self._caught is not None:
            self._caught.append(text)
        else:
            self._add(text.translate(_LINE_BREAKS))

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._dropped_at:
            return
        if name in self._dropped or _is_hidden_section(name, attributes):
            self._dropped_at = self._depth
            if name == "text:deletion":
                self._deletions.add(self._region)
            return
        started = _STARTS.get(name)
        if started is not None:
            started(self, attributes)
        elif name in _INLINE:
            self._add(_INLINE[name])
        elif name == "text:soft-page-break":
            self.knows_pages = True
            self._page()
        else:
            self._styles.start(name, attributes)

    def end(self, name: str) -> None:
        if not self._dropped_at:
            ended = _ENDS.get(name)
            if ended is not None:
                ended(self)
        elif self._dropped_at == self._depth:
            self._dropped_at = 0
        self._depth -= 1

    def _start_body(self, attributes: dict[str, str]) -> None:
        self.is_text = True
        if attributes.get("text:use-soft-page-breaks") == "true":
            self.knows_pages = True

    def _start_paragraph(self, attributes: dict[str, str]) -> None:
        self._open(attributes, heading=False)

    def _start_heading(self, attributes: dict[str, str]) -> None:
        self._open(attributes, heading=True)

    def _start_region(self, attributes: dict[str, str]) -> None:
        self._region = attributes.get("text:id", "")

    def _start_change(self, attributes: dict[str, str]) -> None:
        """Some files keep deleted text where it was."""
        change = attributes.get("text:change-id", "")
        if change in self._deletions:
            self._deleting = change

    def _end_change(self, attributes: dict[str, str]) -> None:
        if self._deleting == attributes.get("text:change-id"):
            self._deleting = ""

    def _start_list(self, attributes: dict[str, str]) -> None:
        self._lists.start(attributes)

    def _end_list(self) -> None:
        self._lists.end()

    def _start_item(self, attributes: dict[str, str]) -> None:
        self._lists.start_item(attributes)

    def _start_list_header(self, attributes: dict[str, str]) -> None:
        self._lists.start_header()

    def _start_object(self, attributes: dict[str, str]) -> None:
        if self._paragraph is not None:
            self._add(self._formula(attributes.get("xlink:href", "")).translate(_LINE_BREAKS))

    def _start_table(self, attributes: dict[str, str]) -> None:
        style = self._styles.get("table", attributes.get("table:style-name", ""))
        self._pages += bool(style.break_before and self._has_text)
        self._grids.append(Grid())

    def _end_table(self) -> None:
        self._give(self._grids.pop().table)

    def _start_header_rows(self, attributes: dict[str, str]) -> None:
        if self._grids:
            self._grids[-1].in_header = True

    def _end_header_rows(self) -> None:
        if self._grids:
            self._grids[-1].in_header = False

    def _start_row(self, attributes: dict[str, str]) -> None:
        if self._grids:
            self._grids[-1].start_row()

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._open_container()
        if self._grids:
            self._grids[-1].start_cell(attributes)

    def _end_cell(self) -> None:
        blocks = self._close_container()
        if self._grids:
            self._grids[-1].end_cell(blocks)

    def _covered_cell(self, attributes: dict[str, str]) -> None:
        self._open_container()
        if self._grids:
            self._grids[-1].covered_cell(attributes)

    def _end_covered_cell(self) -> None:
        self._close_container()


def _is_hidden_section(name: str, attributes: dict[str, str]) -> bool:
    return name == "text:section" and (
        attributes.get("text:display") == "none" or attributes.get("text:is-hidden") == "true"
    )


_STARTS: dict[str, Callable[[Story, dict[str, str]], None]] = {
    "office:text": Story._start_body,
    "text:p": Story._start_paragraph,
    "text:h": Story._start_heading,
    "text:changed-region": Story._start_region,
    "text:change-start": Story._start_change,
    "text:change-end": Story._end_change,
    "text:span": Story._start_span,
    "text:note": Story._start_note,
    "text:note-citation": Story._start_citation,
    "text:note-body": Story._start_note_body,
    "text:number": Story._start_number,
    "text:list": Story._start_list,
    "text:list-item": Story._start_item,
    "text:list-header": Story._start_list_header,
    "draw:object": Story._start_object,
    "table:table": Story._start_table,
    "table:table-header-rows": Story._start_header_rows,
    "table:table-row": Story._start_row,
    "table:table-cell": Story._start_cell,
    "table:covered-table-cell": Story._covered_cell,
}
_ENDS: dict[str, Callable[[Story], None]] = {
    "text:p": Story._end_paragraph,
    "text:h": Story._end_paragraph,
    "text:span": Story._end_span,
    "text:note": Story._end_note,
    "text:note-citation": Story._end_citation,
    "text:note-body": Story._end_note_body,
    "text:number": Story._end_number,
    "text:list": Story._end_list,
    "table:table": Story._end_table,
    "table:table-header-rows": Story._end_header_rows,
    "table:table-cell": Story._end_cell,
    "table:covered-table-cell": Story._end_covered_cell,
}
