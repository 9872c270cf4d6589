"""Number words, the calendar and classes of words: who reads a table sees the same in texts."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdoc.english import dates, numbers
from askdoc.english import word_classes as en
from askdoc.english.analyzer import terms
from askdoc.english.answer_types import AnswerType, candidates
from askdoc.english.names import names
from askdoc.english.quantities import quantity


@pytest.mark.parametrize("word", numbers.CARDINALS)
def test_a_number_word_is_its_number_to_whoever_reads_it(word: str) -> None:
    text = f"{word} boats"
    value = numbers.CARDINALS[word]
    found = quantity(text, 0, len(text))
    assert found is not None
    assert found.low == found.high == value
    assert [text[slice(*span)] for span in candidates(AnswerType.NUMBER, text)] == [word]
    assert value == 1 or terms(word) == [str(value)]


@pytest.mark.parametrize("unit", [unit for unit in numbers.UNITS if unit.isalpha()])
def test_a_unit_belongs_to_the_number_before_it(unit: str) -> None:
    for text in (f"12 {unit}", f"twelve {unit}s"):
        found = quantity(text, 0, len(text))
        assert found is not None
        assert (found.unit, found.factor, found.end) == (*numbers.UNITS[unit], len(text))
        assert candidates(AnswerType.NUMBER, text) == [(0, len(text))]


@given(
    st.sampled_from(dates.MONTHS), st.integers(1, 28), st.integers(1000, 2099), st.booleans(),
    st.sampled_from(["{day} {month} {year}", "{month} {day}, {year}"]),
)  # fmt: skip
def test_a_month_makes_a_date_in_full_and_abbreviated(
    month: str, day: int, year: int, short: bool, form: str
) -> None:
    shown = month[:3].title() if short else month.title()
    text = form.format(day=day, month=shown, year=year)
    assert candidates(AnswerType.DATE, text) == [(0, len(text))]
    told = dates.parts(text)
    expected = {"day": str(day), "month": month[:3], "year": str(year)}
    assert {name: " ".join(told[name]) for name in expected} == expected


@pytest.mark.parametrize("day", sorted(dates.CALENDAR))
def test_nobody_is_called_as_a_month_or_a_day_is(day: str) -> None:
    assert list(names(f"They met in {day.title()}, and left.")) == []


@given(st.sets(st.text("abcdef-'", min_size=1, max_size=6), min_size=1))
def test_any_of_finds_the_longest_of_its_words(words: set[str]) -> None:
    pattern = re.compile(en.any_of(map(re.escape, words)))
    for word in words:
        found = pattern.match(word + "!")
        assert found is not None
        assert found.group() == word


@pytest.mark.parametrize(
    ("noun", "plural", "people"),
    [("miller", False, False), ("millers", True, True), ("women", True, True),
     ("policemen", True, True), ("police", True, False), ("lists", True, False),
     ("news", False, False), ("physics", False, False), ("bus", False, False)],
)  # fmt: skip
def test_plurals_and_people(noun: str, plural: bool, people: bool) -> None:
    assert en.is_plural(noun) is plural
    assert en.is_people(noun) is (people or noun == "miller")


@pytest.mark.parametrize("noun", ["list", "beer", "career", "media", "median", "twist", "waist"])
def test_an_ending_alone_makes_nobody(noun: str) -> None:
    # "List" once was somebody, since it ends as "scientist" does.
    assert not en.is_person_noun(noun)


@pytest.mark.parametrize("text", ["12", "1,200", "twelve", "million", "1887", "one", "many"])
def test_a_year_and_one_count_nothing(text: str) -> None:
    assert numbers.is_number(text) is (text not in ("1887", "one", "many"))
