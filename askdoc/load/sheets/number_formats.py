"""Show the number in a spreadsheet's cell as the sheet shows it, by the code of its format.

A cell holds 0.125, and "0.0%" makes it 12.5%; it holds 45356, and "d mmm yyyy" makes it a day. What
a code leaves to the reader's system (the order of day and month in "short date") is shown as
2024-03-05, which reads the same everywhere. Names of months and days are English.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache
from typing import NamedTuple

from askdoc.load.sheets.serial_dates import date_tokens, shown_date

# The codes that files name by number only.
BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
    11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm",
    17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
    22: "yyyy-mm-dd h:mm", 37: "#,##0;(#,##0)", 38: "#,##0;(#,##0)", 39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;(#,##0.00)", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0",
    49: "@",
}  # fmt: skip
_SYSTEM_DATE, _SYSTEM_TIME = "[$-F800]", "[$-F400]"

_LONGEST_CODE = 255
_MOST_DECIMALS = 30
_LARGEST = 1e21
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_.|\*.'
    r"|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[(?P<elapsed>h+|m+|s+)\]|\[(?P<bracket>[^\]]*)\]"
    r"|(?P<general>General)|(?P<noon>AM/PM|A/P)|(?P<exponent>E[+-])"
    r"|(?P<date>y+|m+|d+|h+|s+|e+|b+)|(?P<digits>[0#?]+)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)\Z")


class Token(NamedTuple):
    """A piece of a format code: `kind` is the name of a group of the pattern."""

    kind: str
    text: str


class _Section(NamedTuple):
    """The code for one kind of numbers: positive ones, say."""

    tokens: tuple[Token, ...]
    condition: tuple[str, float] | None


class Format:
    """What a format code makes of numbers and texts."""

    def __init__(self, code: str) -> None:
        code = code[:_LONGEST_CODE]
        if code.startswith(_SYSTEM_DATE):
            code = "yyyy-mm-dd"
        elif code.startswith(_SYSTEM_TIME):
            code = "h:mm:ss"
        self._sections = _sections(code)
        self._has_conditions = any(section.condition for section in self._sections)

    def number(self, text: str, *, from_1904: bool = False) -> str:
        """A number as the sheet shows it; what is no number, or beyond any sense, as it is."""
        try:
            value = float(text)
        except ValueError:
            return text
        if not abs(value) < _LARGEST:
            return text
        section, negate = self._section_for(value)
        tokens = section.tokens
        if not tokens:
            return ""
        dated = date_tokens(tokens)
        if dated is not None:
            return shown_date(value, dated, from_1904) or general(value)
        shown = _shown(-value if negate else value, tokens)
        return " ".join(shown.split())

    def _section_for(self, value: float) -> tuple[_Section, bool]:
        """The section for a number, and whether it shows the sign itself."""
        sections = self._sections[:3]
        if self._has_conditions:
            for section in sections:
                if section.condition is None or _holds(value, section.condition):
                    return section, False
            return sections[-1], False
        if value < 0 and len(sections) > 1:
            return sections[1], True
        if value == 0 and len(sections) > 2:
            return sections[2], False
        return sections[0], False


@lru_cache(maxsize=1024)
def format_of(code: str) -> Format:
    """The format that a code stands for."""
    return Format(code)


def general(value: float) -> str:
    """A number in no special format: whole ones in full, others with ten digits."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    shown = f"{value:.10g}"
    mantissa, exponent, power = shown.partition("e")
    return f"{mantissa}E{power}" if exponent else shown


def _sections(code: str) -> tuple[_Section, ...]:
    sections: list[_Section] = []
    tokens: list[Token] = []
    condition: tuple[str, float] | None = None
    for match in _TOKEN.finditer(code):
        kind = match.lastgroup
        if kind is None:
            continue  # room of a character's width, or a character that fills the cell
        if kind == "other" and match[0] == ";":
            sections.append(_Section(tuple(tokens), condition))
            tokens, condition = [], None
        elif kind == "bracket":
            found = _CONDITION.match(match[kind])
            condition = (found[1], float(found[2])) if found else condition
        elif kind in ("quoted", "escaped", "currency"):
            tokens.append(Token("literal", match[kind]))
        else:
            tokens.append(Token(kind, match[kind]))
    return (*sections, _Section(tuple(tokens), condition))


def _holds(value: float, condition: tuple[str, float]) -> bool:
    sign, limit = condition
    return {
        "<": value < limit, "<=": value <= limit, ">": value > limit, ">=": value >= limit,
        "=": value == limit, "<>": value != limit,
    }[sign]  # fmt: skip


