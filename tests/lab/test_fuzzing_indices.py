"""A short round of damaging saved indexes, and checks taken away for the fuzzing to miss."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from askdoc.store import segments
from lab.fuzzing.index_states import made
from lab.fuzzing.indices import Case, cases, main

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no limits for a process there")


def test_a_short_round_finds_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--damages", "2", "--state", "whole"]) == 0
    assert capsys.readouterr().out.startswith("whole: 2 damaged: asked {")
    assert main(["--damages", "2", "--crafted"]) == 0
    assert capsys.readouterr().out.startswith("whole: 2 crafted: asked {")


def test_a_check_that_is_missing_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = made("whole", tmp_path)
    monkeypatch.setattr(segments, "_check", lambda *_: None)
    assert any(case.is_fault(crafted=False) for case in cases(index, range(200)))


def test_what_counts_as_a_fault() -> None:
    assert not Case(0, "flip", "right", "told").is_fault(crafted=False)
    assert Case(0, "flip", "wrong", "told").is_fault(crafted=False)
    assert not Case(0, "state", "wrong", "told").is_fault(crafted=True)
    assert Case(0, "state", "told", "ended with -6").is_fault(crafted=True)
