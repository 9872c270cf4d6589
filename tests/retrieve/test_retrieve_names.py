"""Names of files, and the words of a question that stand in them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from askdoc.english.analyzer import name_in_words, terms
from askdoc.retrieve.names import Names, terms_of

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
