"""Answer -> HTML for a notebook: the quote with the words that answer marked, then its address.

A notebook runs what it is shown. So a document's text goes in only as text: escaped, its control
characters made visible, and shielded from the typesetting of formulas, to which "$5 or $6" is one.
Only plain elements are used and no colours of our own, so it reads on light and on dark alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from askdoc.model import Answer, Citation
from askdoc.present.address import percent, place
from askdoc.present.outline import outline, quote, whereabouts
from askdoc.present.sanitize import one_line, sanitize

# The classes by which MathJax, in its versions, leaves a text alone.
_OPEN, _CLOSE = '<div class="tex2jax_ignore mathjax_ignore">', "</div>"


def render(answer: Answer) -> str:
    """The citations; or what has a chance to be one; or that there are none, what of the question
    is missing and, clearly not as an answer, what came nearest."""
    told = outline(answer)
    said = f"<strong>{_shown(told.said)}</strong>" if told.said else ""
    lacking = _part(told.lacking) if told.lacking else ""
    sentences = _listed(told.sentences, nearest=bool(told.above)) if told.sentences else ""
    if told.verdict == "answered":
        differing = f"<strong>{_part(told.said)}</strong>" if told.said else ""
        parts = [_paragraph(differing), sentences]
    elif told.verdict == "perhaps":
        parts = [_paragraph(said), sentences, _paragraph(lacking)]
    else:
        parts = [_paragraph(f"{said} {lacking}".rstrip()), _paragraph(told.above), sentences]
    asking = f"<small>asking: {_part(told.understood)}</small>" if told.understood else ""
    return "".join([_OPEN, _paragraph(asking), *parts, _CLOSE])


def _paragraph(inside: str) -> str:
    return f"<p>{inside}</p>" if inside else ""


def _listed(citations: Sequence[Citation], *, nearest: bool = False) -> str:
    shown = [_citation(citation, nearest) for citation in citations]
    if len(shown) == 1:
        return shown[0]
    return f"<ol>{''.join(f'<li>{one}</li>' for one in shown)}</ol>"


def _citation(citation: Citation, nearest: bool) -> str:
    """One citation; in what is merely near nothing is marked, and it stands in small letters."""
    line, (start, end) = quote(citation, marks=not nearest)
    shown = _shown(line[:start])
    if start < end:
        shown += f"<mark>{_shown(line[start:end])}</mark>"
    shown += _shown(line[max(start, end) :])
    if nearest:
        shown = f"<small>{shown}</small>"
    # The direction of a quote is its own: an address after it must not be drawn into it.
    return f'<blockquote dir="auto">{shown}</blockquote><p><small>{_address(citation)}</small></p>'


def _address(citation: Citation) -> str:
    where = whereabouts(citation, lambda text: _part(one_line(text)), heading="under {}".format)
    return ", ".join([_part(place(citation)), *where, f"{percent(citation)} sure"])


def _part(text: str) -> str:
    """A part of a line that has a direction of its own."""
    return f"<bdi>{_shown(text)}</bdi>"


def _shown(text: str) -> str:
    return escape(sanitize(text), quote=True)
