"""Lists: what opens one is cited with its items, and an unfinished item with what opens it."""

from __future__ import annotations

from pathlib import Path

import pytest

from askdoc import Assistant
from askdoc.answer import compose
from askdoc.index import update
from askdoc.load import load_text
from askdoc.model import Extract, Question, Span
from askdoc.split import group, split

TEXT = """8.1 Either party may terminate this agreement if:

(a) the other party is in breach and does not cure it within 30 days;
(b) the other party becomes insolvent; or
(c) a force majeure event lasts more than 90 days.

8.2 On termination the Customer shall:
- return all equipment
- pay all fees due

The fee covers storage, support and backup.

9. Ending. The tenant may leave when
- the mill burns down;
- it floods.

How it works:
1. Open the lid.
2. Press the button.
"""
OPENS, BREACH, INSOLVENT, FORCE, SHALL, RETURN, PAY, FEE, HOW, LID, PRESS = (
    "8.1 Either", "(a)", "(b)", "(c)", "8.2", "- return", "- pay", "The fee", "How", "1.", "2.",
)  # fmt: skip
ENDING, BURNS, FLOODS = "9. Ending", "- the mill", "- it"


def quoted(question: str, best: str, limit: int = 5) -> list[str]:
    """The beginnings of what is cited where this sentence alone was read to answer."""
    extracts = []
    for passage in group(split(load_text(TEXT, "a.txt"))):
        for sentence in passage.sentences:
            if sentence.text.startswith(best):
                short = Span(sentence.start, sentence.end)
                extracts.append(Extract(sentence, 0.9, short, passage))
    assert len(extracts) == 1
    asked = Question(asked=question, resolved=question)
    answer = compose(asked, extracts, limit=limit, threshold=0.5)
    assert all(citation.confidence == 0.9 for citation in answer.citations)
    starts = [citation.start for citation in answer.citations]
    assert starts == sorted(starts)
    return [citation.quote for citation in answer.citations]


@pytest.mark.parametrize(
    ("question", "best", "cited"),
    [
        ("When may either party terminate?", OPENS, [OPENS, BREACH, INSOLVENT, FORCE]),
        ("What must the customer do on termination?", SHALL, [SHALL, RETURN, PAY]),
        ("What must the customer do on termination?", PAY, [SHALL, RETURN, PAY]),
        ("Why could they terminate?", INSOLVENT, [OPENS, INSOLVENT]),
        ("How long must a force majeure event last?", FORCE, [FORCE]),
        ("What does the fee cover?", FEE, [FEE]),
        ("How does it work?", HOW, [HOW, LID, PRESS]),
        ("What is opened?", LID, [LID]),
        ("When may the tenant leave?", ENDING, [ENDING, BURNS, FLOODS]),
        ("Why may the tenant leave?", FLOODS, [ENDING, FLOODS]),
    ],
)
def test_a_list_is_one_statement(question: str, best: str, cited: list[str]) -> None:
    found = quoted(question, best)
    assert len(found) == len(cited)
    assert all(quote.startswith(begin) for quote, begin in zip(found, cited, strict=True))


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_a_list_is_cited_as_far_as_is_asked_for(limit: int) -> None:
    for best in (OPENS, PAY):
        found = quoted("What must be done?", best, limit)
        assert len(found) == limit
        assert any(quote.startswith(best) for quote in found)
        assert set(found) <= set(quoted("What must be done?", best, limit + 1))


def test_what_is_known_of_a_list_is_not_cited_again() -> None:
    (passage,) = [p for p in group(split(load_text(TEXT, "a.txt"))) if BREACH in p.text]
    best = Extract(passage.sentences[0], 0.9, None, passage)
    asked = Question(asked="When may they terminate?", resolved="When may they terminate?")
    known = {("a.txt", passage.sentences[1].start)}
    answer = compose(asked, [best], limit=5, threshold=0.5, without=known)
    assert [citation.quote[:3] for citation in answer.citations] == ["8.1", "(b)", "(c)"]


def test_a_list_of_a_saved_index_is_whole_each_time_it_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    update(tmp_path / "index", [tmp_path / "a.txt"])
    assistant = Assistant.open(tmp_path / "index", reader="lexical")
    for _ in range(2):  # The second time passages are known, and documents made anew.
        answer = assistant.ask("When may either party terminate this agreement?", threshold=0.01)
        assert [citation.quote[:3] for citation in answer.citations][:2] == ["8.1", "(a)"]
