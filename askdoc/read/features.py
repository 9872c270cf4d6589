"""What the lexical reader looks at: one row of numbers for a question and a sentence.

Each feature is a fact that a person could check by eye: how much of the question the sentence
holds, whether it holds a date where a date was asked for. What each is worth was fitted by
`lab/training/lexical.py`; `FEATURES` names the columns in order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import log, sqrt
from typing import TYPE_CHECKING, NamedTuple

from askdoc.english import background
from askdoc.english.answer_types import AnswerType
from askdoc.model import Hit
from askdoc.read.analysis import QuestionAnalysis
from askdoc.read.answer_forms import answers, counts_what_is_asked, has_answer, nearness
from askdoc.read.missed import BEFORE, Lack, Lacking
from askdoc.read.parts import PassageParts, SentenceParts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Row(NamedTuple):
    """The features of one sentence for one question.

    Shares are of the question's terms, weighed by idf: 1.0 is all of them.
    """

    exact: float  # share of the question in the sentence
    soft: float  # the same, terms of near meaning counting in part
    local: float  # the share in the sentence, weighed by rarity among the sentences read
    soft_local: float  # the same, terms of near meaning counting in part
    bm25: float  # BM25 of the sentence among the sentences read, as a share of the most possible
    context: float  # share that is missing here but stands just before or in the passage's heading
    density: float  # how close together the question's terms stand
    meaning: float  # cosine of question and sentence, as mean vectors
    length: float  # log of the number of terms
    asks: float  # the sentence is itself a question
    leftover: (
        float  # 1 the sentence is what a page leaves behind, 0.5 a heading, caption or signature
    )
    person: float  # 1 a name that answers "who", -1 none, 0 not asked; and so on:
    place: float
    date: float
    number: float
    reason: float
    near: float  # how close the nearest such answer stands to the question's terms
    counted: float  # the number counts what "how many" asks about
    focus: float  # the sentence holds the word that "what" or "which" asks about
    focus_soft: float  # or one of near meaning
    worst: float  # share of the term that is missed most; what the document says for all, little
    rank: float  # the passage's retrieval score, as a share of the best
    reference: float  # the sentence opens with "she" or "this", and its neighbours hold the rest
    numerals: float  # 0.5 all of the question's numerals, -0.5 none, 0 there are none
    denial: float  # the question denies something, the sentence does not
    lost_names: float  # how many of the question's names passage and title lack, in any words
    lacking: float  # a count was asked for, and there is neither a number nor a word for one
    miscounted: float  # "how many" was asked of something that no number here counts
    elsewhere: (
        float  # share that is missing here and around it, but stands elsewhere in what is read
    )
    other_year: float  # a year was asked for, and sentence or heading are of another


FEATURES = Row._fields
_K1, _B = 1.2, 0.6
# What "wrote" or "written" is worth where the author is asked for.
_CREDIT = 0.8
# What it still counts to miss a word that the document says of itself once, for all of it.
_SAID = 0.1
# The features that tell of an answer of the form that is asked for.
_FORMS = {
    "person": AnswerType.PERSON,
    "place": AnswerType.PLACE,
    "date": AnswerType.DATE,
    "number": AnswerType.NUMBER,
    "reason": AnswerType.REASON,
}
# Letters that a name shares with the words made of it.
_STEM = 4


class Reading(NamedTuple):
    """What is the same for all sentences of one reading."""

    asked: QuestionAnalysis
    local: dict[str, float]
    local_total: float
    average_length: float


def features(
    asked: QuestionAnalysis, hits: Sequence[Hit], passages: Sequence[PassageParts]
) -> NDArray[np.float64]:
    """One row a sentence, in the order of the passages; columns as in `FEATURES`."""
    import numpy as np

    everything = [parts for passage in passages for parts in passage.sentences]
    local = _rarity(asked, everything)
    average = sum(parts.length for parts in everything) / max(1, len(everything))
    reading = Reading(asked, local, sum(local.values()) or 1.0, max(1.0, average))
    vectors = background.vectors(asked.terms)
    weights = np.array(asked.weights, dtype=np.float32)
    mean = weights @ vectors if asked.terms else np.zeros(vectors.shape[1])
    mean = mean / (np.linalg.norm(mean) or 1.0)
    rows: list[Row] = []
    lacking = Lacking(asked, passages)
    best = hits[0].score if hits else 0.0
    for number, (hit, passage) in enumerate(zip(hits, passages, strict=True)):
        worth = _worth(asked, vectors, passage)
        meaning = passage.means @ mean
        best_worth = [
            worth[:, member].max(axis=1, initial=0.0).tolist() for member in passage.members
        ]
        rows.extend(
            _row(
                reading,
                passage,
                at,
                worth=best_worth[max(0, at - BEFORE) : at + 1],
                lack=lacking.of(number, at),
                meaning=float(meaning[at]),
                rank=hit.score / best if best else 0.0,
            )
            for at in range(len(passage.members))
        )
    return np.array(rows, dtype=np.float64).reshape(-1, len(FEATURES))


def _worth(
    asked: QuestionAnalysis, vectors: NDArray[np.float32], passage: PassageParts
) -> NDArray[np.float32]:
    """What a match of each term asked for with each of the passage's is worth, 1.0 the same."""
    import numpy as np

    worth = background.relatedness(vectors @ passage.vectors.T)
    for at, term in enumerate(asked.terms):
        if term in asked.capitals:
            # Nothing means the same as a name but what is made of it: Mexico, Mexican.
            made_of_it = [other.startswith(term[:_STEM]) for other in passage.columns]
            worth[at] *= np.array(made_of_it, dtype=np.float32)
        for other in asked.authorship & passage.columns.keys():
            worth[at, passage.columns[other]] = _CREDIT
        column = passage.columns.get(term)
        if column is not None:
            worth[at, column] = 1.0
    return worth


