"""How much better a sentence would answer, were the same asked about somebody else.

Of two questions that differ in a name alone the network mostly likes the right one more, although
over all questions its scores compare less well. So a question about a name is asked again with the
other names that stand there in its place: a sentence that would rather answer about one of these
tells of that one. Only of running text: lines of forms and rows of tables name what they name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice

from askdoc import lexicon
from askdoc.model import Span
from askdoc.read.network import Network
from askdoc.read.persons import TITLES, may_act, names
from askdoc.read.pieces import LONGEST_QUESTION, PassagePieces
from askdoc.text import terms

# Sentences before one in which whoever "she" means is looked for.
_BEFORE = 3
# So many names of a question are exchanged, for so many others in all: each takes a reading.
_MOST_NAMED, _MOST_OTHERS = 2, 3
# As logits: from here on it is clear, and more says nothing more.
_MOST = 4.0
# In code points: of a sentence no more is looked at.
_LONGEST = 2_000
# Rarer in general English than this is too rare for a common word that opens a sentence.
_RARE = 8.5
_FEWEST_WORDS = 6
_ENDS = re.compile(r"[.!?][\"”’')\]]*\Z")
_MARKS = 8  # code points in which a sentence's last marks stand
_LABEL = re.compile(r"\W*\w[\w'’./-]*(?: \w[\w'’./-]*){0,3}:\s")

_Terms = frozenset[str]


def contrast(
    network: Network,
    question: str,
    cut: PassagePieces,
    number: int,
    answer: str,
    own: float | None = None,
) -> float:
    """By how much "answers" falls behind that of the best question about somebody else, in logits.

    Between -4.0 and 0.0, which is also the value where the question or the text names nobody.

    Args:
        network: what reads.
        question: as it is read.
        cut: the passage.
        number: of the sentence in it, which has a piece.
        answer: what is taken for the short answer.
        own: "answers" of the sentence with the one before, where that is known.
    """
    sentences = cut.passage.sentences
    text = sentences[number].text
    if not is_running(text):
        return 0.0
    before = [sentence.text for sentence in sentences[max(0, number - _BEFORE) : number]]
    others = about_others(question, text, before, answer)
    if not others:
        return 0.0
    window = cut.around(number, 1)
    given = [(cut.context(window), cut.ids[window.first : window.after])]

    def answers(asked: str) -> float:
        pieces = network.tokenizer.encode(asked).ids[:LONGEST_QUESTION]
        return network.read(pieces, given)[0].answers

    behind = (answers(question) if own is None else own) - max(map(answers, others))
    return max(-_MOST, min(0.0, behind))


def is_running(text: str) -> bool:
    """Whether a sentence is one of running text: it ends as such, and begins with no label."""
    start, end = text[:_LONGEST], text.rstrip()[-_MARKS:]
    whole = _ENDS.search(end) is not None and "|" not in start
    return whole and len(start.split()) >= _FEWEST_WORDS and not _LABEL.match(start)


def about_others(
    question: str, sentence: str, before: Sequence[str], answer: str = ""
) -> list[str]:
    """The question with those in the place of whom it names whom the text names instead.

    Args:
        question: as it is read.
        sentence: what may answer it.
        before: the sentences before that, the nearest last: looked through for whom "she" means
            where the sentence itself does not have the name.
        answer: what is taken for the short answer: nobody is asked about with the answer.
    """
    told, taken = frozenset(terms(sentence[:_LONGEST])), frozenset(terms(answer))
    asked = frozenset(terms(question)) | taken
    made: list[str] = []
    for start, end, own in islice(_named(question), _MOST_NAMED):
        texts = [sentence, *(() if own <= told else reversed(before))]
        seen = [own]
        for name, of in (one for text in texts for one in _others(text[:_LONGEST])):
            if of <= asked or of <= taken or any(of <= known or known <= of for known in seen):
                continue
            seen.append(of)
            made.append(question[:start] + name + question[end:])
    return made[:_MOST_OTHERS]


def _named(question: str) -> Iterator[tuple[int, int, _Terms]]:
    """Where a question names somebody; its first word alone, which has a capital anyway, does
    not."""
    for name in names(question):
        of = _terms(question, name)
        if of and (len(name) > 1 or question[: name[0].start].strip()):
            yield name[0].start, name[-1].end, of


@lru_cache(maxsize=2_000)
def _others(text: str) -> tuple[tuple[str, _Terms], ...]:
    """Whom a sentence names, as written; common words that only open it, and places, are none."""
    found = []
    for name in names(text):
        of = _terms(text, name)
        common = len(name) == 1 and any(lexicon.idf(term) < _RARE for term in of)
        if of and not common and may_act(text, name):
            found.append((text[name[0].start : name[-1].end], of))
    return tuple(found)


def _terms(text: str, name: Sequence[Span]) -> _Terms:
    """The terms of a name, without titles."""
    words = (text[slice(*span)] for span in name)
    return frozenset(term for word in words if word.lower() not in TITLES for term in terms(word))
