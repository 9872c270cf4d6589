"""Questions on people's own documents: contracts, reports, tables, minutes and mail, whole.

A document is read as askdoc reads a file of its name, cut into passages, and each passage is a text
of its own: the others are its rivals, since that is what retrieval brings.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from askdoc.model import Document
from askdoc.read.context import context_of
from askdoc.split import group, split
from lab.training.neural.texts import Asked, Text, context_pieces, find_rivals
from lab.training.questions.placed import FieldDocument
from lab.training.questions.rows import FieldRow, FieldText


def read_field(
    rows: Sequence[FieldRow], documents: Mapping[str, FieldText], tok: Any
) -> list[Asked]:
    """Questions over passages of their documents.

    Args:
        rows: the questions; unanswerable ones give the place where they look as if they were.
        documents: by id.
        tok: the tokenizer.
    """
    by_document: dict[str, list[FieldRow]] = defaultdict(list)
    for row in rows:
        by_document[row.doc].append(row)
    made: list[Asked] = []
    texts: list[Text] = []
    for name, asked in by_document.items():
        document = FieldDocument(documents[name].name, documents[name].text)
        passages = passages_of(document.document, name, tok)
        texts.extend(text for _, text in passages)
        made.extend(_asked(asked, document, passages))
    find_rivals(made, texts)
    return made


def passages_of(document: Document, title: str, tok: Any) -> list[tuple[int, Text]]:
    """Each passage as a text of its own, with the offset at which it begins."""
    made = []
    for passage in group(split(document)):
        raw = passage.text
        encoding = tok.encode(raw, add_special_tokens=False)
        if not encoding.ids:
            continue
        starts = [start for start, _ in encoding.offsets]
        ends = [end for _, end in encoding.offsets]
        told = context_of(document, passage.start)
        contexts = context_pieces((told, told._replace(name=""), told._replace(title="")), tok)
        text = Text(
            title, raw, np.array(encoding.ids, dtype=np.int32), starts, ends, [], [], contexts
        )
        for sentence in passage.sentences:
            text.sentences.append(
                text.pieces(sentence.start - passage.start, sentence.end - passage.start)
            )
        text.passages.append((0, len(encoding.ids)))
        made.append((passage.start, text))
    return made


def _asked(
    rows: Iterable[FieldRow], document: FieldDocument, passages: list[tuple[int, Text]]
) -> list[Asked]:
    begins = [begin for begin, _ in passages]
    questions = {row.id: row.question for row in rows}
    made = []
    for row in rows:
        if not row.answerable:
            at = document.place(row.evidence[0], "")
            if at is not None:
                text = passages[max(0, bisect_right(begins, at) - 1)][1]
                made.append(Asked(row.question, text, [], "field"))
            continue
        spans: dict[int, list[tuple[int, int, float]]] = defaultdict(list)
        for said, place in row.answers:
            start = document.place(place, said)
            number = -1 if start is None else bisect_right(begins, start) - 1
            if start is None or number < 0:
                continue
            begin, text = passages[number]
            end = start - begin + len(said)
            if end <= len(text.raw):
                spans[number].append((*text.pieces(start - begin, end), 1.0))
        for number, of in spans.items():
            text = passages[number][1]
            answers = tuple({said for said, _ in row.answers})
            shared = [(first, after, 1.0 / len(of)) for first, after, _ in of]
            twin = questions.get(row.twin)
            made.append(Asked(row.question, text, shared, "field", answers, twin=twin))
            break
    return made
