"""A sentence that may be asked about, on one line, and where its characters stand."""

from __future__ import annotations

import re
from typing import NamedTuple

from askdoc.english import word_classes as en
from askdoc.model import Sentence, Span

_SHORTEST, _LONGEST = 30, 600
# Letters with which English is written, and marks that do nothing: "The quay (1887) leaks."
_PLAIN = re.compile(
    r"[A-Za-zÀ-Þ`\"“'‘][A-Za-z0-9À-ɏ ,.;:()'’‘\"“”%$£€–—/&`*_+=<>@#!?~\[\]{}|\\-]+[.!][\"”'’)]?"
)
# The number of a clause or the mark of an item: "3.", "2.1", "(a)", "-".
_NUMBERED = re.compile(
    r"(?:\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-z]|[ivx]{1,4})[.):]|\d+(?:\.\d+)+|[-*•–]) +(?=\S)"
)
# Whoever says "we" or points to what stands before cannot be understood alone: "The same man".
_POINTING = "there here such so another other others same former latter also then thus".split()
_DENYING = "however not never no following both either neither each".split()
_TIED = re.compile(
    rf"\b(?:{en.any_of([*en.PERSONAL, *en.SPEAKERS, *en.DEMONSTRATIVES, *_POINTING, *_DENYING])}"
    r"|(?:above|below)(?! \d))\b",
    re.I,
)
_READER = {"you": "I", "your": "my", "yours": "mine", "yourself": "myself"}
# "an old | , narrow house": what an article or "very" opened goes on behind the comma.
_OPEN_PHRASE = re.compile(r"(?:\b(?:an?|the|very|of)|^)(?: [a-z]+)$")
_ADJECTIVE = re.compile(
    r", (?!which|who|where|when|while|and|or|but|in|on|at|with|by|an?|the)[a-z]+"
)
# "Dr.", "U.S.", "std::map", "20.5", "o'clock", "$4.20"
_TOKEN = re.compile(
    rf"{en.SHORT_TITLE}\.(?= [A-Z])|(?:[A-Z]\.){{2,}}(?= [A-Za-z])"
    r"|[\w`]+(?:(?:::|[.,:/@+-])[\w`]+|['’][a-z]+)*"
    r"|[$€£]\d[\d.,]*\d|[$€£]\d|%|\S"
)


class Token(NamedTuple):
    """A word or a mark of a line, and where it stands there."""

    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        return self.text.lower()

    @property
    def word(self) -> bool:
        return self.text[0].isalnum() or self.text[0] in "$€£`"

    @property
    def breaks(self) -> bool:
        """True for a mark or a relative pronoun: a phrase ends before it."""
        mark = not self.word and self.text not in ("%", "-", "'", "’")
        return mark or self.low in en.SUBORDINATORS


def tokens(text: str) -> list[Token]:
    """The words and marks of a line, in order."""
    return [Token(match[0], match.start(), match.end()) for match in _TOKEN.finditer(text)]


class Line:
    """A sentence on one line without its number, and where each character stands in the text."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        marked = _NUMBERED.match(sentence.text)
        words = list(re.compile(r"\S+").finditer(sentence.text, marked.end() if marked else 0))
        self.text = " ".join(word[0] for word in words)
        self._at = [
            at for word in words for at in range(sentence.start + word.start(),
                                                 sentence.start + word.end() + 1)
        ]  # fmt: skip

    def place(self, span: Span) -> Span:
        """A span of the line, which is not empty, as one of the document."""
        return Span(self._at[span.start], self._at[span.end - 1] + 1)

    def is_cut(self, start: int, end: int) -> bool:
        """True if a span ends inside a noun phrase, at its comma: "a tall, narrow house"."""
        return bool(_ADJECTIVE.match(self.text, end) and _OPEN_PHRASE.search(self.text[start:end]))


def stands_alone(words: str) -> bool:
    """True for words without anaphora: none of them points to what stands before."""
    return _TIED.search(words) is None


def as_reader(said: str) -> str:
    """The second person turned into the first: "your key" -> "my key"."""
    return " ".join(_READER.get(word.lower(), word) for word in said.split())


def usable(sentence: Sentence) -> Line | None:
    """A sentence as a line, where it is plain, whole, and neither short nor long."""
    if not _SHORTEST <= sentence.end - sentence.start <= _LONGEST:
        return None
    line = Line(sentence)
    text = line.text
    # What begins inside a quotation has an odd mark.
    closed = text.count('"') % 2 == 0 and text.count("“") == text.count("”")
    return line if closed and _PLAIN.fullmatch(text) else None
