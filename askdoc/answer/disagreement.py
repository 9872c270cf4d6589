"""Whether two short answers say the same: "10,000" and "ten thousand" do, "40" and "55" do not.

Only what can be compared may disagree: two numbers of one thing, two dates, two names. Whatever is
merely less exact ("June 2024", "about 50", a surname) agrees with what it leaves open. And both may
be true where they are told of different times.
"""

from __future__ import annotations

import re
from enum import Enum

from askdoc.answer.cardinality import Cardinality
from askdoc.answer.selection import Weights, covered, is_added, weighted
from askdoc.english import background, dates, quantities
from askdoc.english.analyzer import STOP_WORDS, terms
from askdoc.english.answer_types import AnswerType, candidates
from askdoc.english.word_classes import is_title
from askdoc.model import Extract
from askdoc.read.analysis import analysed

# A sentence that disagrees must be nearly as sure as the best, and as much about the question.
_LEAST_SURE, _LEAST_SHARE, _LEAST_COVERAGE = 0.5, 0.7, 0.9
_LEAST_ABOUT = 0.6  # of the question, in the sentence, its heading and what stands before it
_BEFORE, _CLOSE = 300, 24  # characters
_NAME_WORD = re.compile(r"[^\W\d_][\w'’-]*")


class Form(Enum):
    """What short answers can be compared as."""

    NUMBER = "number"
    DATE = "date"
    NAME = "name"


def disagreeing(question: str, pool: list[Extract], wanted: Cardinality) -> list[Extract]:
    """The best extract, and those of other documents that can't be true beside it.

    Of what disagrees, one extract for each different answer, from a document each, most sure first.
    A document's copy is no other document, whatever else stands in both.

    Args:
        question: as it stands alone.
        pool: what is sure enough to be cited, best first, at least one.
        wanted: how many things are asked for; names of several things do not disagree.
    """
    best = pool[0]
    form = form_of(question, best)
    kept = [best]
    if form is None or wanted is Cardinality.LISTED:
        return kept
    if form is Form.NAME and wanted is Cardinality.WHATEVER:
        return kept
    asked = weighted(question)
    for extract in pool[1:]:
        if extract.confidence < max(_LEAST_SURE, _LEAST_SHARE * best.confidence):
            break
        sources = {one.sentence.document.source for one in kept}
        if extract.sentence.document.source in sources or form_of(question, extract) is not form:
            continue
        if is_added(extract) or not _as_much_about(asked, extract, best):
            continue
        if not all(differ(form, asked, one, extract) for one in kept):
            continue
        # Last, since it may load all of their texts.
        if not any(one.sentence.document.text == extract.sentence.document.text for one in kept):
            kept.append(extract)
    return kept


def form_of(question: str, extract: Extract) -> Form | None:
    """What a short answer is to be compared as, None where it can't be compared."""
    if extract.short is None:
        return None
    kind, text = analysed(question).kind, extract.sentence.text
    start, end = _place(extract)
    short = text[start:end]
    if kind is AnswerType.DATE:
        return Form.DATE if dates.parts(short) else None
    if kind is AnswerType.NUMBER:
        return Form.NUMBER if quantities.quantity(text, start, end) else None
    if kind is AnswerType.REASON:
        return None
    if kind is AnswerType.ANY and any(
        _fills(span, start, end) for span in candidates(AnswerType.DATE, text)
    ):
        return Form.DATE if dates.parts(short) else None
    numbers = candidates(AnswerType.NUMBER, text) if kind is AnswerType.ANY else []
    if any(start <= one.start < end and not _words(text[start : one.start]) for one in numbers):
        return Form.NUMBER if quantities.quantity(text, start, end) else None
    return Form.NAME if _name(extract) else None


def differ(form: Form, asked: Weights, one: Extract, other: Extract) -> bool:
    """Whether the short answers of two extracts can't both be true of the same thing."""
    if form is Form.DATE:
        return _dates_differ(one, other)
    if dates.differ(_times(one), _times(other)):
        return False
    if form is Form.NUMBER:
        return _numbers_differ(asked, one, other)
    return _names_differ(one, other)


def _as_much_about(asked: Weights, extract: Extract, best: Extract) -> bool:
    """Whether a sentence tells as much of the question as the best, as do its surroundings."""
    told, least = covered(asked, extract.sentence.text), covered(asked, best.sentence.text)
    whole = covered(asked, _surroundings(extract))
    enough = max(
        _LEAST_COVERAGE * covered(asked, _surroundings(best)), _LEAST_ABOUT * sum(asked.values())
    )
    return told >= _LEAST_COVERAGE * least and whole >= enough


