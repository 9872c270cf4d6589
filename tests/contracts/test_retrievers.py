"""What holds for every retriever. A new one is tested by its row in FACTORIES."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import chain, groupby
from pathlib import Path
from tempfile import TemporaryDirectory

import clusters
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from saving import parcel_of, save, save_in_cluster
from simulated import ADDRESS, SimulatedClient, SimulatedCluster
from strategies import CORPORA, as_documents, questions

from askdoc.cluster.address import Address
from askdoc.english.analyzer import terms
from askdoc.index.cluster_place import ClusterPlace
from askdoc.model import Document, Hit, Passage, Sentence
from askdoc.retrieve import Retriever
from askdoc.retrieve.cluster import ClusterRetriever as OverCluster
from askdoc.retrieve.index_corpus import IndexCorpus
from askdoc.retrieve.memory import MemoryRetriever
from askdoc.retrieve.memory_corpus import MemoryCorpus
from askdoc.retrieve.opening import retriever
from askdoc.retrieve.query import query
from askdoc.retrieve.union_corpus import UnionCorpus
from askdoc.split import group, split
from askdoc.store.stored import StoredPassage


class SavedRetriever:
    """The retriever over a saved index of these passages, as if each document were a file."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._folder = TemporaryDirectory()
        place = Path(self._folder.name)
        self._originals = list(passages)
        save(self._originals, place)
        self._retriever = retriever(place)
        self._numbers = [passage.number for passage in self._retriever.passages]
        self.corpus = IndexCorpus(self._retriever)

    def search(self, weights: Mapping[str, float], limit: int) -> list[Hit]:
        return self.originals(self._retriever.search(weights, limit))

    def originals(self, hits: Sequence[Hit]) -> list[Hit]:
        """The hits, with the passages that were saved."""
        return [Hit(self._original(hit.passage), hit.score) for hit in hits]

    def _original(self, passage: Passage) -> Passage:
        if not isinstance(passage, StoredPassage):
            return original_of(passage, self._originals)
        original = self._originals[self._numbers.index(passage.number)]
        assert passage.text == original.text
        assert [(s.start, s.end) for s in passage.sentences] == [
            (s.start, s.end) for s in original.sentences
        ]
        return original


class ClusterRetriever(SavedRetriever):
    """The same in a cluster, in the place of what was there for the test before."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        (cluster,) = clusters.shared
        address = Address.parse(f"{cluster.url}/contract")
        self._originals = list(passages)
        save_in_cluster(self._originals, ClusterPlace(address))
        self._retriever = retriever(address)
        self._numbers = [passage.number for passage in self._retriever.passages]
        self.corpus = IndexCorpus(self._retriever)


class SimulatedRetriever(SavedRetriever):
    """The same in a cluster that is simulated: what it is told to be, it has to be like this."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        exchange = SimulatedCluster().exchange
        self._originals = list(passages)
        place = ClusterPlace(ADDRESS, {}, lambda address, _: SimulatedClient(exchange, address))
        save_in_cluster(self._originals, place)
        self._retriever = OverCluster(ADDRESS, SimulatedClient(exchange))
        self._numbers = [passage.number for passage in self._retriever.passages]
        self.corpus = IndexCorpus(self._retriever)


class SelectedRetriever(SavedRetriever):
    """A saved index of these and of other documents, of which these are asked."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        count = len(by_document(passages))
        super().__init__([*others("before"), *passages, *others("after")])
        names = [document.source for document in self.corpus.documents]
        before = len(OTHERS)
        self._selected = self.corpus.only(names[before : before + count])

    def search(self, weights: Mapping[str, float], limit: int) -> list[Hit]:
        return self.originals(self._selected.search(weights, limit))


class JoinedRetriever(SavedRetriever):
    """The first documents in a saved index, the others in memory."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        parts = by_document(passages)
        middle = (len(parts) + 1) // 2
        super().__init__(list(chain.from_iterable(parts[:middle])))
        self._originals = list(passages)
        self._joined = UnionCorpus(self.corpus, held(parts[middle:]))

    def search(self, weights: Mapping[str, float], limit: int) -> list[Hit]:
        return self.originals(self._joined.search(weights, limit))


