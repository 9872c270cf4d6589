"""What a table's cell looks like: a figure, a year or date that may head a column, a unit, a note.

Nothing here knows of rows; `column_names` puts the looks of cells together.
"""

from __future__ import annotations

import re
from typing import NamedTuple

LONGEST_HEADER_CELL = 300

_MONTH = (
    r"(?:jan(?:uary|uar)?|feb(?:ruary|ruar)?|mar(?:ch)?|märz|apr(?:il)?|may|mai|june?|juni|july?"
    r"|juli|aug(?:ust)?|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?)\b\.?"
)
# A figure, date or time: it begins with a digit, and what letters it has are units or months.
_FIGURE = re.compile(
    r"[-+−(<>~≈±]{0,2}\s?[$€£¥₹]?\s?[-+−]?[.,]?\d[\W\d_]*(?:[^\W\d_]{1,3}[\W\d_]*){0,3}"
)
_ADDRESS = re.compile(r"\S+@\S+\.\w+|[a-z]{2,8}://\S+|www\.\S+", re.IGNORECASE)
_STOPS = (".", "!", "?", ";", ",")

_YEAR = r"(?:1[5-9]|20)\d\d"
_BARE_YEAR = re.compile(_YEAR)
_SHORT_YEAR = rf"(?:{_YEAR}|['’]?\d\d)"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?\.?"
_PERIOD = re.compile(
    # 2023, 2023E, FY2023, FY 23, 2022/23, 2022-2023, 2023 (restated), 2023*
    rf"(?:(?:fy|cy|f|ye)\s?)?{_YEAR}(?:\s?[-–/]\s?\d{{2,4}})?\s?[aefbp]?"
    r"(?:\s?\([^()]{1,20}\)|[*†‡]{1,2}|\s?\d\))?"
    r"|(?:fy|cy)\s?['’]?\d\d(?:\s?[-–/]\s?\d\d)?[aefbp]?"
    # Q1 2023, 1Q23, H1 2023, Q1, KW 36
    rf"|[qh][1-4](?:[\s/-]?{_SHORT_YEAR})?|[1-4][qh](?:[\s/-]?{_SHORT_YEAR})?"
    rf"|{_YEAR}\s?[-/]?\s?[qh][1-4]"
    r"|(?:kw|week|wk|w|day|month|year)\s?\d{1,3}"
    # 2024-03-01, 2024-03, 31.12.2022, 31/12/22, 12/2022
    rf"|{_YEAR}-\d\d(?:-\d\d)?|\d{{1,2}}[./]\d{{1,2}}[./](?:{_YEAR}|\d\d)|\d{{1,2}}[./]{_YEAR}"
    # Jan, Jan 2024, 31 Dec 2022, December 31, 2022
    rf"|(?:{_DAY}\s)?{_MONTH}(?:[\s-]?{_SHORT_YEAR})?"
    rf"|{_DAY}[-\s]{_MONTH}[-\s]{_SHORT_YEAR}|{_MONTH}\s{_DAY}(?:,\s?|\s){_YEAR}",
    re.IGNORECASE,
)
# Which periods are longer than what they end with: "Year ended 30 June 2022".
_ENDED = re.compile(
    r"(?:(?:for |as |at |as at |as of |the |\w+ ){0,3}(?:years?|months?|weeks?|quarters?|period)"
    r" end(?:ed|ing) |(?:as at|as of|at|on|since|until) )",
    re.IGNORECASE,
)
_LED_BY_YEAR = re.compile(rf"{_YEAR}\s+[^\W\d]")

_UNITS = frozenset(
    """
    % ‰ ° °c °f k pa hpa kpa mpa bar mbar psi g kg mg µg μg t to tonnes tons lb oz m cm mm km µm
    μm nm ft in mi m2 m² km2 km² ha m3 m³ l ml cl dl hl µl μl s sec min h hr hrs hours days
    weeks months years d ms hz khz mhz ghz rpm w kw mw gw kwh mwh gwh twh j kj mj gj v mv kv a
    ma ah ohm ω n knm lux lx klx db dba ppm ppb ph mol mmol mol/l mmol/l mg/l µg/l g/l g/ml
    kg/m3 kg/m³ mg/kg km/h m/s l/s l/min m3/s m³/s kn knots mm/h m/h psu ntu cfu no no. nr. pcs
    pc pieces units number persons people cases eur usd gbp chf nok sek dkk jpy cny aud cad inr
    pln czk huf € $ £ ¥ k€ t€ keur teur kusd kchf tchf m€ €m $m £m meur musd mchf mnok msek bn
    million thousand millions thousands mio mio. mrd. pct percent share
    """.split()
)
_MONEY = re.compile(
    r"(?:chf|eur|usd|gbp|nok|sek|dkk|jpy|aud|cad|inr|[$€£¥])\s?"
    r"(?:m|mn|k|bn|million|thousand|'?000)s?"
    r"|['’]000|(?:in )?(?:millions?|thousands?|billions?)(?: of)? [\w ]{2,20}",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"[(\[][^()\[\]]{1,20}[)\]]")


class Look(NamedTuple):
    """What a cell looks like."""

    kind: str
    begins: str
    has_blank: bool
    has_digit: bool
    is_upper: bool
    ends_with_stop: bool
    is_long: bool


def kind_of(text: str) -> str:
    """ "figure" (a number, a date, a time, with its unit), "address", or else "text"."""
    if _FIGURE.fullmatch(text):
        return "figure"
    return "address" if _ADDRESS.fullmatch(text) else "text"


def look_of(text: str) -> Look:
    text = text[:LONGEST_HEADER_CELL]
    first = text[:1]
    return Look(
        kind=kind_of(text),
        begins="upper" if first.isupper() else "lower" if first.islower() else "other",
        has_blank=" " in text,
        has_digit=any(map(str.isdigit, text)),
        is_upper=text.isupper(),
        ends_with_stop=text.endswith(_STOPS),
        is_long=len(text) > 40,
    )


def is_year(text: str) -> bool:
    return _BARE_YEAR.fullmatch(text) is not None


def is_period(text: str) -> bool:
    """Whether it is a year, quarter, month, week or day, as they stand above columns."""
    if len(text) > 60:
        return False
    ended = _ENDED.match(text)
    return _PERIOD.fullmatch(text[ended.end() :] if ended else text) is not None


def is_led_by_year(text: str) -> bool:
    """Whether a year stands before the name: "2024 count"."""
    return _LED_BY_YEAR.match(text) is not None


def is_unit(text: str) -> bool:
    """Whether it says what is counted: "km/h", "(CHF m)", "%"."""
    return (
        text.lower() in _UNITS
        or _MONEY.fullmatch(text) is not None
        or (_BRACKETED.fullmatch(text) is not None and not text[1:-1].isdigit())
    )


def shape_of(text: str) -> str:
    """The cell with all runs of digits, and of letters, alike: "10-20 cm" is "9-9 a"."""
    return re.sub(r"[^\W\d_]+", "a", re.sub(r"\d+(?:[.,]\d+)*", "9", text[:60]))
