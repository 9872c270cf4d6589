"""Hostile files are made for every format, read, and judged; a broken promise is seen."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from askdoc.load.formats import LOADERS, loader_for, suffix_of
from askdoc.reading.limits import MEMORY
from lab.fuzzing.hostile import __main__ as command
from lab.fuzzing.hostile.__main__ import CASES, WAYS, Run, read, summary
from lab.fuzzing.hostile.case import Case
from lab.fuzzing.hostile.reading import Told

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no limits for a process there")


def test_there_are_hostile_files_of_every_format() -> None:
    assert {loader_for(case.name) for case in CASES} == set(LOADERS.values())
    assert min(Counter(suffix_of(case.name) for case in CASES).values()) >= 1
    assert len({case.name for case in CASES}) == len(CASES) > 100


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_hostile_file_is_made_by_its_name_and_size(case: Case) -> None:
    small = case.at(0.0002)
    assert small and small == case.at(0.0002)


def test_hostile_files_are_read_and_told_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "log"
    names = ["nested.json", "count.pdf"]
    assert command.main([*names, "--scale", "0.0005", "--log", str(log), "--top", "2"]) == 0
    out = capsys.readouterr().out
    assert "nested.json" in log.read_text()
    assert "2 files of 2 kinds, 4 runs" in out and "0 broke a promise" in out


def test_files_are_only_made_where_that_is_asked_for(tmp_path: Path) -> None:
    assert command.main(["kids.pdf", "--make", str(tmp_path)]) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["kids.pdf"]


TOLD = Told(outcome="read", read=1.0, asked=1.0, peak=2**20, child=1.0, child_peak=2**20)

SLOW = Told(outcome="read", read=1.0, asked=1.0, peak=2**20, child=9.0, child_peak=2**20)
LARGE = Told(outcome="read", read=1.0, asked=1.0, peak=2**29, child=1.0, child_peak=2**20)


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({}, ""),
        ({"child": 99.0}, "its child took 99.0 s, not 80"),
        ({"asked": 99.0}, "it took 100.0 s, not 20"),
        ({"peak": 2 * MEMORY + 2**20}, "it took 2049 MiB"),
        ({"child_peak": MEMORY + 2**20}, "its child took 1025 MiB"),
        ({"outcome": "EmptySource: there is no text in it: a.txt. Leave it out."}, ""),
        ({"outcome": "EmptySource: oh"}, "an error that does not help: EmptySource: oh"),
    ],
)
def test_a_broken_promise_is_seen(change: Told, wrong: str) -> None:
    assert command._wrong({**TOLD, **change}, 20.0, "a.txt") == wrong


def test_a_reader_that_dies_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONHASHSEED", "no number")  # with which no Python starts
    (run,) = read([Case("a.txt", 1, lambda _: b"lamp")], 1.0, WAYS[:1])
    assert run.told is None
    assert "it ended with" in run.wrong
    assert "1 broke a promise" in summary([run], 5)


def test_the_table_begins_with_what_cost_most() -> None:
    case = Case("a.txt", 1, lambda _: b"lamp")
    runs = [
        Run(case._replace(name=f"{name}.txt"), 4, "ask", told, "")
        for name, told in (("slow", SLOW), ("large", LARGE))
    ]
    by_time, by_memory, _ = summary(runs, 1).split("\n\n")
    assert "slow.txt" in by_time and "large.txt" not in by_time
    assert "large.txt" in by_memory and "slow.txt" not in by_memory
