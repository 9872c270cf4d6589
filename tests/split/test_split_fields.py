"""Hard cases from law, medicine, chats and other languages, and from reports on other splitters.

Each file has a half in the open and one that is only counted: whoever tunes the splitter must not
learn which of the blind ones fail.
"""

from __future__ import annotations

import pytest
from _pytest.mark import ParameterSet

from split.cases import DATA, Case, read_cases, sentences

FOLDER = DATA / "sentences"
FIELDS = ("legal", "medical", "chat", "foreign")
OPEN = [*(f"{field}-tune" for field in FIELDS), "battery-reports", "battery-fields"]
# What the splitter is known to get wrong. A case that starts to pass has to leave this list.
KNOWN_FAILURES = frozenset({"judges", "vitals", "resp", "titles after names"})


def _cases() -> list[ParameterSet]:
    found = []
    for name in OPEN:
        for case in read_cases(FOLDER / f"{name}.txt"):
            marks = [pytest.mark.xfail(strict=True)] if case.name in KNOWN_FAILURES else []
            found.append(pytest.param(case, id=f"{name}: {case.name}", marks=marks))
    return found


@pytest.mark.parametrize("case", _cases())
def test_hard_case_of_a_field(case: Case) -> None:
    assert sentences(case.text) == case.sentences


@pytest.mark.parametrize("field", FIELDS)
def test_most_blind_cases_of_a_field_are_right(field: str) -> None:
    cases = read_cases(FOLDER / f"{field}-blind.txt")
    right = sum(sentences(case.text) == case.sentences for case in cases)
    assert len(cases) >= 30
    assert right >= 0.8 * len(cases)
