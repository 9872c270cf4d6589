"""Rows, samples and articles."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab.evaluation.data import (
    SOURCES,
    DataError,
    FollowUpRow,
    ReadingRow,
    articles,
    load,
    sample,
)


def row(number: int, context: str = "", title: str = "") -> ReadingRow:
    return ReadingRow(f"q{number}", "?", title, context, (), "")


@given(st.integers(0, 40), st.integers(0, 45), st.integers(0, 45), st.randoms())
def test_a_smaller_sample_lies_in_a_larger_one_whatever_the_order(
    count: int, small: int, large: int, generator: random.Random
) -> None:
    rows = [row(number) for number in range(count)]
    small, large = sorted((small, large))
    chosen = sample(rows, small, seed=3)
    assert len(chosen) == min(small, count)
    assert chosen == [r for r in rows if r in chosen], "in the order of the rows"
    assert {r.id for r in chosen} <= {r.id for r in sample(rows, large, seed=3)}
    shuffled = list(rows)
    generator.shuffle(shuffled)
    assert {r.id for r in sample(shuffled, small, seed=3)} == {r.id for r in chosen}


def test_seeds_draw_different_samples_and_none_draws_all() -> None:
    rows = [row(number) for number in range(100)]
    assert sample(rows, 10, seed=0) != sample(rows, 10, seed=1)
    assert sample(rows, None, seed=0) == rows


@given(st.lists(st.tuples(st.sampled_from("AB"), st.sampled_from(["x", "yy ", "\nz", "é"]))))
def test_an_article_holds_each_paragraph_once_at_its_start(asked: list[tuple[str, str]]) -> None:
    rows = [row(i, context, title) for i, (title, context) in enumerate(asked)]
    found = articles(rows)
    assert set(found) == {title for title, _ in asked}
    for title, article in found.items():
        own = list(dict.fromkeys(context for other, context in asked if other == title))
        assert article.text == "\n\n".join(own)
        for context in own:
            start = article.starts[context]
            assert article.text[start : start + len(context)] == context


def write(folder: Path, name: str, *rows: object) -> None:
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (folder / SOURCES[name].file).write_bytes(gzip.compress(lines.encode()))


def test_rows_are_read(tmp_path: Path) -> None:
    history = ["Page", "Section"]
    follow_up = {"id": "f", "history": history, "question": "Who?", "rewrite": "Who is he?"}
    write(tmp_path, "followups", follow_up)
    assert load(tmp_path, "followups") == [FollowUpRow("f", "Who?", tuple(history), "Who is he?")]


@pytest.mark.parametrize(
    "rows",
    [
        [{"id": "w"}],
        [[1, 2]],
        [7],
        [{"id": "w", "question": "?", "candidates": ["a"], "labels": []}],
        [{"id": "w", "question": "?", "candidates": ["a"], "labels": [1]}] * 2,
    ],
)
def test_a_broken_row_is_named(tmp_path: Path, rows: list[object]) -> None:
    write(tmp_path, "wikiqa", *rows)
    with pytest.raises(DataError, match=r"rank-wikiqa-dev\.jsonl\.gz") as caught:
        load(tmp_path, "wikiqa")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", [b"plain text", gzip.compress(b"{}\n" * 99)[:-9], b"\x1f\x8b"])
def test_a_broken_file_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / SOURCES["qamr"].file).write_bytes(content)
    with pytest.raises(DataError, match=r"train-qamr\.jsonl\.gz"):
        load(tmp_path, "qamr")


def test_a_missing_folder_or_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no such data folder"):
        load(tmp_path / "nowhere", "qamr")
    with pytest.raises(DataError, match=r"no such file: .*train-qamr"):
        load(tmp_path, "qamr")