class HeldRetriever:
    """These documents in memory, among others that are not asked."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._originals = passages
        parts = by_document(passages)
        names = {part[0].document.source for part in parts}
        around = [*by_document(others("before")), *parts, *by_document(others("after"))]
        self._corpus = held(around).only(names)

    def search(self, weights: Mapping[str, float], limit: int) -> list[Hit]:
        hits = self._corpus.search(weights, limit)
        return [Hit(original_of(hit.passage, self._originals), hit.score) for hit in hits]


OTHERS = ("The bridge and the tower stood by the river.", "A lamp, a ferry and a mayor.")


def others(name: str) -> list[Passage]:
    """The passages of documents that are not asked."""
    documents = [Document(text, f"{name} {number}") for number, text in enumerate(OTHERS)]
    return [Passage(d, (Sentence(d, 0, len(d.text)),)) for d in documents]


def by_document(passages: Sequence[Passage]) -> list[list[Passage]]:
    """Passages, those of each document together."""
    return [list(some) for _, some in groupby(passages, lambda passage: passage.document)]


def held(parts: Sequence[list[Passage]]) -> MemoryCorpus:
    """Documents in memory that are cut into these passages."""
    cut = {part[0].document: part for part in parts}
    return MemoryCorpus.of(cut, lambda document: parcel_of(cut[document]))


def original_of(passage: Passage, originals: Sequence[Passage]) -> Passage:
    """The passage that it was made of."""
    same = (one for one in originals if one.document is passage.document)
    return next(one for one in same if one.start == passage.start)


Factory = Callable[[Sequence[Passage]], Retriever]
FACTORIES: list[Factory] = [
    MemoryRetriever, SavedRetriever, HeldRetriever, SelectedRetriever, JoinedRetriever,
    ClusterRetriever, SimulatedRetriever,
]  # fmt: skip


@pytest.fixture(scope="module", params=FACTORIES)
def make(request: pytest.FixtureRequest) -> Factory:
    """Makes a retriever over passages."""
    if request.param is ClusterRetriever:
        request.getfixturevalue("cluster")
    factory: Factory = request.param
    return factory


def passages_of(*texts: str) -> list[Passage]:
    """One passage a text, each of one sentence."""
    documents = [Document(text, f"{number}.txt") for number, text in enumerate(texts)]
    return [
        Passage(document, (Sentence(document, 0, len(document.text)),)) for document in documents
    ]


def found(hits: list[Hit], passages: Sequence[Passage]) -> list[int]:
    """The numbers of the passages that were hit, in the order of the hits."""
    return [list(passages).index(hit.passage) for hit in hits]


def test_nothing_to_search(make: Factory) -> None:
    assert make([]).search({"bridg": 1.0}, 10) == []


def test_one_passage(make: Factory) -> None:
    passages = passages_of("The bridge fell in the flood.")
    retriever = make(passages)
    assert found(retriever.search({"bridg": 1.0}, 10), passages) == [0]
    assert retriever.search({"tower": 1.0}, 10) == []
    assert retriever.search({}, 10) == []


def test_two_passages(make: Factory) -> None:
    passages = passages_of("The bridge fell in the flood.", "The tower stood.")
    retriever = make(passages)
    assert found(retriever.search({"bridg": 1.0}, 10), passages) == [0]
    assert found(retriever.search({"tower": 1.0}, 10), passages) == [1]
    assert sorted(found(retriever.search({"tower": 1.0, "flood": 1.0}, 10), passages)) == [0, 1]


@pytest.mark.parametrize("count", [1, 2, 3, 4, 10])
def test_a_term_of_every_passage_still_counts(make: Factory, count: int) -> None:
    passages = passages_of(*["The bridge fell."] * count)
    hits = make(passages).search({"bridg": 1.0}, 100)
    assert found(hits, passages) == list(range(count))
    assert all(hit.score > 0.0 for hit in hits)


def test_equal_scores_stand_in_the_order_of_the_passages(make: Factory) -> None:
    passages = passages_of("A tower.", "A bridge.", "The tower!", "One tower", "The bridge.")
    hits = make(passages).search({"tower": 1.0}, 10)
    assert found(hits, passages) == [0, 2, 3]
    assert found(make(passages).search({"tower": 1.0}, 2), passages) == [0, 2]


def test_more_of_the_question_is_better(make: Factory) -> None:
    passages = passages_of(
        "The mayor spoke to the school.",
        "The mayor opened the bridge at noon.",
        "The ferry was late at noon.",
    )
    hits = make(passages).search({"mayor": 1.0, "bridg": 1.0}, 10)
    assert found(hits, passages) == [1, 0]


def test_a_rare_word_counts_for_more_than_a_common_one(make: Factory) -> None:
    texts = ["The mayor spoke about winter."] * 6 + ["The lighthouse spoke about winter."]
    passages = passages_of(*texts)
    hits = make(passages).search({"mayor": 1.0, "lighthous": 1.0}, 10)
    assert found(hits, passages)[0] == 6


def test_a_term_that_is_worth_less_counts_for_less(make: Factory) -> None:
    passages = passages_of("A bridge.", "A tower.")
    retriever = make(passages)
    assert found(retriever.search({"bridg": 0.2, "tower": 1.0}, 2), passages) == [1, 0]
    assert found(retriever.search({"bridg": 1.0, "tower": 0.2}, 2), passages) == [0, 1]


def test_scores_are_as_high_as_the_weights(make: Factory) -> None:
    passages = passages_of("A bridge over the river.", "A tower by the river.", "A lamp.")
    weights = {"bridg": 1.0, "river": 0.4, "lamp": 0.1}
    whole = make(passages).search(weights, 10)
    half = make(passages).search({term: worth / 2 for term, worth in weights.items()}, 10)
    assert found(half, passages) == found(whole, passages)
    assert [hit.score * 2 for hit in half] == pytest.approx([hit.score for hit in whole])


def test_words_nobody_wrote_change_nothing(make: Factory) -> None:
    passages = passages_of("The bridge fell.", "The tower and the bridge stood.")
    retriever = make(passages)
    assert retriever.search({"zzz": 1.0, "qqq": 1.0}, 5) == []
    assert found(retriever.search({"bridg": 1.0, "zzz": 1.0}, 5), passages) == found(
        retriever.search({"bridg": 1.0}, 5), passages
    )


@pytest.mark.parametrize(
    "hostile", ["", " ", '"', "*", "AND", "a OR b", "x:y", "a" * 70_000, "\x00", "中", "(", "-1"]
)
def test_a_term_is_never_a_query_language(make: Factory, hostile: str) -> None:
    passages = passages_of("The bridge fell.", "x y a b or and")
    hits = make(passages).search({hostile: 1.0, "bridg": 1.0}, 5)
    assert found(hits, passages)[0] == 0


def test_a_limit_of_nothing_and_of_more_than_there_is(make: Factory) -> None:
    passages = passages_of("The bridge fell.", "A bridge.", "Two bridges.")
    retriever = make(passages)
    assert retriever.search({"bridg": 1.0}, 0) == []
    assert len(retriever.search({"bridg": 1.0}, 1)) == 1
    assert len(retriever.search({"bridg": 1.0}, 10**9)) == 3


@settings(deadline=None, max_examples=40)
@given(data=st.data(), texts=CORPORA)
def test_hits_share_a_term_and_fall_in_score(
    make: Factory, data: st.DataObject, texts: dict[str, str]
) -> None:
    passages = [passage for document in as_documents(texts) for passage in group(split(document))]
    weights = query(data.draw(questions(texts)))
    retriever = make(passages)
    hits = retriever.search(weights, len(passages) + 1)
    numbers = found(hits, passages)
    sharing = [at for at, p in enumerate(passages) if not weights.keys().isdisjoint(terms(p.text))]
    assert sorted(numbers) == sharing
    assert all(hit.score > 0.0 for hit in hits)
    ranks = [(-hit.score, number) for hit, number in zip(hits, numbers, strict=True)]
    assert ranks == sorted(ranks)
    assert retriever.search(weights, len(passages) + 1) == hits
    limit = data.draw(st.integers(0, len(passages)))
    assert retriever.search(weights, limit) == hits[:limit]


@settings(deadline=None, max_examples=40)
@given(data=st.data(), texts=CORPORA)
def test_all_give_the_same_order_and_the_same_scores_number_by_number(
    make: Factory, data: st.DataObject, texts: dict[str, str]
) -> None:
    """In single precision, and by lengths in steps, a saved index scored a little otherwise."""
    passages = [passage for document in as_documents(texts) for passage in group(split(document))]
    weights = query(data.draw(questions(texts)))
    # What is not asked counts all the same when it comes to how rare a term is.
    around = make in (HeldRetriever, SelectedRetriever)
    all_of_them = [*others("before"), *passages, *others("after")] if around else passages
    everything = MemoryRetriever(all_of_them).search(weights, len(all_of_them))
    expected = [hit for hit in everything if hit.passage in passages]
    limit = data.draw(st.integers(0, len(passages) + 1))
    assert make(passages).search(weights, limit) == expected[:limit]
