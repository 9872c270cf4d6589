"""Why a sentence was cited: the words, the passage, and what the reader saw."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from samples import LOG
from strategies import CORPORA, UNTIMED

from askdoc import Assistant
from askdoc.errors import QuestionError
from askdoc.explain import Explanation, Matched, Where
from askdoc.index import update
from askdoc.model import Extract, Hit, Question
from askdoc.read.lexical import sigmoid
from askdoc.read.network import Network, Reading

OTHER = "The tower of Port Marsh was painted red.\n"


def asked(question: str, reader: str = "lexical") -> Explanation:
    assistant = Assistant.from_texts({"log.txt": LOG, "other.txt": OTHER}, reader=reader)
    return assistant.explain(assistant.ask(question, threshold=0.0))


def words(explanation: Explanation) -> dict[str, Matched]:
    return {one.word: one for one in explanation.words}


def test_each_word_is_told_from_where_it_was_found() -> None:
    told = asked("Why was it purchased when the engine of the ferry had failed near the tower?")
    assert told.citation is not None and told.citation.quote.startswith("It was sold in 1998")
    found = words(told)
    assert found["engine"] == Matched(word="engine", where=Where.SENTENCE, forms=("engine",))
    assert found["failed"].where is Where.SENTENCE and not found["failed"].related
    assert found["purchased"] == Matched(
        word="purchased", where=Where.SENTENCE, forms=("sold",), related=True
    )
    assert found["ferry"].where is Where.PASSAGE
    assert found["tower"] == Matched(word="tower", where=Where.ELSEWHERE)
    assert "the" not in found and "was" not in found


def test_other_forms_of_a_word_are_told_as_they_stand() -> None:
    found = words(asked("Which ferries to Port Ellery failed?"))
    assert found["ferries"] == Matched(word="ferries", where=Where.SENTENCE, forms=("ferry",))


def test_a_heading_counts() -> None:
    assistant = Assistant.from_texts({"a.md": "# Costs\n\nIt was nine crowns.\n"}, reader="lexical")
    answer = assistant.ask("What were the costs?", threshold=0.0, limit=2)
    sentence = next(one for one in answer.citations if one.quote == "It was nine crowns.")
    found = words(assistant.explain(answer, sentence))["costs"]
    assert found.where in (Where.PASSAGE, Where.HEADING) and found.forms == ("Costs",)


def test_a_name_is_matched_by_nothing_like_it() -> None:
    found = words(asked("Where is Quint's ferry, and where is Zoltan's?"))
    assert found["Zoltan's"].where is Where.NOWHERE


def test_the_rank_of_the_passage_is_that_of_retrieval() -> None:
    assistant = Assistant.from_texts({"log.txt": LOG, "other.txt": OTHER}, reader="lexical")
    question = "Was the tower of Port Ellery painted?"
    answer = assistant.ask(question, threshold=0.0, limit=9)
    hits = assistant.search(question)
    for citation in answer.citations:
        told = assistant.explain(answer, citation)
        ranks = [
            at
            for at, hit in enumerate(hits, start=1)
            if hit.passage.document.source == citation.source
            and hit.passage.start <= citation.start < hit.passage.end
        ]
        if ranks:
            assert told.rank == ranks[0]
            assert told.score > 0.0


@pytest.mark.parametrize("reader", ["lexical", "neural"])
def test_marks_make_the_confidence_of_the_first(reader: str) -> None:
    told = asked("When was the ferry to Port Ellery built?", reader)
    assert told.citation is not None and told.marks
    odds = sum(mark.counts for mark in told.marks)
    assert told.citation.confidence == pytest.approx(sigmoid(odds), abs=2e-4)
    assert told.reader == reader
    assert told.threshold == pytest.approx({"lexical": 0.21, "neural": 0.35}[reader])


def test_who_wrote_a_page_is_explained_by_what_the_lexical_reader_saw() -> None:
    assistant = Assistant.from_texts({"a.txt": "By Mary Quint\n\nThe ferry sank.\n"})
    answer = assistant.ask("Who wrote this?", threshold=0.0)
    told = assistant.explain(answer)
    assert words(told)["wrote"].forms == ("By",) and words(told)["wrote"].related
    assert "density" in {mark.name for mark in told.marks}


class Silent:
    """A reader of somebody's own, which tells nothing."""

    goes_by_terms = True
    threshold = 0.5

    def read(self, question: Question, hits: Sequence[Hit]) -> list[Extract]:
        return [Extract(sentence, 0.7) for hit in hits for sentence in hit.passage.sentences]


