"""An asker that is simple enough to know its answers by hand, to test the lab without askdoc.

It knows sentences by their full stop, ranks them by how many of the question's words they hold
(ties in the order of the text), and its confidence is the share of the words that was found.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from askdoc import AskdocError

THRESHOLD = 0.5


@dataclass(frozen=True)
class Short:
    text: str


@dataclass(frozen=True)
class Citation:
    quote: str
    source: str
    start: int
    end: int
    confidence: float
    short: Short | None


@dataclass(frozen=True)
class Answer:
    answered: bool
    confidence: float
    citations: tuple[Citation, ...]


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


class FakeAsker:
    """Marks the last word of a sentence as the short answer, unless `shorts` is False."""

    def __init__(self, texts: dict[str, str], shorts: bool = True) -> None:
        self.texts, self.shorts = texts, shorts

    def threshold_for(self, question: str) -> float:
        return THRESHOLD

    def ask(self, question: str, *, limit: int, threshold: float | None) -> Answer:
        asked = _words(question)
        if not asked:
            raise AskdocError("no words in the question")
        cited = [
            self._cite(source, found, asked)
            for source, text in self.texts.items()
            for found in re.finditer(r"\w[^.]*\.", text)
        ]
        cited.sort(key=lambda citation: -citation.confidence)
        best = tuple(c for c in cited if c.confidence > 0)[:limit]
        confidence = best[0].confidence if best else 0.0
        if confidence < (THRESHOLD if threshold is None else threshold) or not best:
            return Answer(False, confidence, ())
        return Answer(True, confidence, best)

    def _cite(self, source: str, found: re.Match[str], asked: set[str]) -> Citation:
        quote = found[0]
        confidence = len(asked & _words(quote)) / len(asked)
        short = Short(quote.rstrip(".").split()[-1]) if self.shorts else None
        return Citation(quote, source, found.start(), found.end(), confidence, short)


class CrashingAsker(FakeAsker):
    """Breaks at any question with the word `crash`."""

    def ask(self, question: str, *, limit: int, threshold: float | None) -> Answer:
        if "crash" in question:
            raise ZeroDivisionError("division by zero")
        return super().ask(question, limit=limit, threshold=threshold)


class MisquotingAsker(FakeAsker):
    """Gives quotes that do not stand where it says."""

    def _cite(self, source: str, found: re.Match[str], asked: set[str]) -> Citation:
        right = super()._cite(source, found, asked)
        return Citation(
            right.quote, source, right.start + 1, right.end + 1, right.confidence, right.short
        )


def build(texts: dict[str, str]) -> FakeAsker:
    return FakeAsker(texts)


def build_without_shorts(texts: dict[str, str]) -> FakeAsker:
    return FakeAsker(texts, shorts=False)
