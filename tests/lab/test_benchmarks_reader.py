"""The readers' benchmarks: what workers are told and tell, and what is made of it; no times."""

from __future__ import annotations

import json
import os
import stat
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab.benchmarks import __main__ as command
from lab.benchmarks import comparison
from lab.benchmarks.child import Report, ask_child
from lab.benchmarks.comparison import Beside, compare
from lab.benchmarks.parts import Clock
from lab.benchmarks.reading import Corpus, over_and_over, warm
from lab.benchmarks.timing import BenchmarkError, in_turn, p95, pinned
from lab.benchmarks.worker import needed
from lab.table import table

# Stands in for a Python of another environment: it notes what it was asked, and says how long each
# question took by a rule, `{factor}` times its place in the list.
_FAKE = """#!{python}
import json, sys, time
request = json.load(sys.stdin)
open({log!r}, "a").write(json.dumps([sys.argv[1:], request]) + "\\n")
asked = request.get("questions", [])
times = [{factor} * (1 + at) for at in range(len(asked))]
report = {{"imported": 0.5, "seconds": times, "busy": times, "peak": {factor} * 1000000}}
if "system" in request:
    report["loaded"] = 1.0
if asked:
    report.update(answered_at=time.time(), cold_busy={factor})
if "installed" in request:
    report["disk"] = {factor} * 2000000
print(json.dumps(report))
"""


def fake(folder: Path, name: str, factor: int, source: str = _FAKE) -> Path:
    path = folder / name
    log = str(folder / "log")
    path.write_text(source.format(python=sys.executable, log=log, factor=factor))
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.fixture
def model(tmp_path: Path) -> Path:
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "config.json").write_bytes(b"x" * 500_000)
    return folder


def test_both_are_asked_the_same_in_turn(tmp_path: Path, model: Path) -> None:
    ours, theirs = fake(tmp_path, "ours", 2), fake(tmp_path, "theirs", 6)
    questions = [f"question {number}?" for number in range(7)]
    rows = compare("All of it.", ["All", "of it."], questions, 3, theirs, model, ours)
    asked = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()]
    assert all(arguments[0] == "-I" for arguments, _ in asked)
    requests = [request for _, request in asked if "questions" in request]
    assert [request["system"] for request in requests] == ["askdoc", "haystack"] * 3
    assert all("installed" not in request for request in requests)
    for one, other in zip(requests[::2], requests[1::2], strict=True):
        assert one["questions"] == other["questions"]
        assert one["texts"] == {"article": "All of it."}
        assert other["passages"] == ["All", "of it."]
        assert Path(other["model"]) == model
    assert sorted(q for request in requests[::2] for q in request["questions"]) == questions
    by_name = {row.what: row for row in rows}
    warm_up_left_out = by_name["a question, p50"]
    assert (warm_up_left_out.askdoc, warm_up_left_out.haystack) == (4000.0, 12000.0)
    assert warm_up_left_out.times == warm_up_left_out.low == warm_up_left_out.high == 3.0
    assert by_name["memory at its peak"].times == 3.0
    disk = by_name["on disk, with the model"]
    assert (disk.askdoc, disk.haystack) == (4.0, 12.5)
    assert all(row.times > 0 for row in rows)


def test_no_more_rounds_than_leave_each_a_warm_question(tmp_path: Path, model: Path) -> None:
    ours, theirs = fake(tmp_path, "ours", 1), fake(tmp_path, "theirs", 1)
    compare("x", ["x"], ["a?", "b?", "c?"], 15, theirs, model, ours)
    with pytest.raises(BenchmarkError, match="too short"):
        compare("x", ["x"], ["a?"], 15, theirs, model, ours)


def test_the_command_prints_both_side_by_side(
    tmp_path: Path, model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article = tmp_path / "mill.txt"
    article.write_text(" ".join(f"Worker{n} built wheel {n} of the mill." for n in range(30)))
    pythons = {name: fake(tmp_path, name, at) for at, name in enumerate(("askdoc", "haystack"), 1)}
    out = tmp_path / "out.json"
    arguments = ["--only", "haystack", "--article", str(article), "--rounds", "2"]
    for name, path in pythons.items():
        arguments += [f"--{name}", str(path)]
    assert command.main([*arguments, "--model", str(model), "--json", str(out)]) == 0
    written = json.loads(out.read_text())
    assert written["results"] == []
    assert {row["unit"] for row in written["beside"]} == {"ms", "MB"}
    printed = capsys.readouterr().out
    assert all(row["what"] in printed for row in written["beside"])
    assert "Haystack" in printed.splitlines()[0]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([], "Give --haystack PYTHON --model FOLDER."),
        (["--haystack", "python"], "Give --haystack PYTHON --model FOLDER."),
        (["--haystack", "python", "--model", "nowhere"], "no model: nowhere. Write it with"),
    ],
)
def test_what_haystack_needs_is_named(
    given: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["--only", "haystack", *given]) == 2
    printed = capsys.readouterr()
    assert said in printed.err
    assert (printed.out, len(printed.err.splitlines())) == ("", 1)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("#!{python}\nimport sys; sys.exit('No module.')", r"^No module: .*broken\. Install it\.$"),
        ("#!{python}\nprint('hello')", r"^no report came back: "),
        ("#!{python}\nprint('[]')", r"^no report came back: "),
        ("#!{python}\nprint('{{}}')", r"^no report came back: "),
        ("#!{python}\nimport sys; sys.exit(3)", r"^exit code 3: "),
        ("#!/nowhere/python", r"^No such file or directory: .*broken\. Name a Python\.$"),
    ],
)
def test_a_worker_that_fails_is_named(tmp_path: Path, source: str, said: str) -> None:
    with pytest.raises(BenchmarkError, match=said):
        ask_child({"system": "haystack"}, fake(tmp_path, "broken", 1, source), "Install it.")


