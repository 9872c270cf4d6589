"""Which words of a question are told to be missing, of those of which it is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from askdoc.answer.evidence import Evidence, evidence
from askdoc.model import Missing, Span
from askdoc.read.analysis import analysed
from askdoc.retrieve import Corpus

# More than these are no reason, but a list.
_NOWHERE, _APART = 3, 2


def missing_words(question: str, corpus: Corpus) -> tuple[Missing, ...]:
    """What a question has that the documents lack, in its order; empty where that cannot be told.

    Args:
        question: as it stands alone.
        corpus: what was asked.
    """
    asked = analysed(question)
    return chosen(asked.normal, evidence(asked, corpus))


def chosen(question: str, words: Iterable[Evidence]) -> tuple[Missing, ...]:
    """The words that tell most: those that stand nowhere, else those that stand apart from another.

    Args:
        question: the text that the words are of.
        words: what is known of each, whoever found it out.
    """
    known = list(words)
    nowhere = _joined(question, [word for word in known if word.nowhere])
    if nowhere:
        return tuple(Missing(word=question[slice(*span)]) for span in _heaviest(nowhere, _NOWHERE))
    apart = [word for word in known if word.apart is not None]
    spans = _heaviest([(word.span, word.weight) for word in apart], _APART)
    by_span = {word.span: word for word in known}
    pairs = [(span, by_span[span].apart) for span in spans]
    if len(pairs) == 1:
        pairs = [_named_last(*pairs[0], by_span)]
    return tuple(
        Missing(word=question[slice(*word)], near=question[slice(*other)])
        for word, other in pairs
        if other is not None
    )


def _named_last(
    word: Span, other: Span | None, words: dict[Span, Evidence]
) -> tuple[Span, Span | None]:
    """Neither stands near the other: "nothing about wine near France", and not the other way."""
    if other in words and words[word].name and not words[other].name:
        return other, word
    return word, other


def _joined(question: str, words: Sequence[Evidence]) -> list[tuple[Span, float]]:
    """The words with their weights, names that stand beside each other as one: "Eiffel Tower"."""
    units: list[tuple[Span, float]] = []
    before: Evidence | None = None
    for word in words:
        if before and before.name and word.name and _beside(question, before.span, word.span):
            (start, _), weight = units.pop()
            units.append((Span(start, word.span.end), max(weight, word.weight)))
        else:
            units.append((word.span, word.weight))
        before = word
    return units


def _beside(question: str, one: Span, other: Span) -> bool:
    return question[one.end : other.start] == " "


def _heaviest(units: Sequence[tuple[Span, float]], most: int) -> list[Span]:
    """Those of most weight, in order."""
    best = sorted(units, key=lambda unit: (-unit[1], unit[0]))[:most]
    return sorted(span for span, _ in best)
