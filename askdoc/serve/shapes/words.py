"""An answer -> one text, and where in it each quote stands."""

from __future__ import annotations

from typing import NamedTuple

from askdoc.model import Answer, Citation, Span
from askdoc.present.address import place
from askdoc.present.refusing import PERHAPS, refused
from askdoc.present.sanitize import one_line


class Said(NamedTuple):
    """A text, and the quotes in it with where they stand: `text[start:end] == citation.quote`."""

    text: str
    quotes: tuple[tuple[Citation, Span], ...] = ()


def quote_spans(answer: Answer) -> list[Span]:
    """Where the quote of each citation stands in `answer.text`."""
    spans: list[Span] = []
    at = 0
    for citation in answer.citations:
        spans.append(Span(at, at + len(citation.quote)))
        at += len(citation.quote) + 1  # the line end between two
    return spans


def quotes_alone(answer: Answer) -> Said:
    """`answer.text`; or what is said in its place, which is no quote."""
    if not answer.answered:
        return _not_answered(answer, addresses=False)
    return Said(answer.text, tuple(zip(answer.citations, quote_spans(answer), strict=True)))


def with_addresses(answer: Answer) -> Said:
    """Each quote with its address below it, for whoever shows a text and nothing besides."""
    if not answer.answered:
        return _not_answered(answer, addresses=True)
    return _listed("", answer.citations, addresses=True)


def _not_answered(answer: Answer, addresses: bool) -> Said:
    if answer.verdict != "perhaps":
        return Said(refused(answer))
    return _listed(f"{PERHAPS}\n\n", answer.nearest, addresses)


def _listed(text: str, citations: tuple[Citation, ...], addresses: bool) -> Said:
    quotes: list[tuple[Citation, Span]] = []
    for citation in citations:
        if quotes:
            text += "\n\n" if addresses else "\n"
        quotes.append((citation, Span(len(text), len(text) + len(citation.quote))))
        text += citation.quote
        if addresses:
            text += f"\n— {address(citation)}"
    return Said(text, tuple(quotes))


def address(citation: Citation) -> str:
    """Where a quote stands, in words: "report.pdf:12, page 3"."""
    parts = [place(citation)]
    parts += [f"page {citation.page}"] if citation.page is not None else []
    parts += [one_line(citation.place)] if citation.place is not None else []
    return ", ".join(parts)
