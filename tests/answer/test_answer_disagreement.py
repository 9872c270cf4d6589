"""Documents that disagree about one thing, and those that only say it otherwise."""

from __future__ import annotations

import pytest
from extracts import extract, pool
from hypothesis import given
from hypothesis import strategies as st
from strategies import UNTIMED

from askdoc.answer import compose
from askdoc.answer.cardinality import Cardinality
from askdoc.answer.disagreement import disagreeing
from askdoc.load import load_text
from askdoc.model import Answer, Extract, Question


def ask(question: str, *said: str, limit: int = 5, confidence: float = 0.9) -> Answer:
    asked = Question(asked=question, resolved=question)
    return compose(asked, pool(*said, confidence=confidence), limit=limit, threshold=0.25)


DISAGREE = [
    ("How many staff has the bakery?", "The bakery has [40] staff.", "The bakery has [55] staff."),
    ("When was it signed?", "It was signed on [2 June].", "It was signed on [3 June]."),
    ("When was it signed?", "It was signed in [1911].", "It was in [1913] that it was signed."),
    ("Who built the mill?", "The mill was built by [Inga Berg].", "[Paul Rice] built the mill."),
    ("What is Veer's capital?", "Veer's capital is [Holtz].", "[Tessel] is the capital of Veer."),
    ("What does the ticket cost?", "The ticket costs [$12].", "The ticket costs [15] dollars."),
]  # fmt: skip


@pytest.mark.parametrize(("question", "one", "other"), DISAGREE)
def test_two_different_answers_are_both_cited(question: str, one: str, other: str) -> None:
    answer = ask(question, one, other)
    assert answer.disagreement
    assert [citation.source for citation in answer.citations] == ["0.txt", "1.txt"]
    assert Answer.model_validate_json(answer.model_dump_json()).disagreement


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        ("How many men came?", "[Ten thousand] men came.", "[10,000] men came by train."),
        ("How many men came?", "[About 50] men came.", "[53] men came by train."),
        ("How many staff in 2019?", "In 2019 it had [40] staff.", "In 2020 it had [55] staff."),
        ("How many staff had it?", "In 2019 it had [40] staff.", "In 2020 it had [55] staff."),
        ("How many rooms are there?", "There are [80] rooms.", "There are [12] meeting rooms."),
        ("How many seats are there?", "There are [129] seats.", "Of 129 seats, [73] are there."),
        ("When was it signed?", "It was signed in [June 2024].", "It was signed on [2 June 2024]."),
        ("When was it built?", "It was built before [1900].", "It was built in [1895]."),
        ("Who won the vote?", "[Sheinbaum] won it.", "[President Ana Sheinbaum] won the vote."),
        ("Who runs it?", "[Dr. Maria Olsen] runs it.", "[M. Olsen] runs it."),
        ("Who chairs it?", "The [United Nations] chairs it.", "The [UN] chairs it."),
        ("Where was she born?", "She was born in [Paris].", "She was born in [France], in Paris."),
        ("Who found the cave?", "[Two shepherds] found the cave.", "[Children] found the cave."),
        ("Why did it fall?", "It fell because [it was old].", "It fell because [Ann pushed it]."),
        ("What did she visit?", "She visited [Rome].", "She visited [Oslo]."),
        ("When did it burn?", "It burned in [1911].", "It burned again in [1950]."),
        ("Who visited the mill?", "[Ann Lee] visited the mill.", "[Bo Rask] also visited it."),
        ("Which ports are open?", "Port [80] is open.", "Port [443] is open."),
        ("How much do students pay?", "Students pay [72] euros.", "Adults pay [96] euros."),
    ],
)  # fmt: skip
def test_what_may_both_be_true_is_no_disagreement(question: str, one: str, other: str) -> None:
    assert not ask(question, one, other).disagreement


def test_one_document_does_not_disagree_with_itself() -> None:
    found = pool("The mill has [40] staff. The mill has [55] staff.")
    again = pool("The mill has 40 staff. The mill has [55] staff.")[0]
    assert disagreeing("How many staff has the mill?", [*found, again], Cardinality.ONE) == found


def test_a_copy_does_not_disagree_with_what_it_is_a_copy_of() -> None:
    text = "The mill has 40 staff. The mill has 55 staff."
    found = [
        extract(load_text(text, name), f"The mill has {count} staff.", 0.9, count)
        for name, count in (("a.txt", "40"), ("copy of a.txt", "55"), ("a.txt", "55"))
    ]
    assert disagreeing("How many staff has the mill?", found, Cardinality.ONE) == found[:1]
    changed = load_text(f"{text} ", "another.txt")
    other = extract(changed, "The mill has 55 staff.", 0.9, "55")
    assert disagreeing("How many staff has the mill?", [*found, other], Cardinality.ONE) == [
        found[0],
        other,
    ]


@UNTIMED
@given(st.sets(st.integers(0, 4)))
def test_what_is_gone_disagrees_with_nothing_that_is_there(numbers: set[int]) -> None:
    away = {f"{number}.txt" for number in numbers}
    said = [f"The bakery has [{count}] staff." for count in (40, 55, 70, 85, 99)]
    question = "How many staff has the bakery?"
    sure = [
        Extract(one.sentence, one.confidence - 0.01 * at, one.short)
        for at, one in enumerate(pool(*said))
    ]
    answer = compose(
        Question(asked=question, resolved=question), sure, limit=5, threshold=0.25,
        gone=away.intersection,
    )  # fmt: skip
    there = [f"{at}.txt" for at in range(5) if f"{at}.txt" not in away] or sorted(away)
    assert [citation.source for citation in answer.citations] == there
    assert answer.disagreement == (len(there) > 1)
    assert answer.confidence == answer.citations[0].confidence


def test_a_sentence_that_is_not_sure_disagrees_with_nothing() -> None:
    question, one, other = DISAGREE[0]
    asked = Question(asked=question, resolved=question)
    found = [pool(one)[0], pool("It rained [once].", other, confidence=0.45)[1]]
    answer = compose(asked, found, limit=5, threshold=0.25)
    assert not answer.disagreement
    assert len(answer.citations) == 1


def test_three_documents_and_two_answers() -> None:
    staff = [f"The bakery has [{n}] staff." for n in ("40", "forty", "55")]
    answer = ask("How many staff has the bakery?", *staff)
    assert [citation.source for citation in answer.citations] == ["0.txt", "2.txt"]
    assert answer.disagreement


def test_who_asks_for_one_sentence_gets_the_surest() -> None:
    answer = ask(*DISAGREE[0], limit=1)
    assert [citation.source for citation in answer.citations] == ["0.txt"]
    assert not answer.disagreement


_SHORT = st.text(st.sampled_from("aB1 0ſé.,%$-½٣"), min_size=1, max_size=12).filter(str.strip)
_WHAT = st.sampled_from(["How many rooms?", "When?", "Who has rooms?", "What has it?", "Where?"])


@UNTIMED
@given(_WHAT, _SHORT, _SHORT)
def test_whatever_the_short_answers_are(question: str, one: str, other: str) -> None:
    first, second = f"It has [{one}] rooms.", f"It has [{other}] rooms."
    assert ask(question, first, second).disagreement == ask(question, second, first).disagreement
    assert not ask(question, first, first).disagreement
