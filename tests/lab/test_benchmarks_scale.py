"""The saved index beside others, every system in new processes, and the table; no times."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scale_texts import texts

from lab.benchmarks import __main__ as command
from lab.benchmarks import scale
from lab.benchmarks.corpus import About
from lab.benchmarks.scale import Measured, Row
from lab.benchmarks.scale_table import HEADER, floors, render
from lab.benchmarks.systems import ASKDOC, BUILT_BY, RETRIEVER, SYSTEMS, system
from lab.benchmarks.timing import BenchmarkError
from lab.table import markdown

__all__ = ["texts"]


@pytest.fixture(scope="module")
def measured(texts: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the command writes, having measured every system at 100 passages."""
    folder = tmp_path_factory.mktemp("measured")
    out = folder / "out.json"
    arguments = ["--only", "scale", "--passages", "100", "--text", str(texts), "--rounds", "1"]
    arguments += ["--work", str(folder / "work"), "--plots", str(folder), "--json", str(out)]
    assert command.main(arguments) == 0
    assert not list((folder / "work").glob("index-*"))
    return {"folder": folder, **json.loads(out.read_text())}


def test_every_system_finds_the_passages(measured: dict[str, Any]) -> None:
    (one,) = measured["scale"]
    rows = {row["system"]: row for row in one["rows"]}
    assert tuple(rows) == SYSTEMS
    assert one["notes"] == []
    for name, row in rows.items():
        assert row["found"] == 1.0, name
        assert row["passages"] == 100
        assert row["asked"] > 50
        assert row["disk"] > 10_000
        assert row["peak"] >= row["bare"] > 1_000_000
        assert row["cold"] > 0
        assert row["slow"] >= row["median"] > 0
        assert (row["build"] is None) == (name in BUILT_BY)
    same_terms = [name for name in rows if system(name).analysis == "askdoc's terms"]
    assert len(same_terms) >= 3
    assert all(rows[name]["alike"] > 0.9 for name in same_terms)
    assert rows["rank-bm25"]["alike"] == rows["rank-bm25"]["to_rank"] == 1.0
    assert rows["tantivy"]["to_tantivy"] == rows["tantivy"]["build_to_tantivy"] == 1.0


def test_only_askdoc_is_held_to_floors(measured: dict[str, Any]) -> None:
    assert {result["what"].split()[0] for result in measured["results"]} == {ASKDOC, RETRIEVER}


