"""A conversation -> Markdown, its citations as footnotes.

Whatever a document holds stays text: every character that Markdown (CommonMark, and the extensions
of GitHub and pandoc) could take for markup is escaped, so no quotation becomes a link, a heading or
HTML. Quotation marks and dashes stay as they are, for whoever reads the file unrendered.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence

from askdoc.model import Answer, Citation, Hit
from askdoc.present.address import percent
from askdoc.present.context import AroundOf, nothing
from askdoc.present.outline import outline, quote, whereabouts
from askdoc.present.sanitize import one_line

_TITLE, _FOUND = "# Questions and answers", "# Passages"
_NONE = "No passage has any of these words."
# What means something wherever it stands, and what does so in `https://`, `:smile:` and `www.`.
_ACTIVE = re.compile(r"[\\`*_\[\]{}<>#|&~$^=@]|:(?=/|[\w+-]+:)|(?<=www)\.", re.IGNORECASE)
# What would make a list, a rule or a definition of a line that begins with it.
_OPENING = re.compile(r"[-+:%(]|\w{1,9}[.)](?=\s|\Z)")


def as_markdown(answers: Sequence[Answer], *, around: AroundOf = nothing) -> str:
    """A conversation as a page of Markdown, with a line end after its last line.

    Args:
        answers: in the order in which they were given.
        around: gives the sentences that are shown around each quotation.
    """
    notes: list[str] = []
    parts = [_TITLE]
    for number, answer in enumerate(answers, start=1):
        parts += _turn(number, answer, notes, around)
    return "\n\n".join([*parts, *notes]) + "\n"


def escaped(text: str, *, opens_line: bool = True) -> str:
    """Text of one line, such that rendering it gives the text and nothing else.

    Args:
        text: the text, harmless, as `one_line` makes it.
        opens_line: whether it stands at the beginning of a paragraph.
    """
    opening = _OPENING.match(text) if opens_line else None
    if opening is None:
        return _ACTIVE.sub(r"\\\g<0>", text)
    at = opening.end() - 1
    return f"{escaped(text[:at], opens_line=False)}\\{text[at]}" + escaped(
        text[at + 1 :], opens_line=False
    )


def passages(hits: Sequence[Hit], *, named: Callable[[str], str] = str) -> str:
    """Found passages, best first, as a page of Markdown."""
    parts, notes = [_FOUND if hits else _NONE], []
    for number, hit in enumerate(hits, start=1):
        start, document = hit.passage.start, hit.passage.document
        address = [escaped(one_line(named(document.source)))]
        page, place = document.page_at(start), document.place_at(start)
        address += [f"page {page}"] if page is not None else []
        address += [_inside(place)] if place is not None else []
        address += [f"line {document.line_at(start)}", f"characters {start}-{hit.passage.end}"]
        notes.append(f"[^{number}]: {', '.join(address)}, score {hit.score:.2f}")
        parts.append(f"> {escaped(one_line(hit.passage.text))}[^{number}]")
    return "\n\n".join([*parts, *notes]) + "\n"


def _turn(number: int, answer: Answer, notes: list[str], around: AroundOf) -> Iterator[str]:
    """The paragraphs of a question and its answer; its footnotes go to `notes`."""
    told = outline(answer)
    yield f"## {number}. {_inside(answer.question.asked)}"
    if told.understood:
        yield f"Understood as: {_inside(told.understood)}"
    lacking = _inside(told.lacking)
    if told.verdict == "unanswered":
        yield f"{told.said} {lacking}".rstrip()
        return
    if told.said:
        yield "The documents disagree:" if answer.disagreement else told.said
    for citation in told.sentences:
        quoted, in_bold = _quote(citation)
        notes.append(f"[^{len(notes) + 1}]: {_address(citation, in_bold)}")
        before, after = around(citation)
        beside = [[f"> {escaped(one_line(one))}" for one in some] for some in (before, after)]
        yield "\n>\n".join([*beside[0], f"> {quoted}[^{len(notes)}]", *beside[1]])
    if lacking:
        yield lacking


def _quote(citation: Citation) -> tuple[str, bool]:
    """The quote with its short answer in bold, and whether that could be marked."""
    line, marked = quote(citation)
    before, part, after = line[: marked.start], line[marked.start : marked.end], line[marked.end :]
    if not part or not _takes_bold(before, part, after):
        return escaped(line), False
    rest = escaped(after, opens_line=False)
    return f"{escaped(before)}**{escaped(part, opens_line=False)}**{rest}", True


def _takes_bold(before: str, part: str, after: str) -> bool:
    """Whether asterisks around a part are read as such (CommonMark's flanking runs)."""
    opens = not _is_mark(part[0]) or _parts(before[-1:])
    # Behind the quote stands its footnote, and that begins with a bracket.
    closes = not _is_mark(part[-1]) or _parts(after[:1])
    return opens and closes


def _is_mark(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"


def _parts(char: str) -> bool:
    """Whether a character next to a mark parts it from words; renderers differ on symbols."""
    return not char or char.isspace() or (_is_mark(char) and char.isascii()) or _is_point(char)


def _is_point(char: str) -> bool:
    return unicodedata.category(char)[0] == "P"


def _inside(text: str) -> str:
    """A text within a line of ours."""
    return escaped(one_line(text), opens_line=False)


def _address(citation: Citation, in_bold: bool) -> str:
    parts = [escaped(one_line(citation.source)), *whereabouts(citation, _inside, line=True)]
    parts.append(f"characters {citation.start}-{citation.end}")
    if citation.short is not None and not in_bold:
        parts.append(f'in short "{_inside(citation.short.text)}"')
    parts.append(f"{percent(citation)} sure")
    return ", ".join(parts)
