"""What is known of each word of a question that is not answered: where it stands, and beside what.

What is said of a word has to be true as a person reads it. So a word counts as there in any form or
spelling, also broken over a line or in two, and as near to another one wherever it stands in the
same passage, shortly before or behind it, or in what holds for it: its headings, its table, the
beginning and the name of its document. Where that cannot be known nothing is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile
from typing import NamedTuple

from askdoc.english import background
from askdoc.english.analyzer import AUTHORSHIP, Token, terms
from askdoc.english.word_forms import forms
from askdoc.model import Document, Extent, Hit, Passage, Span
from askdoc.read.analysis import QuestionAnalysis
from askdoc.retrieve import Corpus

# A question of more words than this is a text.
_MOST_WORDS = 12
# More passages than these are not looked through, nor more characters of them and around them.
_FEW, _MOST_CHARACTERS = 40, 400_000
_AROUND = 400  # characters
# Short lines with which a document begins are its title.
_BEGINNING, _LINE = 250, 100  # characters
# The names of more documents than these are not looked through, nor larger documents; and what is
# longer in all is not searched letter by letter.
_MOST_NAMES, _MOST_TEXT, _MOST_READ = 5_000, 5_000_000, 2_000_000
# Of more passages it is not even looked up which documents they are of.
_MOST_PASSAGES = 20_000
# Rarer in general English than what is in most texts anyway.
_TELLING = 6.0
_NAME = 4.0  # what it adds that a word is a name
# So rare are names in small letters. Of two common words it says little that they stand apart.
_NAME_LIKE = 9.0
_SHORTEST, _YEAR = 3, re.compile(r"[12]\d{3}")
_WORD = re.compile(r"[A-Za-zÀ-ɏ]+(?:['’][A-Za-zÀ-ɏ]+)*")
_POSSESSIVE = re.compile(r"['’]s$|(?<=s)['’]$")
_BREAK = r"(?:[-\u00ad\u2010\u2011]\s*|\s+)"
_LEAST_BEFORE, _LEAST_AFTER = 1, 3  # letters of a word that is broken
# Words that say how something is asked, and that no document need have.
_ASKING = frozenset(
    term
    for word in (
        "kind type sort name form happen mean number amount percentage tell list show give find "
        "explain describe define quote summarize outline point state know want need look help "
        "say talk mention article text document story passage page file report information "
        "detail thing reason way called exactly many much currently overall according date percent "
        "matter cause result"
    ).split()
    for term in terms(word)
)
# Of "state-owned", "json_merge" and "notes.txt" neither part is a word.
_PART_BEFORE, _PART_AFTER = re.compile(r"[-_./@%]$"), re.compile(r"[-_./@]\w")
_HOW = re.compile(r"\bhow $", re.I)
# So much of a question is English at least, and nothing in it what other languages have.
_ENGLISH = 2 / 3
_OTHER_TONGUES = frozenset(
    (
        "der das und ist wer wie wo wann warum nicht mit ein eine le les est qui que quoi quand el "
        "los las es una por para del como cuando donde il che quando dove chi het een wat wanneer "
        "waar og och hvad hvem"
    ).split()
)


class Evidence(NamedTuple):
    """What is known of a word of the question.

    `span` is its place in the question as it is looked up (`normalize_question`), `weight` tells
    how much it matters that it is missing, and `name` whether it is written as names are. It stands
    `nowhere` in any document, or nowhere near the word at `apart`, or neither is known.
    """

    span: Span
    weight: float
    name: bool
    nowhere: bool = False
    apart: Span | None = None


def evidence(asked: QuestionAnalysis, corpus: Corpus) -> list[Evidence]:
    """The telling words of a question, in order, with what is known of each.

    Empty for what is no question in English, of whose forms nothing is known.

    Args:
        asked: the question.
        corpus: what is asked of.
    """
    question, tokens = asked.normal, asked.words
    words = _telling(question, tokens)
    if not words or len(tokens) > 3 * _MOST_WORDS or not _is_english(question, tokens):
        return []
    extents = corpus.extents if len(corpus.passages) <= _MOST_PASSAGES else None
    named = None if extents is None else _named(extents)
    found: list[Evidence] = []
    hits: dict[Span, list[Hit]] = {}
    for word in words[:_MOST_WORDS]:
        text = question[slice(*word.span)]
        hits[word.span] = corpus.search(dict.fromkeys(forms(text), 1.0), _FEW + 1)
        there = hits[word.span] or _is_named(text, named) or _is_written(text, corpus, extents)
        found.append(word._replace(nowhere=not (there or _is_broken(text, corpus))))
    if extents is None or named is None or any(one.nowhere for one in found):
        return found
    sizes = {extent.source: extent.characters for extent in extents}
    return _parted(question, found, hits, named, sizes)


def _telling(question: str, tokens: Iterable[Token]) -> list[Evidence]:
    """The words that tell what is asked about."""
    words: dict[str, Evidence] = {}
    for term, start, end, stop in tokens:
        text = _POSSESSIVE.sub("", question[start:end])
        if stop or _PART_BEFORE.search(question, 0, start) or _PART_AFTER.match(question, end):
            continue
        if term in _ASKING or term in AUTHORSHIP or term in words:
            continue
        if not (_YEAR.fullmatch(text) or (_WORD.fullmatch(text) and len(text) >= _SHORTEST)):
            continue
        if _HOW.search(question[:start]):
            continue  # "how tall"
        name = text[0].isupper() and (start > 0 or text.isupper() or not background.is_known(term))
        rarity = background.idf(term)
        if name or rarity >= _TELLING:
            span = Span(start, start + len(text))
            words[term] = Evidence(span, rarity + _NAME * name, name)
    return list(words.values())


def _is_english(question: str, tokens: Iterable[Token]) -> bool:
    """Whether most words that are no names are English."""
    small = [token for token in tokens if question[token.start].islower()]
    if any(question[token.start : token.end] in _OTHER_TONGUES for token in small):
        return False
    known = [token for token in small if token.stop or background.is_known(token.term)]
    return bool(known) and len(known) >= _ENGLISH * len(small)


def _named(extents: Sequence[Extent]) -> frozenset[str] | None:
    """The terms that the documents' names have, which are not in any passage; None: too many."""
    if len(extents) > _MOST_NAMES:
        return None
    return frozenset(term for extent in extents for term in terms(extent.source.replace("_", " ")))


