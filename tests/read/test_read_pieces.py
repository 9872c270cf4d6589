"""Word pieces and windows: nothing is lost, nothing is too long, every piece stands in the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from strategies import CORPORA, UNTIMED, as_documents

from askdoc.load import load_text
from askdoc.model import Document, Passage
from askdoc.read.context import context_of
from askdoc.read.network import network
from askdoc.read.pieces import LONGEST_WINDOW, PassagePieces
from askdoc.split import group, split


def cut(passage: Passage) -> PassagePieces:
    return PassagePieces(passage, network().tokenizer)


def passages(text: str) -> list[Passage]:
    return list(group(split(Document(text, "a"))))


def check(pieces: PassagePieces) -> None:
    assert len(pieces.ids) == len(pieces.spans)
    for span in pieces.spans:
        assert pieces.passage.start <= span.start <= span.end <= pieces.passage.end
    seen: set[int] = set()
    for window in pieces.windows:
        assert 0 <= window.first < window.after <= len(pieces.ids)
        assert window.after - window.first <= LONGEST_WINDOW
        for part in window.parts:
            assert 0 <= part.first < part.after <= window.after - window.first
            sentence = pieces.passage.sentences[part.sentence]
            for span in pieces.spans[window.first + part.first : window.first + part.after]:
                assert sentence.start <= span.start <= span.end <= sentence.end
            seen.update(range(window.first + part.first, window.first + part.after))
    assert seen == set(range(len(pieces.ids)))
    for number in {part.sentence for window in pieces.windows for part in window.parts}:
        for before in (0, 1, 3):
            window = pieces.around(number, before)
            assert window.parts[-1].sentence == number
            assert number - before <= window.parts[0].sentence
            assert 0 < window.after - window.first <= LONGEST_WINDOW
            assert window.parts[-1].after <= window.after - window.first


@UNTIMED
@given(texts=CORPORA)
def test_every_piece_is_in_a_window_and_in_its_sentence(texts: dict[str, str]) -> None:
    for document in as_documents(texts):
        for passage in group(split(document)):
            check(cut(passage))


@pytest.mark.parametrize(
    "text",
    [
        "word " * 390 + "end.",
        " ".join(f"Sentence {number} is not a long one at all." for number in range(60)),
        "桥" * 900 + "。",
        ". ".join("Ab" * 30 for _ in range(40)),
    ],
)
def test_what_no_window_holds_is_read_in_several(text: str) -> None:
    for passage in passages(text):
        check(cut(passage))


def test_a_window_begins_with_the_last_sentence_of_the_one_before() -> None:
    text = " ".join(f"The bridge {number} was built of stone and of oak." for number in range(24))
    (passage,) = passages(text)
    first, second, *_ = cut(passage).windows
    assert first.parts[-1].sentence == second.parts[0].sentence


def test_a_row_read_again_is_told_its_columns_and_its_heading() -> None:
    """In a passage that begins above its table, each row was read again without the names of its
    columns: of 57 rows that stood first in the field measure, 53."""
    text = "# Dues\n\nPer year:\n\n| Boat | 2023 | 2024 |\n|---|---|---|\n| Sloop | 40 | 45 |\n"
    document = load_text(text + "| Yawl | 60 | 65 |\n", "a.md")
    (passage,) = group(split(document))
    pieces = cut(passage)
    tokens = network().tokenizer
    last = len(passage.sentences) - 1
    told = context_of(document, passage.sentences[last - 1].start).line()
    assert "Dues" in told
    assert "2023" in told
    assert pieces.context(pieces.around(last, 1)) == tokens.encode(told).ids
    first = pieces.windows[0]
    assert pieces.context(first) == tokens.encode(context_of(document, 0).line()).ids
