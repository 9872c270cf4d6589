"""Corpus BLEU as sacrebleu computes it by default, in a form that can be resampled.

BLEU of a corpus is a function of counts that add up over its sentences. Counted once a sentence,
a bootstrap needs no more than sums.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]


def bleu_counts(hypotheses: Sequence[str], references: Sequence[str]) -> Counts:
    """One row a sentence pair: matches of n-grams 1 to 4, n-grams, both lengths; shape (n, 10).

    Raises:
        ImportError: sacrebleu is not installed.
    """
    from sacrebleu.metrics.bleu import BLEU

    metric = BLEU()
    rows = np.zeros((len(hypotheses), 10), dtype=np.int64)
    for row, hypothesis, reference in zip(rows, hypotheses, references, strict=True):
        score = metric.corpus_score([hypothesis], [[reference]])
        row[:] = [*score.counts, *score.totals, score.sys_len, score.ref_len]
    return rows


def corpus_bleu(counts: Counts) -> float | None:
    """BLEU in [0, 100] of the sentence pairs counted in `counts`, shape (n, 10); None of nothing.

    Raises:
        ImportError: sacrebleu is not installed.
    """
    from sacrebleu.metrics.bleu import BLEU

    if not len(counts):
        return None
    total = [int(number) for number in counts.sum(axis=0)]
    score = BLEU.compute_bleu(
        correct=total[:4],
        total=total[4:8],
        sys_len=total[8],
        ref_len=total[9],
        smooth_method="exp",
    )
    return float(score.score)
