"""The neural reader: spans, whole words, what is read when there is too much to read."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdoc import Assistant
from askdoc.model import Document, Hit, Question, Sentence
from askdoc.read.neural import NeuralReader
from askdoc.read.spans import best_span, whole_words
from askdoc.split import group, split

_LOGITS = st.lists(st.floats(-9, 9, width=32), min_size=1, max_size=60)


@given(data=st.data(), start=_LOGITS)
def test_the_best_span_is_the_best_of_all(data: st.DataObject, start: list[float]) -> None:
    end = data.draw(st.lists(st.floats(-9, 9, width=32), min_size=len(start), max_size=len(start)))
    starts, ends = np.array(start, np.float32), np.array(end, np.float32)
    score, first, after = best_span(starts, ends)
    assert 0 <= first < after <= len(start)
    assert after - first <= 40
    every = [
        starts[i] + ends[j] for i in range(len(start)) for j in range(i, min(len(end), i + 40))
    ]
    assert score == pytest.approx(max(every), abs=1e-5)


@pytest.mark.parametrize(
    ("text", "words", "widened"),
    [
        ("It cost 40,000 pounds.", "40,00", "40,000"),
        ("It cost 40,000 pounds.", "pound", "pounds"),
        ("The re-election failed.", "election", "election"),
        ("The café closed.", "af", "café"),
        ("桥是1911年建造的。", "1911", "1911"),
        ("ab", "a", "ab"),
    ],
)
def test_a_short_answer_is_whole_words(text: str, words: str, widened: str) -> None:
    document = Document(text, "a")
    at = text.index(words)
    span = whole_words(Sentence(document, 0, len(text)), at, at + len(words))
    assert text[span.start : span.end] == widened


def test_what_is_not_read_comes_after_what_is() -> None:
    """More passages than the network has time for: all are returned, the unread ones last."""
    rows = [
        f"Port number {n} has a lighthouse, built of stone in {1500 + n} by its fishermen. " * 5
        for n in range(60)
    ]
    document = Document("\n\n".join(rows), "a")
    hits = [Hit(passage, 1.0) for passage in group(split(document))]
    question = "When was the lighthouse of port number 17 built?"
    reader = NeuralReader()
    asked = Question(asked=question, resolved=question)
    judged = reader.score(asked, hits)
    assert judged.read.any()
    assert not judged.read.all()
    extracts = reader.read(asked, hits)
    assert len(extracts) == len(judged.sentences)
    assert "1517" in extracts[0].sentence.text
    read = {(s.start, s.end) for s, seen in zip(judged.sentences, judged.read, strict=True) if seen}
    flags = [(x.sentence.start, x.sentence.end) in read for x in extracts]
    assert flags == sorted(flags, reverse=True)


def test_other_words_than_the_text_s_are_found() -> None:
    """No word of the question stands in the sentence that answers it."""
    text = (
        "The harbour lies north of town. Its lamp was switched off for good in 2006. "
        "Gulls nest on the quay. Every summer a choir sings there."
    )
    assistant = Assistant.from_texts({"a": text}, reader="neural")
    answer = assistant.ask("When did the light go dark?", threshold=0.0)
    assert "2006" in answer.text
    assert answer.citations[0].short is not None
    assert "2006" in answer.citations[0].short.text


def test_a_question_of_ten_million_letters_is_not_cut_into_pieces_to_its_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Only 64 pieces are used, but all were made: 4 GB of memory for 10 MB of words."""
    reader = NeuralReader()
    tokenizer, lengths = reader._network.tokenizer, []

    class Spy:
        def encode(self, text: str, *others: Any, **options: Any) -> Any:
            lengths.append(len(text))
            return tokenizer.encode(text, *others, **options)

        def __getattr__(self, name: str) -> Any:
            return getattr(tokenizer, name)

    hits = [Hit(passage, 1.0) for passage in group(split(Document("The lamp is lit.", "a")))]
    words = "Where is the lamp lit? " + "lamp harbour " * 100_000
    first = reader.read(Question(asked=words[:4_000], resolved=words[:4_000]), hits)
    monkeypatch.setattr(reader._network, "tokenizer", Spy())
    assert reader.read(Question(asked=words, resolved=words), hits) == first
    assert lengths and max(lengths) < 10_000
