"""The class that users hold: plain questions, and what it does with bad input."""

from __future__ import annotations

import numpy as np
import pytest
from samples import LOG, check

from askdoc import Answer, Assistant
from askdoc.errors import (
    QuestionError,
)


@pytest.mark.parametrize("question", ["", " \n\t", "???", "…", "-", "👍", '""'])
def test_a_question_without_words(question: str) -> None:
    assistant = Assistant.from_texts({"log.txt": LOG})
    with pytest.raises(QuestionError) as caught:
        assistant.ask(question)
    assert str(caught.value).endswith("Ask in plain words.")
    with pytest.raises(QuestionError):
        assistant.search(question)


@pytest.mark.parametrize("question", ["who is it", "What did they do?", "why", "The US?", "US"])
def test_a_question_of_words_that_find_nothing(question: str) -> None:
    assistant = Assistant.from_texts({"log.txt": LOG}, reader="lexical")
    answer = assistant.ask(question)
    assert (answer.answered, answer.citations, answer.confidence) == (False, (), 0.0)
    shown = assistant.ask(question, limit=3, threshold=0.0)
    assert (len(shown.citations), shown.confidence) == (3, 0.0)


def test_sentences_without_a_word_of_the_question_come_after_all_others() -> None:
    texts = {f"{n}.txt": "The ferry is late." if n % 2 else f"Bell {n} rang." for n in range(200)}
    answer = Assistant.from_texts(texts, reader="lexical").ask(
        "Which bell rang?", limit=200, threshold=0.0
    )
    assert len(answer.citations) == 200
    rang = [citation.quote.startswith("Bell") for citation in answer.citations]
    assert rang == [True] * 100 + [False] * 100
    assert all((citation.confidence > 0.0) == named for citation, named in
               zip(answer.citations, rang, strict=True))  # fmt: skip


def test_the_confidence_does_not_depend_on_how_many_citations_are_wanted() -> None:
    """What was read grew with the limit, and with it how rare each term seemed."""
    facts = [f"Ship {n} has {n % 7} masts and was built by Calder{n % 13}." for n in range(300)]
    assistant = Assistant.from_texts({"log.txt": "\n\n".join(facts)})
    whole = assistant.ask("Who built the ship with 3 masts?", limit=250, threshold=0.0)
    for limit in (1, 20, 21, 60, 249):
        answer = assistant.ask("Who built the ship with 3 masts?", limit=limit, threshold=0.0)
        assert answer.citations == whole.citations[:limit]
        assert answer.confidence == whole.confidence


@pytest.mark.parametrize("limit", [1.5, "3", 2.0])
def test_a_limit_that_is_no_whole_number(limit: object) -> None:
    assistant = Assistant.from_texts({"log.txt": LOG})
    with pytest.raises(TypeError, match="limit must be a whole number"):
        assistant.ask("Who kept the bell?", limit=limit)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="limit must be a whole number"):
        assistant.search("bell", limit=limit)  # type: ignore[arg-type]


def test_any_integer_will_do_for_a_limit() -> None:
    assistant = Assistant.from_texts({"log.txt": LOG})
    assert len(assistant.ask("Who kept the bell?", limit=10**30, threshold=0.0).citations) == 4
    assert len(assistant.ask("bell", limit=np.int64(2), threshold=0.0).citations) == 2
    assert len(assistant.search("bell", limit=10**30)) == 1
    assert assistant.search("bell", limit=0) == []
    with pytest.raises(ValueError, match="limit"):
        assistant.search("bell", limit=-1)


def test_lone_surrogates_do_not_break_the_json() -> None:
    """A file name that is no UTF-8, or text cut in an emoji's middle, made no JSON."""
    assistant = Assistant.from_texts({"\udcff.txt": "The cat \ud800 sat on the mat."})
    answer = assistant.ask("Where did the cat \udfff sit?", threshold=0.0)
    assert answer.citations[0].quote == "The cat \ufffd sat on the mat."
    assert answer.citations[0].source == "\ufffd.txt"
    assert Answer.model_validate_json(answer.model_dump_json()) == answer
    assert "surrogates" in assistant.documents[0].notes[0]
    check(assistant, answer.citations[0])


