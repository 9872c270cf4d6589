"""Verbs: each word is known to the table that it draws on, and each form is one."""

from __future__ import annotations

import pytest

from askdoc.english import verb_frames as frames
from askdoc.english import verbs


@pytest.mark.parametrize(
    "name",
    [
        "NO_OBJECT",
        "URGING",
        "MAKING",
        "HOLDING",
        "FINDING",
        "COSTING",
        "MOVING",
        "STAYING",
        "SPEAKING",
        "TELLING",
        "ATTACHED",
    ],
)
def test_a_class_of_verbs_holds_no_verb_whose_forms_nobody_knows(name: str) -> None:
    assert set(getattr(frames, name)) <= verbs.BASES | {"be"}


@pytest.mark.parametrize("name", ["PLACED", "ATTACHED_PASSIVE"])
def test_a_class_of_participles_holds_only_participles(name: str) -> None:
    assert set(getattr(frames, name)) <= verbs.ALL_PARTICIPLES.keys()


def test_every_verb_has_a_past_a_participle_and_a_third_person() -> None:
    assert verbs.PASTS.items() <= verbs.ALL_PASTS.items()
    assert set(verbs.ALL_PARTICIPLES.values()) <= verbs.ALL_PASTS.keys() | {"was"}
    assert set(verbs.THIRDS.values()) == verbs.BASES - {"have"}


@pytest.mark.parametrize(
    ("word", "following", "verb"),
    [("crosses", "twice", True), ("crosses", "were", False), ("contains", "water", True),
     ("reports", "said", False), ("table", "the", False)],
)  # fmt: skip
def test_a_third_person_is_told_from_a_plural_by_what_follows(
    word: str, following: str, verb: bool
) -> None:
    assert frames.may_be_third(word, following) is verb
