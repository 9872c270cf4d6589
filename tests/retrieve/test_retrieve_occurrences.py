"""What the catalogue keeps of a passage's terms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdoc.store.occurrences import Counting, pack_occurrences

TERMS = st.text(st.sampled_from("ab1中é"), min_size=1, max_size=3)
# Each so often: some more often than there are marks.
PASSAGES = st.lists(st.tuples(TERMS, st.integers(1, 30)), max_size=15).map(
    lambda found: [term for term, count in found for _ in range(count)]
)
NUMBERS = st.integers(0, 2**62)


@given(words=PASSAGES, asked=st.lists(TERMS), number=NUMBERS)
def test_terms_are_counted_as_they_stand(words: list[str], asked: list[str], number: int) -> None:
    length, counts = Counting(asked).counts(number, pack_occurrences(number, " ".join(words)))
    assert length == len(words)
    assert counts == [words.count(term) for term in asked]


@given(words=PASSAGES, at=st.integers(0, 10**6), bit=st.integers(0, 7), number=NUMBERS)
def test_a_flipped_bit_is_found(words: list[str], at: int, bit: int, number: int) -> None:
    packed = bytearray(pack_occurrences(number, " ".join(words)))
    packed[at % len(packed)] ^= 1 << bit
    with pytest.raises(ValueError, match="changed"):
        Counting(["a"]).counts(number, bytes(packed))


def test_another_passage_s_terms_are_not_taken_for_its_own() -> None:
    with pytest.raises(ValueError, match="changed"):
        Counting(["a"]).counts(2, pack_occurrences(1, "a b a"))


@given(junk=st.binary(max_size=30))
def test_junk_is_damage_and_nothing_else(junk: bytes) -> None:
    with pytest.raises(ValueError, match="changed"):
        Counting(["a"]).counts(7, junk)
