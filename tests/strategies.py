"""Texts of every kind, for the tests that must hold over all of them.

Random characters alone almost never make a closed quotation, a wrapped paragraph or an abbreviation
before a capital, which is where splitting and citing go wrong. So most of these strategies put real
words together in the shapes that files have, and one of them is random characters after all.
"""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st

from askdoc.load import load_text
from askdoc.model import Document

UNTIMED = settings(deadline=None)
"""For tests whose first example may have to import a library or read a data file."""

FEWER = settings(deadline=None, max_examples=25)
"""For tests that ask the network several times an example."""

_ENGLISH = (
    "the a of to and in she he they it was were said asked told council river bridge tower lamp "
    "ferry school vote treaty mayor garden winter flood strike letter Port Ellery Calder Ostrava "
    "Mary Owen Lindqvist Carys Monday March 1998 12 3.5 1,500 40% twelve third U.S. U.N. D.C. p.m. "
    "a.m. Mr. Dr. St. Inc. No. e.g. etc. J. R. vs. Jan. isn't Ellery's O'Brien café naïve half-open"
    " Subscribe newsletter https://example.org/a.b?c=d x_y (since then) [1] … -- —"
).split()
_CHINESE = "我昨天去了图书馆那里很安静老师说门开着请进学生们走河上的桥是谁建造"
_JAPANESE = "窓を開けてください今日は暑いですねタワーの鍵"
_THAI = "สะพานข้ามแม่น้ำสร้างเมื่อไร"
_ARABIC = "أين المكتبة هي خلف السوق سأذهب غدا بُني الجسر عام قديم".split()
_HINDI = "मैं कल गाँव जाऊँगा तुम कब आओगे माँ पुल नदी".split()
_RUSSIAN = "поезд опоздал на час мы ждали мост через реку".split()
_HOSTILE = (
    '"', "'", "“", "”", "‘", "«", "(", ")", "[", "]", "{", ". ", ".", "…", ". . . ", "! ", "?!",
    "U.S. ", "1. \n", "A. ", "Mr. ", "- ", "# ", "\n", "\r", "\r\n", "\n ", "\t", " ", "\f",
    "\u2028", "\xa0", "\u3000", "。", "」", "*", "_", "|", "```\n", "---\n", ":\n", ".[1]",
    '." ', '"a. ', "\x00", "\x1b[31m", "\u200b", "\u202e", "\ufeff", "\u0301",
    "👩‍👩‍👧", "é", "中", "ﷺ", "x.", "0",
)  # fmt: skip

WORDS = st.sampled_from(_ENGLISH)
_ENDS = st.sampled_from([".", ".", ".", "!", "?", "...", "…", ".[2]", '."', "", ":", ";"])


def _sentence(words: list[str], end: str) -> str:
    body = " ".join(words)
    return body[:1].upper() + body[1:] + end


SENTENCES = st.builds(_sentence, st.lists(WORDS, min_size=1, max_size=14), _ENDS)
PROSE = st.lists(SENTENCES, min_size=1, max_size=6).map(" ".join)
PARAGRAPHS = st.lists(PROSE, min_size=1, max_size=4).map("\n\n".join)


def _wrap(text: str, width: int, end: str) -> str:
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return end.join([*lines, line])


WRAPPED = st.builds(
    _wrap, PROSE, st.integers(20, 80), st.sampled_from(["\n", "\r\n", "\r", "\n  "])
)
_ITEM = st.builds("{} {}".format, st.sampled_from(["-", "*", "•", "1.", "2)", "(a)", "–"]), PROSE)
BULLETED = st.lists(_ITEM, min_size=1, max_size=6).map("\n".join)
_MARKDOWN_BLOCK = st.one_of(
    st.builds("{} {}".format, st.sampled_from(["#", "##", "######"]), SENTENCES),
    st.builds("{}\n===".format, SENTENCES),
    st.builds("> {}".format, PROSE),
    st.builds("```\n{}\n```".format, PROSE),
    st.builds("| {} | {} |\n|---|---|\n| 1 | 2 |".format, SENTENCES, SENTENCES),
    st.builds("**{}** _{}_ [{}](http://a.b/c)".format, SENTENCES, WORDS, WORDS),
    BULLETED,
    PROSE,
)
MARKDOWN = st.lists(_MARKDOWN_BLOCK, min_size=1, max_size=5).map("\n\n".join)
_MARKS = st.sampled_from(
    [('"', '"'), ("'", "'"), ("“", "”"), ("‘", "’"), ("«", "»"), ("„", "“"), ("(", ")"), ('"', ""),
     ("", "”"), ("[", "]"), ("(", "")]
)  # fmt: skip
_QUOTATION = st.builds(
    lambda marks, text, after: f"{marks[0]}{text}{marks[1]}{after}",
    _MARKS,
    PROSE,
    st.sampled_from(["", ".", ",", " she said.", " Carys Pugh said.", " he asked", "\n", " No."]),
)
QUOTED = st.lists(st.one_of(_QUOTATION, SENTENCES), min_size=1, max_size=5).map(" ".join)