def test_the_picture_names_every_system(measured: dict[str, Any]) -> None:
    drawn = ElementTree.parse(measured["folder"] / "scale.svg")
    shown = {"".join(node.itertext()) for node in drawn.iter("{http://www.w3.org/2000/svg}text")}
    assert {row["system"] for row in measured["scale"][0]["rows"]} <= shown


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--text", "nowhere"], "no such folder: nowhere. Name another."),
        (["--text", ".", "--plots", "nowhere"], "no such folder: nowhere. Name another."),
        (["--text", "."], "no text in it: "),
    ],
)
def test_what_is_missing_is_named(
    given: list[str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert command.main(["--only", "scale", "--work", str(tmp_path / "work"), *given]) == 2
    printed = capsys.readouterr()
    assert said in printed.err
    assert (printed.out, len(printed.err.splitlines())) == ("", 1)


@pytest.mark.parametrize(
    "given", [("--systems", "tantivy,elastic"), ("--passages", "0"), ("--passages", "many")]
)
def test_options_that_make_no_sense_are_refused(
    given: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as raised:
        command.main(["--only", "scale", *given])
    assert raised.value.code == 2
    assert f"argument {given[0]}: " in capsys.readouterr().err


_ABOUT = About("", 100_000, 100_000, 9, 1_000_000, 0.0, 1.5)
_ROW = Row(
    ASKDOC, 100_000, 30.0, 50_000_000, 0.2, 0.04, 0.0005, 0.002, 90_000_000, 60_000_000,
    200_000_000, 0.95, 0.97, 200, 250.0, 1.4, 2.5,
)  # fmt: skip


def test_floors_are_of_askdoc_at_the_sizes_they_are_set_for() -> None:
    rival = replace(_ROW, system="tantivy")
    results = {result.what: result for result in floors([Measured(_ABOUT, (rival, _ROW))])}
    assert all(what.startswith("askdoc at 100,000: ") for what in results)
    met = {what.split(": ")[1]: result.met for what, result in results.items()}
    assert met == {
        "rank-bm25 / a warm question": False,
        "a warm question / bare tantivy": True,
        "open and first question": True,
        "memory while open": True,
        "build / bare tantivy": True,
    }
    large = Measured(replace(_ABOUT, passages=1_000_000), (replace(_ROW, passages=1_000_000),))
    assert any(r.what.endswith("p95") and r.figure == 2.0 for r in floors([large]))
    alone = replace(_ROW, to_rank=None, to_tantivy=None, build_to_tantivy=None)
    assert len(list(floors([Measured(_ABOUT, (alone,))]))) == 2


def test_the_table_tells_who_lost_patience_and_what_was_left_out() -> None:
    slow = replace(_ROW, system="rank-bm25", asked=12, build=None, alike=None)
    printed = render([Measured(_ABOUT, (slow, _ROW), ("fts5 left out: no module.",))], True)
    lines = printed.splitlines()
    assert all(line.count("|") == len(HEADER) + 1 for line in lines[:4])
    assert "100,000 passages: rank-bm25 was asked 12 questions only." in lines
    assert "100,000 passages: fts5 left out: no module." in lines
    assert lines[3].split(" | ")[5:9] == ["50.0", "40.0", "0.50", "2.00"]


@given(st.lists(st.tuples(st.text("a|\\ ", max_size=5), st.text("b1", max_size=5)), max_size=4))
def test_cells_of_markdown_stay_cells(rows: list[tuple[str, str]]) -> None:
    lines = markdown(("left", "right"), rows, frozenset({1})).splitlines()
    assert lines[1] == "|---|---:|"
    assert len(lines) == len(rows) + 2
    assert all(len(re.findall(r"(?<!\\)\|", line)) == 3 for line in lines)


def test_ratios_are_of_rounds_that_both_were_in() -> None:
    def told(*medians: float) -> list[dict[str, Any]]:
        return [{"seconds": [9.0, median, median]} for median in medians]

    assert scale._ratio(told(8.0, 6.0, 4.0), told(2.0, 2.0, 2.0)) == 3.0
    assert scale._ratio(told(8.0), told(2.0, 1.0)) == 4.0
    assert scale._ratio(None, told(1.0)) is scale._ratio(told(1.0), None) is None
    answers = [["a", "b", "c"], ["d"]]
    assert scale._alike([["a", "c", "x"], ["d"]], [{"answers": answers}]) == pytest.approx(5 / 6)
    assert scale._alike(answers, None) is None


def test_a_system_without_room_is_left_out(
    texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scale, "_free_memory", lambda: 100_000)
    plan = scale.Plan((texts,), tmp_path, (30,), ("rank-bm25", "fts5"), 1)
    (one,) = scale.measure(plan)
    assert [row.system for row in one.rows] == ["fts5"]
    assert one.rows[0].to_rank is one.rows[0].alike is one.rows[0].to_tantivy is None
    (note,) = one.notes
    assert note.startswith("rank-bm25 left out: it would need about")


@pytest.mark.parametrize("step", ["corpus", "questions"])
def test_a_system_that_fails_is_left_out_and_told(
    texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    work = scale._work

    def broken(name: str, folder: Path, **request: object) -> Any:
        if name == "bm25s" and step in request:
            raise BenchmarkError("No module named 'bm25s': python.")
        return work(name, folder, **request)

    monkeypatch.setattr(scale, "_work", broken)
    plan = scale.Plan((texts,), tmp_path, (30,), ("bm25s", "fts5"), 1)
    (one,) = scale.measure(plan)
    assert [row.system for row in one.rows] == ["fts5"]
    assert one.notes == ("bm25s left out: No module named 'bm25s': python.",)


def test_a_system_that_loses_patience_is_asked_once(
    texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scale, "_PATIENCE", 0.0)
    (one,) = scale.measure(scale.Plan((texts,), tmp_path, (30,), ("fts5",), 2))
    assert [row.asked for row in one.rows] == [10]
