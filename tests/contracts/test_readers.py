"""What holds for every reader. A new one is tested by its row in FACTORIES."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import CORPORA, FEWER, as_documents, questions

from askdoc.model import Document, Extract, Hit, Passage, Question
from askdoc.read import Explaining, Reader
from askdoc.read.lexical import LexicalReader
from askdoc.read.neural import NeuralReader
from askdoc.split import group, split

Factory = Callable[[], Reader]
FACTORIES: list[Factory] = [LexicalReader, NeuralReader]

pytestmark = pytest.mark.parametrize("make", FACTORIES)


def hits_of(documents: list[Document]) -> list[Hit]:
    """All passages as hits, with falling scores."""
    passages = [passage for document in documents for passage in group(split(document))]
    return [Hit(passage, 1.0 / (1 + number)) for number, passage in enumerate(passages)]


def ask(question: str) -> Question:
    return Question(asked=question, resolved=question)


def check(extracts: list[Extract], hits: list[Hit]) -> None:
    given_sentences = sorted(
        (id(s.document), s.start, s.end) for hit in hits for s in hit.passage.sentences
    )
    returned = sorted((id(x.sentence.document), *x.sentence[1:]) for x in extracts)
    assert returned == given_sentences
    confidences = [extract.confidence for extract in extracts]
    assert confidences == sorted(confidences, reverse=True)
    assert all(0.0 <= confidence <= 1.0 for confidence in confidences)
    for extract in extracts:
        if extract.short is not None:
            short, sentence = extract.short, extract.sentence
            assert sentence.start <= short.start < short.end <= sentence.end
            words = sentence.document.text[short.start : short.end]
            assert words == words.strip()


@FEWER
@given(data=st.data(), texts=CORPORA)
def test_each_sentence_once_with_a_falling_confidence(
    make: Factory, data: st.DataObject, texts: dict[str, str]
) -> None:
    hits = hits_of(as_documents(texts))
    question = ask(data.draw(questions(texts)))
    reader = make()
    extracts = reader.read(question, hits)
    check(extracts, hits)
    assert reader.read(question, hits) == extracts
    assert make().read(question, hits) == extracts


@FEWER
@given(data=st.data(), texts=CORPORA)
def test_what_was_read_before_changes_nothing(
    make: Factory, data: st.DataObject, texts: dict[str, str]
) -> None:
    hits = hits_of(as_documents(texts))
    first, other = ask(data.draw(questions(texts))), ask(data.draw(questions(texts)))
    reader = make()
    before = reader.read(first, hits)
    reader.read(other, hits[::-1][:2] if len(hits) > 1 else hits)
    assert reader.read(first, hits) == before


@pytest.mark.parametrize("question", ["Who built the bridge?", "", "???", "what is it", "a" * 9999])
def test_nothing_to_read(make: Factory, question: str) -> None:
    assert make().read(ask(question), []) == []


@pytest.mark.parametrize(
    "text",
    [
        "。",
        "...",
        "a",
        "桥是1911年建造的。它很长。",
        "بُني الجسر عام 1911. وهو طويل.",
        "मैं कल गाँव जाऊँगा।",
        "\x00 \ufeff",
        "1 2 3",
        "bridge " * 280,
        "!" * 1999,
    ],
)
@pytest.mark.parametrize(
    "question",
    ["Who built the bridge?", "When?", "how many of them", "桥是谁建造的？", "???", "", "it"],
)
def test_texts_and_questions_of_hardly_anything(make: Factory, text: str, question: str) -> None:
    hits = hits_of([Document(text, "a")])
    assert hits
    check(make().read(ask(question), hits), hits)


BRIEF = (
    "Port Ellery sold its lighthouse on Monday. The council voted seven to two for the sale. "
    "Mayor Ruth Callan said the tower could not be painted every spring. "
    "The lamp was put out in 2006 because ships no longer needed it. "
    "A fisherman, Owen Lindqvist, bought the lighthouse for 40,000 pounds. "
    "He wants to open a school there."
)


@pytest.mark.parametrize(
    ("question", "quote", "short"),
    [
        ("When was the lamp put out?", "The lamp was put out in 2006", "2006"),
        ("Who bought the lighthouse?", "A fisherman, Owen Lindqvist", "Lindqvist"),
        ("Why was the lamp put out?", "The lamp was put out in 2006", "ships no longer"),
        ("How many pounds did he pay for the lighthouse?", "A fisherman, Owen Lindqvist", "40,000"),
        ("How did the council vote on the sale?", "The council voted", None),
        ("What did Ruth Callan say about the tower?", "Mayor Ruth Callan", None),
    ],
)
def test_plain_questions_to_a_short_text(
    make: Factory, question: str, quote: str, short: str | None
) -> None:
    document = Document(BRIEF, "brief.txt")
    best = make().read(ask(question), hits_of([document]))[0]
    assert best.sentence.text.startswith(quote)
    if short is not None:
        assert best.short is not None
        assert short in BRIEF[best.short.start : best.short.end]


def test_a_sentence_that_answers_is_surer_than_one_beside_the_point(make: Factory) -> None:
    hits = hits_of([Document(BRIEF, "brief.txt")])
    asked = make().read(ask("When was the lamp put out?"), hits)[0].confidence
    strange = make().read(ask("How many whales did the museum in Oslo buy?"), hits)[0].confidence
    assert asked > strange


def test_passages_of_several_documents_are_read_together(make: Factory) -> None:
    documents = [Document(BRIEF, "a"), Document("The ferry was built in 1975. It leaks.", "b")]
    hits = hits_of(documents)
    best = make().read(ask("When was the ferry built?"), hits)[0]
    assert best.sentence.document is documents[1]


def test_the_same_passage_twice_is_read_twice(make: Factory) -> None:
    document = Document("The bridge fell in 1911.", "a")
    passage: Passage = next(iter(group(split(document))))
    hits = [Hit(passage, 2.0), Hit(passage, 1.0)]
    assert len(make().read(ask("When did the bridge fall?"), hits)) == 2


def test_marks_are_told_of_the_sentences_that_were_read_alone(make: Factory) -> None:
    hits = hits_of(as_documents({"a": "The ferry sank in May. It was old.", "b": "It rained."}))
    reader = make()
    assert isinstance(reader, Explaining)
    question = ask("When did the ferry sink?")
    first = reader.read(question, hits)[0].sentence
    marks = reader.contributions(question, hits, first)
    assert len({mark.name for mark in marks}) == len(marks) > 1
    assert marks == reader.contributions(question, hits, first)
    elsewhere = hits_of(as_documents({"c": "The ferry sank in May."}))[0].passage.sentences[0]
    assert reader.contributions(question, hits, elsewhere) == []
    assert reader.contributions(question, [], first) == []
