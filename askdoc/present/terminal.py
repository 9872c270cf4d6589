"""Answer -> text for a person: the quote with the words that answer marked, then its address.

She asked for help to keep weapons out.        (the words that answer are bold)
  notes.txt:12, page 2, under "Costs", 83% sure
"""

from __future__ import annotations

from collections.abc import Sequence

from askdoc.model import Answer, Citation, Span
from askdoc.present.address import percent, place
from askdoc.present.context import AroundOf, nothing
from askdoc.present.outline import outline, quote, whereabouts
from askdoc.present.sanitize import one_line
from askdoc.present.style import Style
from askdoc.present.wrap import broken, wrapped

_INDENT = "  "
_LONGEST_HEADING = 60
_NARROWEST = 20  # cells for an address


def render(answer: Answer, style: Style, *, around: AroundOf = nothing) -> str:
    """The citations; or what has a chance to be one; or that there are none, what of the question
    is missing and, clearly not as an answer, what came nearest.

    Before them stands how the question was understood, where that is not how it was typed.
    """
    told, width = outline(answer), style.width
    asking = broken(f"asking: {told.understood}", width) if told.understood else []
    sentences = listed(told.sentences, style, nearest=bool(told.above), around=around)
    if told.verdict == "answered":
        blocks = ["\n".join(map(style.bold, broken(told.said, width))), sentences]
    elif told.verdict == "perhaps":
        blocks = [f"{told.said}\n{sentences}", "\n".join(broken(told.lacking, width))]
    else:
        refused = "\n".join(broken(f"{told.said} {told.lacking}".rstrip(), width))
        blocks = [refused, f"{told.above}\n{sentences}" if told.above else ""]
    return "\n".join([*map(style.dim, asking), "\n\n".join(filter(None, blocks))])


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
    line, marked = quote(citation, marks=not nearest)
    width = style.width and style.width - len(indent)
    before, after = around(citation)
    lines = [_beside(one, style, indent) for one in before]
    lines += [
        indent + _part(line, span, marked, style, dimmed=nearest) for span in wrapped(line, width)
    ]
    lines += [_beside(one, style, indent) for one in after]
    # Without weight to mark the words that answer, they are said again.
    says = citation.short is not None and not nearest and not style.colour
    said = f', in short "{line[marked.start : marked.end]}"' if says else ""
    lines += _broken_address(f"{number}{_address(citation)}{said}", citation, style, indent)
    return "\n".join(lines)


def _beside(sentence: str, style: Style, indent: str) -> str:
    """A sentence around the quote: dim, or within parentheses where nothing can be."""
    line = one_line(sentence) if style.colour else f"({one_line(sentence)})"
    width = style.width and style.width - len(indent)
    return "\n".join(indent + style.dim(line[start:end]) for start, end in wrapped(line, width))


def _broken_address(text: str, citation: Citation, style: Style, indent: str) -> list[str]:
    """The line below a quote, broken where it is too long, with a link where one can be."""
    parts = broken(text, style.width, indent + _INDENT, least=_NARROWEST)
    name = place(citation)
    # Escapes take no room, so they are put in when the line is broken already.
    parts[0] = parts[0].replace(name, style.link(name, citation.source), 1)
    return list(map(style.dim, parts))


def _part(line: str, span: Span, marked: Span, style: Style, *, dimmed: bool) -> str:
    """One broken line of the quote, with what of the mark falls into it."""
    start, end = span
    inside = Span(max(marked.start, start) - start, min(marked.end, end) - start)
    return style.bold_part(line[start:end], inside, dimmed=dimmed)


def _address(citation: Citation) -> str:
    parts = [place(citation), *whereabouts(citation, heading=_clipped)]
    return ", ".join([*parts, f"{percent(citation)} sure"])


def _clipped(heading: str) -> str:
    if len(heading) > _LONGEST_HEADING:
        heading = heading[: _LONGEST_HEADING - 3].rstrip() + "..."
    return f'under "{heading}"'