def _is_named(word: str, named: frozenset[str] | None) -> bool:
    return named is not None and not named.isdisjoint(forms(word))


def _is_written(word: str, corpus: Corpus, extents: Sequence[Extent] | None) -> bool:
    """Whether a word begins one in the texts themselves, as far as these are short; else whether it
    is a year, whose term may hold what stands beside it ("30,2023", a row of numbers)."""
    if extents is None or sum(extent.characters for extent in extents) > _MOST_READ:
        return _YEAR.fullmatch(word) is not None
    written = re.compile(rf"(?<![^\W\d_]){re.escape(word)}", re.I)
    return any(written.search(document.text) for document in corpus.documents)


def _is_broken(word: str, corpus: Corpus) -> bool:
    """Whether a word stands in two pieces, or may: "pay-" and "ments" on the next line."""
    plain = word.lower()
    for at in range(_LEAST_BEFORE, len(plain) - _LEAST_AFTER + 1):
        pieces = [term for part in (plain[:at], plain[at:]) for term in terms(part)]
        if not pieces or not all(corpus.search({piece: 1.0}, 1) for piece in pieces):
            continue
        broken = re.compile(rf"\b{re.escape(plain[:at])}{_BREAK}{re.escape(plain[at:])}", re.I)
        hits = corpus.search(dict.fromkeys(pieces, 1.0), _FEW)
        if len(hits) == _FEW or any(broken.search(hit.passage.text) for hit in hits):
            return True
    return False


