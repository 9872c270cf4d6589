"""Why a sentence was cited, in words, on lines of at most 80 cells.

First how the question was understood, then its words and where each was found, then how the
sentence's passage came to be read, and at last what the reader saw in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from askdoc.explain import Explanation, Matched, Where
from askdoc.model import Question
from askdoc.present.address import percent, place
from askdoc.present.counting import counted
from askdoc.present.outline import understood
from askdoc.present.sanitize import one_line
from askdoc.present.style import Style
from askdoc.present.wrap import broken, cells
from askdoc.read import Contribution

_INDENT = "  "
_WIDEST_WORD, _NARROWEST = 20, 10
_MOST_MARKS, _LEAST = 8, 0.005
_MOST_RANKED = 1000
_ORDINALS = {1: "st", 2: "nd", 3: "rd"}

_PLACES = {
    Where.SENTENCE: "in the sentence",
    Where.PASSAGE: "beside it, in its passage",
    Where.HEADING: "in the heading above it",
    Where.ELSEWHERE: "elsewhere in the documents, but not here",
    Where.NOWHERE: "nowhere in the documents",
}
# What each reader's marks are, for somebody who has not seen its source.
_MEANINGS = {
    "answers": "the network: whether these lines answer",
    "asks": "it is a question itself",
    "best": "the network: the likeliest words to answer",
    "bias": "what any sentence starts from",
    "borne": "the question's piece that is least borne out",
    "borne_mean": "how far the question's pieces are borne out",
    "bm25": "the question's words in it, by rarity and length",
    "context": "words that only stand before it or in its heading",
    "counted": "it counts what is asked for",
    "date": "a date, which was asked for",
    "denial": "the question denies something, this does not",
    "density": "how close together the question's words stand",
    "elsewhere": "question's words that only stand elsewhere",
    "exact": "share of the question's words in it",
    "focus": "the word that is asked about is in it",
    "focus_soft": "the word asked about, or one much like it",
    "lacking": "a count was asked for, and it has none",
    "leftover": "a heading or caption, or what a page leaves behind",
    "length": "how long it is",
    "lexical": "how much it shares with the question",
    "local": "share of the question's words, by rarity here",
    "lost_names": "names of the question that its passage lacks",
    "margin": "how far it stands above the next",
    "meaning": "how near it is in meaning as a whole",
    "miscounted": "no number here counts what was asked",
    "near": "how near such an answer stands to those words",
    "number": "a number, which was asked for",
    "numerals": "the question's numerals",
    "other_year": "it is of another year than was asked for",
    "pair": "the same, read again with the line before",
    "pair_answers": "whether it answers, read again more closely",
    "pair_borne": "the piece least borne out, read again",
    "pair_borne_mean": "how far its pieces are borne out, read again",
    "pair_span": "likeliest words against none, read again",
    "person": "a person, who was asked for",
    "place": "a place, which was asked for",
    "rank": "its passage's retrieval score, against the best",
    "reason": "a reason, which was asked for",
    "reference": "it opens with a pronoun for what stands before",
    "score": "all of it together, as it was ranked",
    "sentences": "how many sentences it was chosen from",
    "soft": "share of the question's words, or of like ones",
    "soft_local": "the question's words or like ones, by rarity",
    "span": 'the network: likeliest words against "none"',
    "window": "how much the lines around share with it",
    "wrong_row": "a row of a table that can't be what was asked for",
    "worst": "weight of the question's word that it misses most",
}


def explained(
    told: Explanation, question: Question, number: int, style: Style, also: Sequence[str] = ()
) -> str:
    """Why a sentence was cited, or came near.

    Args:
        told: what there is to say.
        question: as it was asked, and as it is shown to be understood.
        number: the sentence's number.
        style: how the text has to look.
        also: the other wordings that it was read with; its confidence is the mean over all.
    """
    parts = [_about(told, number, style), _asked(question, also, style)]
    if told.words:
        parts.append(_words(told.words, style))
    if told.citation is not None:
        parts += [_found(told, style), _sure(told, style)]
        if told.marks:
            parts.append(_marks(told, style))
    return "\n".join(parts)


def _about(told: Explanation, number: int, style: Style) -> str:
    if told.citation is None:
        return "Nothing came near to an answer."
    lines = broken(one_line(told.citation.quote), style.width)
    return "\n".join([*lines, style.dim(f"{_INDENT}[{number}] {place(told.citation)}"), ""])


def _asked(question: Question, also: Sequence[str], style: Style) -> str:
    lines = _labelled("Asked", one_line(question.asked), style)
    if resolved := understood(question):
        lines += _labelled("Understood", resolved, style)
    for one in also:
        lines += _labelled("Read also", one_line(one), style)
    return "\n".join(lines)


def _words(words: Iterable[Matched], style: Style) -> str:
    rows = [(one_line(one.word), _where(one)) for one in words]
    width = min(max(cells(word) for word, _ in rows), _WIDEST_WORD)
    lines = [style.bold("Words of the question")]
    for word, where in rows:
        before = f"{_INDENT}{word}{' ' * max(0, width - cells(word))}  "
        lines += broken(where, style.width, before, least=_NARROWEST)
    return "\n".join(lines)


def _where(one: Matched) -> str:
    forms = [one_line(form) for form in one.forms[:3]]
    said = ", ".join(f'"{form}"' for form in forms)
    where = _PLACES[one.where]
    if one.related:
        return f"{where}: {said}, near in meaning"
    if forms and [form.casefold() for form in forms] != [one_line(one.word).casefold()]:
        return f"{where}, as {said}"
    return where


def _found(told: Explanation, style: Style) -> str:
    most = told.passages >= _MOST_RANKED
    if told.rank is not None:
        many = f"{_MOST_RANKED:,} or more" if most else f"{told.passages:,}"
        said = f"{_ordinal(told.rank)} of {many} passages that share words with the question"
        if told.passages == 1:
            said = "the only passage that shares words with the question"
        said += f", score {told.score:.2f}"
    elif most:
        said = f"its passage is not among the first {_MOST_RANKED:,} that share words with it"
    else:
        said = "its passage shares no word with the question, and was read all the same"
    return "\n".join(_labelled("Found", said, style))


def _sure(told: Explanation, style: Style) -> str:
    assert told.citation is not None
    enough = told.citation.confidence >= told.threshold
    least = f"the {one_line(told.reader)} reader's sentences answer from {told.threshold:.0%} on"
    said = f"{percent(told.citation)}{'' if enough else ', which is too little'}; {least}"
    return "\n".join(_labelled("Sure", said, style))


def _marks(told: Explanation, style: Style) -> str:
    """The marks that count most, and what they count: the sum of all is the log-odds."""
    counting = [mark for mark in told.marks if abs(mark.counts) >= _LEAST]
    counting.sort(key=lambda mark: -abs(mark.counts))
    lines = [style.bold("What the reader saw") + style.dim("   (log-odds: for +, against -)")]
    lines += [_mark(mark) for mark in counting[:_MOST_MARKS]]
    rest = sum(mark.counts for mark in counting[_MOST_MARKS:])
    if counting[_MOST_MARKS:]:
        lines.append(f"{_INDENT}{rest:+6.2f}  {counted(len(counting) - _MOST_MARKS, 'other mark')}")
    return "\n".join(lines)


def _mark(mark: Contribution) -> str:
    meaning = _MEANINGS.get(mark.name, mark.name)
    value = "" if mark.name == "bias" else f" ({mark.value:.2f})"
    return f"{_INDENT}{mark.counts:+6.2f}  {one_line(meaning)}{value}"


def _labelled(label: str, text: str, style: Style) -> list[str]:
    before = f"{label:<10}  "
    lines = broken(text, style.width, before, least=_NARROWEST)
    return [style.bold(label) + lines[0][len(label) :], *lines[1:]]


def _ordinal(number: int) -> str:
    teen = number % 100 in (11, 12, 13)
    return f"{number:,}{'th' if teen else _ORDINALS.get(number % 10, 'th')}"
