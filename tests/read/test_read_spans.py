"""Short answers end where words end, and at no full stop inside a sentence."""

from __future__ import annotations

import pytest

from askdoc.model import Document, Sentence
from askdoc.read.spans import whole_words


@pytest.mark.parametrize(
    ("text", "marked", "whole"),
    [
        ("He moved under Fed. R. Civ. P. 12(b)(6) in May.", "Fed", "Fed. R. Civ. P. 12(b)(6)"),
        ("Der Vertrag endet am 3. Oktober 2021 und ruht.", "am 3", "am 3. Oktober 2021"),
        ("It went to Acme Inc. on Monday.", "Acme Inc", "Acme Inc"),
        ("It was sold by J. Smith.", "J", "J. Smith"),
        ("He paid 3.5 million.", "3", "3"),
        ("They met in Oslo.", "Osl", "Oslo"),
        ("[12/03/2024, 19:42:10] Ann: Fine. Bring rope", "Fine", "Fine"),
    ],
)
def test_a_short_answer_is_whole(text: str, marked: str, whole: str) -> None:
    start = text.index(marked)
    sentence = Sentence(Document(text, "a"), 0, len(text))
    span = whole_words(sentence, start, start + len(marked))
    assert text[span.start : span.end] == whole
