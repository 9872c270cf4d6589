"""A question -> the terms to look for: its own, and in second place those that mean much the same.

Somebody who asks for a "legal change" must also be shown the passages about a "reform"; what they
are worth to the answer is for the reader to say.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from askdoc.english import background
from askdoc.english.analyzer import AUTHOR, AUTHORSHIP, normalize_question, terms

# A question longer than this is a text; its later terms stand for themselves only.
_WIDENED = 40
# A related term counts so much of what the term itself would.
_SHARE = 0.4
_BYLINE = 0.9
# A term of another wording counts so much.
_ALSO = 0.3


def own_terms(words: str) -> dict[str, float]:
    """The terms of a question, or of any words, each worth 1.0; empty without content words."""
    return dict.fromkeys(terms(normalize_question(words)), 1.0)


def query(question: str, also: Iterable[str] = ()) -> dict[str, float]:
    """Terms and what a match of each is worth: 1.0 for the question's own, less for related ones.

    Those of other wordings (`also`) are worth less, too.

    Empty when the question has nothing but function words.
    """
    return widened(own_terms(question), map(own_terms, also))


def widened(own: Iterable[str], also: Iterable[Iterable[str]] = ()) -> dict[str, float]:
    """`query` of terms that are at hand: the question's own, and those of each other wording."""
    weights = dict.fromkeys(own, 1.0)
    for term in list(weights)[:_WIDENED]:
        for other, worth in background.related(term).items():
            weights[other] = max(weights.get(other, 0.0), _SHARE * worth)
        if term in AUTHORSHIP:
            # "Who wrote this?": a line that says "by" is what was asked for.
            for other in AUTHORSHIP:
                worth = _BYLINE if other == AUTHOR else _SHARE
                weights[other] = max(weights.get(other, 0.0), worth)
    for terms_of_one in also:
        for term in islice(terms_of_one, _WIDENED):
            weights[term] = max(weights.get(term, 0.0), _ALSO)
    return weights
