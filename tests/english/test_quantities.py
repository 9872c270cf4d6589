"""Numbers as the ranges that they leave open, and dates part by part."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdoc.english import dates
from askdoc.english.quantities import Quantity, differ, meet, quantities, quantity


def first(text: str) -> Quantity:
    found = quantity(text, 0, len(text))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("10,000", "ten thousand"),
        ("10,000 troops", "10000 soldiers"),
        ("two and a half million", "2.5 million"),
        ("half a million", "500,000"),
        ("a dozen", "12"),
        ("three dozen eggs", "36 eggs"),
        ("two hundred and fifty", "250"),
        ("twenty-one", "21"),
        ("one thousand two hundred", "1,200"),
        ("$12", "12 dollars"),
        ("€1,200,000", "1.2 million euros"),
        ("40%", "40 per cent"),
        ("two hours", "120 minutes"),
        ("1.5 km", "1,500 metres"),
        ("about 50", "53"),
        ("more than 50", "80"),
        ("at least 200", "240"),
        ("up to 30", "12"),
        ("nearly 60", "58"),
        ("between 50 and 60", "55"),
        ("50-60", "52"),
        ("3 million", "3.1 million"),
        ("hundreds", "450"),
        ("hundreds of thousands", "400,000"),
        ("tens of thousands", "40,000"),
    ],
)
def test_the_same_or_possibly_the_same(one: str, other: str) -> None:
    assert meet(first(one), first(other))
    assert meet(first(other), first(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("40", "55"),
        ("nine", "a dozen"),
        ("ten thousand", "12,000"),
        ("two hundred thousand", "350,000"),
        ("about 50", "80"),
        ("more than 50", "40"),
        ("less than 50", "60"),
        ("$12", "15 dollars"),
        ("48 percent", "61%"),
        ("two hours", "150 minutes"),
        ("seventeen", "seventy"),
        ("3 million", "5.5 million"),
        ("between 50 and 60", "70"),
        ("1.5", "1.6"),
        ("hundreds of thousands", "450"),
    ],
)
def test_different_numbers(one: str, other: str) -> None:
    assert differ(first(one), first(other))
    assert differ(first(other), first(one))


def test_numbers_of_different_kinds_do_not_differ() -> None:
    assert not differ(first("40 percent"), first("55 dollars"))
    assert not differ(first("40 years"), first("55 kg"))
    assert not differ(first("40"), first("55 years"))


@pytest.mark.parametrize("text", ["", "no number", "anyone", "stone", "a horse", "someone else's"])
def test_no_number(text: str) -> None:
    assert quantity(text, 0, len(text)) is None


@given(st.integers(0, 10**12))
def test_a_number_is_itself_however_its_digits_are_grouped(value: int) -> None:
    assert meet(first(str(value)), first(f"{value:,}"))
    assert first(str(value)).low == first(str(value)).high == value
    assert differ(first(str(value)), first(str(value + 1)))


_PIECES = st.sampled_from(
    "one ſix half dozen a an hundred thousands million k m 1 1,2 99.9 ٣ ² - – to and % $ € mn of "
    "about more than 1999 June 3 9:30 p.m. 02/03/2024 1914-18 1990s 19th century , . km/h ı".split()
)
_ANY = st.one_of(
    st.text(max_size=80), st.lists(_PIECES, max_size=25).map(" ".join), st.just("9" * 500)
)


@given(_ANY, _ANY)
def test_any_text_can_be_searched(one: str, other: str) -> None:
    for text in (one, other):
        for found in quantities(text):
            assert 0 <= found.start < found.end <= len(text)
            assert found.low <= found.high
            assert meet(found, found)
    assert not dates.differ(dates.parts(one), dates.parts(one))
    assert dates.differ(dates.parts(one), dates.parts(other)) is dates.differ(
        dates.parts(other), dates.parts(one)
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2 June 2024", "June 2024"),
        ("2 June 2024", "June 2, 2024"),
        ("2024-06-02", "2nd of June"),
        ("1881", "March 3, 1881"),
        ("5 p.m.", "17:00"),
        ("Monday", "12 May"),
        ("the 1990s", "1994"),
        ("the 19th century", "1871"),
        ("1914-18", "1918"),
        ("Sept. 4", "4 September 1911"),
    ],
)
def test_dates_that_may_be_one(one: str, other: str) -> None:
    assert dates.parts(one)
    assert dates.parts(other)
    assert not dates.differ(dates.parts(one), dates.parts(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2 June 2024", "12 June 2024"),
        ("2 June", "2 July 2024"),
        ("1911", "1913"),
        ("March 3, 1881", "1883"),
        ("Monday", "Wednesday"),
        ("5 p.m.", "6 p.m."),
        ("5 p.m.", "5:30 p.m."),
        ("the 1980s", "1994"),
        ("the 18th century", "1871"),
        ("2024-06-02", "2024-06-03"),
    ],
)
def test_dates_that_can_not_be_one(one: str, other: str) -> None:
    assert dates.differ(dates.parts(one), dates.parts(other))


@pytest.mark.parametrize("text", ["the market in Juneau", "a marred decree", "Junes", "sunlight"])
def test_a_month_is_no_word_that_begins_like_one(text: str) -> None:
    assert dates.parts(text) == {}