def _parted(
    question: str,
    words: list[Evidence],
    hits: dict[Span, list[Hit]],
    named: frozenset[str],
    sizes: Mapping[str, int],
) -> list[Evidence]:
    """The words, with that of them which never stands near the rarest."""
    words_alone = [word for word in words if not _YEAR.fullmatch(question[slice(*word.span)])]
    few = [word for word in words_alone if 0 < len(hits[word.span]) <= _FEW]
    if not few:
        return words
    rarest = min(few, key=lambda word: (len(hits[word.span]), -word.weight, word.span))
    anchor = question[slice(*rarest.span)]
    if _is_named(anchor, named):
        return words  # All of a document is about what it is called.
    sources = {hit.passage.document.source for hit in hits[rarest.span]}
    if sum(sizes.get(source, 0) for source in sources) > _MOST_TEXT:
        return words
    near = _near(forms(anchor), hits[rarest.span])
    if near is None:
        return words
    return [
        word._replace(apart=rarest.span)
        if word is not rarest
        and word in words_alone
        and max(word.weight, rarest.weight) >= _NAME_LIKE
        and hits[word.span]
        and not _has(near, question[slice(*word.span)])
        else word
        for word in words
    ]


def _has(near: frozenset[str], word: str) -> bool:
    """Whether a word, or what means much the same, is among these terms."""
    meant = forms(word).union(*(background.related(term) for term in terms(word)))
    return not near.isdisjoint(meant)


def _near(anchor: frozenset[str], hits: Iterable[Hit]) -> frozenset[str] | None:
    """The terms of all that stands near a word, whose passages these are; None: it is too much."""
    left = _MOST_CHARACTERS
    found: set[str] = set()
    for hit in hits:
        text = _surroundings(anchor, hit.passage)
        left -= len(text)
        if left < 0:
            return None
        found.update(terms(text))
        # Beside words that are broken stand their pieces, which are no terms of theirs.
        found.update(terms(re.sub(r"(?<=[^\W\d_])[-\u00ad\u2010\u2011]\s*(?=[^\W\d_])", "", text)))
    return frozenset(found)


def _surroundings(anchor: frozenset[str], passage: Passage) -> str:
    """A passage in which a word stands, with what stands around it and what holds for it."""
    document, start, end = passage.document, passage.start, passage.end
    start, end = _holding(anchor, document, Span(start, end))
    table = document.table_at(passage.start)
    above = _above(document, passage.start)
    parts = [
        document.source.replace("_", " "),
        _title(document),
        *above,
        *((table.title, *table.columns) if table is not None else ()),
        document.part(max(0, start - _AROUND), end + _AROUND),
    ]
    return "\n".join(parts)


def _holding(anchor: frozenset[str], document: Document, passage: Span) -> Span:
    """The passage; or the section that it is in, where the word stands in its heading."""
    start, end = passage
    if not anchor.isdisjoint(terms(_title(document))):
        return Span(0, _MOST_CHARACTERS)  # All of the document is about it.
    for at, heading in enumerate(document.headings):
        within = heading.span.start < passage.end and heading.span.end > passage.start
        if within and not anchor.isdisjoint(terms(heading.title)):
            below = (one for one in document.headings[at + 1 :] if one.level <= heading.level)
            following = next(below, None)
            end = max(end, _MOST_CHARACTERS if following is None else following.span.start)
    return Span(start, end)


def _title(document: Document) -> str:
    """The short lines with which a document begins."""
    lines = document.part(0, _BEGINNING).splitlines()
    return "\n".join(takewhile(lambda line: len(line) < _LINE, lines))


def _above(document: Document, offset: int) -> list[str]:
    """The headings that a place stands under, the nearest first."""
    titles, level = [], None
    for heading in reversed(document.headings):
        if heading.span.start <= offset and (level is None or heading.level < level):
            titles.append(heading.title)
            level = heading.level
    return titles
