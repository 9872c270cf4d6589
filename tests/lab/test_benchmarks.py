"""The benchmarks' own arithmetic, questions and errors; no times are asserted."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab.benchmarks import __main__ as command
from lab.benchmarks import splitting
from lab.benchmarks.asking import questions_about
from lab.benchmarks.timing import BenchmarkError, Result, process, ratio
from lab.table import table


@given(st.text(max_size=300), st.integers(1, 20))
def test_questions_are_different_and_made_of_the_texts_words(text: str, count: int) -> None:
    questions = questions_about(text, count)
    assert len(questions) == len(set(questions)) <= count
    for question in questions:
        assert question.endswith("?")
        assert question[:-1].split()[-1] in text


def test_questions_come_from_all_parts_of_a_text() -> None:
    text = " ".join(f"{word} is in it." for word in ("alpha", "gamma", "delta", "omega", "sigma"))
    joined = " ".join(questions_about(text, 5))
    assert all(word in joined for word in ("alpha", "delta", "sigma"))


@pytest.mark.parametrize(
    ("figure", "target", "at_least", "met"),
    [
        (1.9, 2.0, False, True),
        (2.1, 2.0, False, False),
        (2.1, 2.0, True, True),
        (None, 2.0, False, False),
        (1.0, None, False, None),
    ],
)
def test_a_target_is_met_from_its_side(
    figure: float | None, target: float | None, at_least: bool, met: bool | None
) -> None:
    assert Result("x", "ms", figure, figure, figure, target, at_least).met is met


def test_processes_take_turns_after_warming_up() -> None:
    calls: list[str] = []
    result = ratio("x", lambda: calls.append("a"), lambda: calls.append("b"), 3, target=2.0)
    assert calls == ["a", "b"] * 4
    assert result.low is not None
    assert result.figure is not None
    assert result.high is not None
    assert result.low <= result.figure <= result.high


def test_a_command_that_is_missing_or_fails_is_named(tmp_path: Path) -> None:
    with pytest.raises(BenchmarkError, match=r"nowhere/askdoc\. Run: pip install"):
        process([tmp_path / "nowhere" / "askdoc"], tmp_path, frozenset({0}))()
    broken = [sys.executable, "-c", "import sys; sys.exit('cannot do it')"]
    with pytest.raises(BenchmarkError, match=r"exit code 1: .*\(cannot do it\)"):
        process(broken, tmp_path, frozenset({0}))()
    process(broken, tmp_path, frozenset({0, 1}))()


def test_hostile_texts_are_measured_one_process_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(splitting, "HOSTILE", {"newlines": "\n", "brackets": "("})
    results = list(splitting.hostile(megabytes=0.001))
    assert [result.what for result in results] == ["splitting newlines", "splitting brackets"]
    assert all(result.figure is not None and result.figure > 0 for result in results)


def test_a_split_that_hangs_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(splitting, "HOSTILE", {"brackets": "("})
    monkeypatch.setattr(splitting, "_PATIENCE", 0)
    (result,) = splitting.hostile(megabytes=0.001)
    assert (result.figure, result.met) == (None, False)
    assert "stopped after 0 s" in result.note


def test_splitting_speed_of_an_article(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article = tmp_path / "mill.txt"
    article.write_text("Ada built the mill in 1850. The mill burned in 1871.\n" * 40)
    out = tmp_path / "out.json"
    arguments = ["--article", str(article), "--only", "split", "--json", str(out)]
    assert command.main(arguments) == 0
    (result,) = json.loads(out.read_text())["results"]
    assert result["figure"] > 0
    assert result["unit"] == "MB/s"
    assert "splitting plain text" in capsys.readouterr().out


def test_warm_questions_on_a_real_assistant(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article = tmp_path / "mill.txt"
    article.write_text(" ".join(f"Worker{n} built wheel {n} of the mill." for n in range(30)))
    out = tmp_path / "out.json"
    assert command.main(["--article", str(article), "--only", "warm", "--json", str(out)]) == 0
    results = json.loads(out.read_text())["results"]
    assert [result["unit"] for result in results] == ["ms"] * 3
    assert all(r["low"] <= r["figure"] <= r["high"] for r in results)
    article.write_text("Mill.")
    assert command.main(["--article", str(article), "--only", "warm"]) == 2
    assert "too short to ask questions about" in capsys.readouterr().err


@pytest.mark.parametrize("content", [None, "", "... --- ..."])
def test_an_article_without_words_is_named(
    tmp_path: Path, content: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    article = tmp_path / "article.txt"
    if content is not None:
        article.write_text(content)
    assert command.main(["--article", str(article)]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("lab.benchmarks: no ")
    assert str(article) in printed.err
    assert len(printed.err.splitlines()) == 1


@given(st.lists(st.tuples(st.text("ab", max_size=5), st.text("ab", min_size=1, max_size=5))))
def test_the_columns_of_a_table_are_aligned(rows: list[tuple[str, str]]) -> None:
    lines = table(("left", "right"), rows, frozenset({1})).splitlines()
    assert len(lines) == len(rows) + 2
    width = len(lines[1])
    for line, (left, right) in zip(lines[2:], rows, strict=True):
        assert line == f"{left:{width - 7}}  {right:>5}".rstrip()