def _rarity(asked: QuestionAnalysis, sentences: Sequence[SentenceParts]) -> dict[str, float]:
    """Inverse document frequency of the question's terms among the sentences that are read."""
    return {
        term: log((len(sentences) + 1) / (sum(term in s.counts for s in sentences) + 0.5))
        for term in asked.terms
    }


def _row(
    reading: Reading,
    passage: PassageParts,
    at: int,
    worth: list[list[float]],
    lack: Lack,
    meaning: float,
    rank: float,
) -> Row:
    asked, parts = reading.asked, passage.sentences[at]
    held = [term for term in asked.terms if term in parts.counts]
    found = answers(asked, parts)
    kind = has_answer(asked.kind, found, parts)
    context = _context(asked, passage, at)
    counted = counts_what_is_asked(asked, parts)
    lost = [w * (1.0 - got) for w, got in zip(asked.weights, worth[-1], strict=True)]
    by_term = dict(zip(asked.terms, worth[-1], strict=True))
    return Row(
        exact=sum(asked.weight[term] for term in held) / asked.total,
        soft=1.0 - sum(lost) / asked.total,
        local=sum(reading.local[term] for term in held) / reading.local_total,
        soft_local=sum(reading.local[term] * got for term, got in by_term.items())
        / reading.local_total,
        bm25=_bm25(reading, parts, held),
        context=context,
        density=_density(asked, parts, held),
        meaning=meaning,
        length=log(1 + parts.length),
        asks=float(parts.asks),
        leftover=_leftover(asked, parts),
        **{name: kind if asked.kind is one else 0.0 for name, one in _FORMS.items()},
        near=nearness(parts, found, held),
        counted=counted,
        focus=float(asked.focus in parts.counts),
        focus_soft=by_term.get(asked.focus or "", 0.0),
        worst=_worst(asked, passage, parts, lost, lack) / asked.total,
        rank=rank,
        reference=context if parts.refers else 0.0,
        numerals=_share(asked.numerals, parts.counts) - 0.5 if asked.numerals else 0.0,
        denial=float(asked.negated and not parts.negated),
        lost_names=float(lack.names),
        lacking=float(asked.counts and not found and not parts.has_quantity),
        miscounted=float(
            asked.kind is AnswerType.NUMBER and asked.focus is not None and counted < 1.0
        ),
        elsewhere=_elsewhere(asked, parts, worth, lack),
        other_year=float(lack.other_year),
    )


def _worst(
    asked: QuestionAnalysis,
    passage: PassageParts,
    parts: SentenceParts,
    lost: Sequence[float],
    lack: Lack,
) -> float:
    """The weight of the term that is missed most."""
    met = (passage.said, parts.column_terms, lack.met)
    missed = (
        loss * _SAID if any(term in one for one in met) else loss
        for term, loss in zip(asked.terms, lost, strict=True)
    )
    return max(missed, default=0.0)


def _leftover(asked: QuestionAnalysis, parts: SentenceParts) -> float:
    if parts.is_leftover:
        return 1.0
    caption = parts.caption is not None and not parts.caption.is_asked(asked.text)
    return 0.5 * (parts.is_heading or caption)


def _share(wanted: Iterable[str], there: Iterable[str]) -> float:
    wanted = set(wanted)
    return len(wanted & set(there)) / len(wanted)


def _elsewhere(
    asked: QuestionAnalysis, parts: SentenceParts, worth: list[list[float]], lack: Lack
) -> float:
    """The share of the words that stand elsewhere, where nothing beside means much the same."""
    if not lack.elsewhere:
        return 0.0
    beside = worth if parts.row is None else worth[-1:]
    share = sum(
        asked.weights[at] * (1.0 - max(row[at] for row in beside))
        for at, term in enumerate(asked.terms)
        if term in lack.elsewhere
    )
    return share / asked.total


def _context(asked: QuestionAnalysis, passage: PassageParts, at: int) -> float:
    here = passage.sentences[at].counts
    # A row of a table can't borrow its neighbours' words.
    is_row = passage.sentences[at].row is not None
    before = [parts.counts for parts in passage.sentences[max(0, at - 2) : at] if not is_row]
    around = () if is_row else passage.columns
    named = passage.sentences[at].column_terms
    share = 0.0
    for term, weight in asked.weight.items():
        if term in here:
            continue
        if any(term in counts for counts in before):
            share += weight
        elif (
            term in around or term in passage.heading_terms or term in passage.said or term in named
        ):
            share += weight / 2
    return share / asked.total


def _bm25(reading: Reading, parts: SentenceParts, held: list[str]) -> float:
    norm = _K1 * (1 - _B + _B * parts.length / reading.average_length)
    score = sum(
        reading.local[term] * parts.counts[term] * (_K1 + 1) / (parts.counts[term] + norm)
        for term in held
    )
    return score / reading.local_total


def _density(asked: QuestionAnalysis, parts: SentenceParts, held: list[str]) -> float:
    """The best window of the sentence: share it holds, times its terms, by root of its width."""
    if len(held) < 2:
        return 0.0
    spots = sorted((place, term) for term in held for place in parts.places[term])
    best = 0.0
    for at, (first, _) in enumerate(spots):
        seen: dict[str, float] = {}
        for place, term in spots[at : at + 12]:
            seen[term] = asked.weight[term]
            share = sum(seen.values()) / asked.total
            if len(seen) > 1:
                best = max(best, share * len(seen) / sqrt(place - first + 1))
    return best
