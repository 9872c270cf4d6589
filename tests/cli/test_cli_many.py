"""`askdoc query --questions`: many questions, one process."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from program import ASK, OFF_TOPIC, QUOTE, Inside, askdoc

from askdoc import Answer

QUICK = ("--reader=lexical", "--no-cache")


def test_each_line_is_answered_by_a_line_of_json_that_one_question_would_give(
    folder: Path, inside: Inside
) -> None:
    (folder / "questions.txt").write_text(f"{ASK}\n\n  {OFF_TOPIC}  \r\nWho is the captain?")
    code, out, err = inside("query", "--questions", "questions.txt", "log.md", *QUICK)
    assert (code, err) == (0, "")
    lines = out.splitlines()
    asked = [ASK, OFF_TOPIC, "Who is the captain?"]
    assert [json.loads(line)["question"]["asked"] for line in lines] == asked
    for question, line in zip(asked, lines, strict=True):
        assert inside("query", question, "log.md", "--json", *QUICK)[1] == f"{line}\n"


def test_questions_come_by_standard_input_and_are_verified_as_they_are_given(folder: Path) -> None:
    code, out, err = askdoc(
        folder, "query", "--questions=-", "log.md", "--reader=lexical", "--threshold=0",
        stdin=f"{ASK}\nWho is its captain?\n".encode(),
    )  # fmt: skip
    assert (code, err) == (0, "")
    assert [Answer.model_validate_json(line).answered for line in out.splitlines()] == [True] * 2
    (folder / "answers.jsonl").write_text(out)
    assert askdoc(folder, "verify", "answers.jsonl")[0] == 0


def test_a_bad_line_is_told_with_its_number_and_skipped(folder: Path, inside: Inside) -> None:
    lines = [
        ASK.encode(), b"\xff\xfe", b"?!", b"x" * 40_000, "é".encode() * 8_001, ASK.encode(),
        b"\xef\xbb\xbf" + ASK.encode(),
    ]  # fmt: skip
    (folder / "questions.txt").write_bytes(b"\n".join(lines))
    code, out, err = inside("query", "--questions", "questions.txt", "log.md", *QUICK)
    assert code == 2
    assert [json.loads(line)["question"]["asked"] for line in out.splitlines()] == [ASK] * 3
    told = err.splitlines()
    assert [line.split(" is ")[0] for line in told] == [f"askdoc: line {n}" for n in (2, 3, 4, 5)]
    assert "not UTF-8" in told[0] and "Ask in plain words." in told[1]
    assert all("8,000 characters" in line for line in told[2:])


@pytest.mark.parametrize(
    ("questions", "code"), [(f"{ASK}\n{OFF_TOPIC}\n", 0), (f"{OFF_TOPIC}\n" * 2, 1)]
)
def test_the_exit_code_is_1_only_where_nothing_was_answered(
    folder: Path, inside: Inside, questions: str, code: int
) -> None:
    (folder / "questions.txt").write_text(questions)
    assert inside("query", "--questions", "questions.txt", "log.md", *QUICK)[0] == code


def test_a_table_and_a_page_of_many_questions(folder: Path, inside: Inside) -> None:
    (folder / "questions.txt").write_text(f"{ASK}\n{OFF_TOPIC}\n")
    given = ("query", "--questions", "questions.txt", "log.md", *QUICK)
    code, out, _ = inside(*given, "--format", "csv", "-C", "1")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert (code, [row["question"] for row in rows]) == (0, [ASK, OFF_TOPIC])
    assert " ".join(rows[0]["quote"].split()) == QUOTE
    assert rows[0]["after"] == "Its captain is Mira Olsen."
    assert [row["verdict"] for row in rows] == ["answered", "unanswered"]
    code, out, _ = inside(*given, "--format", "markdown", "-C", "1")
    assert code == 0 and f"## 1. {ASK}" in out and f"## 2. {OFF_TOPIC}" in out
    assert "> Its captain is Mira Olsen." in out and out.count("[^1]:") == 1


def test_a_cited_file_that_has_changed_is_told_once(folder: Path, inside: Inside) -> None:
    assert inside("index", "log.md")[0] == 0
    (folder / "log.md").write_text("Other words.\n")
    (folder / "questions.txt").write_text(f"{ASK}\n{ASK}\n")
    given = ("query", "--questions", "questions.txt", "--threshold=0", "--reader=lexical")
    code, out, err = inside(*given)
    assert (code, out.count("\n"), err.count("\n")) == (0, 2, 1)
    assert "log.md: it has changed since it was indexed" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--questions", "gone.txt", "log.md"], "no such file or directory: gone.txt"),
        (["--questions", ".", "log.md"], "is a directory: ."),
        (["--questions", "empty.txt", "log.md"], "there is no question in it: empty.txt"),
        (["--questions", "-", "-"], "either the questions or a document"),
        (["--questions", "log.md", "log.md", "--format", "text"], "JSON, markdown or csv"),
        (["--questions", "log.md", "gone.md"], "no such file or folder: gone.md"),
    ],
)
def test_what_cannot_be_asked_is_one_line(
    folder: Path, inside: Inside, arguments: list[str], said: str
) -> None:
    (folder / "empty.txt").write_text("\n \n")
    code, out, err = inside("query", *arguments, *QUICK)
    assert (code, out, err.count("\n")) == (2, "", 1) and said in err
