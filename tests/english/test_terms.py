"""`terms` looks chunks up; it must give what finding each word gives, whatever stands around it."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import TEXTS, UNTIMED

from askdoc.english import analyzer
from askdoc.english.analyzer import AUTHOR, joined_terms, terms, tokenize

_PIECES = st.sampled_from(
    "United|united|States|states|of America|States\u2019s|States-based|WHO|who|IT|it|It|NOT|US|us"
    "|U.S|.|,|'s|\u2019s|_|-|(|)|\"|\u201c|/|:|Will|Will he go?|May|By|By Jane Doe"
    "|Written by Jo Roe|(Text by|by|reports|Mary Ann reports|U.N.'s|e.g.|e.g|1,500|1.5th|3rd|x'WHO"
    "|\u0301|\u200d|\ufdfa|caf\u00e9|\u4e2d|\u0e01|the|bridges|O\u2019Brien".split("|")
)
_JOINS = st.sampled_from(["", "", " ", " ", "\n", "\t", "\x1c", "\u2028", "\xa0"])
PLACED = st.lists(st.tuples(_PIECES, _JOINS), max_size=14).map(
    lambda pairs: "".join(piece + join for piece, join in pairs)
)
"""Texts of words that depend on their place, with whatever may part words between them."""


@UNTIMED
@given(TEXTS | PLACED | st.tuples(TEXTS, PLACED, TEXTS).map("".join))
@example("the U.N.'s_x and U.N.'s x")
@example("The United States, and the united\tstates of America.")
@example("a WHO/United States and United\nStates-WHO, united")
@example("By Jane Doe\nThe US said \ufdfa by WHO")
def test_terms_are_those_of_the_words_one_by_one(written: str) -> None:
    expected = [token.term for token in tokenize(written) if not token.stop]
    assert terms(written) == expected
    assert joined_terms(written) == " ".join(expected)


def test_names_and_credits_are_found_among_chunks() -> None:
    written = "By Jane Doe\nThe WHO left the United States, which it said was what IT wanted."
    found = terms(written)
    assert found[0] == AUTHOR
    assert "who" in found and "it" in found and "u.s" in found
    assert len(found) == len(joined_terms(written).split(" "))


def test_many_names_in_one_text_take_no_longer_each() -> None:
    written = "the WHO said " * 30_000
    assert terms(written) == ["who", "said"] * 30_000
    assert terms("x'WHO'" * 60_000)


def test_the_memory_of_chunks_is_bounded_and_keeps_what_is_met_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    memo = analyzer._Chunks()
    monkeypatch.setattr(analyzer._Chunks, "_LIMIT", 100)
    for number in range(1000):
        assert memo[f"word{number},"] == f"word{number} "
        assert memo["voting"] == "vote "
        assert len(memo) + len(memo._older) <= 200
    assert memo["x" * 65] == "x" * 65 + " "
    assert "x" * 65 not in memo


@given(text=st.text())
def test_no_term_has_white_space_inside(text: str) -> None:
    """Indexes join terms with blanks and part them there again."""
    assert all(term.split() == [term] for term in terms(text))
    assert terms("ﷺ") != []
