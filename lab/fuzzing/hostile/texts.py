"""Hostile files of plain text, Markdown and source: what splits, quotes and marks without end."""

from __future__ import annotations

import random
import sys
import unicodedata
from functools import cache

from lab.fuzzing.hostile.case import LINE, Case, numbered, text

_MB = 1_000_000


@cache
def _assigned() -> str:
    """One character of every code point that Unicode has given out, but for surrogates."""
    points = map(chr, range(1, sys.maxunicode + 1))
    return "".join(one for one in points if unicodedata.category(one) not in ("Cs", "Cn"))


def _any_characters(count: int) -> bytes:
    """Characters of all of Unicode by chance, a blank or a full stop after some."""
    chance = random.Random(count)
    drawn = chance.choices(_assigned(), k=count)
    return "".join(one + chance.choice(("", "", "", " ", ". ")) for one in drawn).encode()


def _distinct_words(count: int) -> bytes:
    return " ".join(f"w{number:x}q" for number in range(count)).encode()


def _utf(encoding: str) -> Case:
    return Case(f"{encoding}.txt", _MB, lambda n: (LINE * (n // len(LINE) + 1)).encode(encoding))


PLAIN = [
    Case("one word.txt", 20 * _MB, text("", "a")),
    Case("one line.txt", 20 * _MB // 5, text("", "word ")),
    Case("no end.txt", 4 * _MB, text(LINE, "a, ")),
    Case("line ends.txt", 20 * _MB, text(LINE, "\n")),
    Case("short lines.txt", 30 * _MB, text(LINE, "1\n")),
    Case("returns.txt", 20 * _MB, text(LINE, "\r")),
    Case("blanks.txt", 20 * _MB, text(LINE, " ", "x")),
    Case("tabs.txt", 5 * _MB, text(LINE, "\t", "x")),
    Case("wide blanks.txt", 3 * _MB, text(LINE, "\u3000", "x")),
    Case("line separators.txt", 3 * _MB, text(LINE, "\u2028a")),
    Case("form feeds.txt", 5 * _MB, text(LINE, "\fa")),
    Case("full stops.txt", 5 * _MB, text(LINE, ".")),
    Case("spaced stops.txt", 2 * _MB, text(LINE, ". ")),
    Case("ellipses.txt", 2 * _MB, text(LINE, "… ")),
    Case("initials.txt", _MB, text(LINE, "A. B. ")),
    Case("abbreviations.txt", _MB, text(LINE, "Mr. U.S. p.m. ")),
    Case("opened quotes.txt", 2 * _MB, text(LINE, "“a. B ")),
    Case("closed quotes.txt", 2 * _MB, text(LINE, 'a." ')),
    Case("straight quotes.txt", 2 * _MB, text(LINE, '"a. B')),
    Case("apostrophes.txt", 5 * _MB, text(LINE, "'")),
    Case("opened brackets.txt", 2 * _MB, text(LINE, "(a. B ")),
    Case("closed brackets.txt", 2 * _MB, text(LINE, "a.) ")),
    Case("square brackets.txt", 2 * _MB, text(LINE, ".[1")),
    Case("bullets.txt", _MB, text(LINE, "- a\n")),
    Case("numbers.txt", _MB, numbered(LINE, "{}. a\n")),
    Case("rows.txt", _MB, text(LINE, "a | b | c\n")),
    Case("log.txt", 200_000, numbered(LINE, "2024-01-01 00:00:00,000 INFO [{}] a.b: c=d\n")),
    Case("addresses.txt", 500_000, text(LINE, "a@b.c, ")),
    Case("dotted.txt", 2 * _MB, text(LINE, "a.b")),
    Case("dashes.txt", 5 * _MB, text(LINE, "-")),
    Case("headers.txt", 300_000, numbered(LINE, "X-{}: a\n")),
    Case("becauses.txt", 500_000, text(LINE, "because “since ")),
    Case("digits.txt", 5 * _MB, text(LINE, "1,")),
    Case("one number.txt", 5 * _MB, text(LINE, "7")),
    Case("months.txt", 500_000, text(LINE, "May 1 and ")),
    Case("capitals.txt", _MB, text(LINE, "A' ")),
    Case("name.txt", 500_000, text(LINE, "Ada de la ")),
    Case("bylines.txt", 300_000, text(LINE, "By Ada and of the \n")),
    Case("accents.txt", 3 * _MB, text(LINE + "a", "\u0301")),
    Case("joiners.txt", _MB, text(LINE, "👩\u200d")),
    Case("flags.txt", _MB, text(LINE, "🇩")),
    Case("right to left.txt", _MB, text(LINE, "\u202eאב \u202c")),
    Case("ligature.txt", _MB, text(LINE, "ﷺ")),
    Case("chinese.txt", 2 * _MB, text(LINE, "中")),
    Case("thai.txt", _MB, text(LINE, "สะพาน")),
    Case("hangul.txt", _MB, text(LINE, "각")),
    Case("any characters.txt", _MB, _any_characters),
    Case("distinct words.txt", 2 * _MB, _distinct_words),
    Case("controls.txt", _MB, text(LINE * 1000, "\x1b[31m")),
    Case("escapes.txt", 100_000, text(LINE * 2000, "a\x1b]8;;x\x1b\\ ")),
    Case("broken utf-8.txt", 2 * _MB, lambda n: LINE.encode() + b"\xc3 " * n),
    Case("no encoding.txt", 5 * _MB, lambda n: LINE.encode() + random.Random(n).randbytes(n)),
    Case("latin.txt", 2 * _MB, lambda n: LINE.encode() + b"\xe9\xe8 " * n),
    Case("too large.txt", 70 * _MB, text("", LINE[:10])),
    Case("largest.txt", 1_600_000, text("", LINE)),
    _utf("utf-16"),
    _utf("utf-32"),
    _utf("utf-7"),
]
MARKDOWN = [
    Case("quotes.md", _MB, text(LINE, ">", "a")),
    Case("brackets.md", _MB, text(LINE, "[")),
    Case("links.md", 300_000, text(LINE, "[a](")),
    Case("images.md", 300_000, text(LINE, "![")),
    Case("references.md", 100_000, numbered(LINE, "[{}]: a\n")),
    Case("stars.md", 500_000, text(LINE, "*a ")),
    Case("both stars.md", 300_000, text(LINE, "*a **a ")),
    Case("underscores.md", 500_000, text(LINE, "a_b")),
    Case("ticks.md", 2_000, lambda n: "".join("`" * at + " a " for at in range(n)).encode()),
    Case("lists.md", 2_000, lambda n: "".join("  " * at + "- a\n" for at in range(n)).encode()),
    Case("ruled.md", 300_000, text(LINE, "a\n---\n")),
    Case("table.md", 100_000, text("|a|b|\n|-|-|\n", "|c|d|\n")),
    Case("columns.md", 100_000, lambda n: b"|a" * n + b"|\n" + b"|-" * n + b"|\n" + b"|b" * n),
    Case("html.md", 500_000, text(LINE, "<a b=")),
    Case("comments.md", 500_000, text(LINE, "<!--")),
    Case("fences.md", 500_000, text(LINE, "```\n")),
    Case("headings.md", 300_000, text("", "# a\n")),
    Case("front.md", 300_000, numbered("---\n", "a{}: b\n", "\n")),
    Case("just safe.md", 2**17, text("", "*[")),
]
SOURCE = [
    Case("nested.py", 100_000, text("", "(", "\n")),
    Case("minified.js", 500_000, text("var a=1;", "function(){return a};")),
    Case("includes.c", 300_000, numbered("", '#include "a{}.h"\n')),
    Case("deep.yaml", 3_000, lambda n: "".join("  " * at + "a:\n" for at in range(n)).encode()),
    Case("anchors.yaml", 200_000, numbered("a0: &a0 [x]\n", "b{0}: &b{0} [*a0,*a0]\n")),
    Case("laughs.svg", 300_000, text("<svg><text>lamp</text>", "<g>")),
    Case("many.ini", 300_000, numbered("", "[s{0}]\nk={0}\n")),
    Case("binary.py", _MB, lambda n: b"print()\n" + bytes(n)),
]
CASES = [*PLAIN, *MARKDOWN, *SOURCE]
