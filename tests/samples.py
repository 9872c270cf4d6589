"""A document that several tests ask, and what must hold of every citation."""

from __future__ import annotations

from askdoc import Assistant, Citation

LOG = (
    "The ferry to Port Ellery was built in 1975 by the Calder yard.\n\n"
    "It was sold in 1998 because its engine had failed.\n\n"
    "Subscribe to our newsletter\n\n"
    "Its captain, Mary Quint, kept the bell.\n"
)


def check(assistant: Assistant, citation: Citation) -> None:
    """The law, and the rest of the address, worked out anew."""
    documents = [d for d in assistant.documents if d.source == citation.source]
    assert len(documents) == 1
    document = documents[0]
    text = document.text
    assert text[citation.start : citation.end] == citation.quote
    assert citation.quote
    assert citation.quote == citation.quote.strip()
    before = text[: citation.start].replace("\r\n", "\n").replace("\r", "\n")
    assert citation.line == before.count("\n") + 1
    titles = [h.title for h in document.headings if h.span.start <= citation.start]
    assert citation.heading == (titles[-1] if titles else None)
    assert citation.page is None
    if citation.short is not None:
        assert citation.start <= citation.short.start < citation.short.end <= citation.end
        assert text[citation.short.start : citation.short.end] == citation.short.text
