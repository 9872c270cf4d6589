"""The retriever over a saved index, where it has more to do than any other retriever."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rank_bm25 import BM25Plus
from saving import save
from strategies import CORPORA, as_documents, questions

from askdoc.english.analyzer import terms
from askdoc.model import Document, Passage, Sentence
from askdoc.retrieve.disk import DiskRetriever
from askdoc.retrieve.query import query
from askdoc.split import group, split

# An index is made for each.
FEW = settings(deadline=None, max_examples=40)


def saved(passages: list[Passage], folder: Path) -> DiskRetriever:
    save(passages, folder)
    return DiskRetriever(folder)


def one_each(*texts: str) -> list[Passage]:
    documents = [Document(text, f"{at}.txt") for at, text in enumerate(texts)]
    return [Passage(d, (Sentence(d, 0, len(d.text)),)) for d in documents]


SHORT = st.lists(st.sampled_from("bridge tower lamp ferry mayor flood".split()), min_size=1)


@FEW
@given(
    texts=st.lists(SHORT.map(lambda words: " ".join(words)), min_size=1, max_size=12),
    asked=st.dictionaries(st.sampled_from(["bridg", "tower", "lamp", "ferri"]), st.floats(0.1, 1)),
)
def test_scores_are_rank_bm25_s_number_by_number(texts: list[str], asked: dict[str, float]) -> None:
    analysed = [terms(text) for text in texts]
    theirs = BM25Plus(analysed, k1=1.2, b=0.75, delta=0.0)
    expected = sum(
        worth * theirs.get_scores([term])
        for term, worth in asked.items()
        if any(term in found for found in analysed)
    )
    with TemporaryDirectory() as folder:
        passages = one_each(*texts)
        retriever = saved(passages, Path(folder))
        hits = retriever.search(asked, len(texts))
        found = {int(hit.passage.document.source[1:-4]) - 1: hit.score for hit in hits}
    for at in range(len(texts)):
        wanted = float(expected[at]) if asked and not isinstance(expected, int) else 0.0
        assert found.get(at, 0.0) == pytest.approx(wanted, rel=1e-12)


@FEW
@given(texts=CORPORA, data=st.data())
def test_what_is_stored_is_what_was_there(texts: dict[str, str], data: st.DataObject) -> None:
    documents = as_documents(texts)
    passages = [passage for document in documents for passage in group(split(document))]
    with TemporaryDirectory() as folder:
        retriever = saved(passages, Path(folder))
        stored = list(retriever.documents)
        assert [d.text for d in stored] == [d.text for d in documents if list(group(split(d)))]
        asked = query(data.draw(questions(texts)))
        for hit in retriever.search(asked, 10):
            document = hit.passage.document
            whole = document.text
            for sentence in hit.passage.sentences:
                assert sentence.text == whole[sentence.start : sentence.end]
                fresh = Document(whole, "")
                assert document.line_at(sentence.start) == fresh.line_at(sentence.start)
                middle = (sentence.start + sentence.end) // 2
                assert document.line_at(middle) == fresh.line_at(middle)
        for document in stored:
            if document.text:
                end = data.draw(st.integers(0, len(document.text)))
                start = data.draw(st.integers(0, end))
                again = next(d for d in retriever.documents if d == document)
                assert again.part(start, end) == document.text[start:end]
