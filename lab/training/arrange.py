"""Questions with their answers' places, arranged over texts as a reader will meet them.

The same question is asked of its paragraph, of its whole article, of its article without that
paragraph (then nothing answers, though much looks as if it did), and of sentences that stand apart
as documents of their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from askdoc import Assistant, Document
from askdoc.split import split
from lab.evaluation.data import ReadingRow

REGIMES = ("paragraph", "article", "lost", "apart")
# Questions a paragraph in the regimes that build a corpus for each paragraph.
_FEW = 3
# Paragraphs whose sentences stand apart together.
_NEIGHBOURS = 4
# What joins the paragraphs of an article.
_BREAK = "\n\n"


class Ask(NamedTuple):
    """A question, and the range of its corpus that holds the answer: none where nothing does."""

    row: ReadingRow
    start: int
    end: int

    @property
    def answerable(self) -> bool:
        return self.end > self.start


class Corpus(NamedTuple):
    """Texts, joined or apart, and questions over them."""

    texts: tuple[str, ...]
    asks: tuple[Ask, ...]

    def assistant(self) -> Assistant:
        return Assistant.from_texts({str(at): text for at, text in enumerate(self.texts)})


def arrange(rows: Iterable[ReadingRow], regime: str) -> Iterator[Corpus]:
    """The corpora of one regime (see `REGIMES`), in the order of the rows."""
    titles: dict[str, dict[str, list[ReadingRow]]] = defaultdict(dict)
    for row in rows:
        titles[row.title].setdefault(row.context, []).append(row)
    for paragraphs in titles.values():
        contexts = list(paragraphs)
        if regime == "article":
            yield _article(contexts, paragraphs)
        for at, (context, asked) in enumerate(paragraphs.items()):
            if regime == "paragraph":
                yield Corpus((context,), _asks(asked, 0))
            elif regime == "lost" and len(contexts) > 1:
                rest = _BREAK.join(contexts[:at] + contexts[at + 1 :])
                yield Corpus((rest,), tuple(Ask(row, 0, 0) for row in asked[:_FEW]))
            elif regime == "apart":
                near = contexts[at : at + _NEIGHBOURS]
                yield Corpus(_sentences(near), _asks(asked[:_FEW], 0))


def _article(contexts: Sequence[str], paragraphs: dict[str, list[ReadingRow]]) -> Corpus:
    asks: list[Ask] = []
    at = 0
    for context in contexts:
        asks.extend(_asks(paragraphs[context], at))
        at += len(context) + len(_BREAK)
    return Corpus((_BREAK.join(contexts),), tuple(asks))


def _asks(rows: Iterable[ReadingRow], at: int) -> tuple[Ask, ...]:
    return tuple(Ask(row, at, at + len(row.context) if row.answers else at) for row in rows)


def _sentences(contexts: Iterable[str]) -> tuple[str, ...]:
    return tuple(
        sentence.text
        for context in contexts
        for block in split(Document(context, ""))
        for sentence in block
    )
