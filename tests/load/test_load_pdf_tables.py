"""Rows of a PDF's tables have the names of their columns, as those of other formats have."""

from __future__ import annotations

import pytest

from askdoc.load.pdf.pdf import load_pdf
from askdoc.model import Document
from lab.fuzzing.hostile.tiny_pdf import tiny_pdf

_ROWS = [
    ("Ticket revenue", "41,250", "38,900"),
    ("Total revenue", "53,550", "50,680"),
    ("Wages", "(21,000)", "(19,800)"),
]
_RIGHT = (400.0, 500.0)
_DIGIT, _BRACKET, _COMMA = 5.56, 3.33, 2.78


def _put(x: float, y: float, text: str) -> bytes:
    return f"BT /F 10 Tf {x:.2f} {y:.2f} Td ({_escaped(text)}) Tj ET\n".encode()


def _escaped(text: str) -> str:
    return text.replace("(", "\\(").replace(")", "\\)")


def _wide(text: str) -> float:
    """How wide Helvetica of 10 points sets a figure."""
    return sum(_BRACKET if one in "()" else _COMMA if one in ",." else _DIGIT for one in text)


def _figures(y: float, figures: tuple[str, ...]) -> bytes:
    return b"".join(
        _put(right - _wide(figure), y, figure)
        for right, figure in zip(_RIGHT, figures, strict=True)
    )


def statement(*head: bytes, rules: bytes = b"") -> Document:
    page = rules + b"".join(head)
    for at, (name, *figures) in enumerate(_ROWS):
        page += _put(72, 660 - 16 * at, name) + _figures(660.0 - 16 * at, tuple(figures))
    return load_pdf(tiny_pdf([page]), "a.pdf")


def test_years_over_the_columns_of_a_bare_statement_name_its_rows() -> None:
    """Another year or row was cited, since years were not taken for names of columns."""
    text = statement(_put(72, 676, "NOK thousand"), _figures(676, ("2023", "2022"))).text
    assert "NOK thousand: Total revenue | 2023: 53,550 | 2022: 50,680" in text
    assert "NOK thousand: Wages | 2023: (21,000) | 2022: (19,800)" in text


def test_years_over_a_blank_corner_name_the_rows_of_a_ruled_table() -> None:
    level = b"".join(b"72 %d m 510 %d l S " % (y, y) for y in (688, 672, 656, 640, 624))
    upright = b"".join(b"%d 688 m %d 624 l S " % (x, x) for x in (72, 330, 420, 510))
    text = statement(_figures(676, ("2023", "2022")), rules=b"0.5 w " + level + upright).text
    assert "Total revenue | 2023: 53,550 | 2022: 50,680" in text


def test_a_date_over_two_lines_and_the_groups_over_it_stand_in_the_names() -> None:
    page = _put(362, 700, "Three Months Ended, Unaudited")
    page += b"".join(
        _put(x, 688, day) for x, day in zip((355, 455), ("June 30,",) * 2, strict=True)
    )
    page += _figures(676, ("2023", "2022"))
    text = statement(page).text
    first, second = (f"Three Months Ended, Unaudited June 30, {year}" for year in (2023, 2022))
    assert f"Total revenue | {first}: 53,550 | {second}: 50,680" in text


def test_units_above_a_statement_are_kept_with_its_rows() -> None:
    document = statement(
        _put(72, 720, "(in millions of CHF)"),
        _figures(676, ("2023", "2022")),
    )
    assert document.tables[0].title == "(in millions of CHF)"
    start, end = document.tables[0].span
    assert "Wages | 2023: (21,000) | 2022: (19,800)" in document.text[start:end]


def test_a_title_between_rows_ends_no_table() -> None:
    """Rows below "Costs:" had no years any more."""
    page = _figures(676, ("2023", "2022"))
    rows = (
        (660, "Tickets", "41,250", "38,900"), (644, "Kiosk", "2,300", "1,780"),
        (612, "Wages", "21,000", "19,800"), (596, "Fuel", "8,400", "9,100"),
    )  # fmt: skip
    for y, name, *figures in rows:
        page += _put(72, y, name) + _figures(y, tuple(figures))
    page += _put(72, 628, "Costs:")
    text = load_pdf(tiny_pdf([page]), "a.pdf").text
    assert "Fuel | 2023: 8,400 | 2022: 9,100" in text
    assert "\nCosts:\n" in text


@pytest.mark.parametrize("sign", ["$", "$ "])
def test_a_currency_at_the_left_of_its_column_stands_with_the_figure(sign: str) -> None:
    page = _figures(676, ("2023", "2022"))
    for at, (name, *figures) in enumerate(_ROWS):
        y = 660 - 16 * at
        page += _put(72, y, name)
        for left, right, figure in zip((340, 440), _RIGHT, figures, strict=True):
            page += _put(left, y, sign.strip()) + _put(right - _wide(figure), y, figure)
    text = load_pdf(tiny_pdf([page]), "a.pdf").text
    assert "Total revenue | 2023: $ 53,550 | 2022: $ 50,680" in text
