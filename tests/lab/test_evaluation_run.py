"""The whole evaluation on a folder small enough to know every figure by hand."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from fake_asker import CrashingAsker, FakeAsker, build, build_without_shorts

from askdoc import resolve
from lab.evaluation import __main__ as command
from lab.evaluation.asking import Asker, Build, RankingOutcome
from lab.evaluation.data import SOURCES, RankingRow, Row, load
from lab.evaluation.figures import figures
from lab.evaluation.run import perform, plan

ONE = "Ada built the mill in 1850. The mill burned in 1871."
TWO = "The mill had four wheels. Water came from the hill."
ROWS: dict[str, list[dict[str, Any]]] = {
    "squad2a": [
        # Best in article and paragraph; the short answer is the last word.
        {"id": "s1", "title": "Mill", "context": ONE, "question": "built the mill in"}
        | {"answers": [{"text": "1850", "start": 22}], "set": "dev"},
        # The wrong sentence holds four of the five words, the answer's two.
        {"id": "s2", "title": "Mill", "context": TWO, "question": "had the mill water wheels"}
        | {"answers": [{"text": "the hill", "start": 42}], "set": "dev"},
        # Unanswerable, answered all the same, and unanswerable, refused.
        {"id": "s3", "title": "Mill", "context": TWO, "question": "had the mill", "answers": []},
        {"id": "s4", "title": "Mill", "context": TWO, "question": "who owned hill farm"}
        | {"answers": []},
    ],
    "wikiqa": [
        {"id": "w1", "question": "mill wheels", "candidates": ["No.", "A mill.", "Mill wheels."]}
        | {"labels": [1, 0, 1]},
        {"id": "w2", "question": "mill", "candidates": ["A mill."], "labels": [0]},
    ],
    "followups": [
        {"id": "f1", "history": ["Mill", "Fire"], "question": "When did the mill burn?"}
        | {"rewrite": "When did the mill burn?"},
    ],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, rows in ROWS.items():
        lines = "".join(json.dumps(row) + "\n" for row in rows)
        (tmp_path / SOURCES[name].file).write_bytes(gzip.compress(lines.encode()))
    return tmp_path


def run(folder: Path, *more: str) -> int:
    sets = ["--only", ",".join(ROWS)] if "--only" not in more else []
    reader = ["--reader", "lexical"] if "--reader" not in more else []
    return command.main(["--data", str(folder), "--jobs", "1", *sets, *reader, *more])


def measure(monkeypatch: pytest.MonkeyPatch, **builds: Build) -> None:
    """Measure what these build, by the name of a reader, in the place of that reader."""

    def build_fake(texts: dict[str, str], *, reader: str, model: Path | None) -> Asker:
        return builds[reader](texts)

    monkeypatch.setattr(command, "build_assistant", build_fake)


def test_every_figure_of_a_small_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    measure(monkeypatch, lexical=build)
    assert run(folder, "--json", str(folder / "out.json")) == 0
    whole = json.loads((folder / "out.json").read_text())
    got = {(figure["set"], figure["measure"]): figure for figure in whole["figures"]}
    expected: dict[Any, Any] = {
        ("squad2a", "article hit@1"): (2, 1 / 2),
        # s2: the wheels (wrong), then three sentences with two words each, the hill the last.
        ("squad2a", "article MRR@10"): (2, (1 + 1 / 4) / 2),
        ("squad2a", "paragraph hit@1"): (2, 1 / 2),
        ("squad2a", "EM"): (4, 2 / 4),
        ("squad2a", "F1"): (4, 2 / 4),
        ("squad2a", "EM, answerable"): (2, 1 / 2),
        ("squad2a", "F1, answerable"): (2, 1 / 2),
        # Confidences: 1.0 and 0.8 of the answerable, 1.0 and 0.25 of the others.
        ("squad2a", "AUROC"): (4, (0.5 + 1 + 0 + 1) / 4),
        # The two of 1.0 are right half the time, the others never.
        ("squad2a", "ECE"): (4, (0.5 + 0.5 + 0.8 + 0.25) / 4),
        ("squad2a", "answered, of all"): (4, 3 / 4),
        ("squad2a", "right, of the answered"): (3, 1 / 3),
        ("squad2a", "refused, of the unanswerable"): (2, 1 / 2),
        # Candidates in the order 2, 1, 0; w2 has no right candidate.
        ("wikiqa", "MAP"): (1, (1 + 2 / 3) / 2),
        ("wikiqa", "MRR"): (1, 1.0),
        # Candidate 0 was not returned, and is alone in that.
        ("wikiqa", "MAP, not returned at their worst"): (1, (1 + 2 / 3) / 2),
        ("followups", "BLEU"): (1, 100.0),
    }
    assert {key: (f["n"], pytest.approx(f["value"])) for key, f in got.items()} == expected
    for figure in whole["figures"]:
        assert figure["low"] <= figure["value"] + 1e-9
        assert figure["value"] <= figure["high"] + 1e-9
    assert got["wikiqa", "MAP"]["note"] == "1 without a right candidate left out"
    assert (whole["sample"], whole["seed"], whole["failures"]) == (1000, 0, [])
    printed = capsys.readouterr()
    first = printed.out.splitlines()[2].split()
    assert first[:5] == ["squad2a", "article", "hit@1", "2", "0.500"]
    assert first[-1] == "0.727"
    assert len(printed.err.splitlines()) == 1, "no bar without a terminal"


def test_a_resolve_that_is_public_is_used(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def resolve(question: str, history: list[str]) -> str:
        return f"{history[0]}: {history[1]}"

    monkeypatch.setattr("askdoc.resolve", resolve)
    assert run(folder, "--only", "followups", "--json", str(folder / "out.json")) == 0
    (figure,) = json.loads((folder / "out.json").read_text())["figures"]
    assert figure["value"] < 50
    assert figure["note"] == ""


def test_the_dump_shows_each_question_with_what_came_back(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    measure(monkeypatch, lexical=build)
    assert run(folder, "--dump", str(folder / "dump.jsonl")) == 0
    lines = [json.loads(line) for line in (folder / "dump.jsonl").read_text().splitlines()]
    asked = [(line["asked_of"], line["id"]) for line in lines]
    assert asked == [
        *(("article", id) for id in ("s1", "s2")),
        *(("paragraph", id) for id in ("s1", "s2", "s3", "s4")),
        *(("ranking", id) for id in ("w1", "w2")),
        ("follow-up", "f1"),
    ]
    assert lines[2]["prediction"] == "1850"
    assert lines[2]["given"]["citations"][0]["quote"] == "Ada built the mill in 1850."
    assert lines[6]["order"] == [2, 1, 0]


def test_a_crash_counts_as_wrong_and_the_run_goes_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = ROWS["squad2a"] + [ROWS["squad2a"][0] | {"id": "s5", "question": "crash"}]
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (folder / SOURCES["squad2a"].file).write_bytes(gzip.compress(lines.encode()))
    measure(monkeypatch, lexical=CrashingAsker)
    assert run(folder, "--only", "squad2a") == 1
    printed = capsys.readouterr()
    assert printed.out.splitlines()[2].split()[1:5] == ["article", "hit@1", "3", "0.333"]
    # Once for the article, once for the paragraph.
    assert "2 questions failed; squad2a s5, lexical: ZeroDivisionError" in printed.err


def test_figures_do_not_depend_on_the_number_of_processes(folder: Path) -> None:
    samples: dict[str, list[Row]] = {"wikiqa": load(folder, "wikiqa")}
    planned = plan(samples, {}, {"one": build, "other": build_without_shorts}, resolve) * 3
    counted: list[int] = []
    alone = perform(planned, 1, lambda _: None)
    assert perform(planned, 2, counted.append) == alone
    assert sum(counted) == 12
    assert {reader: list(of) for reader, of in alone.items()} == {
        "one": ["wikiqa"],
        "other": ["wikiqa"],
    }


def test_what_breaks_everywhere_gets_no_credit_for_refusing_or_for_the_files_order(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(texts: dict[str, str]) -> FakeAsker:
        raise FileNotFoundError("no model")

    measure(monkeypatch, lexical=broken)
    assert run(folder, "--only", "squad2a,wikiqa", "--json", str(folder / "out.json")) == 1
    found = json.loads((folder / "out.json").read_text())["figures"]
    value = {(figure["set"], figure["measure"]): figure["value"] for figure in found}
    assert value["squad2a", "EM"] == value["squad2a", "F1"] == 0.0
    assert value["squad2a", "refused, of the unanswerable"] == 0.0
    assert value["wikiqa", "MAP"] == value["wikiqa", "MRR"] == 0.0


def test_an_order_that_was_not_earned_shows_in_the_worst_case() -> None:
    rows = [RankingRow("r", "?", ("a", "b", "c"), (True, False, True))]
    outcomes = [RankingOutcome("r", (2, 0, 1), cited=1)]
    value = {f.measure: f.value for f in figures("trecqa", rows, outcomes, 0, rounds=2)}
    assert value["MAP"] == 1.0
    assert value["MAP, not returned at their worst"] == pytest.approx((1 + 2 / 3) / 2)


def test_a_progress_bar_when_asked_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    measure(monkeypatch, lexical=build)
    assert run(folder, "--progress", "--sample", "1") == 0
    printed = capsys.readouterr()
    assert "100%" in printed.err
    assert "100%" not in printed.out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--data", "nowhere"], "no such data folder: nowhere."),
        (["--data", "."], "no such file: dev-squad2a.jsonl.gz."),
        (["--data", ".", "--json", "nowhere/out.json"], "no such folder: nowhere."),
        (["--data", ".", "--only", "squad3"], "no set 'squad3'"),
        (["--data", ".", "--sample", "0"], "not a whole number above 0: '0'"),
        (["--data", ".", "--sample", "5", "--full"], "not allowed with argument"),
        (["--data", ".", "--reader", "lexical,oracle"], "no reader 'oracle'"),
        (["--data", ".", "--kept", "4"], "neither 0 to 3 nor 'all': '4'"),
        (["--data", ".", "--model", "nowhere"], "missing: nowhere/reader.json."),
        (["--data", ".", "--reader", "lexical", "--model", "."], "--model is for the neural"),
        (["--data", ".", "--reader", "lexical", "--plots", "no/where"], "no such folder: no."),
    ],
)
def test_the_real_command_names_what_is_wrong(
    tmp_path: Path, arguments: list[str], message: str
) -> None:
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-m", "lab.evaluation", *arguments],
        cwd=tmp_path,
        env={"PYTHONPATH": str(root), "PATH": ""},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert message in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr
