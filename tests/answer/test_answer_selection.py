"""Which sentences an answer needs: one where one is enough, else those that add to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise

import pytest
from extracts import extract, extracts, pool
from hypothesis import given
from hypothesis import strategies as st
from strategies import CORPORA, UNTIMED, as_documents, questions

from askdoc.answer import compose
from askdoc.answer.selection import adds, weighted
from askdoc.english.analyzer import terms
from askdoc.load import load_text
from askdoc.model import Answer, Document, Extract, Question
from askdoc.split import split

VISIT = load_text(
    "Marsh told Vane that the dam would stay. She also told him to open the lock. "
    "Vane promised a report. The talks lasted three hours.",
    "visit.txt",
)


def ask(question: str, found: Iterable[Extract], limit: int = 5, threshold: float = 0.25) -> Answer:
    asked = Question(asked=question, resolved=question)
    return compose(asked, found, limit=limit, threshold=threshold)


def openings(answer: Answer) -> list[str]:
    return [" ".join(citation.quote.split()[:2]) for citation in answer.citations]


def test_what_was_told_is_cited_in_the_order_in_which_it_stands() -> None:
    answer = ask("What did Marsh tell Vane?", extracts(VISIT, 0.8, 0.9, 0.5, 0.4))
    assert openings(answer) == ["Marsh told", "She also"]
    assert answer.confidence == 0.9
    assert not answer.disagreement


def test_one_sentence_is_enough_for_one_thing() -> None:
    answer = ask("How long did the talks last?", extracts(VISIT, 0.8, 0.85, 0.8, 0.9))
    assert openings(answer) == ["The talks"]


def test_at_threshold_zero_the_ranking_is_given() -> None:
    answer = ask("What did Marsh tell Vane?", extracts(VISIT, 0.8, 0.9, 0.5, 0.4), 3, 0.0)
    assert openings(answer) == ["She also", "Marsh told", "Vane promised"]


def test_what_is_far_less_sure_is_left_out() -> None:
    assert openings(ask("What did Marsh tell Vane?", extracts(VISIT, 0.95, 0.3, 0.3, 0.3))) == [
        "Marsh told"
    ]


def test_a_second_reason_is_cited_where_the_text_says_that_it_is_one() -> None:
    text = "Vane left because the dam broke. {} The river rose."
    for further, count in (
        ("He was ill as well.", 2),
        ("Another reason was the cold.", 2),
        ("The lock was shut.", 1),
    ):
        document = load_text(text.format(further), "a.txt")
        answer = ask("Why did Vane leave?", extracts(document, 0.9, 0.8, 0.2))
        assert len(answer.citations) == count, further


def test_a_list_that_is_announced_comes_with_what_announces_it() -> None:
    document = load_text(
        "There are two rules at the lake. Nobody swims alone. Fires are lit by adults. It is deep.",
        "lake.txt",
    )
    found = extracts(document, 0.9, 0.6, 0.5, 0.2)
    answer = ask("What are the rules at the lake?", found)
    assert openings(answer) == ["There are", "Nobody swims", "Fires are"]


def test_a_section_about_what_is_asked_is_cited_together() -> None:
    document = load_text(
        "# Tool\n\n## Known problems\n\n- Colons are skipped.\n- Links break.\n\n## Use\n\nRun it.",
        "tool.md",
    )
    found = [
        extract(document, "- Links break.", 0.9),
        extract(document, "Run it.", 0.8),
        extract(document, "- Colons are skipped.", 0.7),
        extract(document, "## Known problems", 0.6),
    ]
    answer = ask("What are the known problems?", found)
    assert [citation.quote for citation in answer.citations] == [
        "- Colons are skipped.",
        "- Links break.",
    ]


def test_other_documents_may_add_but_not_repeat() -> None:
    one = load_text("Maren found a bronze brooch in the trench.", "one.txt")
    same = load_text("In the trench Maren found a brooch of bronze.", "same.txt")
    more = load_text("Maren found a row of post holes.", "more.txt")
    found = [
        extract(one, one.text, 0.9, "a bronze brooch"),
        extract(same, same.text, 0.85, "a brooch of bronze"),
        extract(more, more.text, 0.8, "a row of post holes"),
    ]
    answer = ask("What did Maren find?", found)
    assert [citation.source for citation in answer.citations] == ["one.txt", "more.txt"]


def test_documents_come_in_the_order_of_their_surest_sentence() -> None:
    one = load_text("Maren found a brooch. Maren found beads.", "one.txt")
    two = load_text("Maren found a hearth. Maren found post holes.", "two.txt")
    found = [
        extract(two, "Maren found post holes.", 0.9),
        extract(one, "Maren found a brooch.", 0.85),
        extract(one, "Maren found beads.", 0.84),
        extract(two, "Maren found a hearth.", 0.8),
    ]
    answer = ask("What did Maren find?", found)
    assert [(citation.source, citation.start) for citation in answer.citations] == [
        ("two.txt", 0),
        ("two.txt", 22),
        ("one.txt", 0),
        ("one.txt", 22),
    ]


def test_somebody_who_is_only_told_of_did_not_do_it() -> None:
    document = load_text("Vane promised a report. Marsh thanked Vane for the pump.", "a.txt")
    answer = ask("What did Vane promise?", extracts(document, 0.9, 0.85))
    assert openings(answer) == ["Vane promised"]


def test_what_was_cited_before_is_left_out_wherever_it_stands() -> None:
    document = Document("It fell.\n\nIt rose. It  fell.", "a")
    found = [
        extract(document, "It fell.", 0.9),
        extract(document, "It  fell.", 0.8),
        extract(document, "It rose.", 0.7),
    ]
    asked = Question(asked="What happened?", resolved="What happened?")
    answer = compose(asked, found, limit=5, threshold=0.0, without={("a", 0)})
    assert [citation.quote for citation in answer.citations] == ["It rose."]
    assert answer.confidence == 0.7


def test_no_pool_is_read_for_a_ranking_and_a_fixed_one_for_an_answer() -> None:
    document = load_text(" ".join(f"Maren found item {n}." for n in range(40)), "a.txt")
    found = extracts(document, *(0.9 - n / 100 for n in range(40)))
    taken: list[Extract] = []

    def reading() -> Iterator[Extract]:
        for one in found:
            taken.append(one)
            yield one

    for limit, threshold, most in ((3, 0.0, 3), (1, 0.25, 10), (5, 0.25, 10)):
        taken.clear()
        ask("What did Maren find?", reading(), limit, threshold)
        assert len(taken) == most


_ASKED = st.sampled_from(
    ["What did Mary say?", "What are the reasons for the strike?", "Why did the bridge fall?",
     "How many people came?", "Tell me about the bridge.", "When was the tower built?", "Who?"]
)  # fmt: skip


@st.composite
def asked_of_texts(draw: st.DrawFn) -> tuple[str, list[Extract]]:
    """A question and extracts of a corpus, most sure first."""
    texts = draw(CORPORA)
    found = [
        sentence
        for document in as_documents(texts)
        for block in split(document)
        for sentence in block
    ][:30]
    sure = draw(st.lists(st.floats(0.0, 1.0), min_size=len(found), max_size=len(found)))
    question = draw(st.one_of(_ASKED, questions(texts)))
    order = draw(st.permutations(found))
    pairs = zip(order, sorted(sure, reverse=True), strict=True)
    return question, [Extract(sentence, confidence) for sentence, confidence in pairs]


@UNTIMED
@given(asked_of_texts(), st.integers(1, 8), st.floats(0.01, 1.0))
def test_what_holds_of_every_answer(
    asked: tuple[str, list[Extract]], limit: int, threshold: float
) -> None:
    question, found = asked
    answer = ask(question, found, limit, threshold)
    assert answer == ask(question, found, limit, threshold)
    texts = {one.sentence.document.source: one.sentence.document.text for one in found}
    for citation in answer.citations:
        assert texts[citation.source][citation.start : citation.end] == citation.quote
        assert citation.confidence >= threshold
    # The surest is always there, and no more than were asked for.
    confidences = [citation.confidence for citation in answer.citations]
    assert len(confidences) <= limit
    assert not confidences or max(confidences) == answer.confidence
    # A smaller limit gives some of the same.
    for fewer in range(1, limit):
        assert set(ask(question, found, fewer, threshold).citations) <= set(answer.citations)
    # Those of a document stand together and in its order.
    if not answer.disagreement:
        sources = [citation.source for citation in answer.citations]
        assert len([*groupby(sources)]) == len(set(sources))
        for one, other in pairwise(answer.citations):
            assert one.source != other.source or one.start < other.start


@UNTIMED
@given(asked_of_texts())
def test_no_two_citations_say_the_same(asked: tuple[str, list[Extract]]) -> None:
    question, found = asked
    said = [
        set(terms(citation.quote)) - set(terms(question))
        for citation in ask(question, found, 10, 0.01).citations
    ]
    for at, ours in enumerate(said):
        for theirs in said[:at]:
            assert ours != theirs or not ours


@pytest.mark.parametrize("question", ["What did Maren find?", "Which finds were made?"])
def test_a_long_sentence_takes_no_time(question: str) -> None:
    """Looking for who did it once took time that grew with the square of a sentence."""
    text = "Maren found " + "Maren x " * 40_000 + "."
    document = Document(text, "a.txt")
    other = Document("Maren found " + "a" * 300_000 + " 7 beads.", "b.txt")
    found = [extract(document, text, 0.9), extract(other, other.text, 0.85)]
    assert ask(question, found).answered


def test_a_paraphrase_of_a_cited_sentence_adds_nothing() -> None:
    reported, quoted = pool(
        "The president had proposed [sending foreign troops to the island] to stop smuggling.",
        '"I propose [that the foreign army come in]," the president said.',
    )
    other = pool("The president has proposed [a museum of clocks].")[0]
    asked = weighted("What did the president propose?")
    assert not adds(quoted, [reported], asked)
    assert adds(other, [reported], asked)
