"""Conversations over documents that were written for this: what people type, and what is right.

A document `NAME.txt` has its conversations beside it in `NAME.talks`, line by line:

    # a name            a conversation begins
    * question          stands alone, and must not be changed
    > question          a follow-up
    = resolution        one that a person would accept: [may be there], {one|other}, ... (any words
                        but pronouns); articles, capitals and marks don't count
    ! words             what answers holds these words (of several lines one is enough)
    @ words around them the place that is meant, of words that the document has several times
    - refused           the documents don't say (beside "!": either is right)

The folder a document is in tells its half: `tuning`, or `measured`, which nothing is tuned on.
What is in `blind` is only ever counted (`lab/evaluation/blind.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent / "conversations"
HALVES = ("tuning", "measured")

_ARTICLES = frozenset(("a", "an", "the"))
_WORD = re.compile(r"[^\W_]+(?:['.,][^\W_]+)*")
_PIECE = re.compile(r"\.\.\.|[\[\]{}|]|[^\s\[\]{}|]+")
_CLEFT = re.compile(r"\b(?:is|was) it that ")  # "When was it that Marsh sold it?"
_PRONOUN = "he|she|it|they|him|her|hers|them|his|its|their|there|that|this|those"
_ANYTHING = rf"(?:(?!(?:{_PRONOUN}) )\S+ ){{0,9}}"
_MARKS = {"[": "(?:", "]": ")?", "{": "(?:", "}": ")", "|": "|", "...": _ANYTHING}


@dataclass
class Row:
    """A question of a conversation, and what is right for it."""

    question: str
    alone: bool
    resolutions: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    around: dict[str, str] = field(default_factory=dict)  # answer -> the words around it
    refused: bool = False

    def accepts(self, resolved: str) -> bool:
        """Whether a person would accept this as what was meant."""
        said = plain(resolved)
        return any(pattern(template).fullmatch(said) for template in self.resolutions)

    def places(self, text: str) -> tuple[tuple[int, int], ...]:
        """Where the answers stand in the document, letter by letter: half-open, in code points.

        Raises:
            ValueError: an answer does not stand there, or several times.
        """
        return tuple(_place(words, self.around.get(words, words), text) for words in self.answers)


@dataclass
class Dialog:
    """A conversation over a document."""

    document: str
    name: str
    text: str
    rows: list[Row] = field(default_factory=list)


def _place(words: str, around: str, text: str) -> tuple[int, int]:
    if text.count(around) != 1 or around.count(words) != 1:
        raise ValueError(f"not there exactly once: {words}")
    start = text.index(around) + around.index(words)
    return start, start + len(words)


def asked_differently(one: str, other: str) -> bool:
    """Whether two questions differ in more than capitals and marks."""
    return re.findall(r"\w+", one.lower()) != re.findall(r"\w+", other.lower())


def plain(text: str) -> str:
    """The words of a text in lower case, without articles, each with a space behind it."""
    words = _WORD.findall(_CLEFT.sub("", text.lower().replace("’", "'")))
    return "".join(f"{word} " for word in words if word not in _ARTICLES)


def pattern(template: str) -> re.Pattern[str]:
    """What a resolution's template matches among plain texts."""
    pieces = (_MARKS.get(p) or re.escape(plain(p)) for p in _PIECE.findall(template))
    return re.compile("".join(pieces))


def dialogs(half: str, folder: Path = FOLDER) -> Iterator[Dialog]:
    """The conversations of a half, by their documents' names."""
    for path in sorted((folder / half).glob("*.talks")):
        text = path.with_suffix(".txt").read_text("utf-8")
        yield from read(path.read_text("utf-8"), path.stem, text)


def read(lines: str, document: str, text: str) -> Iterator[Dialog]:
    """The conversations of one document.

    Raises:
        ValueError: a line is of no kind, or stands where it may not.
    """
    dialog: Dialog | None = None
    for line in filter(None, map(str.strip, lines.splitlines())):
        mark, _, rest = line.partition(" ")
        if mark == "#":
            if dialog:
                yield dialog
            dialog = Dialog(document, rest, text)
        elif dialog is None or (mark not in "*>" and not dialog.rows):
            raise ValueError(f"no conversation or question yet: {document}: {line}")
        elif mark in ("*", ">"):
            dialog.rows.append(Row(rest, mark == "*"))
        else:
            _tell(dialog.rows[-1], mark, rest, f"{document}: {line}")
    if dialog:
        yield dialog


def _tell(row: Row, mark: str, rest: str, where: str) -> None:
    if mark == "=":
        row.resolutions.append(rest)
    elif mark == "!":
        row.answers.append(rest)
    elif mark == "@" and row.answers:
        row.around[row.answers[-1]] = rest
    elif (mark, rest) == ("-", "refused"):
        row.refused = True
    else:
        raise ValueError(f"a line of no kind: {where}")
