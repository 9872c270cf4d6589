"""A question that names a document, and what that document has for it.

"... under the Bramble Cloud Terms" is asked of that one document of many, whose clauses say "this
agreement" and never "Bramble". What a file is called, its title and the parties that it defines
count as said in each of its passages, so that those are found that do not spell the name; the
passages of others stay where they are, since a name may also be asked about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from askdoc.english import background
from askdoc.model import Document, Hit
from askdoc.read.analysis import QuestionAnalysis, analysed
from askdoc.read.said import said_terms
from askdoc.retrieve import Corpus

# Names that fit more documents tell none apart.
_MOST = 6
# A document is meant as well whose name fits nearly as well as the best.
_NEARLY = 0.75
# A first passage begins within so many code points.
_OPENS = 400
_PASSAGES = 30
# What a name that counts as said is worth beside one that stands in the passage.
_WORTH = 0.7


def pointed_at(
    question: str, corpus: Corpus, weights: Mapping[str, float], hits: Sequence[Hit]
) -> list[Hit]:
    """Passages of the documents that a question names, best first; mostly none.

    Args:
        question: as it is understood.
        corpus: what it is asked of.
        weights: the terms that are looked for, and what each is worth.
        hits: what was found by these among all documents.
    """
    asked = analysed(question)
    own = set(asked.own)
    if len(own) < 2:
        return []
    meant = _meant(asked, own, [*corpus.named(own), *_openings(hits)])
    held = frozenset[str]().union(*meant.values())
    others = any(hit.passage.document not in meant for hit in hits)
    if not meant or not others or not own - held:
        return []
    rest = {term: weight for term, weight in weights.items() if term not in held}
    found = corpus.within(list(meant), rest, _PASSAGES)
    spelt = corpus.search({term: weights[term] for term in held if term in weights}, 1)
    worth = _WORTH * spelt[0].score if spelt else 0.0
    return [Hit(passage, score + worth) for passage, score in found]


def _openings(hits: Sequence[Hit]) -> list[Document]:
    return [hit.passage.document for hit in hits if hit.passage.start < _OPENS]


def _meant(
    asked: QuestionAnalysis, own: Set[str], documents: Sequence[Document]
) -> dict[Document, frozenset[str]]:
    """The documents that the question names, each with the terms by which it does."""
    fitting: dict[Document, frozenset[str]] = {}
    for document in dict.fromkeys(documents):
        held = frozenset(said_terms(document).intersection(own))
        # A single common word that a title happens to have is no name.
        if len(held) > 1 or held & (asked.capitals | asked.numerals):
            fitting[document] = held
    fits = {document: sum(map(background.idf, held)) for document, held in fitting.items()}
    best = max(fits.values(), default=0.0)
    meant = {one: fitting[one] for one, fit in fits.items() if fit >= _NEARLY * best}
    return meant if len(meant) <= _MOST else {}


def merged(pointed: Sequence[Hit], hits: Sequence[Hit]) -> list[Hit]:
    """Both in one list, best first, each passage once with the better of its scores."""
    if not pointed:
        return list(hits)
    best: dict[object, Hit] = {}
    for hit in (*hits, *pointed):
        known = best.get(hit.passage)
        if known is None or hit.score > known.score:
            best[hit.passage] = hit
    return sorted(best.values(), key=lambda hit: -hit.score)
