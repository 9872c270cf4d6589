"""Questions that nobody asks: huge, empty, full of operators, made for our own patterns."""

from __future__ import annotations

import random
import sys
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

_MB = 1_000_000
_ASK = "Where is the lamp lit at dusk?"


class Trap(NamedTuple):
    """A question, made for a size, which is 1 at full size."""

    name: str
    make: Callable[[float], str]


def _repeated(piece: str, count: int, before: str = "", after: str = "") -> Callable[[float], str]:
    return lambda scale: before + piece * max(1, int(count * scale)) + after


def _plain(question: str) -> Callable[[float], str]:
    return lambda _: question


def _distinct(scale: float) -> str:
    return "What is " + " ".join(f"w{number:x}q" for number in range(int(100_000 * scale))) + "?"


def _any_characters(scale: float) -> str:
    given = [chr(at) for at in range(sys.maxunicode) if unicodedata.category(chr(at)) != "Cn"]
    return "".join(random.Random(0).choices(given, k=int(100_000 * scale)))


def _controls(_: float) -> str:
    return _ASK + "".join(map(chr, (*range(32), *range(127, 160))))


TRAPS = (
    # large
    Trap("10 MB of words", _repeated("lamp harbour ", 10 * _MB // 13)),
    Trap("10 MB of one word", _repeated("a", 10 * _MB)),
    Trap("10 MB of blanks", _repeated(" ", 10 * _MB, _ASK, "lamp?")),
    Trap("10 MB of full stops", _repeated(".", 10 * _MB, _ASK)),
    Trap("10 MB of one digit", _repeated("9", 10 * _MB, "How many ")),
    Trap("10 MB of Chinese", _repeated("灯", 10 * _MB // 3)),
    Trap("100,000 distinct words", _distinct),
    Trap("all of Unicode", _any_characters),
    # without words
    Trap("nothing", _plain("")),
    Trap("a blank", _plain(" \t\u3000")),
    Trap("only punctuation", _plain("?!.,;:-()[]{}\"'“”…¿¡")),
    Trap("punctuation, 1 MB", _repeated("?!", _MB // 2)),
    Trap("function words", _plain("is it the of a")),
    Trap("NUL", _plain("\0")),
    Trap("NUL in a question", _plain("Where is the\0lamp lit?")),
    Trap("all controls", _controls),
    Trap(
        "escape sequences", _plain(f"\x1b[31m\x1b]8;;file:///etc/passwd\x1b\\{_ASK}\x1b[2J\x9b2J")
    ),
    Trap("lone surrogates", _plain("Where is \ud800 the \udfff lamp \udc80 lit?")),
    Trap("only surrogates", _repeated("\ud800", 100_000)),
    Trap("right to left", _plain("\u202e" + _ASK + "\u202c\u2066\u2067 أين المصباح؟ \u200f")),
    Trap("right to left, 1 MB", _repeated("\u202eאב\u202c ", _MB // 5, _ASK)),
    Trap("accents on accents", _repeated("\u0301", 200_000, "Where is the lamp")),
    Trap("joined emoji", _repeated("👩\u200d", 100_000, _ASK)),
    Trap("ligatures that grow", _repeated("ﷺ", 100_000, _ASK)),
    Trap("letters that change in lower case", _repeated("İŉǰΐ", 50_000, _ASK)),
    Trap("line ends", _repeated("\r\n\u2028\u2029\x85\f", 20_000, "Where is", "the lamp lit?")),
    Trap("byte order mark", _plain("\ufeff" + _ASK)),
    # what other programs would take for operators
    Trap(
        "all operators", _plain('lamp AND harbour OR NOT dusk +lit -dark "the lamp"~2 lamp^9 l*p?')
    ),
    Trap("a field", _plain("source:lamp OR title:* OR _id:1")),
    Trap("ranges", _plain("date:[1 TO *] {a TO b} lamp:>1 IN [a b c]")),
    Trap("open quotes and brackets", _plain('"lamp ((( [[ {{ ~ ^ \\')),
    Trap("brackets, 1 MB", _repeated("(lamp OR ", _MB // 9)),
    Trap("wild cards", _repeated("*a?", 10_000, "lamp ")),
    Trap("a regular expression", _plain("/(a+)+$/ lamp /.*.*.*/")),
    Trap("SQL", _plain("lamp'; DROP TABLE sources; -- \" OR 1=1")),
    Trap("format strings", _plain("%s %n {0} {lamp.__class__} ${jndi:ldap://a} $(id) `id`")),
    Trap("a path", _plain("../../../etc/passwd lamp file:///etc/passwd")),
    Trap("options", _plain("--index / -n 0 --help lamp")),
    Trap("a command of the shell", _plain("/save /nowhere/at/all lamp")),
    Trap("markup", _plain("<script>alert('lamp')</script> &lt;b&gt; [lamp](javascript:a)")),
    # for our own patterns
    Trap("what what what", _repeated("what ", 100_000, "", "number of lamps")),
    Trap("how many, again and again", _repeated("how many ", 50_000)),
    Trap("which, and a long word", _repeated("a", 200_000, "which ", " year")),
    Trap("names", _repeated("Ada de la ", 50_000, "Who is ")),
    Trap("apostrophes", _repeated("A'", 200_000, "Who is ")),
    Trap("initials", _repeated("A.", 200_000, "Who is ")),
    Trap("hyphens", _repeated("a-", 200_000, "What is ")),
    Trap("numbers and commas", _repeated("1,", 200_000, "Is it ")),
    Trap("months", _repeated("May 1 and ", 50_000, "Was it ")),
    Trap("becauses", _repeated("because “since ", 30_000, "Why ")),
    Trap("pronouns", _repeated("he and she said that it ", 30_000, "What did ")),
    Trap("a follow-up of pronouns", _repeated("him and her and it and ", 40, "And what did ", "?")),
    Trap("a follow-up of names", _repeated("Ada Marsh's and ", 60, "And ", "other?")),
    Trap("a follow-up without end", _repeated("and ", 240, "", "then?")),
    Trap(
        "a follow-up of the same", _repeated("the same one of the other ", 38, "What about ", "?")
    ),
    Trap("how did it react", _repeated("how did it ", 80, "", "change?")),
    Trap("commas", _repeated(", who is a", 90, "What about Ada", "?")),
    Trap("quoted questions", _repeated('"what?" she said, ', 50, "And ", "why?")),
)
"""Fifty and more."""
