"""What in a sentence has the form of the answer that is asked for: a name, a date, a number."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from askdoc.english.analyzer import tokenize
from askdoc.english.answer_types import AnswerType
from askdoc.model import Span
from askdoc.read.analysis import QuestionAnalysis
from askdoc.read.parts import SentenceParts


def answers(asked: QuestionAnalysis, parts: SentenceParts) -> list[Span]:
    """What in a sentence has the form of the answer and was not said by the question itself."""
    spans = parts.candidates(asked.kind)
    if asked.kind is AnswerType.REASON:
        return spans
    return [kept for span in spans if (kept := _unsaid(asked, parts, span))]


def _unsaid(asked: QuestionAnalysis, parts: SentenceParts, span: Span) -> Span | None:
    """The span without the words at its ends that the question holds; None where none are left.

    "Mexico's President Claudia Sheinbaum" answers "Who is the president of Mexico?" with a name.
    """
    inside = [
        token
        for token in tokenize(parts.text[span.start : span.end])
        if not token.stop or asked.kind is AnswerType.NUMBER
    ]
    if asked.kind in (AnswerType.PERSON, AnswerType.PLACE):
        first, last = 0, len(inside)
        while first < last and inside[first].term in asked.weight:
            first += 1
        while first < last and inside[last - 1].term in asked.weight:
            last -= 1
        if first == last:
            return None
        # What is not cut keeps the marks beside its words: "Calder & Co."
        start = span.start + inside[first].start if first else span.start
        end = span.start + inside[last - 1].end if last < len(inside) else span.end
        return Span(start, end)
    said = bool(inside) and all(token.term in asked.weight for token in inside)
    return None if said else span


def has_answer(kind: AnswerType, found: list[Span], parts: SentenceParts) -> float:
    if found:
        return 1.0
    # Text without any capitals does not show its names: that says nothing about them.
    hidden = kind in (AnswerType.PERSON, AnswerType.PLACE) and not parts.has_capitals
    return 0.0 if hidden else -1.0


def nearness(parts: SentenceParts, found: list[Span], held: list[str]) -> float:
    starts = sorted(parts.tokens[place].start for term in held for place in parts.places[term])
    if not found or not starts:
        return 0.0
    distance = min(_to_nearest(starts, span.start) for span in found)
    return 1.0 / (1.0 + distance / 40)


def _to_nearest(starts: list[int], place: int) -> int:
    at = bisect_left(starts, place)
    return min(abs(start - place) for start in starts[max(0, at - 1) : at + 1])


def counts_what_is_asked(asked: QuestionAnalysis, parts: SentenceParts) -> float:
    if asked.kind is not AnswerType.NUMBER or asked.focus not in parts.places:
        return 0.0
    starts = [parts.tokens[place].start for place in parts.places[asked.focus]]
    # Inside the number too: its unit is part of it.
    close = False
    for span in parts.candidates(AnswerType.NUMBER):
        at = bisect_right(starts, span.start)
        close = close or (at < len(starts) and starts[at] <= span.end + 25)
    return 1.0 if close else -0.3
