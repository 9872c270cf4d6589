"""Numbers as a sheet shows them, by the codes of their formats."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdoc.load.sheets.number_formats import BUILT_IN, Format


@pytest.mark.parametrize(
    "code, number, shown",
    [
        ("General", "0.30000000000000004", "0.3"),
        ("General", "123456789012", "123456789012"),
        ('General" m"', "12.5", "12.5 m"),
        ("0", "2.5", "3"),
        ("0.0%", "0.125", "12.5%"),
        ("0.00", "-0.001", "0.00"),
        ("0.###", "1.5", "1.5"),
        ("0000", "42", "0042"),
        ("#,##0.00", "1234567.891", "1,234,567.89"),
        ("#,##0;(#,##0)", "-1234", "(1,234)"),
        ('#,##0,"k"', "1234567", "1,235k"),
        ("[$€-407] #,##0", "1e6", "€ 1,000,000"),
        ('_-* #,##0.00\\ "kr"_-;\\-* #,##0.00', "12.5", "12.50 kr"),
        ("000-00-0000", "123456789", "123-45-6789"),
        ("[<1]0.00;[>=1]0", "0.5", "0.50"),
        ("[<1]0.00;[>=1]0", "7", "7"),
        ('[Red]+0;-0;"none"', "0", "none"),
        ("+0;-0", "-3", "-3"),
        (";;;", "5", ""),
        ("# ?/?", "1.5", "1 1/2"),
        ("# ?/8", "0.25", "2/8"),
        ("0.00E+00", "12345", "1.23E+04"),
        ("@", "12", "12"),
        ("d mmm yyyy", "45356", "5 Mar 2024"),
        ("dddd d mmmm yyyy", "60", "Wednesday 29 February 1900"),
        ("m/d/yy", "1", "1/1/00"),
        ("yyyy-mm-dd hh:mm", "45356.75", "2024-03-05 18:00"),
        ("h:mm AM/PM", "0.5", "12:00 PM"),
        ("[h]:mm", "1.5", "36:00"),
        ("mm:ss.0", "0.00123", "01:46.3"),
        ("[$-F800]dddd, mmmm dd, yyyy", "45356", "2024-03-05"),
        ("yyyy", "99999999", "99999999"),
        ("0", "1e300", "1e300"),
        ("0", "many", "many"),
    ],
)
def test_codes(code: str, number: str, shown: str) -> None:
    assert Format(code).number(number) == shown


def test_days_from_1904() -> None:
    assert Format(BUILT_IN[14]).number("0", from_1904=True) == "1904-01-01"


CODES = st.text(st.sampled_from('0#?.,%E+-/ymdhs[]"\\_*;@$€<>=1 GeneralAMP'), max_size=12)


@given(CODES, st.floats() | st.integers())
def test_any_code_shows_any_number(code: str, number: float) -> None:
    shown = Format(code).number(repr(number))
    assert shown == " ".join(shown.split())
    assert len(shown) < 2000


@given(st.integers(-(10**12), 10**12))
def test_whole_numbers_stay_what_they_are(number: int) -> None:
    assert Format("General").number(str(number)) == str(number)
    assert Format("#,##0").number(str(number)).replace(",", "") == str(number)
