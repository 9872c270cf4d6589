"""Corpora and questions for the benchmarks at scale: made by rule, the same each time."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scale_texts import DOCUMENTS, PARAGRAPHS, texts

from askdoc.english.analyzer import STOP_WORDS
from askdoc.load.text.plain import load_plain
from askdoc.split import group, split
from lab.benchmarks import scale
from lab.benchmarks.corpus import Corpus, digest
from lab.benchmarks.gather import SEED, make
from lab.benchmarks.growth import Growth
from lab.benchmarks.queries import draw
from lab.benchmarks.scale import Measured
from lab.benchmarks.scale_table import render
from lab.benchmarks.timing import BenchmarkError

__all__ = ["texts"]


def _text_of(corpus: Corpus) -> list[Path]:
    return sorted(corpus.files.rglob("*.txt"))


def test_a_corpus_is_its_files_split(texts: Path, tmp_path: Path) -> None:
    corpus = make(tmp_path / "corpus", [texts], 100)
    passages = list(corpus.passages())
    again = [
        passage.text
        for path in _text_of(corpus)
        for passage in group(split(load_plain(path.read_bytes(), path.name)))
    ]
    assert passages == again
    about = corpus.about()
    assert about is not None
    assert (about.passages, about.real, about.growth) == (100, 100, 0.0)
    assert about.documents == len(_text_of(corpus)) == 34
    assert about.characters == sum(map(len, passages))
    assert len(set(passages)) == 100
    assert not re.search("wheels", " ".join(passages), re.I)


def test_a_corpus_is_kept_and_made_the_same_again(texts: Path, tmp_path: Path) -> None:
    first = make(tmp_path / "one", [texts], 30)
    before = [path.stat().st_mtime_ns for path in _text_of(first)]
    assert make(tmp_path / "one", [texts], 30) == first
    assert [path.stat().st_mtime_ns for path in _text_of(first)] == before
    second = make(tmp_path / "two", [texts], 30)
    assert list(first.passages()) == list(second.passages())
    assert [path.read_bytes() for path in _text_of(first)] == [
        path.read_bytes() for path in _text_of(second)
    ]
    (tmp_path / "one" / "corpus.json").unlink()  # as when it was left half made
    (tmp_path / "one" / "files" / "left.txt").write_text("Left over.")
    make(tmp_path / "one", [texts], 30)
    assert "left.txt" not in {path.name for path in _text_of(first)}


def test_too_little_text_is_multiplied_and_told(texts: Path, tmp_path: Path) -> None:
    corpus = make(tmp_path / "corpus", [texts], 400)
    about = corpus.about()
    assert about is not None
    assert about.passages == 400
    assert about.real == DOCUMENTS * PARAGRAPHS
    passages = list(corpus.passages())
    assert len(set(passages)) == 400
    # 120 passages hold nearly all 700 words: what the copies add to them is Heaps' growth.
    sizes = [_vocabulary(passages[: about.real * times]) for times in (1, 2, 3)]
    assert sizes[0] < sizes[1] < sizes[2]
    for times, size in enumerate(sizes, start=1):
        assert size / sizes[0] == pytest.approx(times**about.growth, rel=0.1)
    said = render([Measured(about, ())], as_markdown=False)
    assert "400 passages" in said
    assert f"280 of them in varied copies (Heaps' exponent {about.growth:.2f})" in said


def _vocabulary(passages: list[str]) -> int:
    return len(set(re.findall(r"\w+", " ".join(passages))))


@given(st.integers(1, 60), st.integers(1, 60), st.text(max_size=200))
def test_copies_keep_the_text_but_for_words(
    growth: Growth, one: int, other: int, text: str
) -> None:
    changed = growth.varied(text, one)
    assert re.sub(r"\w+", "", changed) == re.sub(r"\w+", "", text)
    assert growth.varied(text, one) == changed
    assert growth.varied("In 1850 and 7.", one) == f"In {1850 + one} and {7 + one}."
    assert (growth.varied("7", one) == growth.varied("7", other)) == (one == other)


@pytest.fixture(scope="module")
def growth(texts: Path, tmp_path_factory: pytest.TempPathFactory) -> Growth:
    return Growth(make(tmp_path_factory.mktemp("growth") / "corpus", [texts], 60), SEED)


def test_questions_are_drawn_from_single_sentences(texts: Path, tmp_path: Path) -> None:
    corpus = make(tmp_path / "corpus", [texts], 100)
    questions = draw(corpus, 50, SEED)
    assert questions == draw(corpus, 50, SEED) != draw(corpus, 50, SEED + 1)
    assert len({question.text for question in questions}) == len(questions) == 50
    by_digest = {digest(passage): passage for passage in corpus.passages()}
    for question in questions:
        assert 4 <= len(question.words) <= 6
        assert not STOP_WORDS.intersection(question.words)
        assert question.text.endswith(f"{' '.join(question.words)}?")
        in_order = r"\b[^.]*\b".join(question.words)
        assert re.search(in_order, by_digest[question.passage]), question
        assert 1 <= len(question.terms) <= len(question.words)


def test_a_corpus_without_sentences_has_no_questions(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text("12 34 56.\n\n78 90.\n")
    corpus = make(tmp_path / "corpus", [tmp_path / "texts"], 1)
    assert draw(corpus, 50, SEED) == []
    with pytest.raises(BenchmarkError, match="too little text to ask about"):
        scale.measure(scale.Plan((tmp_path / "texts",), tmp_path / "work", (1,)))