@pytest.mark.parametrize(
    "question",
    [
        "the bell " * 110_000,
        "bell" + "x" * 1_000_000,
        " ".join(f"word{n}" for n in range(100_000)) + " bell",
        "桥" * 1_000_000,
        "?" * 999_990 + " bell",
    ],
    ids=["repeated", "one word", "many words", "unspaced", "marks"],
)
def test_a_question_of_a_megabyte(question: str) -> None:
    """Each of its terms was looked for in each sentence."""
    assistant = Assistant.from_texts({"log.txt": LOG * 20})
    try:
        assert assistant.ask(question, threshold=0.0).citations
    except QuestionError as problem:
        assert len(str(problem)) < 300


@pytest.mark.parametrize("limit", [0, -1, -(10**9)])
def test_a_limit_below_one(limit: int) -> None:
    with pytest.raises(ValueError, match="limit"):
        Assistant.from_texts({"log.txt": LOG}).ask("Who kept the bell?", limit=limit)


def test_a_reader_that_there_is_not() -> None:
    with pytest.raises(ValueError, match="neural, lexical"):
        Assistant.from_texts({"a": "It rained."}, reader="oracle")


@pytest.mark.parametrize("threshold", [-0.1, 1.1, float("nan"), float("inf")])
def test_a_threshold_that_is_no_probability(threshold: float) -> None:
    with pytest.raises(ValueError, match="threshold"):
        Assistant.from_texts({"log.txt": LOG}).ask("Who kept the bell?", threshold=threshold)


@pytest.mark.parametrize("threshold", [0, 1, 0.0, 1.0])
def test_the_ends_of_the_range_are_in_it(threshold: float) -> None:
    assistant = Assistant.from_texts({"log.txt": LOG})
    assert isinstance(assistant.ask("Who kept the bell?", threshold=threshold), Answer)


@pytest.mark.parametrize(
    ("question", "quote", "short"),
    [
        ("When was the ferry built?", "The ferry to Port Ellery", "1975"),
        ("Why was it sold?", "It was sold in 1998", "its engine had failed"),
        ("Who kept the bell?", "Its captain", "Mary Quint"),
    ],
)
def test_plain_questions_are_answered(question: str, quote: str, short: str) -> None:
    answer = Assistant.from_texts({"log.txt": LOG}).ask(question)
    assert answer.answered
    assert answer.citations[0].quote.startswith(quote)
    assert answer.citations[0].short is not None
    assert short in answer.citations[0].short.text


MINUTES = {
    "may.txt": "Tom Abara chairs. The committee agreed to lay gravel on the path. It rained. The "
    "committee agreed to ask the council for a lamp. The hut has 31 chairs.",
    "june.txt": "The hut has 40 chairs. The committee agreed to buy a boat. It rained.",
}


def test_an_answer_has_the_sentences_that_it_needs() -> None:
    assistant = Assistant.from_texts(MINUTES)
    agreed = assistant.ask("What did the committee agree?")
    assert {
        citation.quote.removeprefix("The committee agreed to ") for citation in agreed.citations
    } == {
        "lay gravel on the path.",
        "ask the council for a lamp.",
        "buy a boat.",
    }
    assert not agreed.disagreement
    assert len(assistant.ask("Who chairs the committee?").citations) == 1
    for citation in agreed.citations:
        check(assistant, citation)
    for limit in (1, 2):
        fewer = assistant.ask("What did the committee agree?", limit=limit)
        assert len(fewer.citations) == limit
        assert set(fewer.citations) <= set(agreed.citations)


