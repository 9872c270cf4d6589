"""A conversation with real documents: what each question is taken to mean, and what answers it."""

from __future__ import annotations

import pytest

from askdoc import Assistant, Conversation
from askdoc.errors import QuestionError

REPORT = """\
Harbour board rejects ferry plan

President Marta Lindqvist said on Tuesday that the ferry company's director Olav Brenn had
proposed moving the night ferry to Skarvik, but said she had turned the plan down because the
island needs it.

Lindqvist spoke at a town meeting in Elvesund on 4 March 2024. Brenn did not reply to a request for
comment. The two have met several times since January to discuss fares, noise and the new quay.

"We will keep the night ferry," Lindqvist told the meeting. Lindqvist asked Brenn for a second boat
because the old one breaks down every month.

In May, the board bought three electric buses for the island. The buses run from the quay to the
school. They cost 1.2 million crowns.
"""


@pytest.fixture
def talk() -> Conversation:
    return Assistant.from_texts({"report.txt": REPORT}).conversation()


def understood(talk: Conversation, *questions: str) -> str:
    """How the last of some questions is understood."""
    for question in questions:
        answer = talk.ask(question)
    return answer.question.resolved


@pytest.mark.parametrize(
    ("questions", "alone"),
    [
        # Whom "she" is follows from the report alone: the question names a man.
        (("What did Brenn propose?", "Why did she reject the plan?"), "Lindqvist reject the plan?"),
        (("What did Lindqvist ask Brenn for?", "Why?"), "Lindqvist ask Brenn for a second boat?"),
        (("Did Lindqvist accept the plan?", "Why not?"), "didn't Lindqvist accept the plan?"),
        (("How many buses did the board buy?", "How much did they cost?"), "the buses cost?"),
        (("Where did Lindqvist speak?", "And when was that?"), "When did Lindqvist speak?"),
    ],
)
def test_a_follow_up_is_understood(
    talk: Conversation, questions: tuple[str, ...], alone: str
) -> None:
    assert understood(talk, *questions).endswith(alone)


def test_a_follow_up_is_asked_as_typed_and_beside_the_question_before_as_well(
    talk: Conversation,
) -> None:
    talk.ask("Who is Olav Brenn?")
    assert not talk.also
    talk.ask("Why did she reject his plan?")
    assert talk.sought == "Why did Lindqvist reject Brenn's plan?"
    typed = "Why did she reject his plan?"
    assert talk.also == (typed, f"{typed} Who is Olav Brenn?")
    # What has no words of its own is looked for only beside the question before.
    talk.ask("And why not?")
    assert list(talk.also) == ["And why not? Why did Lindqvist reject Brenn's plan?"]


def test_confidence_is_the_mean_over_the_wordings_of_a_question() -> None:
    assistant = Assistant.from_texts({"report.txt": REPORT}, reader="lexical")
    first, second = "How much did the buses cost?", "What did Brenn propose?"
    one, other, both = (
        {c.start: c.confidence for c in answer.citations}
        for answer in (
            assistant.ask(first, threshold=0.0, limit=99),
            assistant.ask(second, threshold=0.0, limit=99),
            assistant.ask(first, threshold=0.0, limit=99, also=(second,)),
        )
    )
    assert both.keys() == one.keys()
    best = max(both, key=lambda at: both[at])
    assert both[best] == pytest.approx((one[best] + other[best]) / 2, abs=0.01)
    assert list(both.values()) == sorted(both.values(), reverse=True)


def test_what_was_asked_and_how_it_was_understood_are_both_kept(talk: Conversation) -> None:
    talk.ask("What did Brenn propose?")
    answer = talk.ask("Why did she reject it?")
    assert answer.question.asked == "Why did she reject it?"
    assert answer.question.resolved.startswith("Why did Lindqvist reject ")
    assert answer.answered
    assert answer.citations[0].short is not None
    assert "because the island needs it" in " ".join(answer.citations[0].short.text.split())
    assert [a.question.asked for a in talk.answers][-1] == "Why did she reject it?"


def test_exact_asks_as_typed(talk: Conversation) -> None:
    talk.ask("What did Brenn propose?")
    answer = talk.ask("Why did she reject it?", exact=True)
    assert answer.question.asked == answer.question.resolved == "Why did she reject it?"


def test_what_the_documents_do_not_say_is_refused_in_a_conversation(talk: Conversation) -> None:
    talk.ask("What did Brenn propose?")
    answer = talk.ask("How many children does she have?")
    assert answer.question.resolved == "How many children does Lindqvist have?"
    assert not answer.answered


def test_a_reset_forgets_what_was_said(talk: Conversation) -> None:
    talk.ask("What did Brenn propose?")
    talk.reset()
    assert talk.answers == []
    assert understood(talk, "Why did she reject it?") == "Why did she reject it?"


def test_a_question_that_fails_is_no_part_of_the_conversation(talk: Conversation) -> None:
    with pytest.raises(QuestionError):
        talk.ask("?!")
    assert talk.answers == []


def test_the_same_questions_are_understood_alike_each_time() -> None:
    assistant = Assistant.from_texts({"report.txt": REPORT})
    questions = ("What did Brenn propose?", "Why did she reject it?", "And when was that?")
    first, again = assistant.conversation(), assistant.conversation()
    assert [first.ask(q) for q in questions] == [again.ask(q) for q in questions]
