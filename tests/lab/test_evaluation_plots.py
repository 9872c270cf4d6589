"""The pictures: what they show is there, as text, and the same each time."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fake_asker import build, build_without_shorts
from test_evaluation_run import folder, measure, run

__all__ = ["folder"]

_ONLY = ("--only", "squad2a,wikiqa")
NAMES = ("coverage.svg", "readers.svg", "reliability.svg")


def texts(path: Path) -> list[str]:
    return ["".join(node.itertext()) for node in ElementTree.parse(path).iter() if _is_text(node)]


def _is_text(node: ElementTree.Element) -> bool:
    return node.tag == "{http://www.w3.org/2000/svg}text"


def draw(folder: Path, name: str, *more: str) -> Path:
    assert (
        run(folder, "--reader", "lexical,neural", "--plots", str(folder / name), *(more or _ONLY))
        == 0
    )
    return folder / name


def test_the_pictures_of_two_readers(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("matplotlib")
    measure(monkeypatch, lexical=build, neural=build_without_shorts)
    drawn = draw(folder, "plots")
    assert sorted(path.name for path in drawn.iterdir()) == sorted(NAMES)
    for name in ("coverage.svg", "reliability.svg"):
        assert {"SQuAD 2.0", "lexical", "neural"} <= set(texts(drawn / name))
    told = texts(drawn / "readers.svg")
    assert {"SQuAD 2.0, article hit@1", "SQuAD 2.0, AUROC", "WikiQA, MAP"} <= set(told)
    assert {"lexical", "neural", "BM25"} <= set(told)
    # Both readers' article hit@1 beside the baseline's.
    at = told.index("lexical")
    assert told[at + 1] == "0.500"
    assert told.count("0.727") == 1
    again = draw(folder, "again")
    for name in NAMES:
        raw = (drawn / name).read_bytes()
        assert raw == (again / name).read_bytes()
        assert len(raw) < 60_000
        assert not re.search(rb"20\d\d-\d\d-\d\d", raw)


def test_what_was_not_measured_is_not_drawn(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("matplotlib")
    measure(monkeypatch, lexical=build, neural=build)
    ranked = draw(folder, "ranked", "--only", "wikiqa")
    assert [path.name for path in ranked.iterdir()] == ["readers.svg"]
    assert "SQuAD 2.0, F1" not in texts(ranked / "readers.svg")
    nothing = draw(folder, "nothing", "--only", "followups")
    assert list(nothing.iterdir()) == []
    assert "nothing measured that readers.svg shows" in capsys.readouterr().err


def test_without_matplotlib_it_is_said_before_the_run(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    asked: list[dict[str, str]] = []

    def watched(texts: dict[str, str]) -> object:
        asked.append(texts)
        return build(texts)

    measure(monkeypatch, lexical=watched)  # type: ignore[arg-type]
    assert run(folder, "--plots", str(folder / "plots")) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line == "lab.evaluation: matplotlib is not installed. Run: pip install -e '.[lab]'"
    assert not asked
    assert not (folder / "plots").exists()
    assert run(folder, *_ONLY) == 0
