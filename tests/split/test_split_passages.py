"""Passages: each sentence in exactly one, and headings at their beginning."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from strategies import DOCUMENTS, UNTIMED

from askdoc.load import load_text
from askdoc.model import Document
from askdoc.split import cut, group, split


@UNTIMED
@given(DOCUMENTS)
def test_every_sentence_is_in_exactly_one_passage_in_order(document: Document) -> None:
    blocks = split(document)
    passages = list(group(blocks))
    sentences = [sentence for block in blocks for sentence in block]
    assert [sentence for passage in passages for sentence in passage.sentences] == sentences
    for passage in passages:
        assert passage.document is document
        assert passage.sentences
        assert passage.text == document.text[passage.start : passage.end]


@UNTIMED
@given(DOCUMENTS)
def test_a_heading_opens_a_passage(document: Document) -> None:
    passages = list(group(split(document)))
    opened = {passage.start for passage in passages}
    for heading in document.headings:
        assert heading.span.start in opened


@UNTIMED
@given(DOCUMENTS)
def test_a_cut_is_the_same_as_numbers(document: Document) -> None:
    numbers = cut(document.text, [heading.span.start for heading in document.headings])
    passages = list(group(split(document)))
    sentences = [sentence for passage in passages for sentence in passage.sentences]
    assert list(numbers.starts) == [sentence.start for sentence in sentences]
    assert list(numbers.ends) == [sentence.end for sentence in sentences]
    assert list(numbers.sizes) == [len(passage.sentences) for passage in passages]


def test_no_sentences_no_passages() -> None:
    assert list(group([])) == []


def test_text_under_a_heading_is_not_mixed_with_the_next() -> None:
    text = "# Bees\n\nThey need water.\n\n# Frogs\n\nThey need shade.\n\n## Food\n\nFlies."
    passages = [passage.text for passage in group(split(load_text(text, "a.md")))]
    assert passages == [
        "# Bees\n\nThey need water.",
        "# Frogs\n\nThey need shade.",
        "## Food\n\nFlies.",
    ]


@UNTIMED
@given(st.integers(1, 400), st.integers(1, 60))
def test_passages_stay_small_enough_to_read(count: int, words: int) -> None:
    sentence = "It " + "rained " * words + "again."
    document = Document(" ".join([sentence] * count), "a")
    passages = list(group(split(document)))
    longest = max(len(passage.text) for passage in passages)
    # A sentence or two, or about a paragraph: what answers must not drown.
    assert longest <= max(2 * len(sentence), 2000)
    assert len(passages) <= max(1, len(document.text) // 300)


def test_short_paragraphs_are_joined_and_long_ones_are_cut() -> None:
    short = list(group(split(Document("\n\n".join(["It rained."] * 40), "a"))))
    assert 1 < len(short) < 10
    long = list(group(split(Document("It rained all day long. " * 400, "a"))))
    assert len(long) > 4


def test_notes_without_blank_lines_were_one_passage_over_their_headings() -> None:
    text = "# Bees\nThey need water.\n## Food\nNectar.\n# Frogs\nThey need shade. They sing."
    passages = [passage.text for passage in group(split(load_text(text, "a.md")))]
    assert passages == [
        "# Bees\nThey need water.",
        "## Food\nNectar.",
        "# Frogs\nThey need shade. They sing.",
    ]
