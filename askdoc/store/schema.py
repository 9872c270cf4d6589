"""What tantivy keeps of a passage.

Terms are parted by blanks, and tantivy splits there and does nothing else to them. Texts are not
kept there: it would take on trust how much room they need.
"""

from __future__ import annotations

from typing import Any

TERMS_FIELD, PASSAGE_FIELD, SOURCE_FIELD = "terms", "passage", "source"
BLANKS = "blanks"
FREQUENCIES = "freq"  # no positions: nothing asks for phrases


def schema() -> Any:
    """The fields of a passage."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field(TERMS_FIELD, tokenizer_name=BLANKS, index_option=FREQUENCIES)
    builder.add_unsigned_field(PASSAGE_FIELD, fast=True)
    builder.add_unsigned_field(SOURCE_FIELD, indexed=True)
    return builder.build()
