"""Selection among the candidate questions: answerable, short and of different kinds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice

from askdoc.assistant import Assistant
from askdoc.english.names import KnownNames
from askdoc.model import Answer, Document, Sentence
from askdoc.split import split
from askdoc.suggest.line import usable
from askdoc.suggest.questions import Candidate, questions

# Only where documents begin: what is offered first is about what stands first, and a saved index
# may hold a million passages.
_DOCUMENTS, _LOOKED_AT = 6, 20_000
_ASKED = 12
_SURE = 0.5
# What a kind of question is worth beyond a plain one: these are the clearest.
_PREFERRED = {
    "why": 1.0, "how": 1.0, "when": 0.8, "how much": 0.8, "how many": 0.6, "how often": 0.6,
    "how long": 0.6, "do": 0.6, "happens": 0.4, "told": 0.4, "urged": 0.4,
}  # fmt: skip


def suggest(assistant: Assistant, count: int = 3) -> list[str]:
    """Questions that the documents answer, best first: at most `count`, fewer or none for some.

    Each was asked and is answered from the sentence that it was made from, with the words that it
    asks for. At most twelve questions are asked to find them. The same documents give the same
    questions.

    Raises:
        ModelError: the neural reader's model is missing or damaged.
        IndexDamaged: the saved index does not hold what was written.
    """
    kept: list[Candidate] = []
    asked = 0
    made = made_from(list(islice(assistant.documents, _DOCUMENTS)))
    while made and asked < _ASKED and len(kept) < count:
        best = max(made, key=lambda one: (_worth(one, kept), -made.index(one)))
        made.remove(best)
        asked += 1
        if _is_answered(assistant.ask(best.question), best):
            kept.append(best)
            made = [one for one in made if one.sentence != best.sentence]
    return [one.question for one in kept]


def made_from(documents: Sequence[Document]) -> list[Candidate]:
    """Candidate questions from where the documents begin, each once, in order."""
    found: dict[str, Candidate] = {}
    names = KnownNames(document.part(0, _LOOKED_AT) for document in documents)
    where: defaultdict[str, set[Sentence]] = defaultdict(set)
    for document in documents:
        for sentence in _first(document):
            line = usable(sentence)
            for one in questions(line, names) if line else ():
                where[one.question].add(sentence)
                found.setdefault(one.question, one)
    # What two sentences answer has no one answer.
    return [one for one in found.values() if len(where[one.question]) == 1]


def _first(document: Document) -> Iterator[Sentence]:
    """The sentences with which a document begins, as they can be cited, without its headings."""
    text = document.part(0, _LOOKED_AT)
    whole = not document.part(_LOOKED_AT, _LOOKED_AT + 1)
    for block in split(Document(text, document.source)):
        for _, start, end in block:
            if (whole or end < len(text)) and not document.is_heading(start, end):
                yield Sentence(document, start, end)


def _worth(one: Candidate, kept: Sequence[Candidate]) -> float:
    """Score of a question, given those that are offered before it."""
    worth = _PREFERRED.get(one.kind, 0.0)
    worth -= 2.0 * sum(one.kind == other.kind for other in kept)
    worth -= 1.0 * sum(one.sentence.document is other.sentence.document for other in kept)
    worth -= abs(len(one.question.split()) - 7) / 4
    worth -= one.sentence.start / _LOOKED_AT
    # A name of more than its first word tells what the question is about.
    worth += 0.5 * min(2, sum(word[0].isupper() for word in one.question.split()[1:]))
    return worth


def _is_answered(answer: Answer, one: Candidate) -> bool:
    """True if the answer cites the question's own sentence first, with the words asked for."""
    if not answer.citations or answer.confidence < _SURE:
        return False
    first = answer.citations[0]
    document, start, end = one.sentence
    if (first.source, first.start, first.end) != (document.source, start, end):
        return False
    short = first.short
    return short is not None and short.start < one.answer.end and one.answer.start < short.end
