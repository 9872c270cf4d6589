"""Corpora that are narrowed and added to: in memory, in a saved index, and in both."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from saving import save
from strategies import CORPORA, as_documents, questions

from askdoc.model import Document, Hit
from askdoc.retrieve import Corpus
from askdoc.retrieve.index_corpus import IndexCorpus
from askdoc.retrieve.memory_corpus import MemoryCorpus
from askdoc.retrieve.query import query
from askdoc.split import group, split
from askdoc.store.selection import EVERYTHING, Selection

FEW = settings(deadline=None, max_examples=20)
WORDS = "bridge tower lamp ferry mayor flood".split()
LISTS = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=60), min_size=1, max_size=12)
Place = Callable[[Sequence[Document]], AbstractContextManager[Corpus]]
NAMES = st.frozensets(st.sampled_from("abcdef"))


@contextmanager
def saved(documents: Sequence[Document]) -> Iterator[IndexCorpus]:
    """The documents in a saved index, named as `save` names them: by number."""
    passages = [passage for document in documents for passage in group(split(document))]
    with TemporaryDirectory() as folder:
        save(passages, Path(folder))
        yield IndexCorpus.open(Path(folder))


@contextmanager
def held(documents: Sequence[Document]) -> Iterator[MemoryCorpus]:
    yield MemoryCorpus.of(documents)


def told(hits: Sequence[Hit]) -> list[tuple[str, int, str, float]]:
    return [(h.passage.document.source, h.passage.start, h.passage.text, h.score) for h in hits]


def look(corpus: Corpus, weights: dict[str, float]) -> tuple[object, ...]:
    """All that can be seen of a corpus."""
    passages = [(p.document.source, p.start, p.text) for p in corpus.passages]
    assert len(corpus.passages) == len(passages)
    assert len(corpus.documents) == len(list(corpus.documents))
    documents = [(document.source, document.text) for document in corpus.documents]
    return documents, passages, corpus.extents, told(corpus.search(weights, len(passages) + 1))


@pytest.mark.parametrize("place", [held, saved])
@FEW
@given(texts=CORPORA, data=st.data())
def test_narrowed_finds_what_all_find_there_with_the_same_scores(
    place: Place, texts: dict[str, str], data: st.DataObject
) -> None:
    with place(as_documents(texts)) as whole:
        names = [document.source for document in whole.documents]
        chosen = data.draw(
            st.frozensets(st.sampled_from(names)) if names else st.just(frozenset[str]())
        )
        weights = query(data.draw(questions(texts)))
        narrowed = whole.only(chosen)
        everything = told(whole.search(weights, len(whole.passages) + 1))
        expected = [hit for hit in everything if hit[0] in chosen]
        assert told(narrowed.search(weights, len(whole.passages) + 1)) == expected
        limit = data.draw(st.integers(0, len(expected) + 1))
        assert told(narrowed.search(weights, limit)) == expected[:limit]
        meant = [document for document in whole.documents if document.source in chosen]
        assert told(whole.within(meant, weights, limit)) == expected[:limit]
        assert [d.source for d in narrowed.documents] == [n for n in names if n in chosen]
        assert narrowed.extents == [one for one in whole.extents if one.source in chosen]
        assert [p.text for p in narrowed.passages] == [
            p.text for p in whole.passages if p.document.source in chosen
        ]
        assert len(narrowed.passages) == len(list(narrowed.passages))


@FEW
@given(texts=CORPORA, data=st.data())
def test_added_in_memory_is_as_if_it_had_been_there_at_once(
    texts: dict[str, str], data: st.DataObject
) -> None:
    documents = as_documents(texts)
    at = data.draw(st.integers(0, len(documents)))
    weights = query(data.draw(questions(texts)))
    before = MemoryCorpus.of(documents[:at])
    if data.draw(st.booleans()):
        before.search(weights, 1)  # It may have been asked before, or not.
    added = before.adding(documents[at:])
    assert look(added, weights) == look(MemoryCorpus.of(documents), weights)
    shared = set(map(id, before.passages)).intersection(map(id, added.passages))
    assert len(shared) == len(before.passages)  # Nothing is split again.


@pytest.mark.parametrize("place", [held, saved])
@FEW
@given(texts=CORPORA, more=CORPORA, data=st.data())
def test_the_order_of_narrowing_and_adding_does_not_matter(
    place: Place, texts: dict[str, str], more: dict[str, str], data: st.DataObject
) -> None:
    with place(as_documents(texts)) as whole:
        names = [document.source for document in whole.documents]
        # Some take the place of what is there.
        some = st.frozensets(st.sampled_from(names)) if names else st.just(frozenset[str]())
        renamed = sorted(data.draw(some))[:2]
        added = [*as_documents(more), *(Document("A bridge.", name) for name in renamed)]
        chosen = data.draw(some)
        weights = query(data.draw(questions(texts | more)))
        both = chosen.union(document.source for document in added)
        first = look(whole.only(chosen).adding(added), weights)
        assert look(whole.adding(added).only(both), weights) == first
        one_by_one: Corpus = whole.only(chosen)
        for document in added:
            one_by_one = one_by_one.adding([document])
        assert look(one_by_one, weights) == first


@FEW
@given(LISTS, st.data())
def test_a_saved_index_and_memory_score_as_one(texts: list[list[str]], data: st.DataObject) -> None:
    """To the last digit, however they are shared out."""
    documents = [Document(" ".join(text), f"{at:02}") for at, text in enumerate(texts)]
    at = data.draw(st.integers(1, len(documents)))
    weights = query("bridge lamp mayor")
    with saved(documents[:at]) as part:
        found = part.adding(documents[at:]).search(weights, len(texts))
    expected = MemoryCorpus.of(documents).search(weights, len(texts))
    assert [(hit.passage.text, hit.score) for hit in found] == [
        (hit.passage.text, hit.score) for hit in expected
    ]


def test_the_same_line_scores_the_same_saved_and_in_memory() -> None:
    """By its own mean length, a pasted line was of middling length and not a short one."""
    line, long = "The harbour bridge.", "The bridge was painted by six men in the wet spring. " * 3
    with saved([*(Document(long, f"{at}") for at in range(6)), Document(line, "x")]) as index:
        joined = index.adding([Document(line, "pasted")])
        hits = joined.search(query("harbour bridge"), 2)
    assert [hit.passage.text for hit in hits] == [line, line]
    assert [hit.passage.document.source for hit in hits] == ["/000000007.txt", "pasted"]
    assert hits[1].score == hits[0].score


def test_a_document_takes_the_place_of_those_of_its_name() -> None:
    corpus = MemoryCorpus.of([Document("One bridge.", "a"), Document("A lamp.", "b")])
    again = corpus.adding([Document("Lost.", "a"), Document("Two towers.", "a")])
    assert [(d.source, d.text) for d in again.documents] == [("b", "A lamp."), ("a", "Two towers.")]
    assert again.search({"bridg": 1.0, "lost": 1.0}, 5) == []
    assert len(corpus.search({"bridg": 1.0}, 5)) == 1  # The first is as it was.


def test_what_was_left_out_is_asked_again_when_it_is_added() -> None:
    corpus = MemoryCorpus.of([Document("One bridge.", "a"), Document("A lamp.", "b")]).only({"b"})
    assert [d.source for d in corpus.adding([Document("A tower.", "a")]).documents] == ["b", "a"]


@given(names=st.sets(st.sampled_from("abcdef")), first=NAMES, second=NAMES, third=NAMES)
def test_selections_are_sets_of_names(
    names: set[str], first: frozenset[str], second: frozenset[str], third: frozenset[str]
) -> None:
    def held_by(selection: Selection) -> set[str]:
        return set(filter(selection.holds, names))

    assert held_by(EVERYTHING) == names
    for start in (EVERYTHING, EVERYTHING.only(first), EVERYTHING.without(first)):
        at_first = held_by(start)
        assert held_by(start.only(second)) == at_first & second
        assert held_by(start.without(second)) == at_first - second
        assert held_by(start.including(second)) == at_first | (second & names)
        mixed = start.including(second).only(third).without(first)
        assert held_by(mixed) == ((at_first | second) & third & names) - first
