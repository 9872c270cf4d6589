"""Short rounds of the other runs, and faults planted for them to find."""

from __future__ import annotations

import os
import re
from pathlib import Path
from random import Random
from typing import Any

import pytest

from askdoc import Answer
from askdoc.errors import QuestionError
from askdoc.index import update
from lab.fuzzing import followups, kills, questions, texts, together
from lab.fuzzing.fleet import Fleet, Lost
from lab.fuzzing.followups import Tenth
from lab.fuzzing.questions import DOORS, Fault, door_of, tried
from lab.fuzzing.serving import served
from lab.fuzzing.shapes import text
from lab.fuzzing.together import Convoy, Reader
from lab.fuzzing.traps import TRAPS

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no such signals there")


def test_a_few_texts(capsys: pytest.CaptureFixture[str]) -> None:
    assert texts.main(["--texts", "12", "--neural-every", "0"]) == 0
    assert "12 texts" in (out := capsys.readouterr().out)
    assert "all of them verbatim\n" in out


def test_a_text_is_made_by_its_seed_and_number() -> None:
    made = [text(Random(f"text 0 {number}")) for number in range(50)]
    assert made == [text(Random(f"text 0 {number}")) for number in range(50)]
    assert len(set(made)) > 45


@pytest.mark.parametrize(
    ("name", "planted", "wrong"),
    [
        ("split", lambda document: [], "text after the last sentence"),
        ("all_stand", lambda verdicts: False, "StopIteration"),
        ("MOST_SECONDS", -1.0, "s of processor time"),
    ],
)
def test_a_fault_with_a_text_is_seen(
    monkeypatch: pytest.MonkeyPatch, name: str, planted: Any, wrong: str
) -> None:
    number = next(n for n in range(50) if not texts.tried(0, n, 0)["refused"])
    assert texts.tried(0, number, 0)["wrong"] == ""
    monkeypatch.setattr(texts, name, planted)
    assert wrong in texts.tried(0, number, 0)["wrong"]


def test_a_quote_that_is_not_verbatim_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    from askdoc import Assistant

    def forged(*arguments: Any, **options: Any) -> Answer:
        answer = asked(*arguments, **options)
        wrong = [one.model_copy(update={"quote": "No."}) for one in answer.citations]
        return answer.model_copy(update={"citations": tuple(wrong)})

    asked = Assistant.ask
    monkeypatch.setattr(Assistant, "ask", forged)
    assert any("not verbatim" in texts.tried(0, n, 0)["wrong"] for n in range(5))


_DIES = """
import os
from lab.fuzzing.serving import serve

def do(number):
    if number == 1:
        os._exit(7)
    return {"number": number}

import sys
serve(do, int(sys.argv[1]), int(sys.argv[2]))
"""


def test_a_case_that_ends_its_process_does_not_end_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "dying.py").write_text(_DIES)
    paths = os.pathsep.join([str(tmp_path), str(Path(__file__).parents[2])])
    monkeypatch.setenv("PYTHONPATH", paths)
    told = list(served("dying", [], 3))
    assert told == [(0, {"number": 0}), (1, "the process ended with 7: "), (2, {"number": 2})]


def test_a_short_conversation(capsys: pytest.CaptureFixture[str]) -> None:
    assert followups.main(["--turns", "20"]) in (0, 1)  # so few tell nothing of time
    assert "20 turns" in capsys.readouterr().out


def test_memory_and_time_that_grow_are_seen() -> None:
    flat = [Tenth(at, 100 * 2**20, (0.01,)) for at in range(10)]
    assert followups.faults(flat) == []
    grown = [*flat[:9], Tenth(9, 200 * 2**20, (0.05,))]
    assert followups.faults(grown) == [
        "memory grew by 100 MiB",
        "a turn took 10 ms and then 50 ms",
    ]


@pytest.mark.parametrize("door", [door for door in DOORS if door not in ("memory", "neural")])
def test_hostile_questions_by_each_door(door: str, tmp_path: Path) -> None:
    asks = door_of(door, tmp_path)
    for number in range(len(TRAPS)) if door == "conversation" else (10, 16):
        told = tried(asks, door, number, 0.0005)
        assert told["wrong"] == "", TRAPS[number].name
        assert told["outcome"]


def test_there_are_fifty_hostile_questions() -> None:
    assert len({trap.name for trap in TRAPS}) == len(TRAPS) >= 50
    assert max(len(trap.make(1.0).encode("utf-8", "replace")) for trap in TRAPS) > 9_900_000


def test_what_a_door_does_wrong_is_seen() -> None:
    def raises(question: str) -> str:
        raise KeyError("lamp")

    def says_nothing() -> Answer:
        raise QuestionError("", "", "")

    assert tried(raises, "memory", 0, 0.0001)["wrong"] == "KeyError: 'lamp'"
    with pytest.raises(Fault, match="does not help"):
        questions._asked(says_nothing)


def test_questions_by_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert questions.main(["--door", "memory", "--scale", "0.0005"]) == 0
    assert re.search(r"\d+ a clear error.*; 0 faults", capsys.readouterr().out)


def test_one_writes_and_one_reads(capsys: pytest.CaptureFixture[str]) -> None:
    few = ["--seconds", "1", "--readers", "1", "--files", "4", "--updates", "3"]
    assert together.main(few) == 0
    assert "1 readers" in capsys.readouterr().out


def test_a_reader_that_sees_two_states_at_once_says_so(tmp_path: Path) -> None:
    convoy, index = Convoy(tmp_path / "docs", 3), tmp_path / "index"
    (convoy.folder / "00.md").write_text("# Log\n\nThe ship 0 left the port in year 9.\n")
    convoy.version = 1  # neither renamed nor made anew
    convoy.update(index)
    seen = Reader(index, 3).end_when_failed()
    assert len(seen.failures) == 1
    assert "gave versions ['0', '9']" in seen.failures[0]


def test_a_few_kills(capsys: pytest.CaptureFixture[str]) -> None:
    assert kills.main(["--kills", "2"]) == 0
    assert "2 kills" in capsys.readouterr().out


def test_what_is_lost_is_seen(tmp_path: Path) -> None:
    fleet, index = Fleet(tmp_path / "docs", Random(1), 4), tmp_path / "index"
    update(index, fleet.folder, processes=0)
    fleet.check_complete(index)
    fleet.old = dict(fleet.new)
    fleet.path("002").write_text("Somebody else's text.")
    update(index, fleet.folder, processes=0)
    with pytest.raises((Lost, ValueError)):
        fleet.check_committed(index)
    fleet.path("002").unlink()
    update(index, fleet.folder, processes=0)
    with pytest.raises(Lost):
        fleet.check_committed(index)
