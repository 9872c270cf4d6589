"""What general English tells about terms: the shipped data, and the arithmetic over it."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from strategies import TEXTS, UNTIMED

from askdoc.english import background
from askdoc.english.analyzer import STOP_WORDS, terms

WORDS = terms(
    "bridge river reform change president council border weapons drug money doctor school music"
)


def test_rare_words_weigh_more_than_common_ones_and_unknown_ones_most() -> None:
    said, bridge, unknown = (
        background.idf(term) for term in (*terms("said bridge"), "no-such-term-anywhere")
    )
    assert 0 < said < bridge < unknown


@UNTIMED
@given(TEXTS)
def test_every_term_has_a_weight_above_zero(text: str) -> None:
    for term in terms(text):
        assert 0.0 < background.idf(term) < math.inf


def test_the_data_was_made_with_the_analyzer_of_today() -> None:
    """Entries that no text can give are dead weight; too many mean that the data is stale."""
    known = background._frequencies().holding
    sample = [term for term in itertools.islice(known, 0, None, 29) if term.isalpha()]
    assert len(sample) > 200
    # A stem is often stemmed further, so look for words that give it: those of its neighbours.
    lively = sum(terms(f"{term}s")[:1] == [term] or terms(term)[:1] == [term] for term in sample)
    assert lively > 0.7 * len(sample)


def test_vectors_have_a_row_a_term_of_length_one_or_zero() -> None:
    rows = background.vectors([*WORDS, "no-such-term-anywhere", WORDS[0]])
    assert rows.shape[0] == len(WORDS) + 2
    assert rows.dtype == np.float32
    lengths = np.linalg.norm(rows, axis=1)
    np.testing.assert_allclose(lengths[:-2], 1.0, atol=1e-5)
    assert lengths[-2] == 0.0
    np.testing.assert_array_equal(rows[-1], rows[0])
    assert background.vectors([]).shape == (0, rows.shape[1])


def test_a_change_of_the_rows_does_not_change_the_lexicon() -> None:
    rows = background.vectors(WORDS)
    rows[:] = 7.0
    assert not np.any(background.vectors(WORDS) == 7.0)


def test_relatedness_rises_with_the_cosine() -> None:
    worth = background.relatedness(np.linspace(-1.0, 1.0, 41, dtype=np.float32))
    assert np.all((worth >= 0.0) & (worth <= 1.0))
    assert np.all(np.diff(worth) >= 0.0)
    assert not worth[:21].any()
    assert worth[-1] > 0.5


@pytest.mark.parametrize("word", WORDS)
def test_related_terms_are_others_best_first(word: str) -> None:
    related = background.related(word)
    worths = list(related.values())
    assert word not in related
    assert worths == sorted(worths, reverse=True)
    assert all(0.0 < worth <= 1.0 for worth in worths)
    assert len(related) <= 20


def test_near_meanings_are_nearer_than_far_ones() -> None:
    weapon, gun, music, song = background.vectors(terms("weapon gun music song"))
    assert min(weapon @ gun, music @ song) > max(weapon @ music, weapon @ song, gun @ song)


def test_a_term_that_nobody_knows_is_related_to_nothing() -> None:
    assert background.related("no-such-term-anywhere") == {}


def test_function_words_have_no_neighbours_worth_looking_up() -> None:
    offered = {other for word in WORDS for other in background.related(word)}
    assert not offered & STOP_WORDS
