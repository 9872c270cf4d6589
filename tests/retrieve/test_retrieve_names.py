"""Names of files, and the words of a question that stand in them."""

from __future__ import annotations

from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from askdoc.english.analyzer import name_in_words, terms
from askdoc.retrieve import names
from askdoc.retrieve.names import MOST_LIKE_IT, Names, beginning, terms_of, words_of

PARTS = st.sampled_from(
    "lease mill 2024 companies company terms tern term gpl café Übersicht".split()
)
FILES = st.lists(
    st.tuples(st.lists(PARTS, min_size=1, max_size=3), st.sampled_from(["-", "_", " "])).map(
        lambda made: f"a folder/{made[1].join(made[0])}.txt"
    ),
    max_size=12,
)


@given(FILES, st.sets(PARTS))
def test_a_name_holds_what_its_words_are_indexed_as(files: list[str], words: set[str]) -> None:
    wanted = {term for word in words for term in terms(word)}
    expected = {}
    for at, name in enumerate(files):
        held = wanted.intersection(terms(name_in_words(name).casefold()))
        if held:
            expected[at] = held
    assert Names(files).holding(wanted) == expected


def test_what_very_many_names_have_tells_none_apart() -> None:
    files = [f"minutes-{number}.txt" for number in range(100, 200)]
    assert Names(files).holding(["minut", "150"]) == {50: {"150"}}


@given(
    st.lists(st.sampled_from("Feb reports-2022 went_Mice ÄRZTE O'Neill (gpl) a.b running".split())),
    st.sampled_from(["", "Reports/", "x/feb/"]),
)
def test_who_keeps_the_terms_of_names_finds_by_the_same_as_who_keeps_the_names(
    words: list[str], folder: str
) -> None:
    """In a cluster "February" meant the file `feb.md`, and elsewhere it did not."""
    name = f"{folder}{'-'.join(words)}.md"
    kept = Names([name])
    known = set(terms(name_in_words(name))) | {"februari", "report", "mous"}
    assert {term for term in known if kept.holding([term])} == set(terms_of(name))


def test_a_term_that_very_many_names_are_like_is_passed_over_wherever_they_stand() -> None:
    """It was looked for in the first of them only: their order told what a question named."""
    like_it = [f"lease-{number}.txt" for number in range(MOST_LIKE_IT - 1)]
    assert Names([*like_it, "leash.txt"]).holding(["leash"]) == {len(like_it): {"leash"}}
    for files in (["leash.txt", "leased.txt", *like_it], [*like_it, "leased.txt", "leash.txt"]):
        assert Names(files).holding(["leash"]) == {}


@given(FILES, st.sets(PARTS), st.integers(1, 4), st.integers(1, 6))
def test_who_keeps_the_words_of_names_passes_over_the_same(
    files: list[str], words: set[str], most: int, most_like_it: int
) -> None:
    """That is a cluster, which counts."""
    wanted = {term for word in words for term in terms(word)}
    expected: dict[int, set[str]] = {}
    for term in wanted:
        holding = [at for at, name in enumerate(files) if term in terms_of(name)]
        begin = beginning(term)
        like_it = [one for one in files if any(w.startswith(begin) for w in words_of(one))]
        if len(holding) <= most and len(like_it) <= most_like_it:
            for at in holding:
                expected.setdefault(at, set()).add(term)
    with patch.multiple(names, MOST=most, MOST_LIKE_IT=most_like_it):
        assert Names(files).holding(wanted) == expected
