"""The measures against their definitions, written the slow and obvious way, and by hand."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab.evaluation.bleu import bleu_counts, corpus_bleu
from lab.evaluation.measures import (
    auroc,
    average_precision,
    bootstrap,
    calibration_error,
    exact_match,
    f1,
    mean,
    normalize,
    reciprocal_rank,
    reliability,
    risk_at_coverage,
)

# Few different values, so that ties are common.
scored = st.lists(st.tuples(st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.9, 1.0]), st.booleans()))
labels = st.lists(st.booleans(), min_size=1)
phrases = st.lists(
    st.sampled_from(["the", "a", "Norse", "king", "king's", "10th", "-", "century,"]), max_size=6
).map(" ".join)


def columns(pairs: Sequence[tuple[float, bool]]) -> tuple[np.ndarray, np.ndarray]:
    return (
        np.array([score for score, _ in pairs], dtype=np.float64),
        np.array([label for _, label in pairs], dtype=np.bool_),
    )


def naive_auroc(pairs: Sequence[tuple[float, bool]]) -> float | None:
    positive = [score for score, label in pairs if label]
    negative = [score for score, label in pairs if not label]
    if not positive or not negative:
        return None
    won = sum(1.0 if p > n else 0.5 if p == n else 0.0 for p, n in product(positive, negative))
    return won / (len(positive) * len(negative))


def naive_average_precision(ranked: Sequence[bool]) -> float:
    precisions = [sum(ranked[: cut + 1]) / (cut + 1) for cut, right in enumerate(ranked) if right]
    return sum(precisions) / sum(ranked)


def naive_f1(prediction: str, answer: str) -> float:
    left, right = normalize(prediction).split(), normalize(answer).split()
    if not left or not right:
        return 1.0 if left == right else 0.0
    unmatched = list(right)
    common = 0
    for word in left:
        if word in unmatched:
            unmatched.remove(word)
            common += 1
    if not common:
        return 0.0
    precision, recall = common / len(left), common / len(right)
    return 2 * precision * recall / (precision + recall)


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("The Normans", "normans"),
        ("  an  apple,\ta day ", "apple day"),
        ("theatre", "theatre"),
        ("U.S.", "us"),
        ("the", ""),
        ("$1,500.50", "150050"),
        ("“Élan”", "“élan”"),
    ],
)
def test_normal_form_is_squads(text: str, normal: str) -> None:
    assert normalize(text) == normal


@pytest.mark.parametrize(
    ("prediction", "answers", "em", "overlap"),
    [
        ("the Normans", ["Normans"], 1.0, 1.0),
        ("in France", ["France", "Spain"], 0.0, 2 / 3),
        ("", [], 1.0, 1.0),
        ("France", [], 0.0, 0.0),
        ("", ["France"], 0.0, 0.0),
        # An answer without a word in normal form is no answer to SQuAD's script.
        ("x", ["the", "x"], 1.0, 1.0),
        ("", ["the"], 1.0, 1.0),
        ("b b", ["b"], 0.0, 2 / 3),
    ],
)
def test_em_and_f1_by_hand(prediction: str, answers: list[str], em: float, overlap: float) -> None:
    assert exact_match(prediction, answers) == em
    assert f1(prediction, answers) == pytest.approx(overlap)


@given(phrases, phrases)
def test_f1_is_the_harmonic_mean_of_precision_and_recall(prediction: str, answer: str) -> None:
    golds = [answer] if normalize(answer) else [""]
    expected = max(naive_f1(prediction, gold) for gold in golds)
    assert f1(prediction, [answer]) == pytest.approx(expected)


@given(phrases, st.lists(phrases, max_size=3))
def test_an_exact_match_has_full_f1(prediction: str, answers: list[str]) -> None:
    assert exact_match(prediction, answers) <= f1(prediction, answers) <= 1.0


def test_average_precision_by_hand() -> None:
    assert average_precision([True, False, True]) == pytest.approx((1 + 2 / 3) / 2)
    assert average_precision([False, False, True]) == pytest.approx(1 / 3)
    with pytest.raises(ValueError, match="undefined"):
        average_precision([False, False])


@given(labels.filter(any))
def test_average_precision_is_its_definition(ranked: list[bool]) -> None:
    assert average_precision(ranked) == pytest.approx(naive_average_precision(ranked))


@given(labels.filter(any))
def test_right_ones_first_is_the_best_order(ranked: list[bool]) -> None:
    best = sorted(ranked, reverse=True)
    assert average_precision(best) == pytest.approx(1.0)
    assert average_precision(ranked) <= 1.0
    assert reciprocal_rank(ranked) == 1 / (ranked.index(True) + 1)


def test_nothing_right_has_no_reciprocal_rank() -> None:
    assert reciprocal_rank([False, False]) == 0.0
    assert reciprocal_rank([]) == 0.0


def test_auroc_by_hand() -> None:
    assert auroc(*columns([(0.9, True), (0.1, False)])) == 1.0
    assert auroc(*columns([(0.1, True), (0.9, False)])) == 0.0
    assert auroc(*columns([(0.5, True), (0.5, False)])) == 0.5
    assert auroc(*columns([(0.5, True), (0.9, True)])) is None


@given(scored)
def test_auroc_counts_pairs_and_halves_ties(pairs: list[tuple[float, bool]]) -> None:
    expected = naive_auroc(pairs)
    got = auroc(*columns(pairs))
    assert got == (None if expected is None else pytest.approx(expected))


def test_calibration_error_by_hand() -> None:
    assert calibration_error(*columns([])) is None
    # Sure and right, sure and wrong: half the time wrong at full confidence.
    assert calibration_error(*columns([(1.0, True), (1.0, False)]), bins=1) == pytest.approx(0.5)
    pairs = [(0.2, False), (0.2, True), (0.8, True), (0.8, True)]
    # |0.2 - 0.5| and |0.8 - 1| in bins of two.
    assert calibration_error(*columns(pairs), bins=2) == pytest.approx((0.3 + 0.2) / 2)
    # One bin of equal count: |0.5 - 0.75|.
    assert calibration_error(*columns(pairs), bins=1) == pytest.approx(0.25)


@given(
    st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, unique=True), st.integers(1, 12)
)
def test_calibration_error_is_its_definition_where_no_confidence_is_twice(
    pairs: list[tuple[float, bool]], bins: int
) -> None:
    pairs = list({score: (score, label) for score, label in pairs}.values())
    ordered = sorted(pairs)
    expected = 0.0
    for part in np.array_split(np.arange(len(ordered)), bins):
        if len(part):
            confidence = sum(ordered[i][0] for i in part) / len(part)
            accuracy = sum(ordered[i][1] for i in part) / len(part)
            expected += len(part) / len(ordered) * abs(confidence - accuracy)
    assert calibration_error(*columns(pairs), bins=bins) == pytest.approx(expected, abs=1e-9)


@given(scored.filter(bool), st.randoms(use_true_random=False))
def test_calibration_error_does_not_depend_on_the_order(
    pairs: list[tuple[float, bool]], generator: random.Random
) -> None:
    shuffled = list(pairs)
    generator.shuffle(shuffled)
    error = calibration_error(*columns(pairs))
    assert error is not None
    assert 0.0 <= error <= 1.0
    assert calibration_error(*columns(shuffled)) == pytest.approx(error, abs=1e-12)


@given(scored, st.integers(1, 12))
def test_bins_share_the_questions_out_evenly(pairs: list[tuple[float, bool]], count: int) -> None:
    confidence, right = columns(pairs)
    bins = reliability(confidence, right, count)
    sizes = [one.size for one in bins]
    assert sum(sizes) == len(pairs)
    assert max(sizes, default=0) - min(sizes, default=0) <= 1
    assert len(bins) == min(count, len(pairs))
    assert [one.confidence for one in bins] == pytest.approx(sorted(o.confidence for o in bins))
    # Nothing is lost in the bins: their weighted means are those of all questions.
    assert sum(one.size * one.confidence for one in bins) == pytest.approx(confidence.sum())
    assert sum(one.size * one.right for one in bins) == pytest.approx(right.sum())


@given(st.lists(st.tuples(st.sampled_from([0.0, 0.1, 0.5, 0.9]), st.booleans(), st.booleans())))
def test_risk_at_coverage_is_what_each_threshold_answers(
    asked: list[tuple[float, bool, bool]],
) -> None:
    confidence, right = columns([(sure, correct) for sure, correct, _ in asked])
    answered = np.array([told for *_, told in asked], dtype=np.bool_)
    expected = []
    for threshold in sorted({sure for sure, _, told in asked if told}, reverse=True):
        given_right = [correct for sure, correct, told in asked if told and sure >= threshold]
        expected.append((len(given_right) / len(asked), 1 - sum(given_right) / len(given_right)))
    got = list(zip(*risk_at_coverage(confidence, right, answered), strict=True))
    assert len(got) == len(expected)
    for one, other in zip(got, expected, strict=True):
        assert one == pytest.approx(other)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30), st.integers(0, 5))
def test_bootstrap_stays_within_the_values_and_repeats_itself(
    values: list[float], seed: int
) -> None:
    array = np.array(values)
    first = bootstrap(len(array), lambda drawn: mean(array[drawn]), seed, rounds=50)
    assert first is not None
    low, high = first
    assert min(values) - 1e-9 <= low <= high <= max(values) + 1e-9
    assert bootstrap(len(array), lambda drawn: mean(array[drawn]), seed, rounds=50) == first


def test_bootstrap_is_as_wide_as_theory_says() -> None:
    array = np.array([0.0, 1.0] * 200)
    interval = bootstrap(400, lambda drawn: mean(array[drawn]), seed=1, rounds=2000)
    assert interval is not None
    # 1.96 standard errors of a share of 0.5 over 400 questions: 0.049 to either side.
    assert interval == pytest.approx((0.451, 0.549), abs=0.008)


def test_bootstrap_of_nothing_or_of_the_undefined() -> None:
    assert bootstrap(0, lambda drawn: 1.0, seed=0) is None
    assert bootstrap(3, lambda drawn: None, seed=0, rounds=5) is None


@given(
    st.lists(st.tuples(phrases, phrases.filter(bool)), min_size=1, max_size=8),
)
def test_bleu_from_counts_is_sacrebleus(pairs: list[tuple[str, str]]) -> None:
    from sacrebleu.metrics.bleu import BLEU

    hypotheses, references = [h for h, _ in pairs], [r for _, r in pairs]
    expected = BLEU().corpus_score(hypotheses, [references]).score
    assert corpus_bleu(bleu_counts(hypotheses, references)) == pytest.approx(expected)


def test_bleu_of_nothing() -> None:
    assert corpus_bleu(bleu_counts([], [])) is None
