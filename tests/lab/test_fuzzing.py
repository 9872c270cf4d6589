"""A short round of fuzzing for every loader, and faults planted for the fuzzing to find."""

from __future__ import annotations

import os
from pathlib import Path
from random import Random

import pytest

from askdoc.errors import EmptySource
from askdoc.load.formats import LOADERS, Loader, loader_for
from askdoc.model import Document, Heading, Place, Span
from lab.fuzzing import __main__ as command
from lab.fuzzing.archives import AnyGrowth
from lab.fuzzing.cases import Finding, case, findings
from lab.fuzzing.edits import Growth
from lab.fuzzing.json_values import edit_json
from lab.fuzzing.kinds import KINDS, growing
from lab.fuzzing.oracle import fault, judge, judge_growth
from lab.fuzzing.samples import known_names, samples

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no limits for a process there")

# Enough to see that all of it works: the minutes that find something are for a person to spend.
_FEW = 5


def test_every_loader_has_a_way_of_being_broken() -> None:
    assert {loader_for(f"a{kind}") for kind in KINDS} == set(LOADERS.values())


@pytest.mark.parametrize("kind", KINDS)
def test_every_sample_is_read_as_it_is(kind: str) -> None:
    assert samples(kind)
    for data in samples(kind):
        assert fault(loader_for(f"a{kind}")(data, f"a{kind}"), f"a{kind}") is None


@pytest.mark.parametrize("kind", KINDS)
def test_a_short_round_finds_nothing(kind: str) -> None:
    told = list(findings(kind, 0, 0, _FEW))
    assert [one for one in told if isinstance(one, Finding)] == []
    assert told == list(range(_FEW))


@pytest.mark.parametrize("kind", KINDS)
def test_a_case_is_made_by_its_kind_seed_and_number(kind: str) -> None:
    assert _bytes(case(kind, 1, 5)) == _bytes(case(kind, 1, 5))
    assert len({_bytes(case(kind, 1, number)) for number in range(6)}) > 3


def _bytes(made: bytes | AnyGrowth) -> bytes:
    return made if isinstance(made, bytes) else made.times(3)


@pytest.mark.parametrize("kind", KINDS)
def test_growth_makes_inputs_of_about_the_size_asked_for(kind: str) -> None:
    growth = growing(kind, Random(4))
    few, many = growth.times(1), growth.times(4)
    assert few != many
    assert growth.count_for(1000) < growth.count_for(10**6)


def _sound(data: bytes, source: str) -> Document:
    return Document("Text.", source)


def _raises(data: bytes, source: str) -> Document:
    raise KeyError("w:val")


def _gives_no_advice(data: bytes, source: str) -> Document:
    raise EmptySource("nothing in it", source)


def _changes_its_mind(data: bytes, source: str, calls: list[int] = []) -> Document:  # noqa: B006
    calls.append(1)
    return Document("x" * len(calls), source)


def _has_half_a_character(data: bytes, source: str) -> Document:
    return Document("\ud800", source)


def _has_a_heading_outside(data: bytes, source: str) -> Document:
    return Document("Text.", source, (Heading(Span(3, 9), "Text.", 1),))


def _has_places_out_of_order(data: bytes, source: str) -> Document:
    return Document("Text.", source, places=(Place(2, "a"), Place(1, "b")))


@pytest.mark.parametrize(
    ("loader", "what"),
    [
        (_raises, "KeyError"),
        (_gives_no_advice, "an error that does not help"),
        (_changes_its_mind, "another result the second time"),
        (_has_half_a_character, "a lone surrogate"),
        (_has_a_heading_outside, "headings out of order"),
        (_has_places_out_of_order, "places out of order"),
    ],
)
def test_a_fault_is_seen(monkeypatch: pytest.MonkeyPatch, loader: Loader, what: str) -> None:
    monkeypatch.setitem(LOADERS, ".faulty", loader)
    found = judge(b"", ".faulty")
    assert found is not None
    assert what in found.what


def test_a_sound_loader_has_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LOADERS, ".faulty", _sound)
    assert judge(b"", ".faulty") is None
    assert judge_growth(Growth(b"", b"a", b"", b"", b""), ".faulty") is None


def test_time_that_grows_with_the_square_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]

    def square(data: bytes, source: str) -> Document:
        clock[0] += (len(data) / 500_000) ** 2
        return Document("Text.", source)

    monkeypatch.setattr("lab.fuzzing.oracle.process_time", lambda: clock[0])
    monkeypatch.setitem(LOADERS, ".faulty", square)
    found = judge_growth(Growth(b"", b"ab", b"", b"", b""), ".faulty")
    assert found is not None
    assert found.what == "time grows with the square"


def test_json_stays_json() -> None:
    import json

    edited = [edit_json(Random(seed), samples(".json")[0]) for seed in range(200)]
    assert len(set(edited)) > 150
    read = 0
    for data in edited:
        try:
            json.loads(data)
        except ValueError:
            continue
        read += 1
    assert read > 150


def test_names_come_from_the_loaders_themselves() -> None:
    assert {b"w:tbl", b"w:vMerge"} <= set(known_names(".docx"))
    assert b"text:h" in known_names(".odt")


def test_one_case_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["json", "--seed", "1", "--case", "5", "--out", str(tmp_path)]) == 0
    assert "read as it should be" in capsys.readouterr().out
    assert (tmp_path / "1-5.json").read_bytes() == _bytes(case(".json", 1, 5))


def test_a_few_cases_by_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["vtt", "--cases", "3"]) == 0
    assert capsys.readouterr().out.startswith(".vtt: 3 cases in ")