def test_what_documents_disagree_about_is_told() -> None:
    answer = Assistant.from_texts(MINUTES).ask("How many chairs has the hut?")
    assert answer.disagreement
    assert {citation.source for citation in answer.citations} == {"may.txt", "june.txt"}
    assert (
        not Assistant.from_texts({"may.txt": MINUTES["may.txt"]})
        .ask("How many chairs has the hut?")
        .disagreement
    )


@pytest.mark.parametrize("reader", ["neural", "lexical"])
def test_what_is_known_is_not_cited_again(reader: str) -> None:
    assistant = Assistant.from_texts(MINUTES, reader=reader)
    ranking = assistant.ask("What did the committee agree?", limit=10, threshold=0.0).citations
    for count in range(len(ranking) + 1):
        rest = assistant.ask(
            "What did the committee agree?", limit=10, threshold=0.0, without=ranking[:count]
        )
        assert rest.citations == ranking[count:]
    first = assistant.ask("What did the committee agree?")
    other = assistant.ask("What did the committee agree?", without=first.citations)
    assert not set(first.citations) & set(other.citations + other.nearest)


def test_a_line_that_a_page_left_behind_can_still_be_cited() -> None:
    question = "What does it say about subscribing to the newsletter?"
    lexical = Assistant.from_texts({"log.txt": LOG}, reader="lexical")
    first = lexical.ask(question, threshold=0.0).citations[0]
    assert first.quote == "Subscribe to our newsletter"
    neural = Assistant.from_texts({"log.txt": LOG})
    citations = neural.ask(question, limit=4, threshold=0.0).citations
    assert "Subscribe to our newsletter" in [citation.quote for citation in citations]


@pytest.mark.parametrize(
    ("text", "question", "quote"),
    [
        ("桥是1911年建造的。它在河上。老师走了。", "桥是哪年建造的？", "桥是1911年建造的。"),
        ("窓を開けてください。今日は暑いですね。", "窓を開けますか？", "窓を開けてください。"),
        ("بُني الجسر عام 1911. المكتبة خلف السوق.", "أين المكتبة؟", "المكتبة خلف السوق."),
        ("पुल नदी पर है। मैं कल गाँव जाऊँगा।", "मैं कल कहाँ जाऊँगा?", "मैं कल गाँव जाऊँगा।"),
        ("Поезд опоздал. Мост стоит над рекой.", "Где стоит мост?", "Мост стоит над рекой."),
    ],
)
def test_documents_in_other_languages(text: str, question: str, quote: str) -> None:
    assistant = Assistant.from_texts({"a": text})
    best = assistant.ask(question, threshold=0.0).citations[0]
    assert best.quote == quote
    check(assistant, best)


def test_a_document_of_nothing_is_no_trouble() -> None:
    assistant = Assistant.from_texts({"empty": "", "blank": " \n", "marks": "...\n\n---", "a": LOG})
    assert len(assistant.documents) == 4
    assert assistant.ask("Who kept the bell?").citations[0].source == "a"
    nothing = Assistant.from_texts({"empty": ""})
    assert not nothing.ask("Who kept the bell?", threshold=0.0).answered
    assert Assistant.from_texts({}).search("bell") == []


def test_search_gives_passages_without_reading_them() -> None:
    assistant = Assistant.from_texts({"a": LOG, "b": "# Bells\n\nA bell of bronze."})
    hits = assistant.search("the bell", limit=10)
    assert {hit.passage.document.source for hit in hits} == {"a", "b"}
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all("bell" in hit.passage.text.lower() for hit in hits)
    assert len(assistant.search("the bell", limit=1)) == 1


def test_hundreds_of_documents() -> None:
    texts = {f"{n}.txt": f"Ship {n} has the name Calder{n}. It sails." for n in range(400)}
    assistant = Assistant.from_texts(texts)
    answer = assistant.ask("Which ship has the name Calder287?", threshold=0.0, limit=2)
    assert answer.citations[0].source == "287.txt"
