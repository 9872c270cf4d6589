"""What tantivy keeps of a passage.

Terms are parted by blanks, and tantivy splits there and does nothing else to them. The number of
the passage stands in front of its text, too: a damaged file must not give out another one's.
"""

from __future__ import annotations

from struct import Struct
from typing import Any

TERMS_FIELD, PASSAGE_FIELD, SOURCE_FIELD, ROW_FIELD = "terms", "passage", "source", "row"
BLANKS = "blanks"
FREQUENCIES = "freq"  # no positions: nothing asks for phrases
NUMBER = Struct("<Q")


def schema() -> Any:
    """The fields of a passage."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field(TERMS_FIELD, tokenizer_name=BLANKS, index_option=FREQUENCIES)
    builder.add_bytes_field(ROW_FIELD, stored=True)
    builder.add_unsigned_field(PASSAGE_FIELD, fast=True)
    builder.add_unsigned_field(SOURCE_FIELD, indexed=True)
    return builder.build()
