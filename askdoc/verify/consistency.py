"""What an answer says of itself: what cannot be true together, whatever the sources hold.

`answer/compose.py` makes answers, and these are the promises that it keeps. Somebody who edits a
saved answer breaks one of them soon, and is told without a source being opened.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from askdoc.model import LEAST_CHANCE, Answer, Citation

_MOST_MISSING = 3
# Code points; no text that askdoc reads is as long, and no number of it larger.
_LONGEST = 2**32


def fault_of_answer(answer: Answer) -> str:
    """What in an answer contradicts the rest of it, apart from each citation's own; "" if nothing.

    Args:
        answer: one that nobody has checked yet.
    """
    cited, nearest = answer.citations, answer.nearest
    if answer.answered and not cited:
        return "it is said to be answered, but cites nothing"
    if cited and not answer.answered:
        return "it is said not to be answered, but cites something"
    if cited and nearest:
        return "it has citations, and sentences that only came near besides"
    shown = cited or nearest
    if _repeats(shown):
        return "it has one sentence twice"
    surest = max((one.confidence for one in shown), default=0.0)
    if answer.confidence != surest:
        return "its confidence is not that of its surest sentence"
    if answer.disagreement:
        if fault := _fault_of_disagreement(cited):
            return fault
    elif not (_is_by_confidence(shown) or (cited and _is_in_reading_order(cited))):
        return "its sentences are in no order in which they are given"
    return _fault_of_thresholds(answer) or _fault_of_refusal(answer)


def _fault_of_thresholds(answer: Answer) -> str:
    """What of an answer's sentences does not fit the confidences that they need."""
    least, perhaps = answer.threshold, answer.perhaps_threshold
    if least is None or perhaps is None:
        return "" if least is perhaps else "it has one threshold without the other"
    if perhaps > least:
        return "its threshold for what has a chance is above that for an answer"
    if any(one.confidence < least for one in answer.citations):
        return "it cites something that is less sure than its threshold"
    if any(one.confidence >= least for one in answer.nearest):
        return "what it only came near to is as sure as its threshold"
    weakest = min((one.confidence for one in answer.nearest), default=0.0)
    if answer.verdict == "perhaps" and weakest < max(perhaps, LEAST_CHANCE):
        return "it has a sentence without a chance beside one that has"
    return ""


def _fault_of_refusal(answer: Answer) -> str:
    """What is wrong with the reasons that are given for citing nothing."""
    if answer.no_question and (answer.citations or answer.nearest or answer.missing):
        return "it is said to be no question, but something was looked for"
    if answer.missing and answer.answered:
        return "it is said to be answered, but words of the question to be missing"
    if answer.missing:
        asked = " ".join(answer.question.resolved.casefold().split())
        if len(answer.missing) > _MOST_MISSING:
            return "more words are said to be missing than are ever told"
        words = [
            word for one in answer.missing for word in (one.word, one.near) if word is not None
        ]
        if not all(word and " ".join(word.casefold().split()) in asked for word in words):
            return "what is said to be missing are no words of the question"
    return ""


def fault_of_citation(citation: Citation) -> str:
    """What in a citation cannot be true of any source; "" if all can."""
    size, span = len(citation.quote), citation.end - citation.start
    if not size:
        return "its quote is empty"
    if citation.start < 0:
        return "its start is below 0"
    if citation.line < 1 or (citation.page is not None and citation.page < 1):
        return "its line or page is below 1"
    if max(citation.start, citation.end, citation.line, citation.page or 0) > _LONGEST:
        return "its offsets, line or page are beyond any text"
    if span != size:
        return f"its quote has {_counted(size)}, its offsets have {span}"
    return _fault_of_short(citation)


def _fault_of_short(citation: Citation) -> str:
    short, start = citation.short, citation.start
    if short is None:
        return ""
    if not start <= short.start <= short.end <= citation.end:
        return "its short answer is outside of its quote"
    size, span = len(short.text), short.end - short.start
    if span != size:
        return f"its short answer has {_counted(size)}, the short answer's offsets have {span}"
    if not size:
        return "its short answer is empty"
    if citation.quote[short.start - start : short.end - start] != short.text:
        return "its short answer is not what its quote has at the short answer's offsets"
    return ""


def _fault_of_disagreement(cited: Sequence[Citation]) -> str:
    """What is wrong with citations of which each is to tell something else than the others."""
    shorts = {one.short.text for one in cited if one.short is not None}
    if len(cited) < 2 or len(shorts) < len(cited):
        return "its documents are said to disagree, but give no different short answers"
    if len({one.source for one in cited}) < len(cited):
        return "its documents are said to disagree, but two short answers are of one document"
    if not _is_by_confidence(cited):
        return "its documents are said to disagree, but the surest does not stand first"
    return ""


def _repeats(shown: Sequence[Citation]) -> bool:
    return len({(one.source, one.start, one.end) for one in shown}) < len(shown)


def _is_by_confidence(shown: Sequence[Citation]) -> bool:
    return all(one.confidence >= other.confidence for one, other in pairwise(shown))


def _is_in_reading_order(cited: Sequence[Citation]) -> bool:
    """Whether each document's stand together in its order, the document with the surest first."""
    surest: dict[str, float] = {}
    for one in cited:
        surest[one.source] = max(surest.get(one.source, 0.0), one.confidence)
    documents = list(surest)
    place = {source: at for at, source in enumerate(documents)}
    order = [(place[one.source], one.start) for one in cited]
    by_surest = all(surest[one] >= surest[other] for one, other in pairwise(documents))
    return by_surest and order == sorted(order)


def _counted(number: int) -> str:
    return "1 character" if number == 1 else f"{number} characters"