def _shown(value: float, tokens: tuple[Token, ...]) -> str:
    at = next((at for at, token in enumerate(tokens) if token.kind in ("digits", "general")), None)
    if at is None:
        shown = "".join(general(value) if t == ("other", "@") else t.text for t in tokens)
        return f"-{shown}" if value < 0 and shown and ("other", "@") not in tokens else shown
    more = "/123456789" if ("other", "/") in tokens else ""  # as in # ?/8
    last = max(
        i
        for i, token in enumerate(tokens)
        if token.kind in ("digits", "general") or (token.kind == "other" and token.text in more)
    )
    # Commas behind the last digit divide by a thousand each.
    end = last + 1
    while end < len(tokens) and tokens[end] == ("other", ","):
        end += 1
    before = "".join(token.text for token in tokens[:at])
    after = "".join(token.text for token in tokens[end:])
    number = Decimal(repr(abs(value))).scaleb(2 * (before + after).count("%"))
    number = number.scaleb(-3 * (end - last - 1))
    digits = _digits(number, tokens[at : last + 1])
    is_zero = not any(char in "123456789" for char in digits)
    return f"{'-' if value < 0 and not is_zero else ''}{before}{digits}{after}"


def _digits(number: Decimal, tokens: tuple[Token, ...]) -> str:
    """A number without its sign, in the place that a code has for it."""
    if tokens[0].kind == "general":
        return general(float(number)) + "".join(token.text for token in tokens[1:])
    if any(token.kind == "exponent" for token in tokens):
        return _scientific(number, tokens)
    if ("other", "/") in tokens:
        return _fraction(number, tokens)
    point = next((at for at, token in enumerate(tokens) if token == ("other", ".")), len(tokens))
    whole, decimals = tokens[:point], tokens[point + 1 :]
    places = "".join(token.text for token in decimals if token.kind == "digits")[:_MOST_DECIMALS]
    with localcontext() as context:
        context.prec = 80
        number = number.quantize(Decimal(1).scaleb(-len(places)), ROUND_HALF_UP)
    left, _, right = f"{number:f}".partition(".")
    least = max(len(places.rstrip("#?")), 0)
    right = right[:least] + right[least:].rstrip("0")
    wanted = "".join(token.text for token in whole if token.kind == "digits")
    left = left.lstrip("0").rjust(wanted.count("0"), "0")
    if ("other", ",") in whole:
        left = f"{int(left or 0):,}".rjust(len(left), "0") if left else ""
    elif any(token.kind not in ("digits",) for token in whole):
        left = _between(left, whole)
    literals = "".join(token.text for token in decimals if token.kind != "digits")
    return (f"{left}.{right}" if right else left or "0" * ("0" in wanted)) + literals


def _between(digits: str, tokens: tuple[Token, ...]) -> str:
    """Digits with what the code has between them, as in 000-00-0000."""
    shown: list[str] = []
    for at in range(len(tokens) - 1, -1, -1):
        token = tokens[at]
        if token.kind != "digits":
            shown.append(token.text)
        elif any(before.kind == "digits" for before in tokens[:at]):
            cut = max(0, len(digits) - len(token.text))
            shown.append(digits[cut:])
            digits = digits[:cut]
        else:
            shown.append(digits)
            digits = ""
    return "".join(reversed(shown))


def _scientific(number: Decimal, tokens: tuple[Token, ...]) -> str:
    at = next(at for at, token in enumerate(tokens) if token.kind == "exponent")
    point = next((i for i, token in enumerate(tokens[:at]) if token == ("other", ".")), at)
    places = sum(len(token.text) for token in tokens[point:at] if token.kind == "digits")
    least = sum(len(token.text) for token in tokens[at:] if token.kind == "digits")
    mantissa, _, power = f"{number:.{min(places, _MOST_DECIMALS)}E}".partition("E")
    sign = "-" if power.startswith("-") else "+" if tokens[at].text.endswith("+") else ""
    return f"{mantissa}E{sign}{power.lstrip('+-').rjust(least, '0')}"


def _fraction(number: Decimal, tokens: tuple[Token, ...]) -> str:
    from fractions import Fraction

    slash = tokens.index(Token("other", "/"))
    after = tokens[slash + 1 :]
    fixed = "".join(token.text for token in after)
    whole = int(number)
    part = Fraction(number - whole)
    if fixed.isdigit() and fixed.strip("0"):
        below = int(fixed)
        above = round(part * below)
    else:
        width = sum(len(token.text) for token in after if token.kind == "digits")
        part = part.limit_denominator(10 ** min(max(width, 1), 4) - 1)
        above, below = part.numerator, part.denominator
    if above == below:
        whole, above = whole + 1, 0
    shown_whole = str(whole) if whole or not above else ""
    return " ".join(filter(None, (shown_whole, f"{above}/{below}" if above else "")))
