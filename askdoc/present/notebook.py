"""Answer -> HTML for a notebook: the quote with the words that answer marked, then its address.

A notebook runs what it is shown. So a document's text goes in only as text: escaped, its control
characters made visible, and shielded from the typesetting of formulas, to which "$5 or $6" is one.
Only plain elements are used and no colours of our own, so it reads on light and on dark alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from askdoc.model import Answer, Citation, Span
from askdoc.present.address import disagreement, percent, place
from askdoc.present.refusing import PERHAPS, because, nearest_said, refusal
from askdoc.present.sanitize import one_line, one_line_with, sanitize

# The classes by which MathJax, in its versions, leaves a text alone.
_OPEN, _CLOSE = '<div class="tex2jax_ignore mathjax_ignore">', "</div>"


def render(answer: Answer) -> str:
    """The citations; or what has a chance to be one; or that there are none, what of the question
    is missing and, clearly not as an answer, what came nearest."""
    said = _asking(answer) + _said(answer)
    return f"{_OPEN}{said}{_CLOSE}"


def _said(answer: Answer) -> str:
    if answer.citations:
        differing = disagreement(answer)
        said = f"<p><strong>{_part(differing)}</strong></p>" if differing else ""
        return said + _listed(answer.citations)
    lacking = because(answer)
    if answer.verdict == "perhaps":
        said = f"<p><strong>{PERHAPS}</strong></p>{_listed(answer.nearest)}"
        return f"{said}<p>{_part(lacking)}</p>" if lacking else said
    refused = f"<strong>{_shown(refusal(answer))}</strong>"
    refused = f"<p>{refused} {_part(lacking)}</p>" if lacking else f"<p>{refused}</p>"
    if not answer.nearest:
        return refused
    return f"{refused}<p>{nearest_said(answer)}</p>{_listed(answer.nearest, nearest=True)}"


def _asking(answer: Answer) -> str:
    """The question as it was understood, where that is not how it was typed."""
    question = answer.question
    if question.resolved == question.asked:
        return ""
    return f"<p><small>asking: {_part(one_line(question.resolved))}</small></p>"


def _listed(citations: Sequence[Citation], *, nearest: bool = False) -> str:
    shown = [_citation(citation, nearest) for citation in citations]
    if len(shown) == 1:
        return shown[0]
    return f"<ol>{''.join(f'<li>{one}</li>' for one in shown)}</ol>"


def _citation(citation: Citation, nearest: bool) -> str:
    """One citation; in what is merely near nothing is marked, and it stands in small letters."""
    marked = None
    if citation.short is not None and not nearest:
        marked = Span(citation.short.start - citation.start, citation.short.end - citation.start)
    line, (start, end) = one_line_with(citation.quote, marked)
    quote = _shown(line[:start])
    if start < end:
        quote += f"<mark>{_shown(line[start:end])}</mark>"
    quote += _shown(line[max(start, end) :])
    if nearest:
        quote = f"<small>{quote}</small>"
    # The direction of a quote is its own: an address after it must not be drawn into it.
    return f'<blockquote dir="auto">{quote}</blockquote><p><small>{_address(citation)}</small></p>'


def _address(citation: Citation) -> str:
    parts = [_part(place(citation))]
    if citation.page is not None:
        parts.append(f"page {citation.page}")
    if citation.place is not None:
        parts.append(_part(one_line(citation.place)))
    if citation.heading is not None:
        parts.append(f"under {_part(one_line(citation.heading))}")
    parts.append(f"{percent(citation)} sure")
    return ", ".join(parts)


def _part(text: str) -> str:
    """A part of a line that has a direction of its own."""
    return f"<bdi>{_shown(text)}</bdi>"


def _shown(text: str) -> str:
    return escape(sanitize(text), quote=True)
