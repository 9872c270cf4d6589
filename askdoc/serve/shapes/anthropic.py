"""An answer in the shape of Anthropic's citations: blocks of text, each with where it stands.

Their `char_location` counts as askdoc does; `page_location` has pages from 1, and its end is the
page behind the last.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from askdoc.model import Answer, Citation
from askdoc.serve.shapes.words import quotes_alone


def content(answer: Answer, sources: Sequence[str] = ()) -> list[dict[str, Any]]:
    """The content of a message: a block of text for each quote, with its citations.

    What is said where the documents don't say is a block without any.

    Args:
        answer: the answer.
        sources: the documents in the order in which they were handed over, by which citations
            number them from 0; others follow in the order in which they are cited.
    """
    said = quotes_alone(answer)
    numbers = {source: at for at, source in enumerate(dict.fromkeys(sources))}
    blocks: list[dict[str, Any]] = []
    at = 0
    for citation, span in said.quotes:
        if said.text[at : span.start]:
            blocks.append({"type": "text", "text": said.text[at : span.start]})
        number = numbers.setdefault(citation.source, len(numbers))
        blocks.append(
            {"type": "text", "text": citation.quote, "citations": locations(citation, number)}
        )
        at = span.end
    if said.text[at:]:
        blocks.append({"type": "text", "text": said.text[at:]})
    return blocks


def locations(citation: Citation, document_index: int) -> list[dict[str, Any]]:
    """Where a quote stands: by characters, and by its page where its document has pages."""
    common = {
        "cited_text": citation.quote,
        "document_index": document_index,
        "document_title": citation.source,
    }
    found: list[dict[str, Any]] = [
        {
            "type": "char_location",
            **common,
            "start_char_index": citation.start,
            "end_char_index": citation.end,
        }
    ]
    if citation.page is not None:
        found.append(
            {
                "type": "page_location",
                **common,
                "start_page_number": citation.page,
                "end_page_number": citation.page + 1,
            }
        )
    return found
