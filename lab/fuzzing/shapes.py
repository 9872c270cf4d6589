"""Random texts in the shapes that files have, and in shapes that no file should have.

Random characters alone almost never make a closed quotation, a wrapped paragraph or an abbreviation
before a capital, which is where splitting and citing go wrong.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable
from functools import cache
from random import Random

_WORDS = (
    "the a of to and in she he they it was were said asked told council river bridge tower lamp "
    "ferry school vote treaty mayor garden winter flood strike letter because since Port Ellery "
    "Calder Ostrava Mary Owen Lindqvist Carys Monday March May Will 1998 12 3.5 1,500 40% twelve "
    "third U.S. U.N. D.C. p.m. a.m. Mr. Dr. St. Inc. No. e.g. etc. J. R. vs. Jan. isn't Ellery's "
    "O'Brien café naïve half-open Subscribe newsletter https://example.org/a.b?c=d x_y a@b.example "
    "(since then) [1] … -- — IT WHO us US $5 7:40 2024-01-05"
).split()
_OTHER = (
    "我昨天去了图书馆。那里很安静，老师说：「门开着！请进。」学生们走？",
    "窓を開けてください。今日は暑いですね。タワーの鍵",
    "สะพานข้ามแม่น้ำสร้างเมื่อไร ",
    "أين المكتبة؟ هي خلف السوق. سأذهب غدا، بُني الجسر عام قديم ",
    "मैं कल गाँव जाऊँगा। तुम कब आओगे? माँ पुल नदी ",
    "Поезд опоздал на час. Мы ждали: мост через реку! ",
)
_HOSTILE = (
    '"', "'", "“", "”", "‘", "«", "(", ")", "[", "]", "{", ". ", ".", "…", ". . . ", "! ", "?!",
    "U.S. ", "1. \n", "A. ", "Mr. ", "- ", "# ", "\n", "\r", "\r\n", "\n ", "\t", " ", "\f",
    "\u2028", "\xa0", "\u3000", "。", "」", "*", "_", "|", "```\n", "---\n", ":\n", ".[1]",
    '." ', '"a. ', "\x1b[31m", "\u200b", "\u202e", "\ufeff", "\u0301", "👩‍👩‍👧", "é", "中", "ﷺ",
    "x.", "0",
    "<b>", "&lt;", "[a](b) ", "![", "because “", "since “", "A' ", "2024-01-01 00:00:00 x=y ",
)  # fmt: skip
_ENDS = (".", ".", ".", ".", "!", "?", "...", "…", ".[2]", '."', "", ":", ";", "?!", ".)")
_JOINS = ("", " ", "\n", "\n\n", "\r\n\r\n", "\f", "\t", "\u3000", "\n\n---\n\n")
_MARKS = (('"', '"'), ("“", "”"), ("‘", "’"), ("«", "»"), ("„", "“"), ("(", ")"), ('"', ""),
          ("", "”"), ("[", "]"), ("(", ""), ("'", "'"))  # fmt: skip


def text(rng: Random) -> str:
    """One text: mostly of some hundred characters, one in fifty of some ten thousand."""
    pieces = rng.choice((1, 1, 2, 3, 4)) if rng.random() < 0.98 else rng.randrange(20, 120)
    shapes = rng.choices(_SHAPES, k=pieces)
    return "".join(shape(rng) + rng.choice(_JOINS) for shape in shapes)


def words(rng: Random, most: int = 14) -> list[str]:
    """Some English words, numbers and abbreviations."""
    return rng.choices(_WORDS, k=rng.randrange(1, most))


def _sentence(rng: Random) -> str:
    body = " ".join(words(rng))
    return body[:1].upper() + body[1:] + rng.choice(_ENDS)


def _prose(rng: Random) -> str:
    return " ".join(_sentence(rng) for _ in range(rng.randrange(1, 7)))


def _wrapped(rng: Random) -> str:
    width, end = rng.randrange(15, 80), rng.choice(("\n", "\r\n", "\r", "\n  "))
    lines, line = [], ""
    for word in _prose(rng).split():
        if line and len(line) + len(word) > width:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return end.join([*lines, line])


def _bulleted(rng: Random) -> str:
    mark = rng.choice(("-", "*", "•", "1.", "2)", "(a)", "–", ">", "iv."))
    blanks = rng.choice(("", "  ", "\t"))
    return "\n".join(f"{blanks}{mark} {_prose(rng)}" for _ in range(rng.randrange(1, 7)))


def _markdown(rng: Random) -> str:
    return rng.choice(
        (
            f"{rng.choice(('#', '##', '######'))} {_sentence(rng)}\n\n{_prose(rng)}",
            f"{_sentence(rng)}\n===\n{_prose(rng)}",
            f"> {_prose(rng)}",
            f"```\n{_prose(rng)}\n```",
            f"| {_sentence(rng)} | {_sentence(rng)} |\n|---|---|\n| 1 | {_sentence(rng)} |",
            f"**{_sentence(rng)}** _{_sentence(rng)}_ [{_sentence(rng)}](http://a.b/c)",
        )
    )


def _quoted(rng: Random) -> str:
    opens, closes = rng.choice(_MARKS)
    after = rng.choice(("", ".", ",", " she said.", " Carys Pugh said.", " he asked", "\n"))
    return f"{_sentence(rng)} {opens}{_prose(rng)}{closes}{after} {_sentence(rng)}"


def _rows(rng: Random) -> str:
    mark = rng.choice((",", ";", "\t", " | ", ": ", "=", "  "))
    columns = rng.randrange(2, 6)
    rows = (mark.join(rng.choices(_WORDS, k=columns)) for _ in range(rng.randrange(2, 12)))
    return "\n".join(rows)


def _other_script(rng: Random) -> str:
    return "".join(rng.choices(rng.choice(_OTHER), k=rng.randrange(1, 120)))


def _hostile(rng: Random) -> str:
    pieces = rng.choices(_HOSTILE, k=rng.randrange(1, 9))
    return "".join(piece * rng.randrange(1, 40) for piece in pieces)


def _run(rng: Random) -> str:
    return rng.choice(("word ", "word", "a, b; c) ", "中", "sentence (of sorts) ", "A. ")) * (
        rng.randrange(10, 2_000)
    )


def _any_characters(rng: Random) -> str:
    return "".join(rng.choices(_assigned(), k=rng.randrange(1, 120)))


@cache
def _assigned() -> str:
    points = map(chr, range(9, sys.maxunicode + 1))
    return "".join(one for one in points if unicodedata.category(one) not in ("Cs", "Cn", "Co"))


_SHAPES: tuple[Callable[[Random], str], ...] = (
    _prose, _prose, _wrapped, _bulleted, _markdown, _quoted, _quoted, _rows, _other_script,
    _hostile, _any_characters, _run,
)  # fmt: skip
