"""Extracts made by hand, for the tests of what is chosen from them."""

from __future__ import annotations

from askdoc.load import load_text
from askdoc.model import Document, Extract, Sentence, Span
from askdoc.split import split


def extract(document: Document, quote: str, confidence: float, short: str = "") -> Extract:
    """The first place of a quote in a document, and of its short answer in the quote."""
    start = document.text.index(quote)
    span = None
    if short:
        at = document.text.index(short, start)
        span = Span(at, at + len(short))
    return Extract(Sentence(document, start, start + len(quote)), confidence, span)


def extracts(document: Document, *confidences: float) -> list[Extract]:
    """An extract a sentence, in the document's order, sorted by how sure they are."""
    found = [sentence for block in split(document) for sentence in block]
    pairs = zip(found, confidences, strict=True)
    return sorted((Extract(*pair) for pair in pairs), key=lambda one: -one.confidence)


def pool(*said: str, confidence: float = 0.9) -> list[Extract]:
    """An extract a document, each a sentence whose short answer stands in [brackets]."""
    found = []
    for number, marked in enumerate(said):
        short = marked[marked.index("[") + 1 : marked.index("]")]
        text = marked.replace("[", "").replace("]", "")
        document = load_text(text, f"{number}.txt")
        at = marked.index("[")
        found.append(
            Extract(Sentence(document, 0, len(text)), confidence, Span(at, at + len(short)))
        )
    return found
