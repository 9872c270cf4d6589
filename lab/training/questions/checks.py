"""What must hold of the questions: each check gives its complaints, none where all is well."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256

from lab.training.questions.rows import FieldRow, FieldText

TYPES = frozenset(
    "who when where what which why how how-many how-much how-long yes-no condition list procedure "
    "definition comparison table superlative count".split()
)
STYLES = frozenset("plain other-words named search trade".split())
CHANGES = frozenset(
    "party verb year number section scope negation premise neighbour superlative".split()
)
# Two documents are of one family that share so much of the smaller one's ten-word sequences.
_FAMILY = 0.3
# A document that shares more than this with a text that is measured on gives it away.
_GIVEN_AWAY = 0.05
_SEQUENCE = 10
# The least and the largest share of a kind's documents that is kept for measuring.
_KEPT = (0.08, 0.2)

Complaints = Iterator[str]


def well_formed(rows: Sequence[FieldRow]) -> Complaints:
    """Ids are unique, types and styles are known, pairs belong together and differ."""
    by_id = {row.id: row for row in rows}
    if len(by_id) < len(rows):
        twice = [name for name, count in Counter(row.id for row in rows).items() if count > 1]
        yield f"ids that stand twice: {twice[:3]}"
    for row in rows:
        styles = STYLES if row.answerable else CHANGES | (frozenset() if row.twin else STYLES)
        if row.type not in TYPES or row.style not in styles:
            yield f"{row.id}: unknown type or style {row.type!r}, {row.style!r}"
        if not plain(row.question):
            yield f"{row.id}: no question"
        if not row.twin:
            continue
        twin = by_id.get(row.twin)
        if twin is None or twin.twin != row.id or twin.answerable == row.answerable:
            yield f"{row.id}: its twin {row.twin} is none"
        elif twin.question.casefold().split() == row.question.casefold().split():
            yield f"{row.id}: asks what its twin asks"
        elif (twin.doc, twin.evidence) != (row.doc, row.evidence):
            yield f"{row.id}: its twin is about another place"


def in_place(rows: Sequence[FieldRow], texts: Mapping[str, FieldText]) -> Complaints:
    """Answers stand where they are said to stand, inside their evidence."""
    for row in rows:
        text = texts.get(row.doc)
        if text is None:
            continue
        first, last = row.evidence
        if not 0 <= first < last <= len(text.text):
            yield f"{row.id}: its evidence is not in the document"
        if row.kind != text.kind:
            yield f"{row.id}: its document is of kind {text.kind}"
        for words, start in row.answers:
            if text.text[start : start + len(words)] != words or not words.strip():
                yield f"{row.id}: {words[:40]!r} does not stand at {start}"
            elif not first <= start <= start + len(words) <= last:
                yield f"{row.id}: {words[:40]!r} stands outside its evidence"


def documents_known(
    rows: Iterable[FieldRow], known: Mapping[str, str], texts: Mapping[str, FieldText]
) -> Complaints:
    """Every document is one of ours, or stands in the list of sources with this very text.

    `known` has the digest of each source's text by id.
    """
    for name in sorted({row.doc for row in rows}):
        if name not in known and name not in texts:
            yield f"{name}: no such document"
        elif name in known and name in texts and _digest(texts[name]) != known[name]:
            yield f"{name}: its text is not the one that the questions were written on"


def halves_apart(rows: Sequence[FieldRow], kept: frozenset[str]) -> Complaints:
    """About a tenth of each kind's documents is kept, and nothing else is named as kept."""
    kinds: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        kinds[row.kind].add(row.doc)
    for kind, documents in sorted(kinds.items()):
        share = len(documents & kept) / len(documents)
        if not _KEPT[0] <= share <= _KEPT[1]:
            yield f"{kind}: {share:.0%} of its {len(documents)} documents are kept"
    for name in sorted(kept - set().union(*kinds.values())):
        yield f"{name} is kept, and nothing is asked of it"


def families_apart(texts: Mapping[str, FieldText], kept: frozenset[str]) -> Complaints:
    """No kept document is nearly one that is trained on."""
    trained: dict[str, list[str]] = defaultdict(list)
    for name, text in texts.items():
        if name not in kept:
            for sequence in sequences(text.text):
                trained[sequence].append(name)
    for name in sorted(kept & texts.keys()):
        own = sequences(texts[name].text)
        shared = Counter(other for sequence in own for other in trained.get(sequence, ()))
        for other, count in shared.most_common(1):
            size = min(len(own), len(sequences(texts[other].text)))
            if count > _FAMILY * size:
                yield f"{name} is kept, and {count / size:.0%} of it stands in {other}"


def not_measured_on(
    rows: Sequence[FieldRow], texts: Mapping[str, FieldText], measured: Iterable[tuple[str, str]]
) -> Complaints:
    """No question, and hardly a sentence, is one of the sets that askdoc is measured on.

    `measured` has questions, each with the text that it is asked of, which may be empty.
    """
    questions, known = set(), set()
    for question, text in measured:
        questions.add(plain(question))
        known |= sequences(text)
    for row in rows:
        if plain(row.question) in questions and len(row.question.split()) > 5:
            yield f"{row.id}: the question is one of a set that is measured on"
    for name, own_text in texts.items():
        own = sequences(own_text.text)
        if own and len(own & known) > _GIVEN_AWAY * len(own):
            yield f"{name}: {len(own & known)} of its sequences are measured on"


def _digest(text: FieldText) -> str:
    return sha256(text.text.encode()).hexdigest()


def plain(text: str) -> str:
    """Letters and digits alone, in lower case."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def sequences(text: str) -> set[str]:
    """All runs of ten words of a text."""
    words = plain(text).split()
    return {
        " ".join(words[at : at + _SEQUENCE]) for at in range(max(0, len(words) - _SEQUENCE + 1))
    }