def test_a_python_without_haystack_says_so(tmp_path: Path) -> None:
    bare = ["import sys", "sys.path[:] = [p for p in sys.path if 'site-packages' not in p]"]
    run = f"import runpy; runpy.run_path({str(Path(comparison.__file__).with_name('worker.py'))!r}"
    source = "#!{python}\n" + "\n".join([*bare, run + ", run_name='__main__')"]) + "\n"
    with pytest.raises(BenchmarkError, match=r"No module named 'torch': .*\. Install it\.$"):
        ask_child({"system": "haystack"}, fake(tmp_path, "bare", 1, source), "Install it.")


def test_askdoc_answers_in_a_worker() -> None:
    texts = {"mill.txt": "Ada built the mill in 1850. It burned in 1871."}
    questions = ["Who built the mill?", "When did it burn?"]
    request = {"system": "askdoc", "reader": "lexical", "texts": texts, "installed": ["askdoc"]}
    report = ask_child({**request, "questions": questions})
    assert len(report.times) == len(report.busy) == 2
    assert report.cold > sum(report.times[:1]) > 0
    assert report.cold_busy > report.busy[0]
    bare = ask_child({"imports": ["json"]})
    assert 1_000_000 < bare.peak < report.peak
    assert (bare.cold, bare.times, bare.disk) == (0.0, (), 0)
    package = Path(__file__).parents[2] / "askdoc"
    assert report.disk > sum(file.stat().st_size for file in package.rglob("*.py"))


def test_memory_is_the_childs_own(tmp_path: Path) -> None:
    ballast = b"\1" * 300_000_000
    assert ask_child({}).peak < len(ballast)


def test_requirements_are_followed_with_their_extras() -> None:
    stated = [
        "tokenizers>=0.20",
        "transformers[sentencepiece, torch]>=5.0.0",
        'pytest>=8; extra == "dev"',
        "torch>=2 ; python_version > '3' and extra == 'torch'",
        'colorama (>=0.4) ; platform_system == "Windows"',
    ]
    named = dict(needed(stated, frozenset({"torch"})))
    assert set(named) == {"tokenizers", "transformers", "torch", "colorama"}
    assert named["transformers"] == {"sentencepiece", "torch"}


def _cores(_: object) -> int:
    return len(os.sched_getaffinity(0))


def _fail(message: str) -> None:
    raise BenchmarkError(message)


def _die() -> None:
    os._exit(3)


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="cores cannot be chosen here")
def test_only_the_child_is_pinned() -> None:
    before = os.sched_getaffinity(0)
    assert pinned(_cores, None) == 1
    assert os.sched_getaffinity(0) == before


def test_what_goes_wrong_in_the_child_is_heard_of() -> None:
    with pytest.raises(BenchmarkError, match=r"^no model: x\.$"):
        pinned(_fail, "no model: x.")
    with pytest.raises(BenchmarkError, match="broke"):
        pinned(_die)


@given(st.lists(st.floats(0, 1e3), min_size=1))
def test_nineteen_of_twenty_are_within_p95(times: list[float]) -> None:
    bound = p95(times)
    assert bound in times
    assert sum(one <= bound for one in times) >= 0.95 * (len(times) - 1)


def test_works_take_turns() -> None:
    calls: list[str] = []
    works = [lambda name=name: calls.append(name) for name in "abc"]
    rounds = in_turn(works, 2)
    assert "".join(calls) == "abc" * 3
    assert [len(one) for one in rounds] == [3, 3]


def test_a_call_within_another_counts_once() -> None:
    clock = Clock()
    inner = clock.around("inner", lambda: 7)
    outer = clock.around("outer", inner)
    assert outer() == 7
    assert set(clock.spent) == {"outer"}
    assert inner() == 7
    assert set(clock.spent) == {"outer", "inner"}


@given(st.text(min_size=1, max_size=40), st.integers(1, 300))
def test_a_large_corpus_is_large_and_its_copies_differ(text: str, size: int) -> None:
    corpus = over_and_over(f"{text} in 1850.", ["Who?"], size)
    copies = list(corpus.texts.values())
    assert sum(map(len, copies)) >= size
    assert len(set(copies)) == len(copies)
    assert copies[0].split("in")[-1] == " 1850."


def test_the_first_question_is_not_counted() -> None:
    report = Report(1.0, (9.0, 0.1, 0.3, 0.2), 0.5, (9.0, 0.1, 0.1, 0.1), 0.0, 0.0, 1, 0)
    corpus = Corpus("the article", {}, ())
    middle, slow = warm(corpus, "neural", report, 250.0)
    assert (middle.figure, middle.low, middle.high, middle.met) == (200.0, 100.0, 300.0, True)
    assert (slow.figure, slow.met) == (300.0, False)
    assert "3 questions, 100.0 ms of processor time" in middle.note
    with pytest.raises(BenchmarkError, match="too short"):
        list(warm(corpus, "neural", Report(1.0, (9.0,), 0.5, (9.0,), 0.0, 0.0, 1, 0), None))


def test_a_row_beside_has_a_cell_for_each_column() -> None:
    row = Beside("memory", "MB", 200.0, 500.0, 2.5)
    printed = table(comparison.HEADER, [row.cells()], comparison.RIGHT).splitlines()[-1]
    assert printed.split() == ["memory", "200.0", "500.0", "MB", "2.50", "-", "-"]
