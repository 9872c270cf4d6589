"""The difference of two readers on the same questions."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from fake_asker import build, build_without_shorts
from hypothesis import given
from hypothesis import strategies as st
from test_evaluation_run import ROWS, folder, measure, run

from lab.evaluation.compare import difference, differences
from lab.evaluation.figures import Figure

__all__ = ["folder"]

pairs = st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=40)


def share(right: list[bool]) -> Figure:
    values = np.array(right, dtype=np.float64)
    value = float(values.mean())
    statistic = lambda drawn: float(values[drawn].mean())  # noqa: E731
    return Figure("made", "share", len(right), value, None, None, None, "", statistic)


@given(pairs)
def test_a_difference_is_that_of_the_figures_and_turns_with_their_order(
    right: list[tuple[bool, bool]],
) -> None:
    one, other = share([a for a, _ in right]), share([b for _, b in right])
    forth = difference(("a", one), ("b", other), seed=0, rounds=60)
    back = difference(("b", other), ("a", one), seed=0, rounds=60)
    assert forth is not None
    assert back is not None
    assert (forth.reader, forth.than, back.reader) == ("b", "a", "a")
    gaps = [b - a for a, b in right]
    assert forth.value == pytest.approx(sum(gaps) / len(gaps))
    assert min(gaps) - 1e-9 <= forth.low <= forth.high <= max(gaps) + 1e-9
    assert (back.low, back.high) == pytest.approx((-forth.high, -forth.low))


def test_the_same_questions_are_drawn_for_both() -> None:
    """Two readers, one of which is right wherever the other is and on a question in ten besides.

    Drawn apart, the interval of 400 questions would be three times as wide.
    """
    low = [at % 2 == 0 for at in range(400)]
    high = [right or at % 20 == 1 for at, right in enumerate(low)]
    found = difference(("a", share(low)), ("b", share(high)), seed=0)
    assert found is not None
    assert found.value == pytest.approx(0.05)
    # 1.96 standard errors of a share of 0.05 over 400 questions: 0.021 to either side.
    assert (found.low, found.high) == pytest.approx((0.029, 0.071), abs=0.006)


def test_what_does_not_count_the_same_questions_is_not_compared() -> None:
    one, other = share([True, False]), share([True])
    assert difference(("a", one), ("b", other), seed=0) is None
    apart = Figure("made", "right, of the answered", 2, 0.5, 0.0, 1.0, None)
    assert difference(("a", apart), ("b", apart), seed=0) is None
    assert differences({"a": [one, apart], "b": [one, apart]}, 0, rounds=5) == [
        difference(("a", one), ("b", one), seed=0, rounds=5)
    ]


def test_two_readers_side_by_side(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    measure(monkeypatch, lexical=build, neural=build_without_shorts)
    paths = folder / "out.json", folder / "dump.jsonl"
    arguments = ["--only", "squad2a,wikiqa", "--json", str(paths[0]), "--dump", str(paths[1])]
    assert run(folder, "--reader", "lexical, neural", *arguments) == 0
    head, _, *rows = capsys.readouterr().out.splitlines()
    assert head.split()[3:] == (
        "lexical 95% interval neural 95% interval neural - lexical 95% interval baseline".split()
    )
    (told,) = (row for row in map(str.split, rows) if row[:3] == ["squad2a", "F1,", "answerable"])
    # Without short answers the quote is the prediction: one word of its five answers.
    assert (told[3], told[4], told[8]) == ("2", "0.500", f"{(2 * 1 / (5 + 1)) / 2:.3f}")
    whole = json.loads(paths[0].read_text())
    figures = {(f["reader"], f["set"], f["measure"]): f for f in whole["figures"]}
    below, above = (figures[name, "squad2a", "F1"]["value"] for name in ("lexical", "neural"))
    gaps = {(d["set"], d["measure"]): d for d in whole["differences"]}
    assert gaps["squad2a", "F1"]["value"] == pytest.approx(above - below)
    assert above < below
    assert gaps["squad2a", "F1"]["high"] <= 0.0
    assert gaps["wikiqa", "MAP"]["low"] == gaps["wikiqa", "MAP"]["high"] == 0.0
    assert ("squad2a", "right, of the answered") not in gaps
    assert "statistic" not in whole["figures"][0]
    lines = [json.loads(line) for line in paths[1].read_text().splitlines()]
    readers = [line["reader"] for line in lines]
    assert readers == sorted(readers)
    assert (
        readers.count("lexical")
        == readers.count("neural")
        == 2 + len(ROWS["squad2a"] + ROWS["wikiqa"])
    )


def test_only_what_the_network_has_not_seen(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One article is in fold 0; the ranking sets are always whole."""
    measure(monkeypatch, lexical=build)
    out = folder / "out.json"
    for kept, sets in {"0": ["squad2a", "wikiqa"], "1": ["wikiqa"], "all": ["wikiqa"]}.items():
        arguments = ["--kept", kept, "--only", "squad2a,wikiqa", "--json", str(out)]
        assert run(folder, *arguments) == 0
        found = json.loads(out.read_text())["figures"]
        assert list(dict.fromkeys(figure["set"] for figure in found)) == sets
        told = "squad2a left out: no question is left of it" in capsys.readouterr().err
        assert told == (sets == ["wikiqa"])
    assert run(folder, "--kept", "all", "--only", "squad2a") == 2
    assert "no question is left to ask" in capsys.readouterr().err
