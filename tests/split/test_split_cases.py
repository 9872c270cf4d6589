"""Hard cases, each as an editor would cut it: one half in the open, one half blind."""

from __future__ import annotations

import pytest
from _pytest.mark import ParameterSet

from split.cases import DATA, Case, read_cases, sentences

# What the splitter is known to get wrong. A case that starts to pass has to leave this list.
KNOWN_FAILURES = frozenset(
    {
        "capitals: title and hour",
    }
)

CASES = read_cases(DATA / "sentences-tune.txt")


def _marked(case: Case) -> ParameterSet:
    marks = [pytest.mark.xfail(strict=True)] if case.name in KNOWN_FAILURES else []
    return pytest.param(case, id=case.name, marks=marks)


@pytest.mark.parametrize("case", [_marked(case) for case in CASES])
def test_hard_case(case: Case) -> None:
    assert sentences(case.text) == case.sentences


def test_the_known_failures_are_cases() -> None:
    names = [case.name for case in CASES]
    assert set(names) >= KNOWN_FAILURES
    assert len(set(names)) == len(names) >= 50


def _share_right(name: str) -> tuple[int, int]:
    """How many cases of a file are right, and how many there are."""
    cases = read_cases(DATA / name)
    return sum(sentences(case.text) == case.sentences for case in cases), len(cases)


def test_most_blind_cases_are_right() -> None:
    """Only counted: whoever tunes the splitter must not learn which of them fail."""
    right, count = _share_right("sentences-blind.txt")
    assert count >= 50
    assert right >= 0.85 * count