def _surroundings(extract: Extract) -> str:
    document, start, end = extract.sentence
    return f"{document.heading_at(start) or ''}\n{document.part(max(0, start - _BEFORE), end)}"


def _place(extract: Extract) -> tuple[int, int]:
    """Where the short answer stands in the sentence."""
    assert extract.short is not None
    return extract.short.start - extract.sentence.start, extract.short.end - extract.sentence.start


def _fills(span: tuple[int, int], start: int, end: int) -> bool:
    """Whether most of a short answer is this span."""
    return min(span[1], end) - max(span[0], start) > (end - start) // 2


def _dates_differ(one: Extract, other: Extract) -> bool:
    told = []
    for extract in (one, other):
        text, (start, end) = extract.sentence.text, _place(extract)
        if dates.is_open(text[max(0, start - _CLOSE) : start] + text[start:end].split()[0] + " "):
            return False
        if dates.is_open(text[max(0, start - _CLOSE) : start]):
            return False
        told.append(dates.parts(text[start:end]))
    return dates.differ(*told)


def _times(extract: Extract) -> dates.Parts:
    """Which time a sentence tells of, beside its short answer."""
    text, (start, end) = extract.sentence.text, _place(extract)
    told = dates.parts(f"{text[:start]} {text[end:]}")
    return {name: told[name] for name in ("year", "month") if name in told}


def _numbers_differ(asked: Weights, one: Extract, other: Extract) -> bool:
    wanted = frozenset(asked)
    ours, theirs = _number(one), _number(other)
    if ours is None or theirs is None or not quantities.differ(ours, theirs):
        return False
    texts = one.sentence.text, other.sentence.text
    # "Of the 129 seats, 73 are elected here": a sentence that has both is no other answer.
    if any(quantities.meet(ours, told) for told in quantities.quantities(texts[1])):
        return False
    if any(quantities.meet(theirs, told) for told in quantities.quantities(texts[0])):
        return False
    return quantities.described(texts[0], ours, wanted) == quantities.described(
        texts[1], theirs, wanted
    )


def _number(extract: Extract) -> quantities.Quantity | None:
    return quantities.quantity(extract.sentence.text, *_place(extract))


def _names_differ(one: Extract, other: Extract) -> bool:
    ours, theirs = _name(one), _name(other)
    if set(ours) <= set(theirs) or set(theirs) <= set(ours):
        return False
    # "Halden in Norway": a sentence that names both is no other answer.
    for name, extract in ((ours, other), (theirs, one)):
        if set(name) <= {word.lower() for word in _NAME_WORD.findall(extract.sentence.text)}:
            return False
    return not (_is_short_for(ours, theirs) or _is_short_for(theirs, ours))


def _name(extract: Extract) -> list[str]:
    """The words of the name with which a short answer begins, without titles; [] for no name."""
    text, (start, end) = extract.sentence.text, _place(extract)
    for span in candidates(AnswerType.PERSON, text):
        if span.end > start and span.start < end:
            before = _words(text[start : span.start])
            if any(word.islower() for word in before) or _opens_with_a_word(text, *span):
                return []
            return _without_titles(text[max(span.start, start) : min(span.end, end)])
    acronym = all(word.isupper() for word in _words(text[start:end]))
    return _without_titles(text[start:end]) if acronym else []


def _opens_with_a_word(text: str, start: int, end: int) -> bool:
    """Whether a single word has its capital only for standing first: "Children found it." """
    found = terms(text[start:end])
    return (
        len(found) == 1 and not _words(text[:start]) and background.idf(found[0]) < background.RARE
    )


def _words(text: str) -> list[str]:
    return [word for word in _NAME_WORD.findall(text) if word.lower() not in STOP_WORDS]


def _without_titles(text: str) -> list[str]:
    found = [word.lower().replace("’", "'").removesuffix("'s") for word in _words(text)]
    return [word for word in found if not is_title(word)]


def _is_short_for(short: list[str], long: list[str]) -> bool:
    """Whether one name abbreviates the other: by its initials, or with initials for given names."""
    if len(short) == 1 and short[0] == "".join(word[0] for word in long):
        return True
    at = 0
    for word in long:
        if at < len(short) and (
            short[at] == word or (len(short[at]) == 1 and word.startswith(short[at]))
        ):
            at += 1
    return at == len(short)
