"""Words for numbers, and how numbers are written: "twelve", "3 million", "1,500".

What a number in a text comes to is told by `quantities`.
"""

from __future__ import annotations

import re

CARDINALS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
} | {
    word: 10 * tens
    for tens, word in enumerate("thirty forty fifty sixty seventy eighty ninety".split(), start=3)
}
"""Cardinal number in words -> value, each one word: up to twenty, and the tens."""
ORDINALS = {
    word: value
    for value, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth".split(), start=1
    )
}
"""Ordinal number in words -> value, up to ten."""
SCALES = {
    "dozen": 12.0, "hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "mn": 1e6, "m": 1e6,
    "billion": 1e9, "bn": 1e9, "trillion": 1e12,
}  # fmt: skip
"""What a number may be multiplied by -> value; those of a letter or two only stand after digits."""
_COUNTED = {
    "length": "mm:0.001 millimetre:0.001 millimeter:0.001 cm:0.01 centimetre:0.01 centimeter:0.01 "
    "metre:1 meter:1 km:1000 kilometre:1000 kilometer:1000 inch:0.0254 foot:0.3048 feet:0.3048 "
    "ft:0.3048 yard:0.9144 mile:1609.3",
    "mass": "milligram:1e-6 gram:0.001 kg:1 kilogram:1 ton:1000 tonne:1000 ounce:0.02835 lb:0.4536",
    "volume": "millilitre:0.001 milliliter:0.001 litre:1 liter:1 gallon:3.785",
    "area": "acre:0.4047 hectare:1",
    "speed": "mph:1.609 km/h:1",
    "time": "second:1 minute:60 hour:3600 day:86400 week:604800 month:2626560 year:31553280 "
    "decade:315532800 century:3155328000 centuries:3155328000",
    "%": "percent:1 %:1",
    "dollar": "$:1 dollar:1",
    "euro": "€:1 euro:1",
    "pound": "£:1 pound:1",
    "yen": "¥:1 yen:1",
} | {name: f"{name}:1" for name in ("cent", "peso", "rupee", "franc", "crown", "degree")}
UNITS = {
    word: (dimension, float(factor))
    for dimension, units in _COUNTED.items()
    for word, factor in (unit.rsplit(":", 1) for unit in units.split())
}
"""Unit in the singular, or its sign -> its dimension and how much of that it is."""
_WORDS = "|".join(sorted(filter(str.isalpha, UNITS), key=len, reverse=True))
UNIT = (
    r"(?:percentage points?|per cent|times|km/h"
    rf"|(?:square |cubic )?(?:{_WORDS})(?:e?s)?)\b(?:[ -]old\b)?"
)
"""A unit in a text, as alternatives: "miles", "square feet", "years old"."""

SCALE = "|".join(sorted(SCALES, key=len, reverse=True))
"""The words for scales, as alternatives."""
SCALE_WORD = "|".join(word for word in SCALES if len(word) > 2)
"""Those of them that stand without digits, too."""
CARDINAL = "|".join(sorted(CARDINALS, key=len, reverse=True))
"""The words for cardinal numbers, as alternatives."""
SEVERAL = "|".join(word for word, value in CARDINALS.items() if value > 1)
"""Those of them that count more than one thing, as alternatives."""

# "$4.2 million", "850 euros a month"
_AMOUNT = rf"\d[\d.,]*(?:\s(?:{SCALE_WORD}))?"
MONEY = re.compile(
    rf"(?:[$€£¥]{_AMOUNT}|{_AMOUNT} (?:euro|dollar|pound|franc|crown|cent|peso|rupee|yen|pence)s?)"
    r"(?: (?:an?|per) [a-z]+)?"
)


def is_number(word: str) -> bool:
    """True for a number of several things in lower case, in words or digits that are no year."""
    digits = word.replace(",", "").isdigit() and len(word) != 4
    return digits or word in SCALES or CARDINALS.get(word, 1) != 1


def unit_of(word: str) -> tuple[str, float] | None:
    """The dimension and the factor of a unit in lower case, one or several; None for others."""
    bare = (word, word.removesuffix("s"), word.removesuffix("es"))
    return next((UNITS[one] for one in bare if one in UNITS), None)
