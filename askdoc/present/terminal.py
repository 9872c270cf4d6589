"""Answer -> text for a person: the quote with the words that answer marked, then its address.

She asked for help to keep weapons out.        (the words that answer are bold)
  notes.txt:12, page 2, under "Costs", 83% sure
"""

from __future__ import annotations

from collections.abc import Sequence

from askdoc.model import Answer, Citation, Span
from askdoc.present.address import disagreement, percent, place
from askdoc.present.context import AroundOf, nothing
from askdoc.present.refusing import PERHAPS, because, nearest_said, refused
from askdoc.present.sanitize import one_line, one_line_with
from askdoc.present.style import Style
from askdoc.present.wrap import wrapped

_INDENT = "  "
_LONGEST_HEADING = 60
_NARROWEST = 20  # cells for an address


def render(answer: Answer, style: Style, *, around: AroundOf = nothing) -> str:
    """The citations; or what has a chance to be one; or that there are none, what of the question
    is missing and, clearly not as an answer, what came nearest.

    Before them stands how the question was understood, where that is not how it was typed.
    """
    return _asking(answer, style) + _said(answer, style, around)


def _asking(answer: Answer, style: Style) -> str:
    understood = one_line(answer.question.resolved)
    if understood == one_line(answer.question.asked):
        return ""
    line = f"asking: {understood}"
    return "".join(f"{style.dim(line[start:end])}\n" for start, end in wrapped(line, style.width))


def _said(answer: Answer, style: Style, around: AroundOf) -> str:
    if answer.citations:
        return _differing(answer, style) + listed(answer.citations, style, around=around)
    if answer.verdict == "perhaps":
        lacking = _broken(because(answer), style)
        said = f"{PERHAPS}\n{listed(answer.nearest, style, around=around)}"
        return f"{said}\n\n{lacking}" if lacking else said
    refusal = _broken(refused(answer), style)
    if not answer.nearest:
        return refusal
    near = listed(answer.nearest, style, nearest=True, around=around)
    return f"{refusal}\n\n{nearest_said(answer)}\n{near}"


def _broken(text: str, style: Style) -> str:
    return "\n".join(text[start:end] for start, end in wrapped(text, style.width))


def _differing(answer: Answer, style: Style) -> str:
    line = disagreement(answer)
    lines = [line[start:end] for start, end in wrapped(line, style.width)] if line else []
    return "".join(f"{style.bold(part)}\n" for part in lines) + "\n" * bool(lines)


def listed(
    citations: Sequence[Citation],
    style: Style,
    *,
    nearest: bool = False,
    first: int = 1,
    around: AroundOf = nothing,
) -> str:
    """Citations, numbered from `first` on; one that stands alone has no number."""
    numbers = [f"[{at}] " for at in range(first, len(citations) + first)]
    if first == len(numbers) == 1:
        numbers = [""]
    return "\n\n".join(
        _shown(citation, number, style, nearest, around)
        for number, citation in zip(numbers, citations, strict=True)
    )


def _shown(citation: Citation, number: str, style: Style, nearest: bool, around: AroundOf) -> str:
    """One citation; what is merely near is indented, and nothing in it is marked."""
    indent = _INDENT if nearest else ""
    short = None if nearest else _short(citation)
    line, marked = one_line_with(citation.quote, short)
    width = style.width and style.width - len(indent)
    before, after = around(citation)
    lines = [_beside(one, style, indent) for one in before]
    lines += [
        indent + _part(line, span, marked, style, dimmed=nearest) for span in wrapped(line, width)
    ]
    lines += [_beside(one, style, indent) for one in after]
    # Without weight to mark the words that answer, they are said again.
    said = f', in short "{line[marked.start : marked.end]}"' if short and not style.colour else ""
    lines += _broken_address(f"{number}{_address(citation)}{said}", citation, style, indent)
    return "\n".join(lines)


def _beside(sentence: str, style: Style, indent: str) -> str:
    """A sentence around the quote: dim, or within parentheses where nothing can be."""
    line = one_line(sentence) if style.colour else f"({one_line(sentence)})"
    width = style.width and style.width - len(indent)
    return "\n".join(indent + style.dim(line[start:end]) for start, end in wrapped(line, width))


def _broken_address(text: str, citation: Citation, style: Style, indent: str) -> list[str]:
    """The line below a quote, broken where it is too long, with a link where one can be."""
    indent += _INDENT
    width = style.width and max(_NARROWEST, style.width - len(indent))
    parts = [text[start:end] for start, end in wrapped(text, width)]
    name = place(citation)
    # Escapes take no room, so they are put in when the line is broken already.
    parts[0] = parts[0].replace(name, style.link(name, citation.source), 1)
    return [style.dim(indent + part) for part in parts]


def _short(citation: Citation) -> Span | None:
    """The words that answer, at their offsets in the quote."""
    if citation.short is None:
        return None
    return Span(citation.short.start - citation.start, citation.short.end - citation.start)


def _part(line: str, span: Span, marked: Span, style: Style, *, dimmed: bool) -> str:
    """One broken line of the quote, with what of the mark falls into it."""
    start, end = span
    inside = Span(max(marked.start, start) - start, min(marked.end, end) - start)
    return style.bold_part(line[start:end], inside, dimmed=dimmed)


def _address(citation: Citation) -> str:
    parts = [place(citation)]
    if citation.page is not None:
        parts.append(f"page {citation.page}")
    if citation.place is not None:
        parts.append(one_line(citation.place))
    if citation.heading is not None:
        parts.append(f'under "{_clipped(one_line(citation.heading))}"')
    parts.append(f"{percent(citation)} sure")
    return ", ".join(parts)


def _clipped(heading: str) -> str:
    if len(heading) <= _LONGEST_HEADING:
        return heading
    return heading[: _LONGEST_HEADING - 3].rstrip() + "..."
