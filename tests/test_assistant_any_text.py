"""What the class that users hold promises over any text, whichever reader reads."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st
from samples import LOG, check
from strategies import CORPORA, TEXTS, UNTIMED, questions

from askdoc import Answer, Assistant
from askdoc.english.analyzer import terms, tokenize
from askdoc.errors import QuestionError

# Any text, read by each reader; the network takes its time, so it gets fewer.
FEWER = settings(deadline=None, max_examples=12)


def check_quotes(data: st.DataObject, texts: dict[str, str], reader: str) -> None:
    assistant = Assistant.from_texts(texts, reader=reader)
    question = data.draw(questions(texts))
    limit = data.draw(st.sampled_from([1, 3, 100]))
    for threshold in (0.0, None):
        answer = assistant.ask(question, limit=limit, threshold=threshold)
        for citation in (*answer.citations, *answer.nearest):
            check(assistant, citation)
        assert answer.answered is bool(answer.citations)
        assert answer.text == "\n".join(citation.quote for citation in answer.citations)
        assert answer.question.asked == question
        assert Answer.model_validate_json(answer.model_dump_json()) == answer


@UNTIMED
@given(data=st.data(), texts=CORPORA)
def test_every_quote_stands_where_it_says(data: st.DataObject, texts: dict[str, str]) -> None:
    check_quotes(data, texts, "lexical")


@FEWER
@given(data=st.data(), texts=CORPORA)
def test_every_quote_of_the_network_does(data: st.DataObject, texts: dict[str, str]) -> None:
    check_quotes(data, texts, "neural")


def check_repeats(data: st.DataObject, texts: dict[str, str], reader: str) -> None:
    first, other = data.draw(questions(texts)), data.draw(questions(texts))
    assistant = Assistant.from_texts(texts, reader=reader)
    answer = assistant.ask(first, limit=3, threshold=0.0)
    assistant.ask(other)
    assert assistant.ask(first, limit=3, threshold=0.0) == answer
    again = Assistant.from_texts(texts, reader=reader)
    assert again.ask(first, limit=3, threshold=0.0) == answer


@UNTIMED
@given(data=st.data(), texts=CORPORA)
def test_asking_again_gives_the_same(data: st.DataObject, texts: dict[str, str]) -> None:
    check_repeats(data, texts, "lexical")


@FEWER
@given(data=st.data(), texts=CORPORA)
def test_the_network_says_the_same_again(data: st.DataObject, texts: dict[str, str]) -> None:
    check_repeats(data, texts, "neural")


def check_cuts(data: st.DataObject, texts: dict[str, str], reader: str) -> None:
    question = data.draw(questions(texts))
    assistant = Assistant.from_texts(texts, reader=reader)
    ranking = assistant.ask(question, limit=20, threshold=0.0).citations
    limit = data.draw(st.integers(1, 20))
    threshold = data.draw(st.floats(0.0, 1.0))
    answer = assistant.ask(question, limit=limit, threshold=threshold)
    sure = tuple(citation for citation in ranking if citation.confidence >= threshold)
    if threshold:
        # What the answer needs: some of the sure ones, the surest among them, none twice; of a list
        # that the surest is a part of, also sentences that are sure only together with it.
        places = [(citation.source, citation.start) for citation in answer.citations]
        surest = [(citation.source, citation.start) for citation in sure]
        assert len(set(places)) == len(places) <= limit
        assert surest[0] in places if sure else not places
        assert all(citation.confidence >= threshold for citation in answer.citations)
        if any(citation.confidence != sure[0].confidence for citation in answer.citations):
            assert set(places) <= set(surest)
        fewer = assistant.ask(question, limit=max(1, limit - 1), threshold=threshold)
        assert set(fewer.citations) <= set(answer.citations)
    else:
        assert answer.citations == sure[:limit]
    assert answer.confidence == (ranking[0].confidence if ranking else 0.0)
    if not sure:
        assert answer.nearest == ranking[: len(answer.nearest)]
        assert bool(answer.nearest) is any(citation.confidence for citation in ranking)


@UNTIMED
@given(data=st.data(), texts=CORPORA)
def test_limit_and_threshold_only_cut_the_ranking_off(
    data: st.DataObject, texts: dict[str, str]
) -> None:
    check_cuts(data, texts, "lexical")


@FEWER
@given(data=st.data(), texts=CORPORA)
def test_limit_and_threshold_cut_the_network_s_ranking_off(
    data: st.DataObject, texts: dict[str, str]
) -> None:
    check_cuts(data, texts, "neural")


@UNTIMED
@given(CORPORA)
def test_texts_are_kept_exactly(texts: dict[str, str]) -> None:
    documents = Assistant.from_texts(texts).documents
    assert [(document.source, document.text) for document in documents] == list(texts.items())


@UNTIMED
@given(data=st.data(), texts=CORPORA)
def test_threshold_zero_never_abstains_and_gives_as_many_as_asked_for(
    data: st.DataObject, texts: dict[str, str]
) -> None:
    """It gave nothing where no term was shared, and fewer than `limit` where some were."""
    assistant = Assistant.from_texts(texts, reader="lexical")
    limit = data.draw(st.sampled_from([1, 2, 5, 1000]))
    answer = assistant.ask(data.draw(questions(texts)), limit=limit, threshold=0.0)
    distinct = {
        (s.document.source, " ".join(s.text.split()))
        for passage in assistant.passages
        for s in passage.sentences
        if tokenize(s.text)
    }
    assert len(answer.citations) == min(limit, len(distinct))
    assert answer.answered is bool(distinct)


@UNTIMED
@given(TEXTS)
def test_any_question_gets_an_answer_or_a_clear_error(question: str) -> None:
    assistant = Assistant.from_texts({"log.txt": LOG}, reader="lexical")
    try:
        answer = assistant.ask(question, threshold=0.0)
    except QuestionError as problem:
        assert not tokenize(question)
        assert problem.remedy
    else:
        assert answer.question.asked == question


@UNTIMED
@example({"a.txt": "\u0e48"})
@given(CORPORA)
def test_nothing_in_a_document_is_out_of_reach(texts: dict[str, str]) -> None:
    """Every sentence that has a term is among the citations when it is asked for by its words."""
    assistant = Assistant.from_texts(texts, reader="lexical")
    sentences = [s for passage in assistant.passages for s in passage.sentences]
    for sentence in [s for s in sentences if terms(s.text)][:5]:
        answer = assistant.ask(sentence.text, limit=len(sentences), threshold=0.0)
        quotes = {(c.source, " ".join(c.quote.split())) for c in answer.citations}
        assert (sentence.document.source, " ".join(sentence.text.split())) in quotes