def test_a_reader_need_not_tell() -> None:
    assistant = Assistant.from_texts({"log.txt": LOG}, reader=Silent())
    told = assistant.explain(assistant.ask("When was the ferry built?"))
    assert (told.reader, told.threshold, told.marks) == ("Silent", 0.5, ())
    assert told.rank == 1


def test_nothing_found_is_explained_too() -> None:
    told = asked("Zebra?")
    refused = Assistant.from_texts({"log.txt": LOG}, reader="lexical")
    nothing = refused.explain(refused.ask("Which zebra won?"))
    assert nothing.citation is None and nothing.rank is None and nothing.marks == ()
    assert words(nothing)["zebra"].where is Where.NOWHERE
    assert words(told)["Zebra"].where is Where.NOWHERE


def test_over_a_saved_index_it_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("log.txt").write_text(LOG)
    Path("other.txt").write_text(OTHER)
    update("index", ["log.txt", "other.txt"])
    question = "Why was it sold when the motor failed near the tower?"
    told: list[Explanation] = []
    for assistant in (
        Assistant.open("index", reader="lexical"),
        Assistant.from_paths(["log.txt", "other.txt"], reader="lexical"),
    ):
        assert (assistant.index is None) is (len(told) == 1)
        told.append(assistant.explain(assistant.ask(question, threshold=0.0)))
    assert told[0].words == told[1].words
    assert told[0].rank == told[1].rank


@UNTIMED
@given(texts=CORPORA)
def test_any_text_is_explained(texts: dict[str, str]) -> None:
    assistant = Assistant.from_texts(texts, reader="lexical")
    for question in texts.values():
        try:
            answer = assistant.ask(question[:200], threshold=0.0, limit=3)
        except QuestionError:
            continue
        for citation in (*answer.citations, None):
            told = assistant.explain(answer, citation)
            assert told.question == answer.question
            for one in told.words:
                assert one.word in question or one.word.lower() in question.lower()
                assert bool(one.forms) is (one.where not in (Where.ELSEWHERE, Where.NOWHERE))


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many windows the network was given, each time."""
    given: list[int] = []
    read = Network.read

    def counted(self: Network, question: Sequence[int], windows: Sequence[Any]) -> list[Reading]:
        given.append(len(windows))
        return read(self, question, windows)

    monkeypatch.setattr(Network, "read", counted)
    return given


def test_why_is_told_without_the_network_again(reads: list[int]) -> None:
    """It read all of it anew, for as long as the question had taken."""
    texts = {"log.txt": LOG, "other.txt": OTHER}
    assistant = Assistant.from_texts(texts)
    answers = [assistant.ask("Why was the ferry sold?"), assistant.ask("Who painted the tower?")]
    assert sum(reads) > 0
    reads.clear()
    told = [assistant.explain(answer) for answer in answers]
    assert reads == []
    another = Assistant.from_texts(texts)
    assert [another.explain(answer) for answer in answers] == told
    assert sum(reads) > 0
    assert all(one.marks for one in told)


def test_an_answer_to_several_wordings_is_explained_by_what_was_read(reads: list[int]) -> None:
    """The other wording's words were not looked for, so that nothing was found or other passages
    were read."""
    rows = "\n\n".join(f"What happened on day {day} is in log {day}." for day in range(80))
    assistant = Assistant.from_texts({"a.txt": rows, "b.txt": "The Halcyon sank off Port Ellery."})
    also = ("When did the Halcyon sink off Port Ellery?",)
    answer = assistant.ask("What happened on day 7?", also=also, threshold=0.0, limit=99)
    sank = next(one for one in answer.citations if one.source == "b.txt")
    reads.clear()
    told = assistant.explain(answer, sank, also=also)
    assert reads == []
    assert told.rank is not None and told.score > 0.0
    assert assistant.explain(answer, sank).rank is None
