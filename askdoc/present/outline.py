"""An answer as every writer tells it: what is said of it, and the sentences that are shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from askdoc.model import Answer, Citation, Question, Span, Verdict
from askdoc.present.address import disagreement
from askdoc.present.refusing import PERHAPS, because, nearest_said, refusal
from askdoc.present.sanitize import one_line, one_line_with


class Outline(NamedTuple):
    """What is told of an answer, in this order; "" is what there is nothing to say of.

    Attributes:
        understood: the question as it stands alone, where that is not how it was typed.
        said: how documents disagree, that there is only a chance, or that they don't say.
        lacking: why there is no answer; where there is a chance it comes last.
        above: what stands above sentences that are merely near.
        sentences: those that are shown.
        verdict: the answer's.
    """

    understood: str
    said: str
    lacking: str
    above: str
    sentences: tuple[Citation, ...]
    verdict: Verdict


def outline(answer: Answer) -> Outline:
    """Walk an answer, once for whoever writes it."""
    question, verdict = understood(answer.question), answer.verdict
    if verdict == "answered":
        return Outline(question, disagreement(answer), "", "", answer.citations, verdict)
    if verdict == "perhaps":
        return Outline(question, PERHAPS, because(answer), "", answer.nearest, verdict)
    above = nearest_said(answer) if answer.nearest else ""
    return Outline(question, refusal(answer), because(answer), above, answer.nearest, verdict)


def understood(question: Question) -> str:
    """How a question was understood, on one line; "" where that is how it was typed."""
    resolved = one_line(question.resolved)
    return "" if resolved == one_line(question.asked) else resolved


def quote(citation: Citation, *, marks: bool = True) -> tuple[str, Span]:
    """The quote on one line, and where in it the words that answer stand; empty without `marks`."""
    start, short = citation.start, citation.short if marks else None
    return one_line_with(
        citation.quote, Span(short.start - start, short.end - start) if short else None
    )


def whereabouts(
    citation: Citation,
    shown: Callable[[str], str] = one_line,
    *,
    place: str = "{}",
    line: bool = False,
    heading: Callable[[str], str] = 'under "{}"'.format,
) -> list[str]:
    """Page, place, line and heading, as far as there are any.

    Args:
        citation: what stands there.
        shown: writes what a document holds.
        place: how the place is told.
        line: whether the line is told.
        heading: tells a heading, as it is shown.
    """
    told = []
    if citation.page is not None:
        told.append(f"page {citation.page}")
    if citation.place is not None:
        told.append(place.format(shown(citation.place)))
    if line:
        told.append(f"line {citation.line}")
    if citation.heading is not None:
        told.append(heading(shown(citation.heading)))
    return told
