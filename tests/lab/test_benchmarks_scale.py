"""The saved index beside others: corpora, questions, every system in new processes; no times."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdoc.load.plain import load_plain
from askdoc.split import group, split
from askdoc.text import STOP_WORDS
from lab.benchmarks import __main__ as command
from lab.benchmarks import scale
from lab.benchmarks.corpus import About, Corpus, digest
from lab.benchmarks.gather import SEED, make
from lab.benchmarks.growth import Growth
from lab.benchmarks.queries import draw
from lab.benchmarks.scale import Measured, Row
from lab.benchmarks.scale_table import HEADER, floors, render
from lab.benchmarks.systems import ASKDOC, BUILT_BY, RETRIEVER, SYSTEMS, system
from lab.benchmarks.timing import BenchmarkError
from lab.table import markdown

_DOCUMENTS, _PARAGRAPHS = 40, 3


def _paragraphs() -> Iterator[str]:
    """Paragraphs of five sentences each, whose words tell them apart."""
    chance = Random(7)
    syllables = "ba bor dun fel gar hol kin lor mar nov pel rud sol tam vor wen".split()
    words = sorted({"".join(chance.choices(syllables, k=3)) for _ in range(700)})
    for _ in range(_DOCUMENTS * _PARAGRAPHS):
        drawn = [(chance.sample(words, 6), chance.sample(words, 5)) for _ in range(5)]
        yield " ".join(f"The {' '.join(one)} was at the {' '.join(two)}." for one, two in drawn)


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """40 documents: text, gzipped text and web pages; and what is not to be read."""
    folder = tmp_path_factory.mktemp("texts")
    paragraphs = _paragraphs()
    for number in range(_DOCUMENTS):
        parts = list(islice(paragraphs, _PARAGRAPHS))
        place = folder / f"package{number % 7}"
        place.mkdir(exist_ok=True)
        text = "\n\n".join(parts) + "\n"
        if number % 3 == 0:
            (place / f"README{number}.gz").write_bytes(gzip.compress(text.encode(), mtime=0))
        elif number % 3 == 1:
            body = "".join(f"<p>{part}</p>" for part in parts)
            (place / f"page{number}.html").write_text(f"<html><body>{body}</body></html>")
        else:
            (place / f"notes{number}.txt").write_text(text)
            (place / f"again{number}.txt").write_text(text)
    odd = folder / "odd"
    odd.mkdir()
    (odd / "changelog.gz").write_bytes(gzip.compress(b"Changed wheels and levers. " * 40))
    (odd / "copyright").write_text("Licensed wheels and levers. " * 40)
    (odd / "broken.txt.gz").write_bytes(b"\x1f\x8b wheels and levers")
    (odd / "short.txt.gz").write_bytes(gzip.compress(b"wheels and levers " * 99)[:-20])
    (odd / "binary.txt").write_bytes(b"wheels\0and\0levers" * 99)
    (odd / "code.c").write_text("wheels = levers;\n" * 99)
    (odd / "whole.txt").write_text("Wheels and levers. " * 9000)
    (odd / "link.txt").symlink_to("whole.txt")
    return folder


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


def _text_of(corpus: Corpus) -> list[Path]:
    return sorted(corpus.files.rglob("*.txt"))


def test_a_corpus_is_its_files_split(texts: Path, tmp_path: Path) -> None:
    corpus = make(tmp_path / "corpus", [texts], 100)
    passages = list(corpus.passages())
    again = [
        passage.text
        for path in _text_of(corpus)
        for passage in group(split(load_plain(path.read_bytes(), path.name)))
    ]
    assert passages == again
    about = corpus.about()
    assert about is not None
    assert (about.passages, about.real, about.growth) == (100, 100, 0.0)
    assert about.documents == len(_text_of(corpus)) == 34
    assert about.characters == sum(map(len, passages))
    assert len(set(passages)) == 100
    assert not re.search("wheels", " ".join(passages), re.I)


def test_a_corpus_is_kept_and_made_the_same_again(texts: Path, tmp_path: Path) -> None:
    first = make(tmp_path / "one", [texts], 30)
    before = [path.stat().st_mtime_ns for path in _text_of(first)]
    assert make(tmp_path / "one", [texts], 30) == first
    assert [path.stat().st_mtime_ns for path in _text_of(first)] == before
    second = make(tmp_path / "two", [texts], 30)
    assert list(first.passages()) == list(second.passages())
    assert [path.read_bytes() for path in _text_of(first)] == [
        path.read_bytes() for path in _text_of(second)
    ]
    (tmp_path / "one" / "corpus.json").unlink()  # as when it was left half made
    (tmp_path / "one" / "files" / "left.txt").write_text("Left over.")
    make(tmp_path / "one", [texts], 30)
    assert "left.txt" not in {path.name for path in _text_of(first)}


def test_too_little_text_is_multiplied_and_told(texts: Path, tmp_path: Path) -> None:
    corpus = make(tmp_path / "corpus", [texts], 400)
    about = corpus.about()
    assert about is not None
    assert about.passages == 400
    assert about.real == _DOCUMENTS * _PARAGRAPHS
    passages = list(corpus.passages())
    assert len(set(passages)) == 400
    # 120 passages hold nearly all 700 words: what the copies add to them is Heaps' growth.
    sizes = [_vocabulary(passages[: about.real * times]) for times in (1, 2, 3)]
    assert sizes[0] < sizes[1] < sizes[2]
    for times, size in enumerate(sizes, start=1):
        assert size / sizes[0] == pytest.approx(times**about.growth, rel=0.1)
    said = render([Measured(about, ())], as_markdown=False)
    assert "400 passages" in said
    assert f"280 of them in varied copies (Heaps' exponent {about.growth:.2f})" in said


def _vocabulary(passages: list[str]) -> int:
    return len(set(re.findall(r"\w+", " ".join(passages))))


@given(st.integers(1, 60), st.integers(1, 60), st.text(max_size=200))
def test_copies_keep_the_text_but_for_words(
    growth: Growth, one: int, other: int, text: str
) -> None:
    changed = growth.varied(text, one)
    assert re.sub(r"\w+", "", changed) == re.sub(r"\w+", "", text)
    assert growth.varied(text, one) == changed
    assert growth.varied("In 1850 and 7.", one) == f"In {1850 + one} and {7 + one}."
    assert (growth.varied("7", one) == growth.varied("7", other)) == (one == other)


@pytest.fixture(scope="module")
def growth(texts: Path, tmp_path_factory: pytest.TempPathFactory) -> Growth:
    return Growth(make(tmp_path_factory.mktemp("growth") / "corpus", [texts], 60), SEED)


def test_questions_are_drawn_from_single_sentences(texts: Path, tmp_path: Path) -> None:
    corpus = make(tmp_path / "corpus", [texts], 100)
    questions = draw(corpus, 50, SEED)
    assert questions == draw(corpus, 50, SEED) != draw(corpus, 50, SEED + 1)
    assert len({question.text for question in questions}) == len(questions) == 50
    by_digest = {digest(passage): passage for passage in corpus.passages()}
    for question in questions:
        assert 4 <= len(question.words) <= 6
        assert not STOP_WORDS.intersection(question.words)
        assert question.text.endswith(f"{' '.join(question.words)}?")
        in_order = r"\b[^.]*\b".join(question.words)
        assert re.search(in_order, by_digest[question.passage]), question
        assert 1 <= len(question.terms) <= len(question.words)


def test_a_corpus_without_sentences_has_no_questions(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text("12 34 56.\n\n78 90.\n")
    corpus = make(tmp_path / "corpus", [tmp_path / "texts"], 1)
    assert draw(corpus, 50, SEED) == []
    with pytest.raises(BenchmarkError, match="too little text to ask about"):
        scale.measure(scale.Plan((tmp_path / "texts",), tmp_path / "work", (1,)))


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
