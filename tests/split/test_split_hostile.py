"""Texts made to be slow: a quadratic splitter would not come to the end of these tests."""

from __future__ import annotations

import pytest

from askdoc.model import Document
from askdoc.split import group, split
from askdoc.split.sentences import LONGEST

SIZE = 100_000
RUNS = [
    '"', "“", "‘", "'", "«", "(", "((", ")", "[", "{", "()", '""', "'a", ' "', "(.) ", "“. ",
    '"a. ', ".", ". ", "...", ". . .", "…", "!", "! ", "?!", "?! ", '." ', '.") ', ".[1]", "[1]",
    ".*", "*", "_", "。", "。 ", "।", "A.", "A. ", "U.S. ", "U.S.", "Mr. ", "p.m. ", "e.g. ", "1. ",
    "1. \n", "1.\n", "v. ", "a", "a ", "a\n", "A\n", "a. ", "Aa. ", "a.b", "a, ", "a'", "a-", "-",
    "- ", "- \n", "—", "*\n", "#", "# \n", "|", "|\n", "`", "```\n", "---\n", "===\n", "X: y\n",
    "http://", "a@b.", "\n", "\r", "\r\n", "\n ", " \n", " ", "\t", "\f", "\u2028", "\u2029",
    "\x85", "\xa0", "\u3000", "\x00", "\ufeff", "\u0301", "中", "ا", "é. ", "🙂", "0", "0 ", "0.0",
    "»", "» ", "»a. ", "«»", "„", "„a“ ", "[a. ", "[ ", "]", "a] ", "．", "．5", "a | b\n", "a,b\n",
    "a;\n", ",", ";", "a\tb\n", "a   b\n", "12:30 A\n", "– a\n", "–\n", "a) b\n", "(a) b\n",
    "1) a\n", "A B: c\n", "A b\n", "Ab.\n", "Monday. a ", "12. ", "12.\n", "http://a\n",
    "she said. ", '"?" She said ', "Mary Ann said ",
]  # fmt: skip


@pytest.mark.parametrize("piece", RUNS, ids=ascii)
def test_a_long_run_of_anything_is_split(piece: str) -> None:
    text = piece * (SIZE // len(piece))
    document = Document(text, "a")
    end = held = 0
    for passage in group(split(document)):
        for sentence in passage.sentences:
            assert end <= sentence.start < sentence.end <= sentence.start + LONGEST
            held += len("".join(sentence.text.split()))
            end = sentence.end
    assert held == len("".join(text.split()))


@pytest.mark.parametrize("opening", ['He said "', "He said “", "(", "He said '"])
def test_a_mark_left_open_costs_no_more_than_a_closed_one(opening: str) -> None:
    text = opening + "It rained all day. Nobody came. " * (SIZE // 32)
    blocks = split(Document(text, "a"))
    assert sum(map(len, blocks)) >= SIZE // 32


def test_many_small_blocks() -> None:
    text = "\n\n".join(["One. Two."] * (SIZE // 11))
    passages = list(group(split(Document(text, "a"))))
    assert sum(len(passage.sentences) for passage in passages) == 2 * (SIZE // 11)
