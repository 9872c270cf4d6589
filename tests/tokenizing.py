"""The library whose pieces askdoc's own must equal, over the vocabulary that ships."""

from __future__ import annotations

from functools import cache
from typing import Any

from askdoc.read.network import network


@cache
def reference() -> Any:
    """`tokenizers`' WordPiece, as the network was trained with."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

    model = models.WordPiece(
        dict(network().tokenizer.vocabulary), unk_token="[UNK]", max_input_chars_per_word=100
    )
    made = Tokenizer(model)
    made.normalizer = normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return made
