"""The measure of suggested questions: its checks find what is wrong, and its figures add up."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from lab.evaluation.blind import references
from lab.evaluation.suggestions import WANTED, faults, own_texts, sampled, suggested, totals

SENTENCE = "The harbour board built a lighthouse on the mole in 1887."


@pytest.mark.parametrize(
    ("question", "fault"),
    [
        ("Did the harbour board build a lighthouse?", "opening"),
        ("What did the board \u201cbuild?", "characters"),
        ("What did it build in 1887?", "pointing"),
        ("What did the harbour board build the?", "hanging"),
        ("What did the the board build?", "twice"),
        ("What did the board was build?", "two verbs"),
        ("What does the company sell cheaply abroad?", "own words"),
        ("What did the harbour board of the town on the hill build in 1887?", "length"),
        ("When the harbour board built?", "no verb"),
    ],
)
def test_each_fault_is_found(question: str, fault: str) -> None:
    assert fault in faults(question, SENTENCE)


@pytest.mark.parametrize(
    "question",
    ["What did the harbour board build?", "When did the harbour board build a lighthouse?",
     "Who built a lighthouse on the mole?"],
)  # fmt: skip
def test_a_plain_question_has_no_fault(question: str) -> None:
    assert faults(question, SENTENCE) == []


def test_what_is_counted_adds_up() -> None:
    (path, text), *others = own_texts().items()
    assert len(others) > 20
    found = suggested(text, path, reader="lexical")
    assert len(found.questions) == len(found.kinds) == len(found.home) == len(found.wrong)
    assert len(found.questions) <= min(WANTED, found.asked, found.made)
    name, three, questions, asked, home, *_ = totals("own", [found, found])
    assert (name, questions, asked) == ("own", str(2 * len(found.questions)), str(2 * found.asked))
    assert three == f"{2 * (len(found.questions) == WANTED)} of 2"
    assert home == f"{2 * sum(found.home)} of {questions}"


def test_what_the_blind_set_names_is_never_sampled(tmp_path: Path) -> None:
    blind = references()[0]["id"]
    rows = [{"id": name, "kind": "news", "text": name} for name in (blind, "b", "c", "d")]
    rows.append({"id": "e", "kind": "table", "text": "e"})
    path = tmp_path / "texts.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        lines.write("\n".join(map(json.dumps, rows)))
    assert set(sampled(path, 9, 0).values()) == {"b", "c", "d"}
    assert sampled(path, 2, 0).items() <= sampled(path, 3, 0).items()
