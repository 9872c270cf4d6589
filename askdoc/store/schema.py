"""What tantivy keeps of a passage, as its list of files tells it.

Terms are parted by blanks, and tantivy splits there and does nothing else to them. Texts are not
kept there: it would take on trust how much room they need.
"""

from __future__ import annotations

from typing import Any

TERMS_FIELD, PASSAGE_FIELD, SOURCE_FIELD = "terms", "passage", "source"
BLANKS = "blanks"
FREQUENCIES = "freq"  # no positions: nothing asks for phrases


def _number(name: str, *, indexed: bool, fast: bool) -> dict[str, Any]:
    options = {"indexed": indexed, "fieldnorms": False, "fast": fast, "stored": False}
    return {"name": name, "type": "u64", "options": options}


_INDEXING = {"record": FREQUENCIES, "fieldnorms": True, "tokenizer": BLANKS}

SCHEMA: list[dict[str, Any]] = [
    {
        "name": TERMS_FIELD,
        "type": "text",
        "options": {"indexing": _INDEXING, "stored": False, "fast": False},
    },
    _number(PASSAGE_FIELD, indexed=False, fast=True),
    _number(SOURCE_FIELD, indexed=True, fast=False),
]
"""The fields of a passage."""
