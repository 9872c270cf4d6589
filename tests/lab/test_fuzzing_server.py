"""A little of what `lab.fuzzing.server` does."""

from __future__ import annotations

import re

import pytest

from askdoc.serve.library import Library
from lab.fuzzing.server import run


def test_a_fault_that_was_planted_is_found_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(library: Library) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Library, "suggestions", fail)
    code, said = run(examples=1, phases="fuzzing", seed=1)
    assert code == 1
    assert re.findall(r"^_+ (\w+ /\S*) _+$", said, re.MULTILINE) == ["GET /api/suggestions"]
    assert "[500]" in said
    found = re.search(r"(\d+) generated", said)
    assert found is not None and int(found[1]) >= 20