def _unspaced(characters: str, marks: str) -> st.SearchStrategy[str]:
    return st.text(st.sampled_from(characters + marks), min_size=1, max_size=60)


def _spaced(words: list[str], marks: str) -> st.SearchStrategy[str]:
    ends = st.sampled_from([" ", " ", " ", *(f"{mark} " for mark in marks), "\n"])
    return st.lists(st.tuples(st.sampled_from(words), ends), min_size=1, max_size=20).map(
        lambda pairs: "".join(word + end for word, end in pairs)
    )


EAST_ASIAN = st.one_of(
    _unspaced(_CHINESE, "。。？！“”，\n"),
    _unspaced(_JAPANESE, "。「」？"),
    _unspaced(_THAI, "  .\n"),
)
OTHER_SCRIPTS = st.one_of(_spaced(_ARABIC, "؟.،"), _spaced(_HINDI, "।?"), _spaced(_RUSSIAN, ".?!"))
HOSTILE = st.lists(
    st.builds(lambda piece, times: piece * times, st.sampled_from(_HOSTILE), st.integers(1, 40)),
    min_size=1,
    max_size=8,
).map("".join)
CONTROLS = st.text(
    st.sampled_from("\x00\x07\x08\x0b\x0c\x1b\x1c\x1d\x85\x9b\u2028\u2029\ufeff ab.\n")
)
ANY_UNICODE = st.text(max_size=120)  # hypothesis leaves surrogates out: no file can hold them
LONG_RUNS = st.builds(
    lambda word, times: word * times,
    st.sampled_from(["word ", "word", "a, b; c) ", "中", "sentence (of sorts) "]),
    st.integers(300, 2200),
)

_KINDS = (
    PROSE, PARAGRAPHS, WRAPPED, BULLETED, MARKDOWN, QUOTED, EAST_ASIAN, OTHER_SCRIPTS, HOSTILE,
    CONTROLS, ANY_UNICODE,
)  # fmt: skip
_JOINS = st.sampled_from(["", " ", "\n", "\n\n", "\r\n\r\n", "\f", "\t", "\u3000"])


@st.composite
def _mixed(draw: st.DrawFn) -> str:
    pieces = draw(st.lists(st.one_of(*_KINDS), min_size=2, max_size=4))
    return "".join(piece + draw(_JOINS) for piece in pieces)


TEXTS = st.one_of(*_KINDS, _mixed())
"""A text of any kind, possibly empty, blank or without a word."""

SOURCES = st.sampled_from(["a.txt", "notes.md", "dir/page.markdown", "-", "x"])
DOCUMENTS = st.builds(load_text, TEXTS, SOURCES)
"""A document of any text, its headings marked where its name says that it is Markdown."""

CORPORA: st.SearchStrategy[dict[str, str]] = st.dictionaries(
    SOURCES, st.one_of(PARAGRAPHS, MARKDOWN, QUOTED, TEXTS), min_size=1, max_size=3
)
"""Name -> text, as `Assistant.from_texts` takes them."""

_QUESTION_WORDS = st.sampled_from(
    "Who|When|Where|Why|How many|What|What did|Did|Which year|How long ago|Is it true that|".split(
        "|"
    )
)


def questions(texts: dict[str, str]) -> st.SearchStrategy[str]:
    """Questions of a few words, most of them from these texts; each has at least one word."""
    found = sorted({word for text in texts.values() for word in text.split()[:200]})
    own = st.sampled_from(found) if found else WORDS
    words = st.lists(st.one_of(own, own, WORDS), min_size=1, max_size=6).map(" ".join)
    return st.builds("{} {} bridge?".format, _QUESTION_WORDS, words)


def as_documents(texts: dict[str, str]) -> list[Document]:
    """The documents that an assistant would make of these texts."""
    return [load_text(text, name) for name, text in texts.items()]
